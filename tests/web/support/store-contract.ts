/**
 * What every WorkspaceStore must do, as a list of named checks. The Jest suite runs it on the memory store; a browser can
 * run the same list on IndexedDB. Needs nothing of Jest, so it can be bundled into a page.
 */
import { StoreError, type WorkspaceStore } from '../../../web/src/persistence/port';
import { defaultSettings, type WorkspaceDocument } from '../../../web/src/protocol/types';

export interface StoreCheck {
  name: string;
  /** `open` gives a new handle on the same storage: another tab, or the page after a reload. */
  run(open: () => WorkspaceStore): Promise<void>;
}

export function sampleDocument(name = 'Sample'): WorkspaceDocument {
  return { name, script: 'ListTables {}', settings: { ...defaultSettings }, view: { tab: 'json' } };
}

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);
const at = (clockMillis: number): { clockMillis: number } => ({ clockMillis });

export const storeContract: StoreCheck[] = [
  {
    name: 'an unknown workspace is null, and the list is empty',
    async run(open) {
      const store = open();
      same(await store.load('nobody'), null);
      same(await store.list(), []);
    },
  },
  {
    name: 'a claimed workspace exists with its document and no bytes',
    async run(open) {
      const store = open();
      await store.claim('a', sampleDocument('First'));
      const found = await open().load('a');
      same(
        [found!.document, found!.bytes.length, found!.nextSequence, found!.gaps, found!.recovered],
        [sampleDocument('First'), 0, 0, [], false],
      );
      same(
        (await store.list()).map(({ id, name }) => [id, name]),
        [['a', 'First']],
      );
    },
  },
  {
    name: 'records come back in order, with the newest clock and document',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      await store.append('a', token, 0, bytes(1, 2), at(100));
      await store.append('a', token, 1, bytes(3), { clockMillis: 200, document: sampleDocument('Renamed') });
      for (let sequence = 2; sequence < 12; sequence++)
        await store.append('a', token, sequence, bytes(sequence + 2), at(300));
      const found = (await open().load('a'))!;
      same([...found.bytes], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
      same([found.clockMillis, found.nextSequence, found.snapshotBytes, found.document.name], [300, 12, 0, 'Renamed']);
    },
  },
  {
    name: 'empty bytes change the stamp only',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      await store.append('a', token, 0, bytes(1), at(100));
      await store.append('a', token, 1, bytes(), at(500));
      const found = (await open().load('a'))!;
      same([[...found.bytes], found.nextSequence, found.clockMillis], [[1], 1, 500]);
    },
  },
  {
    name: 'writing a record again replaces it',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      await store.append('a', token, 0, bytes(1), at(1));
      await store.append('a', token, 0, bytes(1, 2), at(1));
      same([...(await open().load('a'))!.bytes], [1, 2]);
    },
  },
  {
    name: 'a snapshot takes the place of everything before it, journal records follow it',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      await store.append('a', token, 0, bytes(1), at(1));
      await store.append('a', token, 1, bytes(2), at(1));
      await store.replace('a', token, [bytes(9), bytes(), bytes(9)], at(2));
      await store.append('a', token, 0, bytes(3), at(3));
      const found = (await open().load('a'))!;
      same([[...found.bytes], found.snapshotBytes, found.nextSequence], [[9, 9, 3], 2, 1]);
    },
  },
  {
    name: 'a large snapshot comes back whole, and a small one after it leaves nothing behind',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      const large = new Uint8Array(2_500_000).map((_, i) => (i * 31) & 255);
      await store.replace('a', token, [large], at(1));
      const found = (await open().load('a'))!;
      same(
        [found.bytes.length, found.snapshotBytes, found.bytes.every((value, i) => value === large[i])],
        [large.length, large.length, true],
      );
      await store.replace('a', token, [bytes(5)], at(2));
      same([...(await open().load('a'))!.bytes], [5]);
    },
  },
  {
    name: 'quarantined bytes are kept with the snapshot that replaced them',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      await store.replace('a', token, [bytes(1)], at(1), {
        reason: 'checksum mismatch',
        bytes: bytes(6, 6, 6),
        document: sampleDocument('Old'),
        clockMillis: 77,
      });
      await store.replace('a', token, [bytes(2)], at(1), { reason: 'another', bytes: bytes(7) });
      const kept = await open().quarantined('a');
      same(
        kept.map((piece) => [piece.reason, piece.size]),
        [
          ['checksum mismatch', 3],
          ['another', 1],
        ],
      );
      const first = await open().quarantinedPiece('a', kept[0]!.id);
      same([[...first!.bytes], first!.document, first!.clockMillis], [[6, 6, 6], sampleDocument('Old'), 77]);
      same([await open().quarantined('b'), await open().quarantinedPiece('b', kept[0]!.id)], [[], null]);
    },
  },
  {
    name: 'a piece that was put aside goes when it is discarded, and no other',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      const other = await store.claim('b', sampleDocument());
      await store.replace('a', token, [], at(1), { reason: 'one', bytes: bytes(1) });
      await store.replace('a', token, [], at(1), { reason: 'two', bytes: bytes(2) });
      const [one, two] = await store.quarantined('a');
      await store.discard('b', other, one!.id);
      same((await store.quarantined('a')).length, 2);
      await store.discard('a', token, one!.id);
      same(await open().quarantined('a'), [two]);
      await store.claim('a', sampleDocument());
      await refused('fenced', store.discard('a', token, two!.id));
      same(await open().quarantined('a'), [two]);
    },
  },
  {
    name: 'a snapshot that fails half-way leaves everything as it was, and the next one is taken from its beginning',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      await store.replace('a', token, [bytes(1), bytes(2)], at(1));
      await store.append('a', token, 0, bytes(3), at(2));
      function* broken(): Generator<Uint8Array> {
        yield bytes(7);
        yield bytes(8);
        throw new Error('no more memory');
      }
      const error = await store.replace('a', token, broken(), at(3)).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error === null) throw new Error('a snapshot that failed was taken for whole');
      const found = (await open().load('a'))!;
      same([[...found.bytes], found.gaps, found.clockMillis], [[1, 2, 3], [], 2]);
      await store.replace('a', token, [bytes(7), bytes(8)], at(4));
      same([...(await open().load('a'))!.bytes], [7, 8]);
    },
  },
  {
    name: 'many small pieces come back as one snapshot',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      const pieces = Array.from({ length: 300 }, (_, i) => bytes(i & 255, i >> 8));
      await store.replace('a', token, pieces, at(1));
      const found = (await open().load('a'))!;
      same([found.bytes.length, found.snapshotBytes, [...found.bytes.slice(510, 514)]], [600, 600, [255, 0, 0, 1]]);
    },
  },
  {
    name: 'a later claim fences the earlier writer, and changes nothing else',
    async run(open) {
      const first = open();
      const second = open();
      const old = await first.claim('a', sampleDocument());
      await first.append('a', old, 0, bytes(1), at(1));
      const token = await second.claim('a', sampleDocument('Ignored'));
      await refused('fenced', first.append('a', old, 1, bytes(2), at(2)));
      await refused('fenced', first.replace('a', old, [bytes(3)], at(2), { reason: 'no', bytes: bytes(4) }));
      await second.append('a', token, 1, bytes(5), at(3));
      const found = (await open().load('a'))!;
      same([[...found.bytes], found.document.name], [[1, 5], 'Sample']);
      same(await open().quarantined('a'), []);
    },
  },
  {
    name: 'workspaces do not touch each other',
    async run(open) {
      const store = open();
      const a = await store.claim('a', sampleDocument('A'));
      const b = await store.claim('b', sampleDocument('B'));
      await store.append('a', a, 0, bytes(1), at(1));
      await store.append('b', b, 0, bytes(2), at(1));
      await store.replace('a', a, [bytes(9)], at(1));
      same([[...(await open().load('a'))!.bytes], [...(await open().load('b'))!.bytes]], [[9], [2]]);
    },
  },
  {
    name: 'what was given may be changed afterwards, and what is answered too',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      const given = bytes(1, 2);
      await store.append('a', token, 0, given, at(1));
      given[0] = 77;
      (await store.load('a'))!.bytes[1] = 88;
      same([...(await store.load('a'))!.bytes], [1, 2]);
    },
  },
  {
    name: 'writing to a workspace that was never claimed fails',
    async run(open) {
      await refused('unavailable', open().append('a', 1, 0, bytes(1), at(1)));
    },
  },
  {
    name: 'a reopened or closed handle goes on working',
    async run(open) {
      const store = open();
      const token = await store.claim('a', sampleDocument());
      await store.reopen();
      await store.append('a', token, 0, bytes(1), at(1));
      store.close();
      await store.reopen();
      same([...(await store.load('a'))!.bytes], [1]);
    },
  },
];

function same(got: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(got), JSON.stringify(expected)];
  if (left !== right) throw new Error(`expected ${right}, got ${left}`);
}

async function refused(code: StoreError['code'], work: Promise<unknown>): Promise<void> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError) || error.code !== code)
    throw new Error(`expected the refusal "${code}", got ${String(error)}`);
}
