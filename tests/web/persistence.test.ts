/** Storage: the port's contract, gaps in the records, workspace files, and the saver that follows the engine. */
import {
  MemoryDisk,
  MemoryStore,
  StoreError,
  decodeWorkspaceFile,
  encodeWorkspaceFile,
} from '../../web/src/persistence';
import { Saver, type SaverOptions } from '../../web/src/worker/saver';
import type { SaveState } from '../../web/src/protocol/types';
import { faultyStore } from './support/faulty-store';
import { sampleDocument, storeContract } from './support/store-contract';

describe('memory store keeps the contract', () => {
  test.each(storeContract.map((check) => [check.name, check] as const))('%s', async (_, check) => {
    const disk = new MemoryDisk();
    await check.run(() => new MemoryStore(disk));
  });
});

describe('records of another time', () => {
  async function filled(): Promise<{ disk: MemoryDisk; store: MemoryStore }> {
    const disk = new MemoryDisk();
    const store = new MemoryStore(disk);
    const token = await store.claim('a', sampleDocument());
    await store.replace('a', token, new Uint8Array([1, 2]), { clockMillis: 1 });
    for (let i = 0; i < 4; i++) await store.append('a', token, i, new Uint8Array([10 + i]), { clockMillis: 1 });
    return { disk, store };
  }

  test('a missing journal record: what is before it is used, what is behind it is set aside', async () => {
    const { disk, store } = await filled();
    disk.entries.get('a')!.journal.delete(1);
    const found = (await store.load('a'))!;
    expect([...found.bytes]).toEqual([1, 2, 10]);
    expect(found.orphaned).toEqual({ reason: 'journal record 1 is missing', bytes: new Uint8Array([12, 13]) });
  });

  test('a missing snapshot: nothing is used, everything is set aside', async () => {
    const { disk, store } = await filled();
    disk.entries.get('a')!.chunks.length = 0;
    const found = (await store.load('a'))!;
    expect([found.bytes.length, found.orphaned!.bytes.length]).toEqual([0, 4]);
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
      takeSnapshot: () => new Uint8Array([99]),
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

  test('a journal that outgrows its snapshot is swapped for a new one; a failed swap keeps the journal', async () => {
    const { faults, saver, stored } = await rig({ compactBytesMin: 3 });
    saver.push(new Uint8Array([1, 2]));
    await saver.flush();
    faults.next = { count: 2, code: 'unavailable' };
    saver.push(new Uint8Array([3, 4]));
    await saver.flush();
    expect(await stored()).toEqual([1, 2]);
    await saver.flush();
    expect(await stored()).toEqual([99]);
    saver.push(new Uint8Array([5]));
    await saver.flush();
    expect(await stored()).toEqual([99, 5]);
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
