/**
 * One open workspace: its engine, who may write it, and how it is kept. A session lives until another workspace is opened;
 * when the ownership changes, its engine is made anew from storage, so that memory never disagrees with what is stored.
 *
 * All methods but the leadership events run inside the host's queue.
 */
import { encodeWorkspaceFile, SoleLeadership, StoreError, withReopen, workspaceBlob } from '../persistence';
import type {
  Leadership,
  LeadershipEvents,
  LeadershipFactory,
  StoredWorkspace,
  WorkspaceFile,
  WorkspaceStore,
} from '../persistence';
import type { DatasetSource } from '../datasets';
import type {
  LoadProgress,
  OpenReport,
  Ownership,
  QuarantinedPiece,
  SaveState,
  StatusChange,
  WorkspaceDocument,
} from '../protocol/types';
import { PlaygroundError } from './api';
import { engineStoppedWords } from './errors';
import { drainOf, snapshotOf, type EngineDoor, type EngineFactory } from './engine-door';
import {
  completeDocument,
  isNewerFormat,
  nothingStored,
  refused,
  restoreStored,
  countsOf,
  type Restored,
  wordsOf,
} from './restore';
import { WorldRunner } from './runner';
import { Saver } from './saver';

export interface SessionServices {
  createEngine: EngineFactory;
  store: WorkspaceStore;
  leadership: LeadershipFactory;
  source: DatasetSource;
  wallClock: () => number;
  later?: (work: () => void, millis: number) => () => void;
  /** Tells the page. */
  tell: (change: StatusChange) => void;
  /** Runs work in the host's queue, between two calls. */
  enqueue: <T>(work: () => Promise<T>) => Promise<T>;
}

type Progress = ((progress: LoadProgress) => void) | undefined;

/** Farthest a stored clock may lie ahead: 100 years, as @advance. */
const clockAheadMax = 36_525 * 86_400_000;
const scratchReason = 'This scratch workspace lives in this tab only. Keep a copy to save it.';

export class WorkspaceSession {
  ownership: Ownership = 'owner';
  engine: EngineDoor;
  runner: WorldRunner;
  private saver: Saver | null = null;
  private leadership: Leadership = new SoleLeadership();
  /** Set when the stored workspace was refused: nothing runs, export gives these bytes. */
  private refusal: { stored: StoredWorkspace | null } | null = null;
  /** What this session may write with; 0: nothing. */
  private token = 0;
  private reloadQueued = false;
  private closed = false;

  private constructor(
    private readonly services: SessionServices,
    /** Null: scratch. */
    readonly id: string | null,
    public document: WorkspaceDocument,
    engine: EngineDoor,
  ) {
    this.engine = engine;
    this.runner = this.newRunner();
  }

  /** True when blocks may run and questions be asked. */
  get usable(): boolean {
    return this.refusal === null;
  }

  // ------------------------------------------------------------- opening

  static async openScratch(
    services: SessionServices,
    document: WorkspaceDocument,
    progress: Progress,
  ): Promise<[WorkspaceSession, OpenReport]> {
    const session = new WorkspaceSession(services, null, document, await newEngine(services, progress));
    session.beginFresh();
    session.tellScratch();
    return [session, session.report(nothingStored, progress)];
  }

  /** Opens a file as scratch. Rejects with 'BadFile' when nothing of it can be read. */
  static async openFile(
    services: SessionServices,
    file: WorkspaceFile,
    progress: Progress,
  ): Promise<[WorkspaceSession, OpenReport]> {
    const session = new WorkspaceSession(services, null, file.document, await newEngine(services, progress));
    const { document, clockMillis, frames: bytes } = file;
    const nothingMore = { snapshotBytes: 0, nextSequence: 0, gaps: [], recovered: false };
    const restored = restoreStored(session.engine, { format: 1, document, clockMillis, bytes, ...nothingMore });
    if (restored.state === 'refused') {
      session.engine.dispose();
      throw new PlaygroundError('BadFile', restored.message.replace(/(this) workspace/i, '$1 file'));
    }
    if (bytes.length === 0) session.beginFresh();
    else session.continueAt(clockMillis);
    const message = restored.message.replace('The stored workspace', 'This file').replace(' and is set aside', '');
    return [session, session.report({ ...restored, message }, progress)];
  }

