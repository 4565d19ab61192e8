/** The check language, one row per rule: the test, what happened, whether it holds. */
import { evaluate, evaluateTest, type Exchange, type Test } from '../../web/src/lessons';
import { fakeWorld, query, refusal } from './support/fake-world';

const luna = { Artist: { S: 'Luna Park' } };
const song = (title: string) => ({ ...luna, SongTitle: { S: title }, Year: { N: '2019' } });
const world = fakeWorld({
  Music: {
    keys: [
      { name: 'Artist', type: 'S', role: 'HASH' },
      { name: 'SongTitle', type: 'S', role: 'RANGE' },
    ],
    items: [song('A'), song('B')],
    partitions: [
      { id: 0, items: 0, keys: [] },
      { id: 1, items: 2, keys: [luna] },
    ],
  },
});

const twoSongs = [query(['A', 'B'])];
const upThenDown = [query(['A', 'B']), query(['B', 'A'], { input: { TableName: 'Music', ScanIndexForward: false } })];
const scan: Exchange = { op: 'Scan', table: 'Music', input: { TableName: 'Music' }, response: { Items: [], Count: 0 } };

type Row = [rule: string, test: Test, exchanges: Exchange[], holds: boolean];

const rows: Row[] = [
  ['request: operation and table', { on: 'request.last', op: 'Query', table: 'Music' }, twoSongs, true],
  ['request: another operation', { on: 'request.last', op: 'Scan' }, twoSongs, false],
  ['request: last looks at the newest only', { on: 'request.last', op: 'Query' }, [...twoSongs, scan], false],
  ['request: any looks at all', { on: 'request.any', op: 'Query' }, [...twoSongs, scan], true],
  ['request: every needs all', { on: 'request.every', op: 'Query' }, [...twoSongs, scan], false],
  ['request: every of none fails', { on: 'request.every', op: 'Query' }, [], false],
  [
    'request: where chooses',
    { on: 'request.every', where: { op: 'Query' }, lacks: ['FilterExpression'] },
    [...twoSongs, scan],
    true,
  ],
  ['request: has', { on: 'request.last', has: ['KeyConditionExpression'] }, twoSongs, true],
  ['request: has not', { on: 'request.last', has: ['FilterExpression'] }, twoSongs, false],
  ['request: lacks', { on: 'request.last', lacks: ['KeyConditionExpression'] }, twoSongs, false],
  ['request: the table itself', { on: 'request.last', index: 'none' }, twoSongs, true],
  ['request: an index', { on: 'request.last', index: 'byYear' }, [query([], { input: { IndexName: 'byYear' } })], true],
  ['request: part of the body', { on: 'request.last', input: { ScanIndexForward: false } }, upThenDown, true],
  ['request: part of the body differs', { on: 'request.last', input: { ScanIndexForward: true } }, upThenDown, false],
  ['request: null is not absent', { on: 'request.last', input: { Limit: null } }, twoSongs, false],

  ['response: count', { on: 'response.last', count: 2 }, twoSongs, true],
  ['response: count differs', { on: 'response.last', count: 3 }, twoSongs, false],
  ['response: count of an error', { on: 'response.last', count: 0 }, [refusal('Query', 'ValidationException')], false],
  ['response: scanned equals count', { on: 'response.last', scannedCount: { equals: 'count' } }, twoSongs, true],
  [
    'response: scanned more than count',
    { on: 'response.last', scannedCount: { equals: 'count' } },
    [query(['A'], { response: { Items: [], Count: 1, ScannedCount: 9 } })],
    false,
  ],
  [
    'response: items in order',
    { on: 'response.last', items: [{ SongTitle: 'A' }, { SongTitle: 'B' }] },
    twoSongs,
    true,
  ],
  [
    'response: items in another order',
    { on: 'response.last', items: [{ SongTitle: 'B' }, { SongTitle: 'A' }] },
    twoSongs,
    false,
  ],
  [
    'response: items as a set',
    { on: 'response.last', items: [{ SongTitle: 'B' }, { SongTitle: 'A' }], order: 'any' },
    twoSongs,
    true,
  ],
  [
    'response: a set has no others',
    { on: 'response.last', items: [{ SongTitle: 'A' }], order: 'any' },
    twoSongs,
    false,
  ],
  [
    'response: within allows others',
    { on: 'response.last', items: [{ SongTitle: 'A' }], order: 'within' },
    twoSongs,
    true,
  ],
  [
    'response: each part needs its own item',
    { on: 'response.last', items: [{ SongTitle: 'A' }, { SongTitle: 'A' }], order: 'within' },
    twoSongs,
    false,
  ],
  [
    'response: parts are paired whatever their order',
    { on: 'response.last', items: [luna, { SongTitle: 'A' }], order: 'any' },
    twoSongs,
    true,
  ],
  [
    'response: GetItem without item has none',
    { on: 'response.last', items: [] },
    [{ op: 'GetItem', input: {}, response: {} }],
    true,
  ],
  [
    'response: the error',
    { on: 'response.last', error: 'ValidationException', message: 'empty' },
    [refusal('PutItem', 'ValidationException', 'an empty string')],
    true,
  ],
  [
    'response: another message',
    { on: 'response.last', error: 'ValidationException', message: 'size' },
    [refusal('PutItem', 'ValidationException', 'an empty string')],
    false,
  ],
  ['response: no error', { on: 'response.last', error: 'none' }, twoSongs, true],
  [
    'response: no error wanted, one came',
    { on: 'response.last', error: 'none' },
    [refusal('Query', 'ValidationException')],
    false,
  ],
  ['response: last page', { on: 'response.last', lastEvaluatedKey: 'absent' }, twoSongs, true],
  [
    'response: more pages',
    { on: 'response.last', lastEvaluatedKey: 'absent' },
    [query([], { response: { LastEvaluatedKey: luna } })],
    false,
  ],

  ['capacity: exact', { on: 'capacity.last', read: 0.5 }, twoSongs, true],
  ['capacity: too dear', { on: 'capacity.last', read: { max: 0.4 } }, twoSongs, false],
  ['capacity: sum of the step', { on: 'capacity.step', read: 1 }, upThenDown, true],
  ['capacity: sum too high', { on: 'capacity.step', read: { max: 0.5 } }, upThenDown, false],
  ['capacity: doing nothing is not thrift', { on: 'capacity.step', read: { max: 5 } }, [], false],
  ['capacity: unknown units are not zero', { on: 'capacity.last', read: { max: 5 } }, [scan], false],

  ['state: table exists', { on: 'state', table: 'Music' }, [], true],
  ['state: no such table', { on: 'state', table: 'Films' }, [], false],
  ['state: wanted absent', { on: 'state', table: 'Films', exists: false }, [], true],
  ['state: wanted absent, exists', { on: 'state', table: 'Music', exists: false }, [], false],
  ['state: keys', { on: 'state', table: 'Music', keys: ['Artist S', 'SongTitle S'] }, [], true],
  ['state: key type differs', { on: 'state', table: 'Music', keys: ['Artist S', 'SongTitle N'] }, [], false],
  ['state: key missing', { on: 'state', table: 'Music', keys: ['Artist S'] }, [], false],
  ['state: count', { on: 'state', table: 'Music', count: { min: 2, max: 2 } }, [], true],
  ['state: count differs', { on: 'state', table: 'Music', count: 4 }, [], false],
  ['state: open world', { on: 'state', table: 'Music', items: [{ SongTitle: 'A' }] }, [], true],
  ['state: exact world', { on: 'state', table: 'Music', items: [{ SongTitle: 'A' }], exact: true }, [], false],
  ['state: numbers by value', { on: 'state', table: 'Music', items: [{ Year: { N: '2.0190e3' } }] }, [], true],
  ['state: a string is no number', { on: 'state', table: 'Music', items: [{ Year: '2019' }] }, [], false],
  ['state: absent', { on: 'state', table: 'Music', absent: [{ SongTitle: 'C' }] }, [], true],
  ['state: absent, but there', { on: 'state', table: 'Music', absent: [{ SongTitle: 'A' }] }, [], false],
  ['state: partitions', { on: 'state', table: 'Music', partitions: 2 }, [], true],
  ['state: partitions differ', { on: 'state', table: 'Music', partitions: 4 }, [], false],
  ['state: spread', { on: 'state', table: 'Music', spread: { key: { Artist: 'Luna Park' }, over: 1 } }, [], true],
  [
    'state: key on no partition',
    { on: 'state', table: 'Music', spread: { key: { Artist: 'Nobody' }, over: 1 } },
    [],
    false,
  ],

  ['trace: never', { on: 'trace', never: { op: 'Scan' } }, twoSongs, true],
  ['trace: never, but did', { on: 'trace', never: { op: 'Scan' } }, [...twoSongs, scan], false],
  ['trace: eventually', { on: 'trace', eventually: { op: 'Scan' } }, [scan, ...twoSongs], true],
  ['trace: eventually, but not', { on: 'trace', eventually: { op: 'Scan' } }, twoSongs, false],
  [
    'trace: sequence with others between',
    { on: 'trace', sequence: [{ count: 2 }, { has: ['ScanIndexForward'] }] },
    [twoSongs[0], scan, upThenDown[1]],
    true,
  ],
  [
    'trace: sequence the wrong way round',
    { on: 'trace', sequence: [{ op: 'Scan' }, { op: 'Query' }] },
    [...twoSongs, scan],
    false,
  ],
  ['trace: count of some', { on: 'trace', of: { op: 'Query' }, count: { max: 1 } }, [...twoSongs, scan], true],
  ['trace: count of all', { on: 'trace', count: { max: 1 } }, [...twoSongs, scan], false],

  [
    'all',
    {
      all: [
        { on: 'request.any', op: 'Query' },
        { on: 'state', table: 'Music' },
      ],
    },
    twoSongs,
    true,
  ],
  [
    'all, one fails',
    {
      all: [
        { on: 'request.any', op: 'Query' },
        { on: 'state', table: 'Films' },
      ],
    },
    twoSongs,
    false,
  ],
  [
    'any',
    {
      any: [
        { on: 'request.any', op: 'Scan' },
        { on: 'state', table: 'Music' },
      ],
    },
    twoSongs,
    true,
  ],
  [
    'any, none holds',
    {
      any: [
        { on: 'request.any', op: 'Scan' },
        { on: 'state', table: 'Films' },
      ],
    },
    twoSongs,
    false,
  ],
  ['not', { not: { on: 'request.any', op: 'Scan' } }, twoSongs, true],
  ['not of what holds', { not: { on: 'request.any', op: 'Query' } }, twoSongs, false],
];

