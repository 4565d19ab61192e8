/** Actions that run blocks. One run at a time; what may happen meanwhile (typing) never loses a result. */
import { blockText, blockToRun } from '../script';
import { compareResults } from '../share';
import type { BlockResult, DatasetName, Problem } from '../protocol/types';
import { count, plural } from '../protocol/words';
import type { StoreCore } from './core';
import { place } from './outcomes';
import { hasErrors } from './selectors';
import { clockMoveOf, summaryOfRun } from './summary';
import type { PlaygroundActions, PlaygroundState } from './types';

const historyMax = 500;

type RunningActions = Pick<
  PlaygroundActions,
  'runBlock' | 'runAtOffset' | 'runBlocks' | 'runAll' | 'runFresh' | 'cancel' | 'select' | 'advance' | 'load' | 'reset'
>;

export class Running implements RunningActions {
  private abort: AbortController | null = null;
  /** Results since the world was fresh, in the order they were run; null once something else changed the world. */
  private sinceFresh: { script: string; results: BlockResult[] } | null = null;
  private freshWorkspace: unknown = null;

  constructor(private readonly core: StoreCore) {}

  runBlock = async (index: number): Promise<boolean> => {
    const block = this.core.get().blocks[index];
    if (!block) return false;
    if (block.broken) {
      this.pointAt(this.core.get().problems.find(({ from, to }) => from < block.to && to > block.from));
      return false;
    }
    return this.run([index]);
  };

  runAtOffset = async (offset: number): Promise<number | null> => {
    const index = blockToRun(this.core.get().blocks, offset);
    return index !== null && (await this.runBlock(index)) ? index : null;
  };

  runBlocks = async (indices: number[]): Promise<void> => {
    const { blocks } = this.core.get();
    const broken = indices.find((index) => blocks[index]?.broken);
    if (broken !== undefined) await this.runBlock(broken);
    else await this.run(indices.filter((index) => blocks[index]));
  };

  runAll = (): Promise<void> => this.runScript(false);

  runFresh = (): Promise<void> => this.runScript(true);

  cancel = (): void => {
    this.abort?.abort();
  };

  select = (index: number | null): void => {
    this.core.set({ selected: index });
  };

  advance = async (millis: number): Promise<void> => {
    this.sinceFresh = null;
    await this.alone(() => this.core.playground.advance(millis));
  };

  load = async (dataset: DatasetName): Promise<void> => {
    this.sinceFresh = null;
    const { core } = this;
    const report = await this.alone((signal) =>
      core.playground.load(dataset, {
        signal,
        onProgress: (progress) => {
          const { running } = core.get();
          if (running) core.setSoon({ running: { ...running, dataset: progress } });
        },
      }),
    );
    if (!report) return;
    const leftOut = report.leftOut.map(({ reason, rows }) => `${rows} (${reason})`).join(', ');
    core.tell(
      'info',
      `${count(report.written)} of ${plural(report.rows, 'row')} written to ${report.table}${leftOut ? `; left out: ${leftOut}` : ''}.`,
    );
  };

  reset = async (): Promise<void> => {
    await this.alone(() => this.empty());
    this.core.keeping.changed();
  };

  /** The editor lists the problems already; it only has to show which one it was. */
  private pointAt(problem: Problem | undefined): void {
    if (problem) this.core.set({ refusedFor: { problem } });
  }

  /** Every request in order; with `fresh`, in a world emptied before the first. Nothing runs while the script has an error. */
  private async runScript(fresh: boolean): Promise<void> {
    const state = this.core.get();
    if (hasErrors(state)) {
      this.pointAt(state.problems.find(({ severity }) => severity === 'error'));
      return;
    }
    await this.run(
      state.blocks.map((_, index) => index),
      fresh,
    );
  }

  /** Empties the world; what it gave before is no longer true of it. */
  private async empty(): Promise<void> {
    const { core } = this;
    await core.playground.reset();
    core.set({
      outcomes: core.get().blocks.map(() => null),
      selected: null,
      history: [],
      summary: null,
      clockMove: null,
      openedAt: null,
    });
    this.sinceFresh = { script: core.get().script, results: [] };
  }

