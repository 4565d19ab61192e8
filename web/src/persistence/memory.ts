/**
 * Workspaces in memory: for scratch worlds and tests. A MemoryDisk outlives the stores opened on it, as a real disk
 * outlives tabs.
 */
import type { QuarantinedPiece, WorkspaceDocument, WorkspaceSummary } from '../protocol/types';
import { assemble, type NumberedPiece, type WorkspaceRecord } from './assemble';
import { chunksOf, StoreError, storeFormat, type StoredWorkspace, type WorkspaceStore, type WriteStamp } from './port';

interface DiskEntry {
  record: WorkspaceRecord;
  chunks: NumberedPiece[];
  journal: Map<number, Uint8Array>;
}

export class MemoryDisk {
  readonly entries = new Map<string, DiskEntry>();
  readonly quarantine: (QuarantinedPiece & { workspace: string })[] = [];
}

export class MemoryStore implements WorkspaceStore {
  /** `wallClock` gives epoch milliseconds for the list of workspaces. */
  constructor(
    private readonly disk: MemoryDisk = new MemoryDisk(),
    private readonly wallClock: () => number = Date.now,
  ) {}

  async list(): Promise<WorkspaceSummary[]> {
    return [...this.disk.entries.values()].map(({ record: { id, name, savedAt } }) => ({ id, name, savedAt }));
  }

  async load(id: string): Promise<StoredWorkspace | null> {
    const entry = this.disk.entries.get(id);
    if (!entry) return null;
    const journal = [...entry.journal].map(([number, bytes]) => ({ number, bytes: bytes.slice() }));
    return assemble(structuredClone(entry.record), structuredClone(entry.chunks), journal);
  }

  async claim(id: string, initial: WorkspaceDocument): Promise<number> {
    const entry = this.disk.entries.get(id);
    if (!entry) {
      const record: WorkspaceRecord = {
        id,
        format: storeFormat,
        token: 1,
        name: initial.name,
        savedAt: this.wallClock(),
        clockMillis: initial.settings.startMillis,
        document: structuredClone(initial),
        snapshotChunks: 0,
        nextSequence: 0,
      };
      this.disk.entries.set(id, { record, chunks: [], journal: new Map() });
      return 1;
    }
    if (entry.record.format > storeFormat) throw newerFormat(entry.record.format);
    return ++entry.record.token;
  }

  async append(id: string, token: number, sequence: number, bytes: Uint8Array, stamp: WriteStamp): Promise<void> {
    const { record, journal } = this.writable(id, token);
    if (bytes.length > 0) {
      journal.set(sequence, bytes.slice());
      record.nextSequence = sequence + 1;
    }
    this.stamp(record, stamp);
  }

  async replace(
    id: string,
    token: number,
    snapshot: Uint8Array,
    stamp: WriteStamp,
    quarantine?: { reason: string; bytes: Uint8Array },
  ): Promise<void> {
    const entry = this.writable(id, token);
    entry.chunks = chunksOf(snapshot).map((bytes, number) => ({ number, bytes }));
    entry.journal.clear();
    entry.record.snapshotChunks = entry.chunks.length;
    entry.record.nextSequence = 0;
    this.stamp(entry.record, stamp);
    if (quarantine) {
      const piece = {
        id: this.disk.quarantine.length + 1,
        at: this.wallClock(),
        reason: quarantine.reason,
        bytes: quarantine.bytes.slice(),
      };
      this.disk.quarantine.push({ ...piece, workspace: id });
    }
  }

  async quarantined(id: string): Promise<QuarantinedPiece[]> {
    return this.disk.quarantine
      .filter((piece) => piece.workspace === id)
      .map(({ workspace: _, ...piece }) => structuredClone(piece));
  }

  async reopen(): Promise<void> {}

  close(): void {}

  private writable(id: string, token: number): DiskEntry {
    const entry = this.disk.entries.get(id);
    if (!entry) throw new StoreError('unavailable', 'The workspace is not in this store.');
    if (entry.record.format > storeFormat) throw newerFormat(entry.record.format);
    if (entry.record.token !== token) throw new StoreError('fenced', 'Another tab is writing this workspace now.');
    return entry;
  }

  private stamp(record: WorkspaceRecord, stamp: WriteStamp): void {
    record.clockMillis = stamp.clockMillis;
    record.savedAt = this.wallClock();
    if (stamp.document) {
      record.document = structuredClone(stamp.document);
      record.name = stamp.document.name;
    }
  }
}

export function newerFormat(format: number): StoreError {
  return new StoreError(
    'newer-format',
    `This workspace was saved by a newer version of the page (format ${format}; this one reads up to ${storeFormat}).`,
  );
}
