/**
 * Keeping workspaces over the real engine: whatever was shown as saved survives a killed tab, damage costs the tail only,
 * a newer format is refused, and two tabs never write at once.
 */
import fc from 'fast-check';
import { concatBytes, MemoryStore } from '../../web/src/persistence';
import { defaultSettings, type OpenReport, type SaveState } from '../../web/src/protocol/types';
import { parseScript } from '../../web/src/script';
import { snapshotOf, type EngineDoor } from '../../web/src/worker/engine-door';
import type { HostServices } from '../../web/src/worker/host';
import { WorldRunner } from '../../web/src/worker/runner';
import { faultyStore } from './support/faulty-store';
import { eventually, settle } from './support/tabs';
import {
  browser,
  bytesOf,
  createEngine,
  createMusic,
  digestOf,
  moviesFile,
  putSong,
  runScript,
  type Tab,
} from './support/world';

const main = { workspace: 'main', document: { name: 'Mine', script: 'ListTables {}' } };

async function opened(tab: Tab): Promise<OpenReport> {
  return tab.host.open(main);
}
const saveOf = (tab: Tab): SaveState | undefined =>
  tab.changes.flatMap((change) => (change.kind === 'save' ? [change.save] : [])).at(-1);

describe('saved', () => {
  test('a workspace survives closing: data, clock, document, and what is scheduled', async () => {
    const { tab } = browser();
    const one = await tab();
    expect(await opened(one)).toMatchObject({
      state: 'opened',
      message: '',
      ownership: 'owner',
      document: { name: 'Mine' },
    });
    await runScript(one.host, createMusic + putSong('A', 'B') + '@advance 35 days\n');
    const { document } = await opened(one);
    await one.host.saveDocument({
      ...document,
      script: 'Scan {}',
      settings: { ...document.settings, autoAdvance: false },
    });
    await runScript(one.host, createMusic.replace(/Music/g, 'Later'));
    const before = [await digestOf(one.host), await one.host.world()];
    await one.host.close();
    const two = await tab();
    const report = await opened(two);
    expect(report).toMatchObject({
      state: 'opened',
      message: '',
      document: { script: 'Scan {}', settings: { autoAdvance: false } },
    });
    expect([await digestOf(two.host), await two.host.world()]).toEqual(before);
    expect((await two.host.advance(5000)).events).toMatchObject([{ kind: 'TableActive', table: 'Later' }]);
  });

  test('"saved" is told only after the transaction, and a killed tab loses nothing that was', async () => {
    const { disk, tab } = browser();
    const { store, faults } = faultyStore(new MemoryStore(disk));
    const one = await tab(store);
    await opened(one);
    await runScript(one.host, createMusic);
    await settle();
    expect(saveOf(one)).toEqual({ state: 'saved' });
    faults.gate = new Promise(() => undefined);
    await runScript(one.host, putSong('A', 'B'));
    await settle();
    expect(saveOf(one)).toEqual({ state: 'saving' });
    // The tab dies here: nobody closes anything.
    const two = await tab(new MemoryStore(disk));
    await two.host.open(main);
    expect(await two.host.takeOver()).toMatchObject({ state: 'opened' });
    expect(await two.host.tables()).toMatchObject([{ name: 'Music', items: 0 }]);
  });

  test('killed between any two writes: what is on disk is the world after some earlier request', async () => {
    const { disk, tab } = browser();
    const inner = new MemoryStore(disk);
    const copies: { bytes: Uint8Array; clock: number }[] = [];
    const { store } = faultyStore(inner);
    const append = store.append;
    store.append = async (...args) => {
      await append(...args);
      const found = (await inner.load('main'))!;
      copies.push({ bytes: found.bytes, clock: found.clockMillis });
    };
    const one = await tab(store);
    await opened(one);
    const digests = new Map<number, string>();
    const { blocks } = parseScript(
      createMusic + Array.from({ length: 12 }, (_, i) => putSong('A', `Song ${i % 5}`, `"N": {"N": "${i}"}`)).join(''),
    );
    for (const [index, block] of blocks.entries()) {
      await one.host.runBlock(block, index);
      digests.set((await one.host.world()).NowMillis, await digestOf(one.host));
      if (index % 3 === 0) await settle();
    }
    await settle();
    expect(copies.length).toBeGreaterThan(3);
    for (const { bytes, clock } of copies) {
      const fresh = browser();
      const other = new MemoryStore(fresh.disk);
      await other.append(
        'main',
        await other.claim('main', { name: '', script: '', view: {}, settings: (await opened(one)).document.settings }),
        0,
        bytes,
        { clockMillis: clock },
      );
      const two = await fresh.tab();
      expect(await opened(two)).toMatchObject({ state: 'opened' });
      expect(await digestOf(two.host)).toBe(digests.get(clock));
    }
  });

  test('a long life: the journal is swapped for snapshots and stays short', async () => {
    const { disk, tab } = browser();
    const one = await tab();
    await opened(one);
    await one.host.load('movies');
    for (let i = 0; i < 3; i++) await one.host.load('movies');
    await one.host.close();
    const entry = disk.entries.get('main')!;
    const journal = [...entry.journal.values()].reduce((sum, bytes) => sum + bytes.length, 0);
    const snapshot = entry.chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(snapshot).toBeGreaterThan(100_000);
    expect(journal).toBeLessThanOrEqual(Math.max(256 * 1024, snapshot));
    const two = await tab();
    await opened(two);
    expect(await two.host.tables()).toMatchObject([{ name: 'Movies', items: 3200 }]);
  });

  test('a snapshot comes in pieces of one moment; what changes between them is behind them', async () => {
    const engine = (await createEngine()) as EngineDoor;
    const runner = new WorldRunner(engine, defaultSettings, { source: async () => moviesFile(), wallClock: () => 0 });
    runner.begin();
    await runner.load('movies', {});
    const song = (title: string): void => {
      const Item = { Title: { S: title }, Year: { N: '2030' } };
      expect(runner.write('PutItem', JSON.stringify({ TableName: 'Movies', Item })).ok).toBe(true);
    };
    const pieces: Uint8Array[] = [];
    for (const piece of snapshotOf(engine, 1)) {
      pieces.push(piece);
      song(`Between ${pieces.length}`);
    }
    expect(pieces.length).toBeGreaterThan(2);
    const copy = await createEngine();
    expect(copy.restore(concatBytes([...pieces, engine.drainJournal()]))).toMatchObject({ ok: true, damage: null });
    const digest = (of: EngineDoor): string => of.call('Sortkey_20261120.StateDigest', '{}').body;
    expect(digest(copy)).toBe(digest(engine));
  });

  test('storage that dies and comes back: told, nothing lost', async () => {
    const { disk, tab } = browser();
    const { store, faults } = faultyStore(new MemoryStore(disk));
    const one = await tab(store);
    await opened(one);
    faults.next = { count: 1_000, code: 'unavailable' };
    await runScript(one.host, createMusic + putSong('A', 'B'));
    await settle();
    expect(saveOf(one)).toMatchObject({ state: 'not-saved', memoryOnly: false });
    faults.next = null;
    await one.host.retrySave();
    expect(saveOf(one)).toEqual({ state: 'saved' });
    await one.host.close();
    const two = await tab(new MemoryStore(disk));
    await opened(two);
    expect(await two.host.tables()).toMatchObject([{ items: 1 }]);
  });

  test('storage that is dead from the start: a world in memory, honestly labelled, and not one write later', async () => {
    const { disk, tab } = browser();
    const before = await tab();
    await opened(before);
    await runScript(before.host, createMusic);
    await before.host.close();
    const { store, faults } = faultyStore(new MemoryStore(disk));
    faults.next = { count: 2, code: 'unavailable' };
    const one = await tab(store);
    expect(await opened(one)).toMatchObject({ state: 'opened', message: '' });
    expect(saveOf(one)).toMatchObject({
      state: 'not-saved',
      memoryOnly: true,
      reason: expect.stringContaining('nothing will be kept'),
    });
    await runScript(one.host, createMusic.replace(/Music/g, 'Other'));
    await one.host.close();
    const two = await tab(new MemoryStore(disk));
    await opened(two);
    expect((await two.host.tables()).map(({ name }) => name)).toEqual(['Music']);
  });
});

