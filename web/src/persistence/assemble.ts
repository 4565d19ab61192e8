/** Puts stored records together again; shared by all implementations so that a gap means the same everywhere. */
import type { WorkspaceDocument } from '../protocol/types';
import { concatBytes, type StoredWorkspace } from './port';

/** The record of a workspace itself. Names of members are stored data: never rename one without a migration. */
export interface WorkspaceRecord {
  id: string;
  format: number;
  /** Token of the newest claim. */
  token: number;
  name: string;
  /** Wall clock, epoch milliseconds. */
  savedAt: number;
  clockMillis: number;
  document: WorkspaceDocument;
  snapshotChunks: number;
  nextSequence: number;
}

/** A stored piece with its place in the order. */
export interface NumberedPiece {
  number: number;
  bytes: Uint8Array;
}

export function assemble(record: WorkspaceRecord, chunks: NumberedPiece[], journal: NumberedPiece[]): StoredWorkspace {
  const usable: Uint8Array[] = [];
  const orphaned: Uint8Array[] = [];
  let reason = '';
  let snapshotBytes = 0;
  const take = (pieces: NumberedPiece[], count: number, what: string): void => {
    const byNumber = new Map(pieces.map((piece) => [piece.number, piece.bytes]));
    for (let number = 0; number < count; number++) {
      const bytes = byNumber.get(number);
      if (!bytes) reason ||= `${what} ${number} is missing`;
      else (reason === '' ? usable : orphaned).push(bytes);
    }
  };
  take(chunks, record.snapshotChunks, 'snapshot chunk');
  snapshotBytes = usable.reduce((sum, piece) => sum + piece.length, 0);
  take(journal, record.nextSequence, 'journal record');
  return {
    format: record.format,
    document: record.document,
    clockMillis: record.clockMillis,
    bytes: concatBytes(usable),
    snapshotBytes,
    nextSequence: record.nextSequence,
    orphaned: reason === '' ? null : { reason, bytes: concatBytes(orphaned) },
  };
}