  /** Opens a kept workspace, or makes it from `initial`. */
  static async openKept(
    services: SessionServices,
    id: string,
    initial: WorkspaceDocument,
    progress: Progress,
  ): Promise<[WorkspaceSession, OpenReport]> {
    const session = new WorkspaceSession(services, id, initial, await newEngine(services, progress));
    session.leadership = services.leadership(id);
    try {
      session.ownership = (await session.leadership.start(session.leadershipEvents())) ? 'owner' : 'follower';
      return [session, await session.fill(progress)];
    } catch (error) {
      // Nobody will close a session that was never handed out, and its lock would keep others waiting.
      await session.close();
      throw error;
    }
  }

  /** Reads the stored workspace into the empty engine; an owner then starts to save. */
  private async fill(progress: Progress): Promise<OpenReport> {
    progress?.({ step: 'workspace', label: 'Opening the workspace' });
    const { store } = this.services;
    const id = this.id!;
    let stored: StoredWorkspace | null;
    this.token = 0;
    try {
      if (this.ownership === 'owner') this.token = await withReopen(store, () => store.claim(id, this.document));
      stored = await withReopen(store, () => store.load(id));
    } catch (error) {
      if (isNewerFormat(error)) {
        const readable = await store.load(id).catch(() => null);
        const message = `${(error as StoreError).message} Reload the page to get the newest version.`;
        return this.refuse(refused(message, null), readable, progress);
      }
      if (error instanceof StoreError) return this.openWithoutStorage(error, progress);
      throw error;
    }
    if (!stored) {
      this.beginFresh();
      return this.report(nothingStored, progress);
    }
    this.document = completeDocument(stored.document);
    const restored = restoreStored(this.engine, stored);
    if (restored.state === 'refused') return this.refuse(restored, stored, progress);
    if (restored.restore) this.continueAt(stored.clockMillis);
    else this.beginFresh();
    if (this.ownership === 'owner') await this.startSaving(stored, restored);
    else this.services.tell({ kind: 'save', save: followerState });
    return this.report(restored, progress);
  }

  private async startSaving(stored: StoredWorkspace, { quarantine, rewrite }: Restored): Promise<void> {
    const { store, later } = this.services;
    const { token } = this;
    let { nextSequence, snapshotBytes } = stored;
    let journalBytes = stored.bytes.length - snapshotBytes;
    if (rewrite) {
      // What could not be read is put aside in the same transaction that overwrites it.
      const clockMillis = this.runner.now;
      const { document } = stored;
      const aside = quarantine ? { ...quarantine, document, clockMillis } : undefined;
      const snapshot = [...snapshotOf(this.engine)];
      await withReopen(store, () => store.replace(this.id!, token, snapshot, { clockMillis }, aside));
      nextSequence = 0;
      snapshotBytes = snapshot.reduce((sum, piece) => sum + piece.length, 0);
      journalBytes = 0;
    }
    this.services.tell({ kind: 'save', save: { state: 'saved' } });
    this.saver = new Saver({
      store,
      workspace: this.id!,
      token,
      nextSequence,
      snapshotBytes,
      journalBytes,
      clock: () => this.runner.now,
      drain: () => drainOf(this.engine),
      takeSnapshot: () => snapshotOf(this.engine),
      onState: (save: SaveState) => this.services.tell({ kind: 'save', save }),
      onFenced: () => this.lost('stolen'),
      onSaved: () => this.leadership.announce(),
      ...(later ? { later } : {}),
    });
  }

  /** Storage does not answer: a world in memory, honestly labelled, and no write that could harm what is stored. */
  private openWithoutStorage(error: StoreError, progress: Progress): OpenReport {
    // There is nothing to share with other tabs either.
    this.ownership = 'owner';
    this.beginFresh();
    const reason =
      error.code === 'forbidden'
        ? `${error.message} Everything works, and nothing is kept after you close it. Download a file to keep your work.`
        : `${error.message} You can work, but nothing will be kept. Reload the page to try again.`;
    this.services.tell({ kind: 'save', save: { state: 'not-saved', reason, memoryOnly: true } });
    return this.report(nothingStored, progress);
  }

  private refuse(restored: Restored, stored: StoredWorkspace | null, progress: Progress): OpenReport {
    this.refusal = { stored };
    if (stored) this.document = completeDocument(stored.document);
    this.services.tell({ kind: 'save', save: { state: 'not-saved', reason: restored.message, memoryOnly: false } });
    return this.report(restored, progress);
  }