describe('a browser that keeps no data for this page', () => {
  test('the usual workspace opens in memory, calmly: all of it works, nothing is asked of storage again', async () => {
    const { tab } = browser();
    const { store, faults } = faultyStore(new MemoryStore());
    faults.next = { count: 1_000, code: 'forbidden' };
    const one = await tab(store);
    expect(await opened(one)).toMatchObject({
      state: 'opened',
      message: '',
      ownership: 'owner',
      document: { name: 'Mine' },
    });
    expect(saveOf(one)).toEqual({
      state: 'not-saved',
      memoryOnly: true,
      reason: expect.stringMatching(/Everything works, and nothing is kept/),
    });
    const tries = faults.next.count;
    await runScript(one.host, createMusic + putSong('A', 'B'));
    await one.host.saveDocument({ ...(await opened(await tab())).document, script: 'Scan {}' });
    await one.host.retrySave();
    expect(await one.host.tables()).toMatchObject([{ items: 1 }]);
    expect(await one.host.quarantined()).toEqual([]);
    await settle();
    expect([saveOf(one)!.state, faults.next.count]).toEqual(['not-saved', tries]);
    const file = await bytesOf(await one.host.exportWorkspace());
    const two = await tab(store);
    await two.host.open({ workspace: null, file });
    expect(await two.host.tables()).toMatchObject([{ items: 1 }]);
    await expect(two.host.keep('copy', 'Copy')).rejects.toMatchObject({ code: 'Storage' });
  });
});

