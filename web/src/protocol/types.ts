/**
 * The vocabulary of the web side: everything that passes between the script, the worker, the
 * state and the views. Plain serialisable data only; nothing here imports code.
 *
 * Units: every time named `...Millis` or `at` is virtual epoch milliseconds unless its comment says
 * "wall clock"; every `from`/`to` is an offset in UTF-16 code units into the script text.
 */
import type {
  AdvanceReport,
  AttributeValue,
  CapacityReport,
  Explanation,
  ExplanationArm,
  ExplanationPart,
  Item,
  PartitionsReport,
  RestoreReport,
  World,
} from '../../../wasm/client/types';

export type {
  AdvanceReport,
  AttributeValue,
  CapacityReport,
  Explanation,
  ExplanationArm,
  ExplanationPart,
  Item,
  PartitionsReport,
  RestoreReport,
  World,
};

/** Anything JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A stretch of the script, `from` inclusive, `to` exclusive. */
export interface Range {
  from: number;
  to: number;
}

// ---------------------------------------------------------------- the script

/** One runnable piece of the request script. */
export interface Block extends Range {
  kind: 'operation' | 'directive';
  /** The operation ("PutItem") or the directive without its @ ("advance"). */
  name: string;
  /** 1-based line of the operation name. */
  line: number;
  /** 1-based last line. */
  endLine: number;
  /**
   * Strict JSON sent to the service; only for operations without problems. Comments and trailing
   * commas are replaced by spaces, so offset i of the body is offset `bodyFrom + i` of the script.
   */
  body?: string;
  /** Where the body starts in the script; absent when the operation was written without one. */
  bodyFrom?: number;
  /** The rest of a directive's line, trimmed ("35 days"). */
  args?: string;
  /** What a directive means once read; absent when it has a problem. */
  directive?: Directive;
  /** True when the block has an error and cannot run. */
  broken: boolean;
}

/** A directive to the world, read and checked. */
export type Directive =
  { name: 'advance'; millis: number } | { name: 'load'; dataset: DatasetName } | { name: 'reset' };

export type DatasetName = 'movies' | 'music' | 'people';

/** Something wrong (or odd) in the script, to be underlined exactly. */
export interface Problem extends Range {
  /** 1-based line of `from`. */
  line: number;
  message: string;
  severity: 'error' | 'warning';
}

/** What parseScript gives: blocks in order, problems in order of position. */
export interface ParsedScript {
  blocks: Block[];
  problems: Problem[];
}

// ---------------------------------------------------------------- results

/** The service's answer when it refused: its own name and words, verbatim. */
export interface ServiceFault {
  /** Short name, "ValidationException". */
  name: string;
  message: string;
  /** Other members of the error body, e.g. CancellationReasons, Item. */
  fields: { [key: string]: Json };
}

/** One thing the virtual world did by itself (a table became ACTIVE, …). */
export interface WorldEvent {
  at: number;
  kind: string;
  table?: string;
  /** The index, the stream or how many items it was about. */
  detail?: string;
}

/** What one block gave. Deterministic but for `ms`. */
export interface BlockResult {
  /** Index of the block in the script when it ran. */
  block: number;
  /** Its 1-based line when it ran. */
  line: number;
  /** "PutItem", "@advance", … */
  name: string;
  ok: boolean;
  /** HTTP status of the service (200, 400, 500); 200 or 0 (not run) for directives. */
  status: number;
  /** What was sent. `input` is the parsed body. */
  request: { operation: string; body: string; input: Json };
  /** Parsed answer; null when the body was empty. */
  response: Json;
  /** The answer's exact text: what digests are taken of. */
  raw: string;
  error?: ServiceFault;
  /** Why it cost what it cost; absent for directives. */
  explanation?: Explanation;
  /** Exact place of an expression error, as offsets into the block's own text (add `block.from` for the script). */
  errorRange?: Range;
  consumed: { read: number; write: number };
  /** What happened in the world because of this block (auto-advance included). */
  events: WorldEvent[];
  /** Virtual time when the block started and when it ended. */
  startedMillis: number;
  endedMillis: number;
  /** Wall-clock duration of the call in milliseconds. */
  ms: number;
}

/** A pseudo error name for blocks the playground itself refused to run. */
export type LocalFaultName = 'ScriptError' | 'NotOwner' | 'NotReady' | 'Cancelled' | 'LoadFailed';

// ---------------------------------------------------------------- the world on screen

export interface KeyInfo {
  name: string;
  type: 'S' | 'N' | 'B';
}

export interface IndexInfo {
  name: string;
  kind: 'GSI' | 'LSI';
  partitionKey: KeyInfo;
  sortKey?: KeyInfo;
  projection: string;
  status?: string;
}

/** One table as the explorer shows it. */
export interface TableInfo {
  name: string;
  /** CREATING, ACTIVE, UPDATING, DELETING. */
  status: string;
  partitionKey: KeyInfo;
  sortKey?: KeyInfo;
  items: number;
  bytes: number;
  billingMode: string;
  provisioned?: { read: number; write: number };
  indexes: IndexInfo[];
  streamEnabled: boolean;
  /** The attribute that holds the time of expiry; absent while time to live is off. */
  timeToLive?: string;
  /** DescribeTable's Table member as it came. */
  description: Json;
}

