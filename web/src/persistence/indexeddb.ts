/**
 * Workspaces in IndexedDB. Every method is one transaction, and waits for its completion: the success of
 * its last request alone does not mean that anything is kept.
 *
 * Names of the database, its stores and members of records are stored data; changing one needs a new database version
 * and a migration with a test.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { QuarantinedPiece, WorkspaceDocument, WorkspaceSummary } from '../protocol/types';
import { assemble, type NumberedPiece, type WorkspaceRecord } from './assemble';
import { newerFormat } from './memory';
import { chunksOf, StoreError, storeFormat, type StoredWorkspace, type WorkspaceStore, type WriteStamp } from './port';

interface Schema extends DBSchema {
  workspaces: { key: string; value: WorkspaceRecord };
  /** Key: [workspace, number]. */
  snapshots: { key: [string, number]; value: { bytes: Uint8Array } };
  /** Key: [workspace, number]. */
  journal: { key: [string, number]; value: { bytes: Uint8Array } };
  quarantine: {
    key: number;
    value: { workspace: string; at: number; reason: string; bytes: Uint8Array };
    indexes: { workspace: string };
  };
}

const databaseVersion = 1;
type Database = IDBPDatabase<Schema>;

export class IndexedDbStore implements WorkspaceStore {
  private database: Promise<Database> | null = null;

  constructor(private readonly databaseName = 'sortkey') {}

  async list(): Promise<WorkspaceSummary[]> {
    return this.run(async (database) => {
      const records = await database.getAll('workspaces');
      return records.map(({ id, name, savedAt }) => ({ id, name, savedAt }));
    });
  }

  async load(id: string): Promise<StoredWorkspace | null> {
    return this.run(async (database) => {
      const transaction = database.transaction(['workspaces', 'snapshots', 'journal'], 'readonly');
      const snapshots = transaction.objectStore('snapshots');
      const journal = transaction.objectStore('journal');
      // All requests are made before the first await, so the transaction sees one state.
      const [record, chunkKeys, chunks, journalKeys, records] = await Promise.all([
        transaction.objectStore('workspaces').get(id),
        snapshots.getAllKeys(rangeOf(id)),
        snapshots.getAll(rangeOf(id)),
        journal.getAllKeys(rangeOf(id)),
        journal.getAll(rangeOf(id)),
        transaction.done,
      ]);
      return record ? assemble(record, numbered(chunkKeys, chunks), numbered(journalKeys, records)) : null;
    });
  }

  async claim(id: string, initial: WorkspaceDocument): Promise<number> {
    return this.run(async (database) => {
      const transaction = database.transaction('workspaces', 'readwrite', { durability: 'strict' });
      const found = await transaction.store.get(id);
      if (found && found.format > storeFormat) throw newerFormat(found.format);
      const record: WorkspaceRecord = found ?? {
        id,
        format: storeFormat,
        token: 0,
        name: initial.name,
        savedAt: Date.now(),
        clockMillis: initial.settings.startMillis,
        document: initial,
        snapshotChunks: 0,
        nextSequence: 0,
      };
      record.token++;
      await Promise.all([transaction.store.put(record), transaction.done]);
      return record.token;
    });
  }

  async append(id: string, token: number, sequence: number, bytes: Uint8Array, stamp: WriteStamp): Promise<void> {
    return this.run(async (database) => {
      // Strict: "saved" on the screen has to survive a crash of the browser too.
      const transaction = database.transaction(['workspaces', 'journal'], 'readwrite', { durability: 'strict' });
      const workspaces = transaction.objectStore('workspaces');
      const record = writable(await workspaces.get(id), token);
      const requests: Promise<unknown>[] = [];
      if (bytes.length > 0) {
        requests.push(transaction.objectStore('journal').put({ bytes }, [id, sequence]));
        record.nextSequence = sequence + 1;
      }
      requests.push(workspaces.put(stamped(record, stamp)));
      await Promise.all([...requests, transaction.done]);
    });
  }

