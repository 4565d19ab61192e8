/** Puts stored records together again; shared by all implementations so that a gap means the same everywhere. */
import { defaultSettings, type WorkspaceDocument } from '../protocol/types';
import { concatBytes, storeFormat, type StoredWorkspace } from './port';

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
  /** The record was made anew around data whose own record was missing; gone with the first write. */
  recovered?: boolean;
}

/** A stored piece with its place in the order. */
export interface NumberedPiece {
  number: number;
  bytes: Uint8Array;
}

function emptyDocument(): WorkspaceDocument {
  return { name: '', script: '', settings: { ...defaultSettings }, view: {} };
}

/** A record for pieces that have none: it counts everything that is there. */
export function recordAround(
  id: string,
  document: WorkspaceDocument,
  savedAt: number,
  chunkNumbers: number[],
  journalNumbers: number[],
): WorkspaceRecord {
  const { name, settings } = document;
  const snapshotChunks = behind(chunkNumbers);
  const nextSequence = behind(journalNumbers);
  return {
    id,
    format: storeFormat,
    token: 0,
    name,
    savedAt,
    clockMillis: settings.startMillis,
    document,
    snapshotChunks,
    nextSequence,
    ...(snapshotChunks + nextSequence > 0 ? { recovered: true } : {}),
  };
}

/** The stored workspace; null when there is neither a record nor a piece. */
export function assemble(
  id: string,
  found: WorkspaceRecord | undefined,
  chunks: NumberedPiece[],
  journal: NumberedPiece[],
): StoredWorkspace | null {
  if (!found && chunks.length + journal.length === 0) return null;
  const record = found ?? recordAround(id, emptyDocument(), 0, numbersOf(chunks), numbersOf(journal));
  const gaps: string[] = [];
  const snapshot = inOrder(chunks, record.snapshotChunks, 'snapshot chunk', gaps);
  const records = inOrder(journal, record.nextSequence, 'journal record', gaps);
  return {
    format: record.format,
    document: record.document,
    clockMillis: record.clockMillis,
    bytes: concatBytes([...snapshot, ...records]),
    snapshotBytes: snapshot.reduce((sum, piece) => sum + piece.length, 0),
    // Nothing that lies behind the end the record knows of may be written over unread.
    nextSequence: Math.max(record.nextSequence, behind(numbersOf(journal))),
    gaps,
    recovered: record.recovered === true,
  };
}

/** All pieces by number, also behind the expected end; whatever is missing or no bytes is named. */
function inOrder(pieces: NumberedPiece[], expected: number, what: string, gaps: string[]): Uint8Array[] {
  const byNumber = new Map(pieces.map((piece) => [piece.number, piece.bytes]));
  const end = Math.max(expected, behind(numbersOf(pieces)));
  const found: Uint8Array[] = [];
  for (let number = 0; number < end; number++) {
    const bytes = byNumber.get(number);
    if (bytes && ArrayBuffer.isView(bytes) && bytes.length > 0) found.push(bytes);
    else gaps.push(`${what} ${number} is ${bytes === undefined ? 'missing' : 'empty'}`);
  }
  return found;
}

function numbersOf(pieces: NumberedPiece[]): number[] {
  return pieces.map(({ number }) => number);
}

/** The number behind the largest; 0 for none. */
function behind(numbers: number[]): number {
  return numbers.reduce((end, number) => Math.max(end, number + 1), 0);
}
