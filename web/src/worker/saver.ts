/**
 * Follows the engine with storage: changes queue up here and are written in groups, one transaction at a time.
 *
 * Invariants:
 * - "saved" is reported only when the last transaction has completed and nothing is pending;
 * - a change leaves the queue only after its transaction has completed, so a failure loses nothing that the next try would not write;
 * - a record number is written again after a failure, never skipped, so a write of unknown outcome does no harm;
 * - what is written first is the changes; a snapshot in place of a long journal comes after them, and may fail unseen;
 * - after stop(), or once another tab has claimed the workspace, nothing is written any more.
 */
import { concatBytes, StoreError, withReopen, type WorkspaceStore, type WriteStamp } from '../persistence';
import type { SaveState, WorkspaceDocument } from '../protocol/types';

export interface SaverOptions {
  store: WorkspaceStore;
  workspace: string;
  token: number;
  /** Number of the next journal record. */
  nextSequence: number;
  snapshotBytes: number;
  journalBytes: number;
  /** Virtual time now. */
  clock: () => number;
  /** Changes the engine made and nobody pushed yet; null when the engine has stopped for good. */
  drain: () => Uint8Array | null;
  /** Everything as frames, in pieces; begun right after drain. */
  takeSnapshot: () => Iterable<Uint8Array>;
  onState: (state: SaveState) => void;
  /** Another tab claimed the workspace. */
  onFenced: () => void;
  /** Something was written. */
  onSaved: () => void;
  /** Runs work later; answers with the way to drop it. */
  later?: (work: () => void, millis: number) => () => void;
  /** A journal shorter than this is never worth a snapshot. */
  compactBytesMin?: number;
}

const retryMillisFirst = 2000;
const retryMillisMax = 60_000;
const compactBytesMinDefault = 256 * 1024;

export class Saver {
  private pending: Uint8Array[] = [];
  private document: WorkspaceDocument | null = null;
  private stampDue = false;
  private writing: Promise<void> | null = null;
  private shown: SaveState['state'] = 'saved';
  private stopped = false;
  private sequence: number;
  private snapshotBytes: number;
  private journalBytes: number;
  /** After a snapshot failed: the length of the journal at which it is worth another try. */
  private compactAgainAt = 0;
  private retryMillis = retryMillisFirst;
  private dropRetry: (() => void) | null = null;
  private readonly later: NonNullable<SaverOptions['later']>;

  constructor(private readonly options: SaverOptions) {
    this.sequence = options.nextSequence;
    this.snapshotBytes = options.snapshotBytes;
    this.journalBytes = options.journalBytes;
    this.later =
      options.later ??
      ((work, millis) => {
        const timer = setTimeout(work, millis);
        return () => clearTimeout(timer);
      });
  }

  /** New changes; empty ones only bring the clock up to date. */
  push(frames: Uint8Array): void {
    if (frames.length > 0) this.pending.push(frames);
    this.stampDue = true;
    this.write();
  }

  saveDocument(document: WorkspaceDocument): void {
    this.document = document;
    this.write();
  }

  /** Resolves when what is pending now was tried; the state says whether it worked. */
  async flush(): Promise<void> {
    this.write();
    await this.writing;
  }

  /** No more writes. What is pending is dropped; flush first to keep it. */
  stop(): void {
    this.stopped = true;
    this.dropRetry?.();
    this.dropRetry = null;
  }

  /** Groups of changes that wait to be written. */
  get waiting(): number {
    return this.pending.length;
  }

  /** True when something waits to be written. */
  get dirty(): boolean {
    return this.pending.length > 0 || this.document !== null || this.stampDue;
  }

  private write(): void {
    if (this.stopped || !this.dirty) return;
    // A snapshot may be on its way after everything was saved.
    if (this.shown !== 'saving') this.show({ state: 'saving' });
    if (this.writing) return;
    this.dropRetry?.();
    this.dropRetry = null;
    // Not at once: what the same call pushes next belongs into the same transaction.
    this.writing = Promise.resolve()
      .then(() => this.writeAll())
      .finally(() => {
        this.writing = null;
      });
  }

  private show(state: SaveState): void {
    this.shown = state.state;
    this.options.onState(state);
  }