  /** For a refused workspace: puts its bytes aside and starts empty. */
  async startFresh(progress: Progress): Promise<OpenReport> {
    if (!this.refusal) throw new PlaygroundError('NotOpen', 'The workspace is open; there is nothing to put aside.');
    if (this.ownership !== 'owner') throw new PlaygroundError('NotOwner', 'Another tab is writing this workspace.');
    const { store } = this.services;
    const id = this.id!;
    const token = await withReopen(store, () => store.claim(id, this.document));
    // Read again: what is set aside has to be what is overwritten.
    const stored = await withReopen(store, () => store.load(id));
    const reason = 'could not be opened; set aside when the workspace was started empty';
    const aside =
      stored && stored.bytes.length > 0
        ? { reason, bytes: stored.bytes, document: stored.document, clockMillis: stored.clockMillis }
        : undefined;
    const stamp = { clockMillis: this.document.settings.startMillis };
    await withReopen(store, () => store.replace(id, token, [], stamp, aside));
    return this.reopen(progress);
  }

  // ------------------------------------------------------------- keeping

  /** Hands new changes to the saver; a scratch world only forgets them. */
  commit(): void {
    const frames = this.engine.drainJournal();
    this.saver?.push(frames);
  }

  saveDocument(document: WorkspaceDocument): void {
    this.document = document;
    this.saver?.saveDocument(document);
  }

  async flush(): Promise<void> {
    await this.saver?.flush();
  }

  /** Everything as frames, in pieces. Take them all before the next request. */
  snapshot(): Iterable<Uint8Array> {
    this.commit();
    return snapshotOf(this.engine);
  }

  exportFile(): Blob {
    const { document } = this;
    if (!this.refusal) return workspaceBlob({ document, clockMillis: this.runner.now }, this.snapshot());
    const { stored } = this.refusal;
    if (!stored)
      throw new PlaygroundError('Storage', 'The stored workspace cannot be read by this version of the page.');
    return workspaceBlob(stored, [stored.bytes]);
  }

  // ------------------------------------------------------------- what was put aside

  /** True when this workspace lies in storage that can be asked. */
  private get stored(): boolean {
    return this.id !== null && (this.saver !== null || this.refusal !== null || this.ownership === 'follower');
  }

  async quarantined(): Promise<QuarantinedPiece[]> {
    const { store } = this.services;
    return this.stored ? withReopen(store, () => store.quarantined(this.id!)) : [];
  }

  /** One piece as a workspace file. */
  async quarantineFile(piece: number): Promise<Uint8Array> {
    const { store } = this.services;
    const found = this.stored ? await withReopen(store, () => store.quarantinedPiece(this.id!, piece)) : null;
    if (!found) throw new PlaygroundError('Storage', 'This part is not there any more.');
    const document = completeDocument(found.document ?? { name: this.document.name });
    const name = `Set aside from ${document.name || 'a workspace'}`;
    return encodeWorkspaceFile({
      document: { ...document, name },
      clockMillis: found.clockMillis ?? 0,
      frames: found.bytes,
    });
  }

  async discard(piece: number): Promise<void> {
    if (this.ownership !== 'owner' || this.token === 0)
      throw new PlaygroundError('NotOwner', 'Only the tab that writes this workspace can delete from it.');
    const { store } = this.services;
    await withReopen(store, () => store.discard(this.id!, this.token, piece));
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.saver?.flush();
    this.saver?.stop();
    this.leadership.stop();
    this.engine.dispose();
  }

  // ------------------------------------------------------------- ownership

  async takeOver(progress: Progress): Promise<OpenReport> {
    await this.leadership.takeOver();
    return this.services.enqueue(() => this.becomeOwner('', progress));
  }

  private leadershipEvents(): LeadershipEvents {
    return {
      granted: () =>
        void this.services
          .enqueue(() => this.becomeOwner('The other tab was closed: this tab writes now.', undefined))
          .catch(() => undefined),
      lost: (how) => this.lost(how),
      handOver: () => this.services.enqueue(() => this.flush()),
      changed: () => this.follow(),
    };
  }

  private async becomeOwner(message: string, progress: Progress): Promise<OpenReport> {
    this.ownership = 'owner';
    const report = await this.reopen(progress);
    this.services.tell({ kind: 'ownership', ownership: 'owner', message });
    this.services.tell({ kind: 'reloaded', document: this.document });
    return report;
  }

