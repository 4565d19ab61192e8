/**
 * Workspaces in memory: for scratch worlds and tests. A MemoryDisk outlives the stores opened on it, as a real disk
 * outlives tabs.
 */
import type { QuarantinedPiece, WorkspaceDocument, WorkspaceSummary } from '../protocol/types';
import { assemble, recordAround, type NumberedPiece, type WorkspaceRecord } from './assemble';
import { newerFormat } from './store-errors';
import {
  chunksOf,
  StoreError,
  storeFormat,
  type SetAside,
  type StoredPiece,
  type StoredWorkspace,
  type WorkspaceStore,
  type WriteStamp,
} from './port';

interface DiskEntry {
  record: WorkspaceRecord;
  chunks: NumberedPiece[];
  journal: Map<number, Uint8Array>;
}

/** The record, unless a test took it away as damage does. */
function recordOf(entry: DiskEntry | undefined): WorkspaceRecord | undefined {
  return entry?.record;
}

export class MemoryDisk {
  readonly entries = new Map<string, DiskEntry>();
  quarantine: (StoredPiece & { workspace: string })[] = [];
  pieces = 0;
}

export class MemoryStore implements WorkspaceStore {
  /** `wallClock` gives epoch milliseconds for the list of workspaces. */
  constructor(
    private readonly disk: MemoryDisk = new MemoryDisk(),
    private readonly wallClock: () => number = Date.now,
  ) {}

  async list(): Promise<WorkspaceSummary[]> {
    return [...this.disk.entries.values()].flatMap((entry) => {
      const record = recordOf(entry);
      return record ? [{ id: record.id, name: record.name, savedAt: record.savedAt }] : [];
    });
  }

  async load(id: string): Promise<StoredWorkspace | null> {
    const entry = this.disk.entries.get(id);
    if (!entry) return null;
    const journal = [...entry.journal].map(([number, bytes]) => ({ number, bytes: bytes.slice() }));
    return assemble(id, structuredClone(recordOf(entry)), structuredClone(entry.chunks), journal);
  }

  async claim(id: string, initial: WorkspaceDocument): Promise<number> {
    const found = this.disk.entries.get(id);
    const chunks = found?.chunks ?? [];
    const journal = found?.journal ?? new Map<number, Uint8Array>();
    const around = (): WorkspaceRecord =>
      recordAround(
        id,
        structuredClone(initial),
        this.wallClock(),
        chunks.map(({ number }) => number),
        [...journal.keys()],
      );
    const record = recordOf(found) ?? around();
    if (record.format > storeFormat) throw newerFormat(record.format);
    if (found) found.record = record;
    else this.disk.entries.set(id, { record, chunks, journal });
    return ++record.token;
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
    snapshot: Iterable<Uint8Array>,
    stamp: WriteStamp,
    quarantine?: SetAside,
  ): Promise<void> {
    const entry = this.writable(id, token);
    const chunks = [...chunksOf(snapshot)].map((bytes, number) => ({ number, bytes }));
    entry.chunks = chunks;
    entry.journal.clear();
    entry.record.snapshotChunks = chunks.length;
    entry.record.nextSequence = 0;
    this.stamp(entry.record, stamp);
    if (quarantine)
      this.disk.quarantine.push({
        ...structuredClone(quarantine),
        id: ++this.disk.pieces,
        at: this.wallClock(),
        workspace: id,
      });
  }

  async quarantined(id: string): Promise<QuarantinedPiece[]> {
    return this.disk.quarantine
      .filter((piece) => piece.workspace === id)
      .map(({ id: number, at, reason, bytes }) => ({ id: number, at, reason, size: bytes.length }));
  }

  async quarantinedPiece(id: string, piece: number): Promise<StoredPiece | null> {
    const found = this.disk.quarantine.find((one) => one.workspace === id && one.id === piece);
    if (!found) return null;
    const { workspace: _, ...rest } = structuredClone(found);
    return rest;
  }

  async discard(id: string, token: number, piece: number): Promise<void> {
    this.writable(id, token);
    this.disk.quarantine = this.disk.quarantine.filter((one) => one.workspace !== id || one.id !== piece);
  }

  async reopen(): Promise<void> {}

  close(): void {}

  private writable(id: string, token: number): DiskEntry {
    const entry = this.disk.entries.get(id);
    if (!entry || !recordOf(entry)) throw new StoreError('unavailable', 'The workspace is not in this store.');
    if (entry.record.format > storeFormat) throw newerFormat(entry.record.format);
    if (entry.record.token !== token) throw new StoreError('fenced', 'Another tab is writing this workspace now.');
    return entry;
  }

  private stamp(record: WorkspaceRecord, stamp: WriteStamp): void {
    record.clockMillis = stamp.clockMillis;
    record.savedAt = this.wallClock();
    delete record.recovered;
    if (stamp.document) {
      record.document = structuredClone(stamp.document);
      record.name = stamp.document.name;
    }
  }
}