  private async writeAll(): Promise<void> {
    try {
      for (;;) {
        while (this.dirty && !this.stopped) await this.writeGroup();
        if (this.stopped) return;
        this.retryMillis = retryMillisFirst;
        this.show({ state: 'saved' });
        this.options.onSaved();
        if (this.worthCompacting()) await this.compact(null);
        if (!this.dirty) return;
      }
    } catch (error) {
      if (!this.stopped) this.failed(error);
    }
  }

  /** One transaction with everything that waits. */
  private async writeGroup(): Promise<void> {
    try {
      await this.append();
    } catch (error) {
      // The journal itself may be what fills the storage.
      const full = error instanceof StoreError && error.code === 'full';
      if (!full || this.journalBytes === 0 || !(await this.compact(error))) throw error;
    }
  }

  private async append(): Promise<void> {
    const { store, workspace, token } = this.options;
    const document = this.document;
    this.drainRest();
    const count = this.pending.length;
    const bytes = concatBytes(this.pending);
    const stamp = this.stamp();
    this.stampDue = false;
    try {
      await withReopen(store, () => store.append(workspace, token, this.sequence, bytes, stamp));
    } catch (error) {
      this.stampDue = true;
      throw error;
    }
    if (bytes.length > 0) this.sequence++;
    this.journalBytes += bytes.length;
    this.pending.splice(0, count);
    if (this.document === document) this.document = null;
  }

  /**
   * Swaps the journal for a snapshot. False when that failed; everything that was saved still is. `after`: the failure this
   * is to mend, null when nothing is wrong.
   */
  private async compact(after: StoreError | null): Promise<boolean> {
    const { store, workspace, token } = this.options;
    const document = this.document;
    let count = 0;
    let bytes = 0;
    let stopped = false;
    const drainRest = (): boolean => this.drainRest();
    const { takeSnapshot } = this.options;
    const pending = this.pending;
    // Run by the store in one go: no request can come between the last changes and the snapshot that holds them.
    function* pieces(): Generator<Uint8Array> {
      count = bytes = 0;
      stopped = !drainRest();
      if (stopped) throw new StoreError('unavailable', 'The engine has stopped.');
      count = pending.length;
      for (const piece of takeSnapshot()) {
        bytes += piece.length;
        yield piece;
      }
    }
    try {
      await withReopen(store, () => store.replace(workspace, token, pieces(), this.stamp()));
    } catch (error) {
      if (error instanceof StoreError && (error.code === 'fenced' || error.code === 'newer-format')) throw error;
      if (after === null && !stopped)
        this.compactAgainAt = this.journalBytes + Math.max(this.compactBytesMin, this.journalBytes / 4);
      return false;
    }
    this.sequence = 0;
    this.snapshotBytes = bytes;
    this.journalBytes = 0;
    this.compactAgainAt = 0;
    this.pending.splice(0, count);
    if (this.document === document) this.document = null;
    if (after !== null) this.stampDue = false;
    return true;
  }

  /** Queues what the engine has not handed over yet: a failed snapshot must not lose it. False when the engine has stopped. */
  private drainRest(): boolean {
    const rest = this.options.drain();
    if (rest && rest.length > 0) this.pending.push(rest);
    return rest !== null;
  }

  private stamp(): WriteStamp {
    return { clockMillis: this.options.clock(), ...(this.document ? { document: this.document } : {}) };
  }

  private get compactBytesMin(): number {
    return this.options.compactBytesMin ?? compactBytesMinDefault;
  }

  /** A journal longer than its snapshot costs more to read than a new snapshot costs to write. */
  private worthCompacting(): boolean {
    return this.journalBytes > Math.max(this.compactBytesMin, this.snapshotBytes, this.compactAgainAt);
  }

  private failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.show({ state: 'not-saved', reason, memoryOnly: false });
    if (error instanceof StoreError && error.code === 'fenced') {
      this.stop();
      this.options.onFenced();
      return;
    }
    if (error instanceof StoreError && error.code === 'newer-format') return this.stop();
    this.dropRetry = this.later(() => {
      this.dropRetry = null;
      this.write();
    }, this.retryMillis);
    this.retryMillis = Math.min(retryMillisMax, this.retryMillis * 2);
  }
}