describe('damage', () => {
  /** A stored workspace of several records, and the bytes of its journal. */
  async function stored() {
    const world = browser();
    const one = await world.tab();
    await opened(one);
    for (let i = 0; i < 6; i++) {
      await runScript(one.host, i === 0 ? createMusic : putSong('A', `Song ${i}`));
      await settle();
    }
    await one.host.close();
    return { ...world, entry: world.disk.entries.get('main')! };
  }

  test('a truncated tail: everything before it is here, the rest is in quarantine', async () => {
    const { tab, entry } = await stored();
    const last = entry.record.nextSequence - 1;
    const bytes = entry.journal.get(last)!;
    entry.journal.set(last, bytes.slice(0, bytes.length - 3));
    const two = await tab();
    const report = await opened(two);
    expect(report).toMatchObject({
      state: 'repaired',
      message: expect.stringContaining('damaged'),
      restore: { ok: true },
    });
    expect(await two.host.tables()).toMatchObject([{ name: 'Music', items: 4 }]);
    expect(await two.host.quarantined()).toMatchObject([{ size: bytes.length - 3 }]);
    await runScript(two.host, putSong('A', 'After'));
    await two.host.close();
    const three = await tab();
    expect(await opened(three)).toMatchObject({ state: 'opened', message: '' });
    expect(await three.host.tables()).toMatchObject([{ items: 5 }]);
    expect(await three.host.quarantined()).toHaveLength(1);
  });

  test('any flipped byte, any cut: never a crash, never a wrong item, nothing thrown away unseen', async () => {
    const { entry } = await stored();
    const whole = Buffer.concat([...entry.journal.values()]);
    const document = entry.record.document;
    const change = fc.oneof(
      fc.record({ at: fc.nat(whole.length - 1), flip: fc.integer({ min: 1, max: 255 }) }),
      fc.record({ cut: fc.nat(whole.length) }),
    );
    await fc.assert(
      fc.asyncProperty(change, async (how) => {
        const bytes = 'cut' in how ? Uint8Array.from(whole.subarray(0, how.cut)) : Uint8Array.from(whole);
        if ('at' in how) bytes[how.at]! ^= how.flip;
        const world = browser();
        const store = new MemoryStore(world.disk);
        await store.append('main', await store.claim('main', document), 0, bytes, { clockMillis: 0 });
        const one = await world.tab();
        const report = await opened(one);
        if (report.state === 'refused') {
          // A flipped version number looks like a newer format: kept as it is, offered for export.
          expect([...(await store.load('main'))!.bytes]).toEqual([...bytes]);
        } else {
          const tables = await one.host.tables();
          if (tables.length > 0) {
            const { items } = await one.host.items('Music', 100);
            // What is hit may be missing; what is there is right, and in order.
            const titles = items.map((item) => item.SongTitle);
            const all = [1, 2, 3, 4, 5].map((i) => ({ S: `Song ${i}` }));
            expect(titles).toEqual(all.filter((song) => titles.some((title) => title?.S === song.S)));
          }
          const kept = (await one.host.quarantined()).reduce((sum, piece) => sum + piece.size, 0);
          const { bytesRead = 0, bytesSkipped } = (report.restore ?? {}) as {
            bytesRead?: number;
            bytesSkipped?: number;
          };
          expect(kept).toBe(report.restore ? (bytesSkipped ?? bytes.length - bytesRead) : 0);
        }
        await one.host.close();
      }),
      { numRuns: 40 },
    );
  });

  test('a damaged record in the middle costs itself: what is sound behind it is here', async () => {
    const { tab, entry } = await stored();
    const hit = entry.journal.get(2)!;
    hit[hit.length - 1]! ^= 1;
    const two = await tab();
    const report = await opened(two);
    expect(report).toMatchObject({ state: 'repaired', message: expect.stringContaining('checksum mismatch') });
    expect(report.message).toContain('Here: 1 table with 4 items. Not here: 1 piece of ');
    expect((await two.host.items('Music', 10)).items.map((item) => item.SongTitle)).toEqual(
      [1, 3, 4, 5].map((i) => ({ S: `Song ${i}` })),
    );
    expect(await two.host.quarantined()).toMatchObject([{ size: hit.length }]);
  });

  test('a missing record: everything else is here, in numbers', async () => {
    const { tab, entry } = await stored();
    entry.journal.delete(2);
    const two = await tab();
    const report = await opened(two);
    expect(report).toMatchObject({
      state: 'repaired',
      message: expect.stringContaining('journal record 2 is missing'),
    });
    expect(report.message).toMatch(/Here: 1 table with 4 items\. Not here: 1 stored record missing/);
    expect((await two.host.items('Music', 10)).items.map((item) => item.SongTitle)).toEqual(
      [1, 3, 4, 5].map((i) => ({ S: `Song ${i}` })),
    );
    await two.host.close();
    // Said once: what was there has been written anew.
    expect(await opened(await tab())).toMatchObject({ state: 'opened', message: '' });
  });

  test('the first record damaged: refused, not an empty workspace; whole it is set aside, opens and goes when asked', async () => {
    const { tab, entry } = await stored();
    for (const bytes of entry.journal.values()) bytes[bytes.length - 1]! ^= 1;
    const before = JSON.stringify([...entry.journal]);
    const two = await tab();
    const report = await opened(two);
    expect(report).toMatchObject({ state: 'refused', message: expect.stringContaining('No table and no item') });
    await two.host.close();
    expect(JSON.stringify([...entry.journal])).toBe(before);
    const three = await tab();
    await opened(three);
    await three.host.startFresh();
    const [piece] = await three.host.quarantined();
    const file = await three.host.quarantineFile(piece!.id);
    await expect(three.host.open({ workspace: null, file })).rejects.toMatchObject({
      code: 'BadFile',
      message: expect.stringContaining('No table and no item of this file can be read'),
    });
    // A file that cannot be read leaves open what was open.
    expect(await three.host.tables()).toEqual([]);
    await three.host.discardQuarantined(piece!.id);
    expect(await three.host.quarantined()).toEqual([]);
    await expect(three.host.quarantineFile(piece!.id)).rejects.toMatchObject({ code: 'Storage' });
  });

  test('what was set aside opens as a scratch workspace with its script, also from a download without a header', async () => {
    const { tab, entry } = await stored();
    const whole = Buffer.concat([...entry.journal.values()]);
    entry.journal.get(0)![3] = 9;
    const two = await tab();
    expect(await opened(two)).toMatchObject({ state: 'refused' });
    await two.host.startFresh();
    const piece = (await two.host.quarantined())[0]!;
    expect(piece).toMatchObject({ size: whole.length, reason: expect.stringContaining('started empty') });
    await two.host.close();
    // As a later version of the page will read it.
    entry.journal.clear();
    const three = await tab();
    await opened(three);
    const file = Buffer.from(await three.host.quarantineFile(piece.id));
    const at = file.indexOf('SKJ');
    file[at + 3] = 1;
    expect(await three.host.open({ workspace: null, file })).toMatchObject({
      state: 'opened',
      document: { name: 'Set aside from Mine', script: 'ListTables {}' },
    });
    expect(await three.host.tables()).toMatchObject([{ name: 'Music', items: 5 }]);
    await three.host.open({ workspace: null, file: whole });
    expect(await three.host.tables()).toMatchObject([{ name: 'Music', items: 5 }]);
  });

  test('data without the record of their workspace open with words, and nothing is written over', async () => {
    const { tab, entry } = await stored();
    delete (entry as { record?: unknown }).record;
    const two = await tab();
    const report = await two.host.open({ workspace: 'main', document: { name: 'Welcome', script: 'Scan {}' } });
    expect(report).toMatchObject({ state: 'repaired', document: { name: 'Welcome' } });
    expect(report.message).toMatch(/record with the name.*missing.*1 table with 5 items/);
    await runScript(two.host, putSong('A', 'After'));
    await two.host.close();
    const three = await tab();
    expect(await opened(three)).toMatchObject({ state: 'opened', message: '' });
    expect(await three.host.tables()).toMatchObject([{ items: 6 }]);
  });

  test('a newer store format is refused: nothing written, export possible', async () => {
    const { tab, entry } = await stored();
    entry.record.format = 2;
    const before = JSON.stringify([entry.record, [...entry.journal]]);
    const two = await tab();
    const report = await opened(two);
    expect(report).toMatchObject({
      state: 'refused',
      world: null,
      message: expect.stringMatching(/^[^.]*newer version[^.]*\. Reload[^.]*\.$/),
    });
    await expect(two.host.world()).rejects.toMatchObject({ code: 'NotOpen' });
    expect((await two.host.exportWorkspace()).size).toBeGreaterThan(100);
    await two.host.close();
    expect(JSON.stringify([entry.record, [...entry.journal]])).toBe(before);
  });

  test('frames of a newer engine are refused too; the export opens there, starting fresh keeps them', async () => {
    const { tab, entry } = await stored();
    const first = entry.journal.get(0)!;
    // "SKJ", then the version.
    first[3] = 2;
    const two = await tab();
    expect(await opened(two)).toMatchObject({ state: 'refused', message: expect.stringMatching(/newer format 2/) });
    const exported = await bytesOf(await two.host.exportWorkspace());
    expect(Buffer.from(exported).includes(Buffer.from(first))).toBe(true);
    await expect(two.host.runBlock(parseScript('ListTables').blocks[0]!, 0)).rejects.toMatchObject({ code: 'NotOpen' });
    const whole = Buffer.concat([...entry.journal.values()]);
    expect(await two.host.startFresh()).toMatchObject({ state: 'opened', ownership: 'owner' });
    expect(await two.host.tables()).toEqual([]);
    expect((await two.host.quarantined()).map(({ size }) => size)).toEqual([whole.length]);
    await runScript(two.host, createMusic);
    await two.host.close();
    const three = await tab();
    expect(await opened(three)).toMatchObject({ state: 'opened' });
    expect(await three.host.tables()).toMatchObject([{ name: 'Music' }]);
  });
});

