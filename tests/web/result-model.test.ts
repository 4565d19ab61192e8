/** Answers of the service as tables, properties and sentences. */
import type { BlockResult, Json } from '../../web/src/protocol/types';
import { explainError, explainReason } from '../../web/src/views/result/explain-error';
import { shapeOf, summaryOf } from '../../web/src/views/result/model';

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
  ['a write', result('PutItem', { TableName: 'Music' }, {}), /written in Music/],
  ['no tables', result('ListTables', {}, { TableNames: [] }), /no tables/],
])('%s is said in a sentence', (_name, answer, words) => {
  expect(shapeOf(answer, []).sentence).toMatch(words);
});

test('the line beside a request names items, units and rounding', () => {
  expect(summaryOf(result('Query', {}, { Count: 3 }, { consumed: { read: 0.5, write: 0 } }))).toBe('3 items · 0.5 RCU');
  const write = result(
    'PutItem',
    {},
    {},
    {
      consumed: { read: 0, write: 1 },
      explanation: { Arms: [{ Kind: 'Write', Blocks: 1 }] } as never,
    },
  );
  expect(summaryOf(write)).toBe('1 WCU · 1 KB rounded');
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