  /** Runs blocks in order. False when nothing could be run. */
  private async run(indices: number[], fresh = false): Promise<boolean> {
    const { core } = this;
    if (indices.length === 0 || !this.ready()) return false;
    const { script, blocks } = core.get();
    const abort = new AbortController();
    this.abort = abort;
    const total = indices.length;
    const results: BlockResult[] = [];
    core.set({ running: { block: indices[0]!, done: 0, total, dataset: null }, summary: null, clockMove: null });
    try {
      if (fresh) await this.empty();
      this.trackFresh();
      for (const [done, index] of indices.entries()) {
        if (abort.signal.aborted) break;
        const block = blocks[index]!;
        const result = await core.playground.runBlock(block, index, {
          signal: abort.signal,
          onProgress: (dataset) => {
            const { running } = core.get();
            if (running) core.setSoon({ running: { ...running, dataset } });
          },
        });
        results.push(result);
        const next = { block: indices[done + 1] ?? index, done: done + 1, total, dataset: null };
        core.setSoon({ ...this.keep(result, index, blockText(script, block)), running: next });
      }
    } catch (error) {
      core.fail(error);
    } finally {
      this.abort = null;
      core.set({ running: null, ...this.outcomeOf(results, total) });
    }
    this.compare();
    await this.finish();
    return true;
  }

  /** What a run came to: the first failure is what somebody has to look at. */
  private outcomeOf(results: readonly BlockResult[], total: number): Partial<PlaygroundState> {
    const summary = total > 1 && results.length > 0 ? summaryOfRun(results, total) : null;
    const failed = summary?.firstFailed ?? null;
    const at = failed ? this.core.get().outcomes.findIndex((outcome) => outcome?.result === failed) : -1;
    return { summary, clockMove: clockMoveOf(results), ...(at >= 0 ? { selected: at } : {}) };
  }

  /** Results are kept and the panes brought up to date. */
  private async finish(): Promise<void> {
    const { core } = this;
    core.keeping.changed();
    await core.guard(() => core.keeping.flush());
    await core.refresh();
    core.keeping.noteTables(core.get().tables.length);
  }

  private keep(result: BlockResult, index: number, text: string): Partial<PlaygroundState> {
    const { outcomes, script, blocks, history, selected } = this.core.get();
    const placed = place(outcomes, script, blocks, index, text, result);
    this.sinceFresh?.results.push(result);
    return {
      outcomes: placed.outcomes,
      selected: placed.index ?? selected,
      history: [...history, result].slice(-historyMax),
    };
  }

  /** Work that is no block but may not meet one either. */
  private async alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const { core } = this;
    if (!this.ready()) return undefined;
    const abort = new AbortController();
    this.abort = abort;
    core.set({ running: { block: -1, done: 0, total: 1, dataset: null }, summary: null, clockMove: null });
    try {
      return await core.guard(() => work(abort.signal));
    } finally {
      this.abort = null;
      core.set({ running: null });
      await core.refresh();
      core.keeping.noteTables(core.get().tables.length);
    }
  }

  private ready(): boolean {
    const { open, running, ownership } = this.core.get();
    if (open.phase !== 'ready' || running) return false;
    if (ownership === 'owner') return true;
    this.core.tell('warning', 'Another tab is writing this workspace.', 'take-over');
    return false;
  }

  /** A link's world is fresh when it is opened; results count only from there, in order, with the script untouched. */
  private trackFresh(): void {
    const { link, script } = this.core.get();
    if (link && this.freshWorkspace !== link.claim && link.comparison === null) {
      this.freshWorkspace = link.claim;
      this.sinceFresh = { script, results: [] };
    }
    if (this.sinceFresh && this.sinceFresh.script !== script) this.sinceFresh = null;
  }

  /** Once every block has run in order in a fresh world, the link's claim can be judged. */
  private compare(): void {
    const { link, blocks } = this.core.get();
    // What the reader changed says nothing about the link.
    if (!link?.claim || this.sinceFresh?.script !== link.script) return;
    const { results } = this.sinceFresh;
    const inOrder = results.every((result, index) => result.block === index);
    if (!inOrder) this.sinceFresh = null;
    else if (results.length === blocks.length)
      this.core.set({ link: { ...link, comparison: compareResults(link.claim, results) } });
  }
}
