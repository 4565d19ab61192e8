/**
 * The playground as the page sees it. Two implementations: the worker-backed one (client.ts) and the
 * host itself (host.ts), used in process by tests; callers cannot tell which they have.
 *
 * All methods are queued and run in the order called, except cancel, takeOver and subscribe. Promises reject
 * with PlaygroundError only; a service error is a result, not a rejection.
 */
import type {
  Block,
  BlockResult,
  CapacityReport,
  DatasetName,
  DatasetProgress,
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
  RehearsalProgress,
  StatusChange,
  TableInfo,
  WorkspaceDocument,
  WorkspaceSummary,
  World,
  WorldEvent,
  WorldSettings,
} from '../protocol/types';

/** What advance gave: the new virtual time and what happened on the way. */
export interface AdvanceOutcome {
  nowMillis: number;
  events: WorldEvent[];
}

/** Options of the calls that may take long. Both members stay on the caller's side of the worker. */
export interface RunOptions {
  onProgress?: (progress: DatasetProgress) => void;
  /** Aborting stops at the next row; what was written stays, the result says Cancelled. */
  signal?: AbortSignal;
}

/** Like RunOptions, for a whole script; aborting rejects with 'Cancelled'. */
export interface RehearseOptions {
  onProgress?: (progress: RehearsalProgress) => void;
  signal?: AbortSignal;
}

export interface Playground {
  /**
   * Loads the engine (once), then the workspace; a second call closes the open workspace first. After a
   * rejection (code 'EngineLoad') it may be called again: that is Retry.
   */
  open(request: OpenRequest, onProgress?: (progress: LoadProgress) => void): Promise<OpenReport>;

  /** Runs one block of a parsed script. `index` is only echoed in the result. */
  runBlock(block: Block, index: number, options?: RunOptions): Promise<BlockResult>;

  /**
   * Runs blocks in a fresh world of its own (nothing open is touched): what somebody who opens
   * the link will see. Lessons use it to re-run a script on other settings.
   */
  rehearse(blocks: Block[], settings: WorldSettings, options?: RehearseOptions): Promise<Rehearsal>;

  /** Sends one request that is not in the script (views' own needs). Costs and time as in runBlock. */
  request(operation: string, input: Json): Promise<BlockResult>;

  /** A question to the engine's second namespace, e.g. inspect('DescribeWorld'). Changes nothing but Configure and Reset. */
  inspect(operation: string, input?: Json): Promise<Json>;

  /** Moves virtual time forward by a duration in milliseconds. */
  advance(millis: number): Promise<AdvanceOutcome>;

  /** Loads a data set; the same as running `@load name`, but rejects on failure. */
  load(dataset: DatasetName, options?: RunOptions): Promise<DatasetReport>;

  tables(): Promise<TableInfo[]>;
  /** One page of a table's items, in storage order; `limit` at most 1,000. Costs no capacity. */
  items(table: string, limit: number, after?: Item | null): Promise<ItemsPage>;
  /** Consumption of the last `seconds` virtual seconds. */
  capacity(seconds?: number): Promise<CapacityReport>;
  partitions(table: string): Promise<PartitionsReport>;
  world(): Promise<World>;

  /** Empties the world (the script stays). */
  reset(): Promise<World>;

  /** Keeps script, name, settings and view with the workspace. */
  saveDocument(document: WorkspaceDocument): Promise<void>;
  /** Makes the open (scratch) workspace a kept one under a new id and continues in it. */
  keep(id: string, name: string): Promise<void>;
  workspaces(): Promise<WorkspaceSummary[]>;
  /** A file with everything; works for a refused workspace too (its bytes as stored). */
  exportWorkspace(): Promise<Blob>;
  /** What could not be read of the open workspace and was put aside, oldest first. */
  quarantined(): Promise<QuarantinedPiece[]>;
  /** One of these pieces as a workspace file: what is readable in it opens as a scratch workspace. */
  quarantineFile(piece: number): Promise<Uint8Array>;
  /** Deletes one of these pieces for good. */
  discardQuarantined(piece: number): Promise<void>;
  /** For a refused, unreadable workspace: moves the stored bytes to quarantine and starts empty. */
  startFresh(): Promise<OpenReport>;
  /** Tries again to write what is not saved. */
  retrySave(): Promise<void>;

  /** Makes this tab the writer; the old owner first flushes, if it still answers, and is told. */
  takeOver(): Promise<OpenReport>;

  /** Calls back on every change of save state and ownership; answers with the way to stop. */
  subscribe(listener: (change: StatusChange) => void): Promise<() => void>;

  /** Writes what is pending and lets the workspace go. */
  close(): Promise<void>;
}

/** Every failure that crosses the worker: a code to act on and words to show. */
export class PlaygroundError extends Error {
  readonly code: PlaygroundErrorCode;
  readonly fields: { [key: string]: Json };

  constructor(code: PlaygroundErrorCode, message: string, fields: { [key: string]: Json } = {}) {
    super(message);
    this.name = 'PlaygroundError';
    this.code = code;
    this.fields = fields;
  }
}

export type PlaygroundErrorCode =
  /** The engine's files did not arrive or did not start; retry is possible. */
  | 'EngineLoad'
  /** The engine died in this call and was started again from what is saved; the message says what is there. */
  | 'EngineStopped'
  /** A data set's file did not arrive. */
  | 'DatasetLoad'
  /** The service refused what the page asked for; fields hold name, message and fields. */
  | 'Service'
  | 'NotOpen'
  | 'NotOwner'
  | 'Cancelled'
  | 'Storage'
  | 'BadFile'
  | 'Internal';
