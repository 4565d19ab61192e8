/**
 * The playground itself: one open workspace and one queue. Runs in the worker, and in process in tests; everything it
 * needs from outside is handed in.
 *
 * Order of things: a call runs, its changes are drained at once and handed to the saver, the next call runs. Storage follows
 * and never holds up a call.
 */
import { decodeWorkspaceFile, withReopen } from '../persistence';
import type {
  Block,
  BlockResult,
  CapacityReport,
  DatasetName,
  DatasetReport,
  Item,
  ItemsPage,
  Json,
  LoadProgress,
  OpenReport,
  OpenRequest,
  PartitionsReport,
  QuarantinedPiece,
  Rehearsal,
  SaveState,
  StatusChange,
  TableInfo,
  WorkspaceDocument,
  WorkspaceSummary,
  World,
  WorldSettings,
} from '../protocol/types';
import { PlaygroundError, type AdvanceOutcome, type Playground, type RehearseOptions, type RunOptions } from './api';
import { rehearse } from './rehearse';
import { storeCopy } from './copies';
import { inspectEngine } from './engine-door';
import { engineStoppedWords, toPlaygroundError } from './errors';
import { itemsOf, tablesOf } from './questions';
import type { RunControl } from './control';
import { LocalFault } from './faults';
import { completeDocument } from './restore';
import { WorkspaceSession, type SessionServices } from './session';

export type HostServices = Omit<SessionServices, 'tell' | 'enqueue' | 'wallClock'> & {
  /** Wall clock in milliseconds, for durations; never reaches the engine. */
  wallClock?: () => number;
};

const notOwner = 'Another tab is writing this workspace. Take over to write here.';
/** Operations of the second namespace that change the world. */
const changingInspections = new Set(['Configure', 'Reset']);

export class PlaygroundHost implements Playground {
  private session: WorkspaceSession | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<(change: StatusChange) => void>();
  private save: SaveState = { state: 'not-saved', reason: 'No workspace is open.', memoryOnly: true };
  private readonly services: SessionServices;

  constructor(services: HostServices) {
    this.services = {
      wallClock: () => performance.now(),
      ...services,
      tell: (change) => this.tell(change),
      enqueue: (work) => this.enqueue(work),
    };
  }

  // ------------------------------------------------------------- opening and closing

  open(request: OpenRequest, onProgress?: (progress: LoadProgress) => void): Promise<OpenReport> {
    return this.enqueue(async () => {
      const file = request.file ? decodeWorkspaceFile(request.file) : null;
      if (typeof file === 'string') throw new PlaygroundError('BadFile', file);
      // A file that cannot be read leaves open what is open.
      const ofFile = file && (await WorkspaceSession.openFile(this.services, file, onProgress));
      await this.closeSession();
      const document = completeDocument(request.document);
      const [session, report] =
        ofFile ??
        (request.workspace === null
          ? await WorkspaceSession.openScratch(this.services, document, onProgress)
          : await WorkspaceSession.openKept(this.services, request.workspace, document, onProgress));
      this.session = session;
      ofFile?.[0].tellScratch();
      return report;
    });
  }

  startFresh(): Promise<OpenReport> {
    return this.enqueue(() => this.opened().startFresh(undefined));
  }

  /** Not queued as a whole: the queue has to go on so that the takeover can be answered. */
  async takeOver(): Promise<OpenReport> {
    try {
      return await this.opened().takeOver(undefined);
    } catch (error) {
      throw toPlaygroundError(error);
    }
  }

  close(): Promise<void> {
    return this.enqueue(() => this.closeSession());
  }

  async subscribe(listener: (change: StatusChange) => void): Promise<() => void> {
    this.listeners.add(listener);
    listener({ kind: 'save', save: this.save });
    return () => void this.listeners.delete(listener);
  }

  // ------------------------------------------------------------- running

  runBlock(block: Block, index: number, options: RunOptions = {}): Promise<BlockResult> {
    return this.enqueue(async () => {
      const session = this.usable();
      if (session.ownership !== 'owner')
        return session.runner.refuse(block, index, new LocalFault('NotOwner', notOwner));
      try {
        return await session.runner.runBlock(block, index, this.control(session, options));
      } finally {
        session.commit();
      }
    });
  }

  rehearse(blocks: Block[], settings: WorldSettings, options: RehearseOptions = {}): Promise<Rehearsal> {
    return this.enqueue(() => rehearse(this.services, blocks, settings, options));
  }

  request(operation: string, input: Json): Promise<BlockResult> {
    return this.change(({ runner }) => runner.runRequest(operation, JSON.stringify(input)));
  }

  inspect(operation: string, input: Json = {}): Promise<Json> {
    const ask = ({ engine }: WorkspaceSession): Json => inspectEngine<Json>(engine, operation, input);
    return changingInspections.has(operation) ? this.change(ask) : this.ask(ask);
  }

  advance(millis: number): Promise<AdvanceOutcome> {
    return this.change(({ runner }) => runner.advance(millis));
  }

