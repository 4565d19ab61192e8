/** Answers of the service as tables, properties and sentences. */
import type { BlockResult, Item, Json } from '../../web/src/protocol/types';
import { attributeOf, keyText, percent, preview } from '../../web/src/views/format';
import { explainError, explainReason } from '../../web/src/views/result/explain-error';
import {
  indexNameOf,
  propertiesOf,
  roundingRule,
  shapeOf,
  summaryOf,
  tableNameOf,
} from '../../web/src/views/result/model';

function result(name: string, input: Json, response: Json, more: Partial<BlockResult> = {}): BlockResult {
  return {
    block: 0,
    line: 1,
    name,
    ok: true,
    status: 200,
    request: { operation: name, body: JSON.stringify(input), input },
    response,
    raw: JSON.stringify(response),
    consumed: { read: 0, write: 0 },
    events: [],
    startedMillis: 0,
    endedMillis: 0,
    ms: 0,
    ...more,
  };
}

const item = (artist: string, more: { [name: string]: Json } = {}): Json => ({
  Year: { N: '1' },
  Artist: { S: artist },
  ...more,
});

test('items become one table, key attributes first, even when some items lack an attribute', () => {
  const tables = [{ name: 'Music', partitionKey: { name: 'Artist', type: 'S' } }] as never;
  const query = result(
    'Query',
    { TableName: 'Music' },
    { Items: [item('a'), item('b', { Live: { BOOL: true } })], Count: 2, ScannedCount: 2 },
  );
  expect(shapeOf(query, tables).groups).toMatchObject([
    { columns: ['Artist', 'Year', 'Live'], partitionKey: 'Artist' },
  ]);
});

describe('reading an index', () => {
  const tables = [
    {
      name: 'Orders',
      partitionKey: { name: 'Customer', type: 'S' },
      sortKey: { name: 'OrderId', type: 'S' },
      indexes: [
        {
          name: 'byStatus',
          kind: 'GSI',
          partitionKey: { name: 'Status', type: 'S' },
          sortKey: { name: 'PlacedAt', type: 'S' },
          projection: 'ALL',
        },
      ],
    },
  ] as never;
  const order = {
    Note: { S: 'n' },
    OrderId: { S: 'o' },
    Customer: { S: 'c' },
    PlacedAt: { S: 'p' },
    Status: { S: 's' },
  };
  const shown = {
    columns: ['Status', 'PlacedAt', 'Customer', 'OrderId', 'Note'],
    partitionKey: 'Status',
    sortKey: 'PlacedAt',
    index: 'byStatus',
  };

  test('shows the keys of the index, then those of the table', () => {
    const query = result('Query', { TableName: 'Orders', IndexName: 'byStatus' }, { Items: [order], Count: 1 });
    expect(shapeOf(query, tables).groups).toMatchObject([shown]);
    expect(indexNameOf(query)).toBe('byStatus');
  });

  test('the same for a PartiQL statement, whose index the engine tells', () => {
    const explanation = {
      TableName: 'Orders',
      Arms: [{ Arm: 'byStatus', IndexType: 'GlobalSecondaryIndex', Kind: 'Read', TableName: 'Orders' }],
    } as never;
    const input = { Statement: 'SELECT * FROM "Orders"."byStatus"' };
    const select = result('ExecuteStatement', input, { Items: [order] }, { explanation });
    expect(shapeOf(select, tables).groups).toMatchObject([shown]);
    expect([tableNameOf(select), indexNameOf(select)]).toEqual(['Orders', 'byStatus']);
  });

  test('a write that changed an index reads none', () => {
    const explanation = { Arms: [{ Arm: 'byStatus', IndexType: 'GlobalSecondaryIndex', Kind: 'Write' }] } as never;
    const write = result('ExecuteStatement', { Statement: 'INSERT …' }, { Items: [] }, { explanation });
    expect(indexNameOf(write)).toBe('');
  });
});

