/** Storage: the port's contract, gaps in the records, workspace files, and the saver that follows the engine. */
import {
  IndexedDbStore,
  MemoryDisk,
  MemoryStore,
  StoreError,
  decodeWorkspaceFile,
  encodeWorkspaceFile,
  withReopen,
} from '../../web/src/persistence';
import { Saver, type SaverOptions } from '../../web/src/worker/saver';
import type { SaveState } from '../../web/src/protocol/types';
import 'fake-indexeddb/auto';
import { faultyStore } from './support/faulty-store';
import { sampleDocument, storeContract } from './support/store-contract';

let databases = 0;

describe('memory store keeps the contract', () => {
  test.each(storeContract.map((check) => [check.name, check] as const))('%s', async (_, check) => {
    const disk = new MemoryDisk();
    await check.run(() => new MemoryStore(disk));
  });
});

describe('IndexedDB store keeps the contract', () => {
  test.each(storeContract.map((check) => [check.name, check] as const))('%s', async (_, check) => {
    const opened: IndexedDbStore[] = [];
    // A database of its own for each check; all handles of one check share it.
    const name = `contract-${databases++}`;
    await check.run(() => {
      const store = new IndexedDbStore(name);
      opened.push(store);
      return store;
    });
    for (const store of opened) store.close();
  });
});

describe('a browser that keeps no data for this page', () => {
  const real = globalThis.indexedDB;
  const replaceBy = (descriptor: PropertyDescriptor): void => {
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, ...descriptor });
  };
  afterEach(() => replaceBy({ value: real, writable: true }));

  /** A request to open that fails. */
  const failing = (name: string, message: string): unknown => ({
    open: () =>
      Object.create(IDBOpenDBRequest.prototype, {
        error: { value: new DOMException(message, name) },
        addEventListener: { value: (type: string, hear: () => void) => type === 'error' && queueMicrotask(hear) },
        removeEventListener: { value: () => undefined },
      }) as unknown,
  });
  const throwing = {
    open: () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  };
  test.each<[string, PropertyDescriptor]>([
    ['has no IndexedDB', { value: undefined }],
    ['throws at its name', { get: () => throwing.open() }],
    ['throws at open', { value: throwing }],
    [
      'fails the request, as Chromium does where site data are blocked',
      { value: failing('UnknownError', 'The user denied permission to access the database.') },
    ],
    ['is in a mode without storage', { value: failing('InvalidStateError', 'A mutation was not allowed.') }],
  ])('%s: told apart from storage that may answer later, however it is asked', async (_, descriptor) => {
    replaceBy(descriptor);
    const store = new IndexedDbStore('none');
    await expect(store.load('a')).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('keeps no data'),
    });
    await expect(store.reopen()).rejects.toMatchObject({ code: 'forbidden' });
    await expect(withReopen(store, () => store.claim('a', sampleDocument()))).rejects.toBeInstanceOf(StoreError);
  });

  test('a handle that cannot be opened again fails in the words of the port', async () => {
    replaceBy({
      value: {
        open: () => {
          throw new DOMException('disk trouble', 'UnknownError');
        },
      },
    });
    await expect(new IndexedDbStore('none').reopen()).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('UnknownError: disk trouble'),
    });
  });
});