/** A page of items for the explorer. */
export interface ItemsPage {
  items: Item[];
  /** Give it back to get the next page; null on the last page. */
  next: Item | null;
}

/** Settings that decide what a run gives; they travel in links. */
export interface WorldSettings {
  /** Virtual time a fresh world starts at. */
  startMillis: number;
  seed: number;
  /** How long CreateTable and DeleteTable take, virtual milliseconds. */
  tableDelayMillis: number;
  wording: 'newer' | 'older';
  /** After a control-plane call, advance until no table is in transition. */
  autoAdvance: boolean;
  /** Virtual milliseconds each data-plane request takes. */
  latencyMillis: number;
}

/** The settings of a new workspace; the engine's own defaults. */
export const defaultSettings: Readonly<WorldSettings> = Object.freeze({
  startMillis: 1780272000000,
  seed: 1,
  tableDelayMillis: 5000,
  wording: 'newer',
  autoAdvance: true,
  latencyMillis: 4,
});

// ---------------------------------------------------------------- loading and saving

/** Progress of opening the page's engine and workspace. */
export interface LoadProgress {
  step: 'engine-download' | 'engine-start' | 'workspace' | 'ready';
  /** Words for the screen: "Loading the engine". */
  label: string;
  /** Bytes so far and in all; absent when the step has none, `bytesTotal` when unknown. */
  bytes?: number;
  bytesTotal?: number;
}

/** Progress of @load. */
export interface DatasetProgress {
  dataset: DatasetName;
  step: 'download' | 'write';
  done: number;
  /** Bytes for download (0 when unknown), rows for write. */
  total: number;
}

/** Progress of a rehearsal in a fresh world. */
export interface RehearsalProgress {
  /** Blocks that have run, and how many there are. */
  done: number;
  total: number;
  /** Progress of the @load that runs now. */
  dataset: DatasetProgress | null;
}

/** What a script gives in a fresh world, and what stands there afterwards. */
export interface Rehearsal {
  /** One per block, in order. */
  results: BlockResult[];
  tables: TableInfo[];
}

/** What @load did. It is also the directive's response, so it holds no timings. */
export interface DatasetReport {
  dataset: DatasetName;
  table: string;
  /** Rows of the source. */
  rows: number;
  written: number;
  leftOut: { reason: string; rows: number }[];
  /** Repairs made to rows that were kept, e.g. "accents repaired in the title". */
  repaired: { what: string; rows: number }[];
  tableCreated: boolean;
}

/** Saved only when the storage transaction has completed. */
export type SaveState =
  | { state: 'saved' }
  | { state: 'saving' }
  /** reason: words for the screen; memoryOnly: nothing will be kept by design (scratch). */
  | { state: 'not-saved'; reason: string; memoryOnly: boolean };

/** owner: this tab writes. follower: another tab writes, this one shows what was saved. */
export type Ownership = 'none' | 'owner' | 'follower';

/** What is kept beside the data: the user's text and settings. */
export interface WorkspaceDocument {
  name: string;
  script: string;
  settings: WorldSettings;
  /** Selected tab of the result pane, results of the last run and the like; opaque to the worker. */
  view: { [key: string]: string };
}

/** One line of the list of kept workspaces. */
export interface WorkspaceSummary {
  id: string;
  name: string;
  /** Wall clock, epoch milliseconds. */
  savedAt: number;
}

/** Bytes of a workspace that could not be read and were put aside. */
export interface QuarantinedPiece {
  id: number;
  /** Wall clock, epoch milliseconds. */
  at: number;
  reason: string;
  /** Bytes. */
  size: number;
}

export interface OpenRequest {
  /** Id of a kept workspace; null opens a scratch one that lives in memory only. */
  workspace: string | null;
  /** What a new workspace starts with; ignored when the workspace exists. */
  document?: Partial<WorkspaceDocument>;
  /** A workspace file made by exportWorkspace; opened as scratch. */
  file?: Uint8Array;
}

export interface OpenReport {
  /**
   * opened: usable. repaired: usable, what could not be read is in quarantine. refused: nothing was
   * changed and nothing will be written (newer format, nothing readable); export still works.
   */
  state: 'opened' | 'repaired' | 'refused';
  /** Words for the screen; empty when there is nothing to say. */
  message: string;
  ownership: Ownership;
  document: WorkspaceDocument;
  world: World | null;
  restore: RestoreReport | null;
}

/** Pushed by the worker whenever one of these changes. */
export type StatusChange =
  | { kind: 'save'; save: SaveState }
  /** message: words for the screen, e.g. why the ownership was lost; empty when expected. */
  | { kind: 'ownership'; ownership: Ownership; message: string }
  /** The stored workspace changed under a follower and was read again. */
  | { kind: 'reloaded'; document: WorkspaceDocument };
