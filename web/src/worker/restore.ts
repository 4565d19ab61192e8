/** From stored bytes to a world, and what to say about it. A failed open deletes nothing. */
import { concatBytes, StoreError, storeFormat, type StoredWorkspace } from '../persistence';
import { defaultSettings, type OpenReport, type RestoreReport, type WorkspaceDocument } from '../protocol/types';
import type { EngineDoor } from './engine-door';
import { tablesOf } from './questions';

export interface Restored {
  state: OpenReport['state'];
  message: string;
  restore: RestoreReport | null;
  /** Bytes that could not be read; to be kept before anything is overwritten. */
  quarantine: { reason: string; bytes: Uint8Array } | null;
  /** What is stored has holes: the next write is a whole snapshot. */
  rewrite: boolean;
}

/** A workspace without any bytes yet. */
export const nothingStored: Restored = {
  state: 'opened',
  message: '',
  restore: null,
  quarantine: null,
  rewrite: false,
};

/** A stretch that was not applied; no bytes: something is missing before `offset`. */
interface LeftOut {
  offset: number;
  bytes: number;
  reason: string;
}

/** Puts a stored workspace into an empty engine. */
export function restoreStored(engine: EngineDoor, stored: StoredWorkspace): Restored {
  const { bytes, gaps } = stored;
  if (stored.format > storeFormat) return refused(newerMessage(`format ${stored.format}`), null);
  if (bytes.length === 0 && gaps.length === 0) return nothingStored;
  const report = engine.restore(bytes);
  if (!report.ok) {
    const reasons = leftOutOf(report, bytes.length).map((stretch) => stretch.reason);
    const reason = reasons.find((words) => /^(newer format|it takes)/.test(words)) ?? reasons[0] ?? 'it cannot be read';
    return refused(
      reason.startsWith('newer format') ? newerMessage(reason) : `This workspace cannot be opened: ${reason}.`,
      report,
    );
  }
  const leftOut = leftOutOf(report, bytes.length);
  const whole = leftOut.length === 0 && gaps.length === 0;
  if (whole && !stored.recovered) return { ...nothingStored, restore: report };

  const here = countsOf(engine);
  if (whole) return { ...nothingStored, state: 'repaired', message: recoveredMessage(here), restore: report };
  const reason = [...leftOut.map((piece) => `${piece.reason} at byte ${number(piece.offset)}`), ...gaps];
  const why = reason.length > 3 ? `${reason.slice(0, 3).join('; ')}; and ${reason.length - 3} more` : reason.join('; ');
  if (here.tables === 0) return refused(`No table and no item of this workspace can be read (${why}).`, report);

  const aside = bytesOf(leftOut, report, bytes);
  const unread = leftOut.filter((stretch) => stretch.bytes > 0).length;
  const missing = gaps.length > 0 ? gaps.length : leftOut.length - unread;
  const lost: string[] = [];
  if (aside.length > 0)
    lost.push(`${plural(unread, 'piece')} of ${plural(aside.length, 'byte')} could not be read and is set aside`);
  if (missing > 0) lost.push(`${plural(missing, 'stored record')} missing`);
  return {
    state: 'repaired',
    message:
      (stored.recovered ? `${recoveredMessage(here)} ` : '') +
      `The stored workspace was damaged (${why}). Here: ${wordsOf(here)}. Not here: ${lost.join('; ')}.`,
    restore: report,
    quarantine: aside.length > 0 ? { reason: why, bytes: aside } : null,
    rewrite: true,
  };
}

/** All stretches that were not applied, in order. */
function leftOutOf(report: RestoreReport, bytes: number): LeftOut[] {
  const { damages } = report as { damages?: LeftOut[] };
  if (damages) return damages;
  return report.damage ? [{ ...report.damage, bytes: bytes - report.damage.offset }] : [];
}

/** What is set aside: the stretches that were left out, or everything where not all of them are told one by one. */
function bytesOf(leftOut: LeftOut[], report: RestoreReport, bytes: Uint8Array): Uint8Array {
  const told = leftOut.reduce((sum, stretch) => sum + stretch.bytes, 0);
  const { bytesSkipped = told } = report as { bytesSkipped?: number };
  if (bytesSkipped !== told) return bytes;
  return concatBytes(leftOut.map((stretch) => bytes.subarray(stretch.offset, stretch.offset + stretch.bytes)));
}

export function countsOf(engine: EngineDoor): { tables: number; items: number } {
  const tables = tablesOf(engine);
  return { tables: tables.length, items: tables.reduce((sum, { items }) => sum + items, 0) };
}

export function wordsOf({ tables, items }: { tables: number; items: number }): string {
  return `${plural(tables, 'table')} with ${plural(items, 'item')}`;
}

function recoveredMessage(here: { tables: number; items: number }): string {
  return (
    'The record with the name, the script and the settings of this workspace is missing; those of a new one stand in for it. ' +
    `Its data are here: ${wordsOf(here)}.`
  );
}

function plural(count: number, word: string): string {
  return `${number(count)} ${word}${count === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

export function refused(message: string, restore: RestoreReport | null): Restored {
  return { ...nothingStored, state: 'refused', message, restore };
}

export function newerMessage(what: string): string {
  return `This workspace was saved by a newer version of the page (${what}). Reload the page to get the newest version.`;
}

/** True for failures that a newer page caused. */
export function isNewerFormat(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'newer-format';
}

/** A document with every member: a new one, or one stored before a member existed. */
export function completeDocument(given: Partial<WorkspaceDocument> = {}): WorkspaceDocument {
  return {
    name: given.name ?? '',
    script: given.script ?? '',
    settings: { ...defaultSettings, ...given.settings },
    view: given.view ?? {},
  };
}
