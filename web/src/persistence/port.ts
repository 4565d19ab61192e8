/**
 * The storage port: where workspaces are kept. Memory is the truth, storage follows it; the engine makes the
 * bytes, storage never looks inside them (they are framed and checksummed by the engine).
 *
 * Rules every implementation keeps, and the contract tests check:
 * - a promise resolves only when the transaction has completed, and then survives a killed tab;
 * - each method is one transaction: after a failure either all of it happened or nothing;
 * - only the newest claim may write: an older token is refused with 'fenced', whatever the order of tabs;
 * - nothing is deleted but by replace, which keeps what it is given for quarantine, and by discard, which somebody asked for;
 * - nothing is written over that load did not hand out.
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
  /** Everything there is, snapshot and journal in order; what is missing in between is named in `gaps`. */
  bytes: Uint8Array;
  /** How many of them are the snapshot. */
  snapshotBytes: number;
  /** Number of the next journal record: behind every one there is. */
  nextSequence: number;
  /** What should be there and is not, such as "journal record 1 is missing". */
  gaps: string[];
  /** The record with name, script and settings was missing; the document is that of an empty workspace. */
  recovered: boolean;
}

/** Bytes that are put aside because they could not be read, with what is needed to open them as a workspace. */
export interface SetAside {
  /** One line for the screen. */
  reason: string;
  bytes: Uint8Array;
  document?: WorkspaceDocument;
  clockMillis?: number;
}

/** One piece as it was put aside. */
export interface StoredPiece extends SetAside {
  id: number;
  /** Wall clock, epoch milliseconds. */
  at: number;
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
   * Makes the caller the only writer and answers its token; creates the workspace when it is new. Where data lie without
   * the record of their workspace, a record is made that keeps all of them. Refuses with 'newer-format' without touching
   * anything.
   */
  claim(id: string, initial: WorkspaceDocument): Promise<number>;

  /**
   * Writes journal record `sequence`. Writing a number again replaces it, so a write whose outcome is unknown can be
   * repeated. Empty bytes: only the stamp.
   */
  append(id: string, token: number, sequence: number, bytes: Uint8Array, stamp: WriteStamp): Promise<void>;

  /**
   * Swaps snapshot and journal for a new snapshot; the journal starts again at number 0. The pieces are taken in one go,
   * within the transaction, so they may be made while they are taken. If taking them throws, nothing has changed.
   */
  replace(
    id: string,
    token: number,
    snapshot: Iterable<Uint8Array>,
    stamp: WriteStamp,
    quarantine?: SetAside,
  ): Promise<void>;

  /** What was put aside, oldest first. */
  quarantined(id: string): Promise<QuarantinedPiece[]>;

  /** One of these pieces; null when it is not of this workspace. */
  quarantinedPiece(id: string, piece: number): Promise<StoredPiece | null>;

  /** Deletes one of these pieces for good. */
  discard(id: string, token: number, piece: number): Promise<void>;

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
  /** The browser keeps no data for this page; trying again changes nothing. */
  | 'forbidden'
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

/** Copies pieces of any length into pieces of at most `size`; empty ones are left out. */
export function* chunksOf(pieces: Iterable<Uint8Array>, size = chunkBytesMax): Generator<Uint8Array> {
  for (const bytes of pieces) for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
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