describe('attributes with the names of what every object inherits', () => {
  const odd = ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'];
  // From text, as answers come: a literal would set the prototype.
  const items = JSON.parse(
    `[{"Artist":{"S":"a"}},{"Artist":{"S":"b"},${odd
      .map((name) => `${JSON.stringify(name)}:{"S":"own ${name}"}`)
      .join(',')}}]`,
  ) as Item[];

  test('are columns; an item that lacks them has none of them', () => {
    const scan = result('Scan', { TableName: 'T' }, { Items: items as never, Count: 2 });
    const [group] = shapeOf(scan, []).groups;
    expect(group?.columns).toEqual(['Artist', ...odd]);
    for (const name of odd) {
      expect(attributeOf(items[0]!, name)).toBeUndefined();
      expect(preview(attributeOf(items[1]!, name)!)).toBe(`own ${name}`);
    }
    expect(JSON.stringify(scan.response)).toContain('"__proto__":{"S":"own __proto__"}');
    expect(keyText(items[1]!)).toContain('__proto__ = own __proto__');
    expect(propertiesOf({ Item: items[1] as never }).map(({ name }) => name)).toContain('Item.__proto__.S');
  });
});

describe('what was added up before rounding', () => {
  const arm = (Rounding: 'Each' | 'Together', What: string, Items: number) => ({ Rounding, Items, Parts: [{ What }] });
  test.each([
    ['a page of several rows', [arm('Together', 'Rows', 4)], /^Query and Scan add up .* first/],
    ['a batch', [arm('Each', 'ItemRead', 2)], /^Batches and transactions round each item/],
    [
      'a local index that fetches from the table',
      [arm('Each', 'ItemRead', 2), arm('Together', 'Rows', 2)],
      /one by one/,
    ],
    ['one item', [arm('Together', 'ItemRead', 1)], /^$/],
    ['one row', [arm('Together', 'Rows', 1)], /^$/],
  ])('%s', (_name, arms, words) => {
    expect(roundingRule(arms as never)).toMatch(words);
  });
});

test.each<[string, BlockResult, RegExp]>([
  [
    'a filter that read more than it kept',
    result('Scan', {}, { Items: [item('a')], Count: 1, ScannedCount: 204 }),
    /204 items were read/,
  ],
  [
    'another page',
    result('Scan', {}, { Items: [item('a')], Count: 1, ScannedCount: 1, LastEvaluatedKey: { Artist: { S: 'a' } } }),
    /ExclusiveStartKey/,
  ],
  ['a batch that was not finished', result('BatchWriteItem', {}, { UnprocessedItems: { Music: [{}] } }), /sent again/],
])('%s is noted', (_name, answer, words) => {
  expect(shapeOf(answer, []).notes.join(' ')).toMatch(words);
});

const charged = (What: string) =>
  ({
    Arms: [{ Kind: 'Write', Parts: [{ What }] }],
    Items: [{ Key: { Artist: { S: 'Luna Park' } }, Bytes: 1041, Attributes: [] }],
  }) as never;

test.each<[string, BlockResult, RegExp]>([
  ['a missing item', result('GetItem', {}, {}), /no item with this key/],
  ['a count', result('Query', {}, { Count: 12, ScannedCount: 12 }), /12 items counted/],
  [
    'a statement that found nothing',
    result('ExecuteStatement', { Statement: 'select * from T' }, { Items: [] }),
    /No items/,
  ],
  [
    'a statement that wrote',
    result('ExecuteStatement', { Statement: 'INSERT INTO T VALUE {}' }, { Items: [] }),
    /The INSERT is done/,
  ],
  ['nothing found', result('Query', {}, { Items: [], Count: 0, ScannedCount: 7 }), /No items match\. 7 items read/],
  ['an empty table', result('Scan', {}, { Items: [], Count: 0, ScannedCount: 0 }), /nothing to read\. 0 items read/],
  ['a write', result('PutItem', { TableName: 'Music' }, {}), /^The item is stored in Music\. Add .ReturnValues/],
  [
    'what is stored now',
    result('PutItem', { TableName: 'Music' }, {}, { explanation: charged('ItemWritten') }),
    /^Stored in Music: Artist = Luna Park, 1,041 B \(1 KB\)\. Add .+ALL_OLD.+replaces, if there is one/,
  ],
  [
    'nothing replaced',
    result('PutItem', { TableName: 'Music', ReturnValues: 'ALL_OLD' }, {}, { explanation: charged('ItemWritten') }),
    /There was nothing to return for .ReturnValues.: .ALL_OLD.\.$/,
  ],
  [
    'nothing deleted',
    result('DeleteItem', { TableName: 'Music' }, {}, { explanation: charged('AbsentItem') }),
    /^There was no item with this key in Music, so none was deleted/,
  ],
  [
    'an item deleted',
    result('DeleteItem', { TableName: 'Music' }, {}, { explanation: charged('ItemDeleted') }),
    /^The item is deleted in Music\./,
  ],
  ['no tables', result('ListTables', {}, { TableNames: [] }), /no tables/],
])('%s is said in a sentence', (_name, answer, words) => {
  expect(shapeOf(answer, []).sentence).toMatch(words);
});