describe('tabs', () => {
  test('the second tab follows live, may not write, and takes over without losing a write', async () => {
    const { tab } = browser();
    const [one, two] = [await tab(), await tab()];
    await opened(one);
    await runScript(one.host, createMusic);
    expect(await opened(two)).toMatchObject({ ownership: 'follower' });
    await runScript(one.host, putSong('A', '1'));
    await eventually(async () => expect(await two.host.tables()).toMatchObject([{ name: 'Music', items: 1 }]));
    expect((await runScript(two.host, putSong('A', '2')))[0]).toMatchObject({
      ok: false,
      status: 0,
      error: { name: 'NotOwner' },
    });
    await expect(two.host.reset()).rejects.toMatchObject({ code: 'NotOwner' });

    await runScript(one.host, putSong('A', '2'));
    expect(await two.host.takeOver()).toMatchObject({ state: 'opened', ownership: 'owner' });
    await runScript(two.host, putSong('A', '3'));
    expect(await two.host.tables()).toMatchObject([{ items: 3 }]);
    expect(one.changes).toContainEqual({
      kind: 'ownership',
      ownership: 'follower',
      message: '',
    });
    expect((await runScript(one.host, putSong('A', '4')))[0]).toMatchObject({ ok: false, error: { name: 'NotOwner' } });
    await eventually(async () => expect(await one.host.tables()).toMatchObject([{ items: 3 }]));
  });

  test('when the owner is closed, the one in line writes on', async () => {
    const { tab } = browser();
    const [one, two] = [await tab(), await tab()];
    await opened(one);
    await runScript(one.host, createMusic);
    await opened(two);
    await one.host.close();
    await eventually(() =>
      expect(two.changes).toContainEqual(expect.objectContaining({ kind: 'ownership', ownership: 'owner' })),
    );
    expect((await runScript(two.host, putSong('A', 'B')))[0]).toMatchObject({ ok: true });
  });

  test('a robbed owner with unsaved changes says that they are lost, and never writes them', async () => {
    const { disk, tab } = browser();
    const { store, faults } = faultyStore(new MemoryStore(disk));
    const [one, two] = [await tab(store), await tab()];
    await opened(one);
    await runScript(one.host, createMusic);
    await settle();
    await opened(two);
    let open!: () => void;
    faults.gate = new Promise((resolve) => (open = resolve));
    await runScript(one.host, putSong('A', 'lost'));
    await two.host.takeOver();
    await runScript(two.host, putSong('A', 'kept'));
    open();
    await settle();
    expect(one.changes).toContainEqual({
      kind: 'ownership',
      ownership: 'follower',
      message: expect.stringContaining('are lost'),
    });
    await two.host.close();
    const three = await browserTab(disk);
    expect((await three.host.items('Music', 10)).items.map((item) => item.SongTitle)).toEqual([{ S: 'kept' }]);
  });

  async function browserTab(disk: Parameters<typeof Object>[0]): Promise<Tab> {
    const three = await browser().tab(new MemoryStore(disk as never));
    await opened(three);
    return three;
  }
});

