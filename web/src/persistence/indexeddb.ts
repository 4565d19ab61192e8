/**
 * Workspaces in IndexedDB. Every method is one transaction, and waits for its completion: the success of
 * its last request alone does not mean that anything is kept.
 *
 * Names of the database, its stores and members of records are stored data; changing one needs a new database version
 * and a migration with a test.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { QuarantinedPiece, WorkspaceDocument, WorkspaceSummary } from '../protocol/types';
import { assemble, recordAround, type NumberedPiece, type WorkspaceRecord } from './assemble';
import { forbiddenMessage, isForbidden, newerFormat, storeErrorOf } from './store-errors';
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

interface Schema extends DBSchema {
  workspaces: { key: string; value: WorkspaceRecord };
  /** Key: [workspace, number]. */
  snapshots: { key: [string, number]; value: { bytes: Uint8Array } };
  /** Key: [workspace, number]. */
  journal: { key: [string, number]; value: { bytes: Uint8Array } };
  quarantine: {
    key: number;
    value: Omit<StoredPiece, 'id'> & { workspace: string };
    indexes: { workspace: string };
  };
}

const databaseVersion = 1;
type Database = IDBPDatabase<Schema>;
type Stores = StoreNames<Schema>;

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
      return assemble(id, record, numbered(chunkKeys, chunks), numbered(journalKeys, records));
    });
  }

  async claim(id: string, initial: WorkspaceDocument): Promise<number> {
    return this.write(['workspaces', 'snapshots', 'journal'], async (transaction) => {
      const workspaces = transaction.objectStore('workspaces');
      const [found, chunks, journal] = await Promise.all([
        workspaces.get(id),
        transaction.objectStore('snapshots').getAllKeys(rangeOf(id)),
        transaction.objectStore('journal').getAllKeys(rangeOf(id)),
      ]);
      if (found && found.format > storeFormat) throw newerFormat(found.format);
      const record = found ?? recordAround(id, initial, Date.now(), chunks.map(numberOf), journal.map(numberOf));
      record.token++;
      await workspaces.put(record);
      return record.token;
    });
  }

  async append(id: string, token: number, sequence: number, bytes: Uint8Array, stamp: WriteStamp): Promise<void> {
    return this.write(['workspaces', 'journal'], async (transaction) => {
      const workspaces = transaction.objectStore('workspaces');
      const record = writable(await workspaces.get(id), token);
      const requests: Promise<unknown>[] = [];
      if (bytes.length > 0) {
        requests.push(begun(transaction.objectStore('journal').put({ bytes }, [id, sequence])));
        record.nextSequence = sequence + 1;
      }
      requests.push(begun(workspaces.put(stamped(record, stamp))));
      await Promise.all(requests);
    });
  }

  async replace(
    id: string,
    token: number,
    snapshot: Iterable<Uint8Array>,
    stamp: WriteStamp,
    quarantine?: SetAside,
  ): Promise<void> {
    return this.write(['workspaces', 'snapshots', 'journal', 'quarantine'], async (transaction) => {
      const workspaces = transaction.objectStore('workspaces');
      const record = writable(await workspaces.get(id), token);
      const snapshots = transaction.objectStore('snapshots');
      const requests: Promise<unknown>[] = [
        begun(snapshots.delete(rangeOf(id))),
        begun(transaction.objectStore('journal').delete(rangeOf(id))),
      ];
      let chunks = 0;
      // Each piece is handed to the browser before the next one is made, so the whole snapshot is never in this memory.
      for (const bytes of chunksOf(snapshot)) requests.push(begun(snapshots.put({ bytes }, [id, chunks++])));
      if (quarantine) {
        const piece = { workspace: id, at: Date.now(), ...quarantine };
        requests.push(begun(transaction.objectStore('quarantine').add(piece)));
      }
      record.snapshotChunks = chunks;
      record.nextSequence = 0;
      requests.push(begun(workspaces.put(stamped(record, stamp))));
      await Promise.all(requests);
    });
  }

  async quarantined(id: string): Promise<QuarantinedPiece[]> {
    return this.run(async (database) => {
      const index = database.transaction('quarantine').store.index('workspace');
      const [keys, values] = await Promise.all([index.getAllKeys(id), index.getAll(id)]);
      return values.map(({ at, reason, bytes }, i) => ({ id: keys[i]!, at, reason, size: bytes.length }));
    });
  }

  async quarantinedPiece(id: string, piece: number): Promise<StoredPiece | null> {
    return this.run(async (database) => {
      const found = await database.get('quarantine', piece);
      if (found?.workspace !== id) return null;
      const { workspace: _, ...rest } = found;
      return { ...rest, id: piece };
    });
  }

  async discard(id: string, token: number, piece: number): Promise<void> {
    return this.write(['workspaces', 'quarantine'], async (transaction) => {
      writable(await transaction.objectStore('workspaces').get(id), token);
      const quarantine = transaction.objectStore('quarantine');
      if ((await quarantine.get(piece))?.workspace === id) await quarantine.delete(piece);
    });
  }

  async reopen(): Promise<void> {
    this.close();
    await this.run(async () => undefined);
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
    const opening = this.openNew(() => {
      if (this.database === opening) this.database = null;
    });
    this.database = opening;
    opening.catch(() => {
      if (this.database === opening) this.database = null;
    });
    return opening;
  }

  private async openNew(terminated: () => void): Promise<Database> {
    // A browser that keeps no data says so in many ways: no such object, a throw at its name or at the call, a failed request.
    try {
      if (typeof indexedDB === 'undefined') throw new StoreError('forbidden', forbiddenMessage);
      return await openDB<Schema>(this.databaseName, databaseVersion, {
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
        terminated,
      });
    } catch (error) {
      if (isForbidden(error)) throw new StoreError('forbidden', forbiddenMessage, { cause: error });
      throw error;
    }
  }

  /** The one place where the browser's errors become StoreErrors. */
  private async run<T>(work: (database: Database) => Promise<T>): Promise<T> {
    try {
      return await work(await this.open());
    } catch (error) {
      throw storeErrorOf(error);
    }
  }

  /**
   * One transaction that writes; resolves when it has completed. Strict: "saved" on the screen has to survive a crash of the
   * browser too. If the work fails, what it had begun is undone: a transaction left to itself would commit that much.
   */
  private write<N extends Stores, T>(
    stores: N[],
    work: (transaction: IDBPTransaction<Schema, N[], 'readwrite'>) => Promise<T>,
  ): Promise<T> {
    return this.run(async (database) => {
      const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
      // A failure is reported by the work, which knows more about it.
      transaction.done.catch(() => undefined);
      try {
        const answer = await work(transaction);
        await transaction.done;
        return answer;
      } catch (error) {
        try {
          transaction.abort();
        } catch {
          // It is over already.
        }
        throw error;
      }
    });
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
  delete record.recovered;
  if (document) {
    record.document = document;
    record.name = document.name;
  }
  return record;
}

/** A request that nobody waits for yet: if its transaction is given up before, that is no failure of its own. */
function begun<T>(request: Promise<T>): Promise<T> {
  request.catch(() => undefined);
  return request;
}

function numberOf([, number]: [string, number]): number {
  return number;
}

/** All keys [id, number]. */
function rangeOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);
}

function numbered(keys: [string, number][], values: { bytes: Uint8Array }[]): NumberedPiece[] {
  return values.map(({ bytes }, i) => ({ number: keys[i]![1], bytes }));
}