describe('records of another time', () => {
  async function filled(): Promise<{ disk: MemoryDisk; store: MemoryStore }> {
    const disk = new MemoryDisk();
    const store = new MemoryStore(disk);
    const token = await store.claim('a', sampleDocument());
    await store.replace('a', token, [new Uint8Array([1, 2])], { clockMillis: 1 });
    for (let i = 0; i < 4; i++) await store.append('a', token, i, new Uint8Array([10 + i]), { clockMillis: 1 });
    return { disk, store };
  }

  test('a missing journal record is named, and everything that is there is handed over', async () => {
    const { disk, store } = await filled();
    disk.entries.get('a')!.journal.delete(1);
    const found = (await store.load('a'))!;
    expect([[...found.bytes], found.gaps, found.nextSequence]).toEqual([
      [1, 2, 10, 12, 13],
      ['journal record 1 is missing'],
      4,
    ]);
  });

  test('a record of no bytes is damage, not an empty change', async () => {
    const { disk, store } = await filled();
    disk.entries.get('a')!.journal.set(2, new Uint8Array(0));
    expect((await store.load('a'))!.gaps).toEqual(['journal record 2 is empty']);
  });

  test('a missing snapshot is named; the journal is handed over', async () => {
    const { disk, store } = await filled();
    disk.entries.get('a')!.chunks.length = 0;
    const found = (await store.load('a'))!;
    expect([found.snapshotBytes, [...found.bytes], found.gaps]).toEqual([
      0,
      [10, 11, 12, 13],
      ['snapshot chunk 0 is missing'],
    ]);
  });

  test('records behind the end that the workspace knows of are read, and never written over', async () => {
    const { disk, store } = await filled();
    disk.entries.get('a')!.record.nextSequence = 2;
    const found = (await store.load('a'))!;
    expect([[...found.bytes], found.nextSequence]).toEqual([[1, 2, 10, 11, 12, 13], 4]);
  });

  test('data without the record of their workspace: a claim keeps all of them, the first write ends the matter', async () => {
    const { disk, store } = await filled();
    delete (disk.entries.get('a') as { record?: unknown }).record;
    expect(await store.list()).toEqual([]);
    expect(await store.load('a')).toMatchObject({ recovered: true, nextSequence: 4, document: { name: '' } });
    const token = await store.claim('a', sampleDocument('New'));
    const found = (await store.load('a'))!;
    expect([[...found.bytes], found.recovered, found.document.name]).toEqual([[1, 2, 10, 11, 12, 13], true, 'New']);
    await store.append('a', token, 4, new Uint8Array([14]), { clockMillis: 1 });
    expect(await store.load('a')).toMatchObject({ recovered: false, nextSequence: 5 });
  });

  test('a newer format is readable for export, and never written', async () => {
    const { disk, store } = await filled();
    disk.entries.get('a')!.record.format = 2;
    expect((await store.load('a'))!.format).toBe(2);
    await expect(store.claim('a', sampleDocument())).rejects.toMatchObject({ code: 'newer-format' });
    await expect(store.append('a', 1, 4, new Uint8Array([1]), { clockMillis: 1 })).rejects.toMatchObject({
      code: 'newer-format',
    });
    expect(disk.entries.get('a')!.record.token).toBe(1);
  });
});

describe('workspace files', () => {
  const file = { document: sampleDocument('Ünïcode 🎵'), clockMillis: 5, frames: new Uint8Array([0, 10, 255]) };

  test('round trip', () => expect(decodeWorkspaceFile(encodeWorkspaceFile(file))).toEqual(file));

  test.each([
    ['empty', ''],
    ['no line', 'hello'],
    ['not JSON', 'hello\nworld'],
    ['another JSON', '{"a":1}\n'],
    ['null', 'null\n'],
    ['a newer format', '{"file":"sortkey-workspace","format":2}\n'],
    ['no document', '{"file":"sortkey-workspace","format":1,"clockMillis":1}\n'],
    [
      'a clock of nonsense',
      JSON.stringify({ file: 'sortkey-workspace', format: 1, clockMillis: 1e300, document: sampleDocument() }) + '\n',
    ],
  ])('%s is answered with words', (_, text) => {
    expect(decodeWorkspaceFile(new TextEncoder().encode(text))).toEqual(
      expect.stringMatching(/workspace file|format 2/),
    );
  });

  test('settings out of range become the defaults', () => {
    const odd = { ...sampleDocument(), settings: { seed: -1, startMillis: 'x', latencyMillis: 1e9, wording: 'none' } };
    const text = JSON.stringify({ file: 'sortkey-workspace', format: 1, clockMillis: 1, document: odd }) + '\n';
    expect(decodeWorkspaceFile(new TextEncoder().encode(text))).toMatchObject({
      document: { settings: sampleDocument().settings },
    });
  });
});