/** An engine that dies, as by a trap, at the first request with these words in it. */
function mortal(words: string): Partial<HostServices> {
  return {
    createEngine: async () => {
      const engine = await createEngine();
      const stopped = (): never => {
        throw Object.assign(new Error('Aborted(). Build with -s ASSERTIONS=1 for more info.'), {
          name: 'EngineStoppedError',
        });
      };
      let dead = false;
      const guard =
        <A extends unknown[], R>(work: (...args: A) => R) =>
        (...args: A): R => {
          dead ||= args.some((arg) => typeof arg === 'string' && arg.includes(words));
          return dead ? stopped() : work(...args);
        };
      return {
        call: guard((target: string, body: string) => engine.call(target, body)),
        advance: guard((until: number) => engine.advance(until)),
        drainJournal: guard((...args: Parameters<EngineDoor['drainJournal']>) =>
          (engine as EngineDoor).drainJournal(...args),
        ),
        restore: guard((bytes: Uint8Array) => engine.restore(bytes)),
        dispose: () => engine.dispose(),
        get moreToDrain() {
          return (engine as EngineDoor).moreToDrain === true;
        },
        get stopped() {
          return dead ? 'dead' : null;
        },
      };
    },
  };
}

describe('an engine that dies', () => {
  const deadly = parseScript(putSong('A', 'deadly')).blocks[0]!;

  test('is started again from what is saved, at once: nothing of finished requests is lost, and it is said', async () => {
    const { tab } = browser();
    const one = await tab(undefined, mortal('deadly'));
    await opened(one);
    // Nothing has been written when it dies: what was drained is written first.
    await runScript(one.host, createMusic + putSong('A', '1') + putSong('A', '2'));
    const failed = await one.host.runBlock(deadly, 0).catch((error: unknown) => error as Error);
    expect(failed).toMatchObject({ code: 'EngineStopped' });
    expect((failed as Error).message).toMatch(/started again from what is saved: 1 table with 2 items\. Nothing/);
    expect((failed as Error).message).not.toContain('ASSERTIONS');
    expect((await runScript(one.host, putSong('A', '3')))[0]).toMatchObject({ ok: true });
    expect(await one.host.tables()).toMatchObject([{ items: 3 }]);
    await one.host.close();
    const two = await tab();
    expect(await opened(two)).toMatchObject({ state: 'opened', message: '' });
    expect(await two.host.tables()).toMatchObject([{ items: 3 }]);
  });

  test('with storage that does not answer: how many changes are lost is said', async () => {
    const { disk, tab } = browser();
    const { store, faults } = faultyStore(new MemoryStore(disk));
    const one = await tab(store, mortal('deadly'));
    await opened(one);
    await runScript(one.host, createMusic + putSong('A', '1'));
    await settle();
    faults.only = 'append';
    faults.next = { count: 1_000, code: 'unavailable' };
    await runScript(one.host, putSong('A', '2') + putSong('A', '3'));
    await expect(one.host.runBlock(deadly, 0)).rejects.toMatchObject({
      code: 'EngineStopped',
      message: expect.stringMatching(/1 table with 1 item\. The last 2 changes were not saved and are lost/),
    });
    expect(await one.host.tables()).toMatchObject([{ items: 1 }]);
  });

  test('in a scratch workspace the world is empty again, and a dead rehearsal harms nothing', async () => {
    const { tab } = browser();
    const one = await tab(undefined, mortal('deadly'));
    await one.host.open({ workspace: null, document: { script: 'Scan {}' } });
    await runScript(one.host, createMusic);
    await expect(one.host.rehearse([deadly], defaultSettings)).rejects.toMatchObject({ code: 'EngineStopped' });
    expect(await one.host.tables()).toMatchObject([{ name: 'Music' }]);
    await expect(one.host.runBlock(deadly, 0)).rejects.toMatchObject({
      code: 'EngineStopped',
      message: expect.stringContaining('in memory only'),
    });
    expect(await one.host.tables()).toEqual([]);
  });
});

