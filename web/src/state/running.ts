/** Actions that run blocks. One run at a time; what may happen meanwhile (typing) never loses a result. */
import { blockText, blockToRun } from '../script';
import { compareResults } from '../share';
import type { BlockResult, DatasetName } from '../protocol/types';
import type { StoreCore } from './core';
import { place } from './outcomes';
import { hasErrors } from './selectors';
import type { PlaygroundActions } from './types';

const historyMax = 500;

type RunningActions = Pick<
  PlaygroundActions,
  'runBlock' | 'runAtOffset' | 'runBlocks' | 'runAll' | 'cancel' | 'select' | 'advance' | 'load' | 'reset'
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
      const problem = this.core.get().problems.find(({ from, to }) => from < block.to && to > block.from);
      this.core.tell(
        'warning',
        `Line ${problem?.line ?? block.line}: ${problem?.message ?? 'this block has a problem.'}`,
      );
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

  runAll = async (): Promise<void> => {
    const state = this.core.get();
    if (hasErrors(state)) {
      const problem = state.problems.find(({ severity }) => severity === 'error')!;
      this.core.tell('warning', `Line ${problem.line}: ${problem.message} Nothing was run.`);
      return;
    }
    await this.run(state.blocks.map((_, index) => index));
  };

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
          if (running) core.set({ running: { ...running, dataset: progress } });
        },
      }),
    );
    if (!report) return;
    const leftOut = report.leftOut.map(({ reason, rows }) => `${rows} (${reason})`).join(', ');
    core.tell(
      'info',
      `${report.written} of ${report.rows} rows written to ${report.table}${leftOut ? `; left out: ${leftOut}` : ''}.`,
    );
  };

  reset = async (): Promise<void> => {
    const { core } = this;
    const world = await this.alone(() => core.playground.reset());
    if (!world) return;
    core.set({ outcomes: core.get().blocks.map(() => null), selected: null });
    this.sinceFresh = { script: core.get().script, results: [] };
  };

  /** Runs blocks in order. False when nothing could be run. */
  private async run(indices: number[]): Promise<boolean> {
    const { core } = this;
    if (indices.length === 0 || !this.ready()) return false;
    const { script, blocks } = core.get();
    const abort = new AbortController();
    this.abort = abort;
    this.trackFresh();
    try {
      for (const [done, index] of indices.entries()) {
        if (abort.signal.aborted) break;
        const block = blocks[index]!;
        core.set({ running: { block: index, done, total: indices.length, dataset: null } });
        const result = await core.playground.runBlock(block, index, {
          signal: abort.signal,
          onProgress: (dataset) => {
            const { running } = core.get();
            if (running) core.set({ running: { ...running, dataset } });
          },
        });
        this.keep(result, index, blockText(script, block));
      }
    } catch (error) {
      core.fail(error);
    } finally {
      this.abort = null;
      core.set({ running: null });
    }
    this.compare();
    await core.refresh();
    return true;
  }

  private keep(result: BlockResult, index: number, text: string): void {
    const { core } = this;
    const { outcomes, script, blocks, history, selected } = core.get();
    const placed = place(outcomes, script, blocks, index, text, result);
    core.set({
      outcomes: placed.outcomes,
      selected: placed.index ?? selected,
      history: [...history, result].slice(-historyMax),
    });
    this.sinceFresh?.results.push(result);
  }

  /** Work that is no block but may not meet one either. */
  private async alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    const { core } = this;
    if (!this.ready()) return undefined;
    const abort = new AbortController();
    this.abort = abort;
    core.set({ running: { block: -1, done: 0, total: 1, dataset: null } });
    try {
      return await core.guard(() => work(abort.signal));
    } finally {
      this.abort = null;
      core.set({ running: null });
      await core.refresh();
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
    if (!link?.claim || !this.sinceFresh) return;
    const { results } = this.sinceFresh;
    const inOrder = results.every((result, index) => result.block === index);
    if (!inOrder) this.sinceFresh = null;
    else if (results.length === blocks.length)
      this.core.set({ link: { ...link, comparison: compareResults(link.claim, results) } });
  }
}