describe('saver', () => {
  async function rig(options: Partial<SaverOptions> = {}) {
    const disk = new MemoryDisk();
    const { store, faults } = faultyStore(new MemoryStore(disk));
    const token = await store.claim('w', sampleDocument());
    const states: SaveState[] = [];
    const retries: (() => void)[] = [];
    const log: string[] = [];
    const saver = new Saver({
      store,
      workspace: 'w',
      token,
      nextSequence: 0,
      snapshotBytes: 0,
      journalBytes: 0,
      clock: () => 42,
      drain: () => new Uint8Array(0),
      takeSnapshot: () => [new Uint8Array([99])],
      onState: (state) => states.push(state),
      onFenced: () => log.push('fenced'),
      onSaved: () => log.push('saved'),
      later: (work) => {
        retries.push(work);
        return () => void retries.splice(retries.indexOf(work), 1);
      },
      ...options,
    });
    const stored = async (): Promise<number[]> => [...(await new MemoryStore(disk).load('w'))!.bytes];
    faults.calls.length = 0;
    return { disk, store, faults, saver, states, retries, log, stored };
  }
  const words = (states: SaveState[]): string[] => states.map(({ state }) => state);

  test('changes pushed together are one transaction; "saved" comes after it has completed', async () => {
    const { faults, saver, states, stored } = await rig();
    let open!: () => void;
    faults.gate = new Promise((resolve) => (open = resolve));
    saver.push(new Uint8Array([1]));
    saver.push(new Uint8Array([2]));
    const flushed = saver.flush();
    await new Promise((resolve) => setImmediate(resolve));
    expect(words(states)).toEqual(['saving']);
    saver.push(new Uint8Array([3]));
    open();
    await flushed;
    expect(words(states)).toEqual(['saving', 'saved']);
    expect(faults.calls).toEqual(['append', 'append']);
    expect(await stored()).toEqual([1, 2, 3]);
  });

  test('a dead handle is reopened and the write repeated once, unnoticed', async () => {
    const { faults, saver, states, stored } = await rig();
    faults.next = { count: 1, code: 'unavailable' };
    saver.push(new Uint8Array([1]));
    await saver.flush();
    expect([faults.reopened, words(states), await stored()]).toEqual([1, ['saving', 'saved'], [1]]);
  });

  test('a write whose answer was lost is repeated without doing harm', async () => {
    const { faults, saver, stored } = await rig();
    faults.afterWork = true;
    faults.next = { count: 2, code: 'unavailable' };
    saver.push(new Uint8Array([1]));
    await saver.flush();
    saver.push(new Uint8Array([2]));
    await saver.flush();
    expect(await stored()).toEqual([1, 2]);
  });

  test('storage that stays dead: not saved with the reason, nothing lost, written when it comes back', async () => {
    const { faults, saver, states, retries, stored } = await rig();
    faults.next = { count: 4, code: 'unavailable' };
    saver.push(new Uint8Array([1]));
    await saver.flush();
    expect(states.at(-1)).toEqual({ state: 'not-saved', reason: 'the handle is dead', memoryOnly: false });
    saver.push(new Uint8Array([2]));
    await saver.flush();
    expect([await stored(), retries.length]).toEqual([[], 1]);
    retries[0]!();
    await saver.flush();
    expect([words(states).at(-1), await stored()]).toEqual(['saved', [1, 2]]);
  });

  test('no room left is said at once, without a second try', async () => {
    const { faults, saver, states } = await rig();
    faults.next = { count: 1, code: 'full' };
    saver.push(new Uint8Array([1]));
    await saver.flush();
    expect([faults.reopened, words(states).at(-1)]).toEqual([0, 'not-saved']);
  });

  test('a journal that outgrows its snapshot is swapped for a new one', async () => {
    const { saver, stored } = await rig({ compactBytesMin: 3 });
    saver.push(new Uint8Array([1, 2]));
    await saver.flush();
    expect(await stored()).toEqual([1, 2]);
    saver.push(new Uint8Array([3, 4]));
    await saver.flush();
    expect(await stored()).toEqual([99]);
    saver.push(new Uint8Array([5]));
    await saver.flush();
    expect(await stored()).toEqual([99, 5]);
  });

  test.each(['full', 'unavailable'] as const)(
    'a snapshot that fails (%s) makes nothing unsaved; the next try waits until it is worth it',
    async (code) => {
      const { faults, saver, states, retries, stored } = await rig({ compactBytesMin: 4 });
      faults.only = 'replace';
      faults.next = { count: 1000, code };
      saver.push(new Uint8Array([1, 2, 3, 4, 5]));
      await saver.flush();
      expect([words(states), await stored(), retries.length]).toEqual([['saving', 'saved'], [1, 2, 3, 4, 5], 0]);
      const tries = 1000 - faults.next.count;
      saver.push(new Uint8Array([6]));
      await saver.flush();
      expect([1000 - faults.next.count, words(states).at(-1), await stored()]).toEqual([
        tries,
        'saved',
        [1, 2, 3, 4, 5, 6],
      ]);
      faults.next = null;
      saver.push(new Uint8Array([7, 8, 9, 10]));
      await saver.flush();
      expect([await stored(), words(states).at(-1)]).toEqual([[99], 'saved']);
    },
  );

  test('storage that is full of journal: a snapshot in its place saves the change', async () => {
    const { faults, saver, states, stored } = await rig();
    saver.push(new Uint8Array([1, 2]));
    await saver.flush();
    faults.only = 'append';
    faults.next = { count: 1, code: 'full' };
    saver.push(new Uint8Array([3]));
    await saver.flush();
    expect([await stored(), words(states).at(-1)]).toEqual([[99], 'saved']);
  });

  test('changes made while a snapshot is written are in the journal behind it, once', async () => {
    const { disk, store, saver, states, stored } = await rig({ compactBytesMin: 3 });
    const replace = store.replace;
    store.replace = async (...args) => {
      await replace(...args);
      expect(words(states)).toEqual(['saving', 'saved']);
      saver.push(new Uint8Array([50]));
      expect(words(states)).toEqual(['saving', 'saved', 'saving']);
    };
    saver.push(new Uint8Array([1, 2, 3, 4]));
    await saver.flush();
    expect([await stored(), disk.entries.get('w')!.record.nextSequence]).toEqual([[99, 50], 1]);
  });

  test('what the engine had not handed over yet is part of a snapshot and of the queue', async () => {
    const rest = [new Uint8Array([7]), new Uint8Array(0)];
    const { saver, stored } = await rig({ drain: () => rest.shift() ?? new Uint8Array(0) });
    saver.push(new Uint8Array([1]));
    await saver.flush();
    expect(await stored()).toEqual([1, 7]);
  });

  test('a stopped engine cannot give a snapshot; what was drained is still written', async () => {
    const { saver, stored } = await rig({
      drain: () => null,
      compactBytesMin: 0,
      takeSnapshot: () => {
        throw new Error('stopped');
      },
    });
    saver.push(new Uint8Array([1]));
    await saver.flush();
    expect(await stored()).toEqual([1]);
  });

  test('fenced by another tab: stops for good and says so', async () => {
    const { disk, saver, states, log, stored, retries } = await rig();
    await new MemoryStore(disk).claim('w', sampleDocument());
    saver.push(new Uint8Array([1]));
    await saver.flush();
    saver.push(new Uint8Array([2]));
    await saver.flush();
    expect([words(states), log, await stored(), retries.length]).toEqual([['saving', 'not-saved'], ['fenced'], [], 0]);
  });

  test('after stop nothing is written', async () => {
    const { saver, stored } = await rig();
    saver.push(new Uint8Array([1]));
    saver.stop();
    await saver.flush();
    expect(await stored()).toEqual([]);
  });

  test('document and changes of one moment go in one transaction', async () => {
    const { disk, faults, saver } = await rig();
    saver.saveDocument(sampleDocument('New'));
    saver.push(new Uint8Array([1]));
    await saver.flush();
    const found = (await new MemoryStore(disk).load('w'))!;
    expect([faults.calls, found.document.name, found.clockMillis]).toEqual([['append'], 'New', 42]);
  });

  test('errors have codes', () =>
    expect(new StoreError('full', 'x')).toMatchObject({ name: 'StoreError', code: 'full' }));
});