describe('scratch worlds and files', () => {
  test('a scratch world writes nothing, until a copy is kept', async () => {
    const { disk, tab } = browser();
    const one = await tab();
    await one.host.open({ workspace: null, document: { name: 'From a link', script: 'Scan {}' } });
    await runScript(one.host, createMusic + putSong('A', 'B'));
    await settle();
    expect([disk.entries.size, saveOf(one)]).toEqual([
      0,
      expect.objectContaining({ state: 'not-saved', memoryOnly: true }),
    ]);
    const digest = await digestOf(one.host);
    await one.host.keep('copy', 'My copy');
    expect(await digestOf(one.host)).toBe(digest);
    await runScript(one.host, putSong('A', 'C'));
    await one.host.close();
    const two = await tab();
    expect(await two.host.open({ workspace: 'copy' })).toMatchObject({
      document: { name: 'My copy', script: 'Scan {}' },
    });
    expect(await two.host.tables()).toMatchObject([{ items: 2 }]);
    expect(await two.host.workspaces()).toMatchObject([{ id: 'copy', name: 'My copy' }]);
    await two.host.open({ workspace: null });
    await expect(two.host.keep('copy', 'Again')).rejects.toMatchObject({ code: 'Storage' });
  });

  test('a file holds everything and opens as scratch; a damaged one says so', async () => {
    const { tab } = browser();
    const one = await tab();
    await opened(one);
    await runScript(one.host, createMusic + putSong('A', 'B') + '@advance 1 day');
    const file = await bytesOf(await one.host.exportWorkspace());
    const two = await tab();
    expect(await two.host.open({ workspace: null, file })).toMatchObject({
      state: 'opened',
      document: { name: 'Mine' },
    });
    expect(await digestOf(two.host)).toBe(await digestOf(one.host));
    expect((await two.host.world()).NowMillis).toBe((await one.host.world()).NowMillis);
    await expect(two.host.open({ workspace: null, file: file.slice(0, file.length - 5) })).rejects.toMatchObject({
      code: 'BadFile',
      message: expect.stringContaining('No table and no item of this file can be read'),
    });
    expect(await two.host.tables()).toMatchObject([{ name: 'Music' }]);
    await one.host.load('movies');
    const long = await bytesOf(await one.host.exportWorkspace());
    const report = await two.host.open({ workspace: null, file: long.slice(0, long.length - 5) });
    expect(report).toMatchObject({
      state: 'repaired',
      message: expect.stringMatching(/^This file was damaged .* Here: 2 tables/),
    });
    await expect(two.host.open({ workspace: null, file: new Uint8Array([1, 2]) })).rejects.toMatchObject({
      code: 'BadFile',
    });
  });

  test('an engine that cannot be loaded is a clear error, and Retry works', async () => {
    const { tab } = browser();
    let fails = true;
    const one = await tab(undefined, {
      createEngine: () => (fails ? Promise.reject(new Error('the server answered 503')) : createEngine()),
    });
    await expect(opened(one)).rejects.toMatchObject({ message: 'the server answered 503' });
    fails = false;
    expect(await opened(one)).toMatchObject({ state: 'opened', ownership: 'owner' });
  });
});