  load(dataset: DatasetName, options: RunOptions = {}): Promise<DatasetReport> {
    return this.change((session) => session.runner.load(dataset, this.control(session, options)));
  }

  reset(): Promise<World> {
    return this.change(({ runner }) => runner.reset());
  }

  // ------------------------------------------------------------- questions

  tables(): Promise<TableInfo[]> {
    return this.ask(({ engine }) => tablesOf(engine));
  }

  items(table: string, limit: number, after: Item | null = null): Promise<ItemsPage> {
    return this.ask(({ engine }) => itemsOf(engine, table, Math.max(1, Math.min(1000, limit)), after));
  }

  capacity(seconds = 60): Promise<CapacityReport> {
    return this.ask(({ engine }) => inspectEngine<CapacityReport>(engine, 'DescribeCapacity', { Seconds: seconds }));
  }

  partitions(table: string): Promise<PartitionsReport> {
    return this.ask(({ engine }) =>
      inspectEngine<PartitionsReport>(engine, 'DescribePartitions', { TableName: table }),
    );
  }

  world(): Promise<World> {
    return this.ask(({ runner }) => runner.world());
  }

  // ------------------------------------------------------------- keeping

  saveDocument(document: WorkspaceDocument): Promise<void> {
    return this.change((session) => {
      const before = JSON.stringify(session.document.settings);
      session.saveDocument(document);
      if (JSON.stringify(document.settings) !== before) session.runner.configure(document.settings);
    });
  }

  keep(id: string, name: string): Promise<void> {
    return this.enqueue(async () => {
      const scratch = this.usable();
      await storeCopy(scratch, this.services.store, id, name);
      const { document } = scratch;
      await this.closeSession();
      const [session] = await WorkspaceSession.openKept(this.services, id, document, undefined);
      this.session = session;
      this.tell({ kind: 'ownership', ownership: session.ownership, message: '' });
    });
  }

  workspaces(): Promise<WorkspaceSummary[]> {
    const { store } = this.services;
    return this.enqueue(() => withReopen(store, () => store.list()));
  }

  exportWorkspace(): Promise<Blob> {
    return this.enqueue(async () => this.opened().exportFile());
  }

  quarantined(): Promise<QuarantinedPiece[]> {
    return this.enqueue(async () => (await this.session?.quarantined()) ?? []);
  }

  quarantineFile(piece: number): Promise<Uint8Array> {
    return this.enqueue(() => this.opened().quarantineFile(piece));
  }

  discardQuarantined(piece: number): Promise<void> {
    return this.enqueue(() => this.opened().discard(piece));
  }

  retrySave(): Promise<void> {
    return this.enqueue(() => this.opened().flush());
  }

  // ------------------------------------------------------------- inside

  /** Runs work after everything before it; a failure ends this work only. */
  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work).catch(async (error: unknown) => {
      throw this.session?.engine.stopped ? await this.restarted(this.session) : toPlaygroundError(error);
    });
    this.queue = done.catch(() => undefined);
    return done;
  }

  /** A dead engine is replaced at once by one that holds what is saved; answers what to say about it. */
  private async restarted(session: WorkspaceSession): Promise<PlaygroundError> {
    try {
      return new PlaygroundError('EngineStopped', await session.restart());
    } catch (error) {
      const { message } = toPlaygroundError(error);
      return new PlaygroundError('EngineLoad', `${engineStoppedWords}. It could not be started again: ${message}`);
    }
  }

  /** Work that may change the world: owners only, drained afterwards even when it fails half-way. */
  private change<T>(work: (session: WorkspaceSession) => T | Promise<T>): Promise<T> {
    return this.enqueue(async () => {
      const session = this.usable();
      if (session.ownership !== 'owner') throw new PlaygroundError('NotOwner', notOwner);
      try {
        return await work(session);
      } finally {
        session.commit();
      }
    });
  }

  private ask<T>(work: (session: WorkspaceSession) => T | Promise<T>): Promise<T> {
    return this.enqueue(async () => work(this.usable()));
  }

  private control(session: WorkspaceSession, { onProgress, signal }: RunOptions): RunControl {
    return {
      ...(onProgress ? { onProgress } : {}),
      ...(signal ? { signal } : {}),
      onPiece: () => session.commit(),
    };
  }

  private opened(): WorkspaceSession {
    if (!this.session) throw new PlaygroundError('NotOpen', 'No workspace is open.');
    return this.session;
  }

  private usable(): WorkspaceSession {
    const session = this.opened();
    if (!session.usable)
      throw new PlaygroundError('NotOpen', 'This workspace could not be opened. Nothing was changed.');
    return session;
  }

  private async closeSession(): Promise<void> {
    const session = this.session;
    this.session = null;
    await session?.close();
  }

  private tell(change: StatusChange): void {
    if (change.kind === 'save') this.save = change.save;
    for (const listener of this.listeners) listener(change);
  }
}