test.each(rows)('%s', async (_rule, check, exchanges, holds) => {
  expect((await evaluateTest(check, exchanges, world)).holds).toBe(holds);
});

test('a wrong check says what was expected, what came, and what to do', async () => {
  const check = {
    id: 'falling',
    on: 'response.any' as const,
    where: { op: 'Query' },
    items: [{ SongTitle: 'B' }, { SongTitle: 'A' }],
    want: 'Falling order',
    fail: 'Turn it round.',
    wrong: true as const,
  };
  expect(await evaluate([check], twoSongs, world)).toEqual([
    {
      id: 'falling',
      passed: false,
      severity: 'essential',
      want: 'Falling order',
      wrong: true,
      final: false,
      fail: 'Turn it round.',
      progress: '',
      expected: '"B", "A" in this order',
      got: '"A", "B"',
    },
  ]);
});

test('of several attempts the one that came closest is reported', async () => {
  const test: Test = {
    on: 'response.any',
    where: { op: 'Query' },
    count: 2,
    items: [{ SongTitle: 'A' }, { SongTitle: 'X' }],
  };
  const verdict = await evaluateTest(test, [query(['A', 'B']), query([])], world);
  expect(verdict.got).toBe('"A", "B"');
});

test('when nothing like it was run, the message says so', async () => {
  const verdict = await evaluateTest(
    { on: 'capacity.any', where: { op: 'Query', table: 'Music' }, read: 0.5 },
    [],
    world,
  );
  expect(verdict).toEqual({ holds: false, expected: 'Query on Music', got: 'no such request in this step' });
});