test('one item that a filter left out is one item', () => {
  const notes = (ScannedCount: number) => shapeOf(result('Query', {}, { Items: [], Count: 0, ScannedCount }), []).notes;
  expect(notes(1)).toEqual(['1 item was read and paid for; the filter kept none of them.']);
  expect(notes(1200)).toEqual(['1,200 items were read and paid for; the filter kept none of them.']);
});

test('a share that is not nothing is not called 0 %', () => {
  expect([0, 4 / 1024, 0.18, 0.999, 1].map(percent)).toEqual(['0 %', 'under 1 %', '18 %', 'over 99 %', '100 %']);
});

test('the line beside a request names items and units', () => {
  const consumed = { read: 0.5, write: 0 };
  expect(summaryOf(result('Query', {}, { Count: 3 }, { consumed }))).toBe('3 items · 0.5 RCU');
  expect(summaryOf(result('PutItem', {}, {}, { consumed: { read: 0, write: 1250 } }))).toBe('1,250 WCU');
  const select = { Statement: 'SELECT * FROM Music' };
  expect(summaryOf(result('ExecuteStatement', select, { Items: [item('a'), item('b')] }, { consumed }))).toBe(
    '2 items · 0.5 RCU',
  );
  expect(summaryOf(result('ExecuteStatement', select, { Items: [] }, { consumed }))).toBe('no items · 0.5 RCU');
  expect(summaryOf(result('ExecuteStatement', { Statement: 'DELETE FROM Music' }, { Items: [] }))).toBe('done');
  expect(summaryOf(result('GetItem', {}, { Item: item('a') }, { consumed }))).toBe('1 item · 0.5 RCU');
  const batch = { Responses: { Music: [item('a')], Films: [item('b'), item('c')] } };
  expect(summaryOf(result('BatchGetItem', {}, batch, { consumed }))).toBe('3 items · 0.5 RCU');
  expect(
    summaryOf(
      result('Query', {}, null, {
        ok: false,
        status: 400,
        error: { name: 'ValidationException', message: 'x', fields: {} },
      }),
    ),
  ).toBe('ValidationException');
});

test('every error is explained by the most particular row, an unknown one not at all', () => {
  const explain = (name: string, message: string) => explainError({ name, message, fields: {} });
  expect(explain('ValidationException', 'Attribute name is a reserved keyword; reserved keyword: status')?.try).toBe(
    'Write #n in its place and add "ExpressionAttributeNames": { "#n": "status" }.',
  );
  expect(explain('ValidationException', 'something else')?.means).toContain('breaks a rule');
  expect(explain('ResourceNotFoundException', 'Requested resource not found')?.try).toContain('CreateTable');
  expect(explain('SomethingNewException', 'x')).toBeNull();
  // What is quoted from the service is bounded.
  expect(explain('ValidationException', `specified index: ${'i'.repeat(9_000)}`)!.means.length).toBeLessThan(200);
  expect(explainReason('ConditionalCheckFailed', 'The conditional request failed')).toContain('condition was false');
  expect(explainReason('ValidationError', 'Missing the key Song in the item')).toContain('whole key');
});
