/**
 * The storage port: where workspaces are kept. Memory is the truth, storage follows it; the engine makes the
 * bytes, storage never looks inside them (they are framed and checksummed by the engine).
 *
 * Rules every implementation keeps, and the contract tests check:
 * - a promise resolves only when the transaction has completed, and then survives a killed tab;
 * - each method is one transaction: after a failure either all of it happened or nothing;
 * - only the newest claim may write: an older token is refused with 'fenced', whatever the order of tabs;
 * - nothing is ever deleted but by replace, and replace keeps what it is given for quarantine.
 */
import type { QuarantinedPiece, WorkspaceDocument, WorkspaceSummary } from '../protocol/types';

/** Format of the records written by this version. A bump needs a migration with a test from every older one. */
export const storeFormat = 1;

/** Snapshots are stored in pieces of at most this many bytes; browsers copy values whole. */
export const chunkBytesMax = 1024 * 1024;

export interface StoredWorkspace {
  /** Newer than storeFormat: show, export, never write. */
  format: number;
  document: WorkspaceDocument;
  /** Virtual time of the last write, epoch milliseconds. */
  clockMillis: number;
  /** Snapshot and journal in order, up to the first missing record. */
  bytes: Uint8Array;
  /** How many of them are the snapshot. */
  snapshotBytes: number;
  /** Number of the next journal record. */
  nextSequence: number;
  /** Records behind a missing one: unusable, to be kept for download. */
  orphaned: { reason: string; bytes: Uint8Array } | null;
}

/** What every write brings along. */
export interface WriteStamp {
  clockMillis: number;
  /** Absent: the document did not change. */
  document?: WorkspaceDocument;
}

export interface WorkspaceStore {
  list(): Promise<WorkspaceSummary[]>;

  /** Null when there is no such workspace. */
  load(id: string): Promise<StoredWorkspace | null>;

  /**
   * Makes the caller the only writer and answers its token; creates the workspace when it is new. Refuses with 'newer-format'
   * without touching anything.
   */
  claim(id: string, initial: WorkspaceDocument): Promise<number>;

  /**
   * Writes journal record `sequence`. Writing a number again replaces it, so a write whose outcome is unknown can be
   * repeated. Empty bytes: only the stamp.
   */
  append(id: string, token: number, sequence: number, bytes: Uint8Array, stamp: WriteStamp): Promise<void>;

  /** Swaps snapshot and journal for a new snapshot; the journal starts again at number 0. */
  replace(
    id: string,
    token: number,
    snapshot: Uint8Array,
    stamp: WriteStamp,
    quarantine?: { reason: string; bytes: Uint8Array },
  ): Promise<void>;

  quarantined(id: string): Promise<QuarantinedPiece[]>;

  /** Drops a dead handle and opens a new one. */
  reopen(): Promise<void>;
  close(): void;
}

export type StoreErrorCode =
  /** Somebody claimed the workspace later; this writer must stop. */
  | 'fenced'
  /** Written by a newer version of the page. */
  | 'newer-format'
  /** No room left. */
  | 'full'
  /** Anything else; worth a retry with a new handle. */
  | 'unavailable';

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** Runs a piece of storage work; when the handle is dead, once more with a new one. */
export async function withReopen<T>(store: WorkspaceStore, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError && error.code !== 'unavailable') throw error;
    await store.reopen();
    return await work();
  }
}

/** Cuts bytes into pieces of at most `size`. */
export function chunksOf(bytes: Uint8Array, size = chunkBytesMax): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.slice(at, at + size));
  return chunks;
}

export function concatBytes(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