test('a test outside the format is an error, not a pass', async () => {
  await expect(evaluateTest({ of: {} } as unknown as Test, [], world)).rejects.toThrow('a check needs');
});

describe('a check that does not hold', () => {
  const check = (test: Test, wrong?: true | Test) => ({
    ...test,
    id: 'one',
    want: 'w',
    fail: 'f',
    ...(wrong && { wrong }),
  });
  const three = { on: 'state', table: 'Music', count: 3 } as const;
  const rows: [string, ReturnType<typeof check>, Exchange[], { wrong: boolean; final: boolean; progress: string }][] = [
    ['is not done yet', check(three), twoSongs, { wrong: false, final: false, progress: '2 of 3' }],
    ['is wrong if the lesson says always', check(three, true), [], { wrong: true, final: false, progress: '2 of 3' }],
    [
      'is wrong while a test says so',
      check(three, { on: 'request.any', op: 'Scan' }),
      [...twoSongs, scan],
      { wrong: true, final: false, progress: '2 of 3' },
    ],
    [
      'is not done yet while that test does not hold',
      check(three, { on: 'request.any', op: 'Scan' }),
      twoSongs,
      { wrong: false, final: false, progress: '2 of 3' },
    ],
    [
      'counts items that are there',
      check({ on: 'state', table: 'Music', items: [{ SongTitle: 'A' }, { SongTitle: 'Z' }] }),
      [],
      { wrong: false, final: false, progress: '1 of 2' },
    ],
    [
      'has no count when there is too much',
      check({ on: 'state', table: 'Music', count: 1 }),
      [],
      { wrong: false, final: false, progress: '' },
    ],
    [
      'can no longer hold: every request',
      check({ on: 'request.every', op: 'Query' }),
      [...twoSongs, scan],
      { wrong: true, final: true, progress: '' },
    ],
    [
      'can no longer hold: a request that must never come',
      check({ on: 'trace', never: { op: 'Scan' } }),
      [scan],
      { wrong: true, final: true, progress: '' },
    ],
    [
      'can no longer hold: too many requests',
      check({ on: 'trace', of: { op: 'Query' }, count: 1 }),
      upThenDown,
      { wrong: true, final: true, progress: '' },
    ],
    [
      'can still hold: too few requests',
      check({ on: 'trace', of: { op: 'Query' }, count: 3 }),
      upThenDown,
      { wrong: false, final: false, progress: '' },
    ],
    [
      'can no longer hold: too dear a step',
      check({ on: 'capacity.step', read: { max: 0.5 } }),
      upThenDown,
      { wrong: true, final: true, progress: '' },
    ],
    [
      'can still hold: every of none',
      check({ on: 'request.every', op: 'Query' }),
      [],
      { wrong: false, final: false, progress: '' },
    ],
  ];
  test.each(rows)('%s', async (_, one, exchanges, wanted) => {
    const [result] = await evaluate([one], exchanges, world);
    expect(result).toMatchObject({ passed: false, fail: wanted.wrong ? 'f' : '', ...wanted });
  });
});
