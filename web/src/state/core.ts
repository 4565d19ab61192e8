/** The store's inside: the state, ways to change it, and what all actions share. */
import { writable, type Readable } from 'svelte/store';
import { blockText, parseScript } from '../script';
import type { WorkspaceDocument } from '../protocol/types';
import type { Playground } from '../worker/api';
import { initialState } from './initial';
import { Keeping } from './keeping';
import { carryOver } from './outcomes';
import { keepResults } from './results';
import type { Message, PlaygroundState, StoreServices } from './types';

const messagesMax = 5;
/** Changes that come fast are shown once in so many milliseconds, as often as a screen is drawn. */
const frameMillis = 16;

export class StoreCore {
  private state = initialState();
  private readonly cell = writable(this.state);
  private messageIds = 0;
  private refreshes = 0;
  private dropFrame: (() => void) | null = null;
  readonly keeping = new Keeping(this);

  constructor(readonly services: StoreServices) {}

  get playground(): Playground {
    return this.services.playground;
  }

  get readable(): Readable<PlaygroundState> {
    return { subscribe: this.cell.subscribe };
  }

  get(): PlaygroundState {
    return this.state;
  }

  /** Changes some members; subscribers hear once. */
  set(patch: Partial<PlaygroundState>): void {
    this.dropFrame?.();
    this.dropFrame = null;
    this.state = { ...this.state, ...patch };
    this.cell.set(this.state);
  }

  /** The same for changes that come by the hundred: the state is new at once, subscribers hear of them once per frame. */
  setSoon(patch: Partial<PlaygroundState>): void {
    this.state = { ...this.state, ...patch };
    this.dropFrame ??= this.later(() => this.set({}), frameMillis);
  }

  later(work: () => void, millis: number): () => void {
    if (this.services.later) return this.services.later(work, millis);
    const timer = setTimeout(work, millis);
    return () => clearTimeout(timer);
  }

  // ------------------------------------------------------------- messages and failures

  tell(severity: Message['severity'], text: string, action?: Message['action']): void {
    if (text === '') return;
    const message: Message = { id: ++this.messageIds, severity, text, ...(action ? { action } : {}) };
    // The same words twice are one message.
    const others = this.state.messages.filter((other) => other.text !== text);
    this.set({ messages: [...others, message].slice(-messagesMax) });
  }

  /** Shows a failure of the playground; one that means the engine is gone also ends the open phase. */
  fail(error: unknown): void {
    const { message, code } = error as { message?: string; code?: string };
    const words = message ?? String(error);
    // A worker that died while nothing was asked of it is noticed by the next question: nothing is open in its successor.
    const lost = code === 'NotOpen' && this.state.open.phase === 'ready';
    if (lost || code === 'Internal' || code === 'EngineLoad')
      this.set({ open: { phase: 'failed', message: words }, running: null });
    else if (code !== 'Cancelled' && code !== 'NotOpen') this.tell('error', words);
  }

  /** Runs an action that must not reject. */
  async guard<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  // ------------------------------------------------------------- script and document

  /** Takes a new text; outcomes stay with their blocks. */
  setScript(text: string): void {
    const { blocks: oldBlocks, script: oldScript, outcomes, selected } = this.state;
    const { blocks, problems } = parseScript(text);
    const oldTexts = oldBlocks.map((block) => blockText(oldScript, block));
    const carried = carryOver(oldTexts, outcomes, text, blocks);
    const chosen = selected === null ? null : outcomes[selected];
    const moved = chosen ? carried.findIndex((outcome) => outcome?.result === chosen.result) : -1;
    // A run of which nothing is left here has nothing to say about this text.
    const summary = carried.some((outcome) => outcome !== null) ? this.state.summary : null;
    this.set({ script: text, blocks, problems, outcomes: carried, selected: moved >= 0 ? moved : null, summary });
  }

  /** A new text typed by the user. */
  typed(text: string): void {
    this.setScript(text);
    this.keeping.draft(text);
    this.keeping.changed();
  }

  document(): WorkspaceDocument {
    const { workspace, script, resultTab, sidePane } = this.state;
    const view: WorkspaceDocument['view'] = { tab: resultTab, side: sidePane };
    const results = keepResults(this.state);
    if (results !== null) view.results = results;
    return { name: workspace.name, script, settings: workspace.settings, view };
  }

  // ------------------------------------------------------------- what the panes show

  /** Asks for everything the panes show; answers of an older question are dropped. */
  async refresh(): Promise<void> {
    const turn = ++this.refreshes;
    const { explorer, partitions } = this.state;
    await this.guard(async () => {
      const { playground } = this;
      const [tables, capacity, world] = await Promise.all([
        playground.tables(),
        playground.capacity(60),
        playground.world(),
      ]);
      if (turn !== this.refreshes) return;
      this.set({ tables, capacity, world });
      const names = new Set(tables.map((table) => table.name));
      if (explorer) await this.explore(names.has(explorer.table) ? explorer.table : null, explorer.items.length);
      if (partitions && turn === this.refreshes) {
        const known = names.has(partitions.TableName);
        this.set({ partitions: known ? await playground.partitions(partitions.TableName) : null });
      }
    });
  }

  /** Shows the first items of a table, at least as many as were shown. */
  async explore(table: string | null, atLeast = 0): Promise<void> {
    if (table === null) return this.set({ explorer: null });
    const shown = this.state.explorer?.table === table ? this.state.explorer : { table, items: [], next: null };
    this.set({ explorer: { ...shown, loading: true } });
    const { items, next } = await this.playground.items(table, Math.min(1000, Math.max(explorerPage, atLeast)), null);
    if (this.state.explorer?.table === table) this.set({ explorer: { table, items, next, loading: false } });
  }
}

/** Items per page of the explorer. */
export const explorerPage = 100;
