/** From stored bytes to a world, and what to say about it. A failed open deletes nothing. */
import { concatBytes, StoreError, storeFormat, type StoredWorkspace } from '../persistence';
import { defaultSettings, type OpenReport, type RestoreReport, type WorkspaceDocument } from '../protocol/types';
import type { EngineDoor } from './engine-door';

export interface Restored {
  state: OpenReport['state'];
  message: string;
  restore: RestoreReport | null;
  /** Bytes that could not be read; to be kept before anything is overwritten. */
  quarantine: { reason: string; bytes: Uint8Array } | null;
}

/** A workspace without any bytes yet. */
export const nothingStored: Restored = { state: 'opened', message: '', restore: null, quarantine: null };

/** Puts a stored workspace into an empty engine. */
export function restoreStored(engine: EngineDoor, stored: StoredWorkspace): Restored {
  if (stored.format > storeFormat) return refused(newerMessage(`format ${stored.format}`), null);
  if (stored.bytes.length === 0 && !stored.orphaned) return nothingStored;
  const report = engine.restore(stored.bytes);
  if (!report.ok) {
    const reason = report.damage?.reason ?? 'it cannot be read';
    return refused(
      reason.startsWith('newer format')
        ? newerMessage(reason)
        : `This workspace cannot be opened: ${reason}. Nothing was changed.`,
      report,
    );
  }
  if (!report.damage && !stored.orphaned) return { state: 'opened', message: '', restore: report, quarantine: null };

  const pieces: Uint8Array[] = [];
  const reasons: string[] = [];
  if (report.damage) {
    pieces.push(stored.bytes.slice(report.damage.offset));
    reasons.push(`${report.damage.reason} at byte ${report.damage.offset}`);
  }
  if (stored.orphaned) {
    pieces.push(stored.orphaned.bytes);
    reasons.push(stored.orphaned.reason);
  }
  const bytes = concatBytes(pieces);
  const reason = reasons.join('; ');
  return {
    state: 'repaired',
    message: `The end of the stored workspace was damaged (${reason}). Everything before it is here; the damaged ${bytes.length} bytes are kept for download.`,
    restore: report,
    quarantine: { reason, bytes },
  };
}

export function refused(message: string, restore: RestoreReport | null): Restored {
  return { state: 'refused', message, restore, quarantine: null };
}

export function newerMessage(what: string): string {
  return `This workspace was saved by a newer version of the page (${what}). Nothing was changed. Reload the page to get the newest version, or export the workspace.`;
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