  private lost(how: 'asked' | 'stolen'): void {
    if (this.closed || this.ownership === 'follower') return;
    const unsaved = this.saver?.dirty === true;
    this.saver?.stop();
    this.saver = null;
    this.token = 0;
    this.ownership = 'follower';
    const message =
      how === 'stolen' && unsaved
        ? 'Another tab took over before everything was saved: the last changes of this tab are lost.'
        : '';
    // Who writes comes first: that this tab saves nothing any more is then no news.
    this.services.tell({ kind: 'ownership', ownership: 'follower', message });
    this.services.tell({ kind: 'save', save: followerState });
    this.follow();
  }

  /** Reads again what the owner saved; several notices before that are one. */
  private follow(): void {
    if (this.closed || this.ownership !== 'follower' || this.reloadQueued) return;
    this.reloadQueued = true;
    void this.services
      .enqueue(async () => {
        this.reloadQueued = false;
        if (this.closed || this.ownership !== 'follower') return;
        await this.reopen(undefined);
        this.services.tell({ kind: 'reloaded', document: this.document });
      })
      .catch(() => undefined);
  }

  /**
   * For an engine that died: a new one with what is saved. Whatever finished requests had changed was drained then and is
   * written first. Answers what to say about it.
   */
  async restart(): Promise<string> {
    await this.saver?.flush();
    const lost = this.saver?.waiting ?? 0;
    if (this.stored) await this.reopen(undefined);
    else {
      const engine = await newEngine(this.services, undefined);
      this.engine.dispose();
      this.engine = engine;
      this.beginFresh();
      return `${engineStoppedWords}. What it held was in memory only, so the world is empty again; the script is as it was.`;
    }
    if (this.refusal) throw new PlaygroundError('Storage', 'what is saved could not be read.');
    return (
      `${engineStoppedWords}. It was started again from what is saved: ${wordsOf(countsOf(this.engine))}. ` +
      (lost > 0
        ? `The last ${lost === 1 ? 'change was' : `${lost} changes were`} not saved and ${lost === 1 ? 'is' : 'are'} lost.`
        : 'Nothing that was there is lost; the request it stopped at changed nothing.')
    );
  }

  /** A new engine, filled from storage. */
  private async reopen(progress: Progress): Promise<OpenReport> {
    if (this.closed) throw new PlaygroundError('NotOpen', 'The workspace was closed.');
    const engine = await newEngine(this.services, progress);
    this.saver?.stop();
    this.saver = null;
    this.refusal = null;
    this.engine.dispose();
    this.engine = engine;
    this.runner = this.newRunner();
    return this.fill(progress);
  }

  // ------------------------------------------------------------- small things

  private newRunner(): WorldRunner {
    return new WorldRunner(this.engine, this.document.settings, this.services);
  }

  private beginFresh(): void {
    this.runner = this.newRunner();
    this.runner.begin();
    // Setting up is repeated at every open; it is no change of the user.
    this.engine.drainJournal();
  }

  private continueAt(clockMillis: number): void {
    this.runner = this.newRunner();
    this.runner.configure(this.document.settings);
    const ahead = clockMillis - this.runner.now;
    if (ahead > 0 && ahead <= clockAheadMax) this.runner.advance(ahead);
    this.engine.drainJournal();
  }

  /** Says that nothing of it is kept; of a file once it has taken the place of what was open. */
  tellScratch(): void {
    this.services.tell({ kind: 'save', save: { state: 'not-saved', reason: scratchReason, memoryOnly: true } });
  }

  private report(restored: Restored, progress: Progress): OpenReport {
    progress?.({ step: 'ready', label: 'Ready' });
    const { state, message, restore } = restored;
    const world = this.refusal ? null : this.runner.world();
    return { state, message, ownership: this.ownership, document: this.document, world, restore };
  }
}

const followerState: SaveState = {
  state: 'not-saved',
  reason: 'Another tab is writing this workspace.',
  memoryOnly: false,
};

async function newEngine(services: SessionServices, progress: Progress): Promise<EngineDoor> {
  const label = 'Loading the engine';
  progress?.({ step: 'engine-download', label, bytes: 0, bytesTotal: 0 });
  const engine = await services.createEngine((bytes, bytesTotal) =>
    progress?.({ step: 'engine-download', label, bytes, bytesTotal }),
  );
  progress?.({ step: 'engine-start', label: 'Starting the engine' });
  return engine;
}