  async replace(
    id: string,
    token: number,
    snapshot: Uint8Array,
    stamp: WriteStamp,
    quarantine?: { reason: string; bytes: Uint8Array },
  ): Promise<void> {
    return this.run(async (database) => {
      const transaction = database.transaction(['workspaces', 'snapshots', 'journal', 'quarantine'], 'readwrite', {
        durability: 'strict',
      });
      const workspaces = transaction.objectStore('workspaces');
      const record = writable(await workspaces.get(id), token);
      const snapshots = transaction.objectStore('snapshots');
      const chunks = chunksOf(snapshot);
      const requests: Promise<unknown>[] = [
        snapshots.delete(rangeOf(id)),
        transaction.objectStore('journal').delete(rangeOf(id)),
        ...chunks.map((bytes, number) => snapshots.put({ bytes }, [id, number])),
      ];
      if (quarantine) {
        requests.push(transaction.objectStore('quarantine').add({ workspace: id, at: Date.now(), ...quarantine }));
      }
      record.snapshotChunks = chunks.length;
      record.nextSequence = 0;
      requests.push(workspaces.put(stamped(record, stamp)));
      await Promise.all([...requests, transaction.done]);
    });
  }

  async quarantined(id: string): Promise<QuarantinedPiece[]> {
    return this.run(async (database) => {
      const index = database.transaction('quarantine').store.index('workspace');
      const [keys, values] = await Promise.all([index.getAllKeys(id), index.getAll(id)]);
      return values.map(({ at, reason, bytes }, i) => ({ id: keys[i]!, at, reason, bytes }));
    });
  }

  async reopen(): Promise<void> {
    this.close();
    await this.open();
  }

  close(): void {
    const closing = this.database;
    this.database = null;
    closing?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  private open(): Promise<Database> {
    if (this.database) return this.database;
    const opening = openDB<Schema>(this.databaseName, databaseVersion, {
      upgrade(database) {
        database.createObjectStore('workspaces', { keyPath: 'id' });
        database.createObjectStore('snapshots');
        database.createObjectStore('journal');
        const quarantine = database.createObjectStore('quarantine', { autoIncrement: true });
        quarantine.createIndex('workspace', 'workspace');
      },
      // A newer page wants to upgrade: let it, and find out at the next write.
      blocking: () => this.close(),
      // Safari drops connections of pages in the background.
      terminated: () => {
        if (this.database === opening) this.database = null;
      },
    });
    this.database = opening;
    opening.catch(() => {
      if (this.database === opening) this.database = null;
    });
    return opening;
  }

  /** The one place where the browser's errors become StoreErrors. */
  private async run<T>(work: (database: Database) => Promise<T>): Promise<T> {
    try {
      return await work(await this.open());
    } catch (error) {
      if (error instanceof StoreError) throw error;
      const name = error instanceof Error ? error.name : '';
      const message = error instanceof Error ? error.message : String(error);
      if (name === 'VersionError') {
        throw new StoreError(
          'newer-format',
          'The stored workspaces belong to a newer version of the page. Reload it.',
          { cause: error },
        );
      }
      if (name === 'QuotaExceededError') {
        throw new StoreError('full', 'The browser has no room left for this workspace.', { cause: error });
      }
      throw new StoreError('unavailable', `The browser’s storage did not answer (${name || 'error'}: ${message}).`, {
        cause: error,
      });
    }
  }
}

function writable(record: WorkspaceRecord | undefined, token: number): WorkspaceRecord {
  if (!record) throw new StoreError('unavailable', 'The workspace is not in this store.');
  if (record.format > storeFormat) throw newerFormat(record.format);
  if (record.token !== token) throw new StoreError('fenced', 'Another tab is writing this workspace now.');
  return record;
}

function stamped(record: WorkspaceRecord, { clockMillis, document }: WriteStamp): WorkspaceRecord {
  record.clockMillis = clockMillis;
  record.savedAt = Date.now();
  if (document) {
    record.document = document;
    record.name = document.name;
  }
  return record;
}

/** All keys [id, number]. */
function rangeOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
}

function numbered(keys: [string, number][], values: { bytes: Uint8Array }[]): NumberedPiece[] {
  return values.map(({ bytes }, i) => ({ number: keys[i]![1], bytes }));
}
