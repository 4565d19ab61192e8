/** What the editor offers at a cursor, in scripts that are only half written. `|` marks the cursor. */
import { completionsAt } from '../../web/src/editor/completion';
import { filledIn, OPERATIONS } from '../../web/src/editor/vocabulary';
import { parseScript } from '../../web/src/script';
import type { TableInfo } from '../../web/src/protocol/types';

const music: TableInfo = {
  name: 'Music',
  status: 'ACTIVE',
  partitionKey: { name: 'Artist', type: 'S' },
  sortKey: { name: 'SongTitle', type: 'S' },
  items: 4,
  bytes: 185,
  billingMode: 'PAY_PER_REQUEST',
  indexes: [{ name: 'by-year', kind: 'GSI', partitionKey: { name: 'Year', type: 'N' }, projection: 'ALL' }],
  streamEnabled: false,
  description: {},
};

const orders: TableInfo = {
  ...music,
  name: 'Orders',
  partitionKey: { name: 'Customer', type: 'S' },
  sortKey: { name: 'OrderId', type: 'S' },
  indexes: [{ name: 'by-status', kind: 'GSI', partitionKey: { name: 'Status', type: 'S' }, projection: 'ALL' }],
};

function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, suggestions } = completionsAt(text, offset, [music, orders]);
  return { labels: suggestions.map(({ label }) => label), suggestions, replaced: text.slice(from, to) };
}

test.each<[string, string, string[], string[]]>([
  ['an operation at the start of a line', 'Que|', ['Query', 'PutItem'], ['TableName']],
  ['an operation after a finished block', 'ListTables {}\n\n|', ['Query'], ['TableName']],
  ['a directive', '@l|', ['@load', '@advance'], ['Query']],
  ['members of the request', 'Query { "|', ['KeyConditionExpression', 'Limit'], ['Item', 'Query']],
  ['not the members already there', 'Query { "TableName": "Music", "|', ['Limit'], ['TableName']],
  ['members after a nested object', 'Query { "ExpressionAttributeValues": { ":a": { "S": "x" } }, |', ['Limit'], ['S']],
  ['table names', 'Query { "TableName": "|" }', ['Music'], ['Limit']],
  ['index names of the table', 'Query { "TableName": "Music", "IndexName": "|"', ['by-year'], ['Music']],
  ['values of an enumeration', 'CreateTable { "BillingMode": "|"', ['PAY_PER_REQUEST', 'PROVISIONED'], ['HASH']],
  ['true and false', 'Query { "ConsistentRead": |', ['true', 'false'], ['Limit']],
  ['key attributes in an item', 'PutItem { "TableName": "Music", "Item": { "|', ['Artist', 'SongTitle'], ['S']],
  ['types in an attribute value', 'PutItem { "Item": { "Artist": { "|', ['S', 'N', 'BOOL'], ['Artist']],
  ['members of a list of objects', 'CreateTable { "KeySchema": [ { "|', ['AttributeName', 'KeyType'], ['TableName']],
  ['after a brace inside a text', 'Query { "TableName": "a}b", "|', ['Limit'], []],
  ['after a brace inside a comment', 'Query { // }\n "|', ['Limit'], []],
])('%s', (_name, marked, wanted, unwanted) => {
  const { labels } = at(marked);
  expect(labels).toEqual(expect.arrayContaining(wanted));
  for (const label of unwanted) expect(labels).not.toContain(label);
});

test.each<[string, string, string[], string[]]>([
  [
    'the block’s own table, not one named above it',
    'Query { "TableName": "Music" }\nQuery { "TableName": "Orders", "IndexName": "|" }',
    ['by-status'],
    ['by-year'],
  ],
  ['a table named behind the cursor', 'GetItem { "Key": { "|" }, "TableName": "Orders" }', ['Customer'], ['Artist']],
  [
    'not one named in the next block',
    'GetItem { "Key": { "|" } }\nScan { "TableName": "Orders" }',
    ['Customer', 'Artist'],
    [],
  ],
  [
    'the table of a batch',
    'BatchGetItem { "RequestItems": { "Music": { "Keys": [] }, "Orders": { "Keys": [ { "|',
    ['Customer'],
    ['Artist'],
  ],
  [
    'the table of one action',
    'TransactWriteItems { "TransactItems": [ { "Put": { "TableName": "Music", "Item": {} } }, { "Put": { "TableName": "Orders", "Item": { "|',
    ['Customer'],
    ['Artist'],
  ],
  ['after a comment behind a member', 'Query { "TableName": "Orders", # "A"\n "IndexName": "|"', ['by-status'], []],
])('%s', (_name, marked, wanted, unwanted) => {
  const { labels } = at(marked);
  expect(labels).toEqual(expect.arrayContaining(wanted));
  for (const label of unwanted) expect(labels).not.toContain(label);
});

test.each(['# Que|', 'Query { "A": 1, # "|', 'Query { // "|', 'Query { /* "|', 'ListTables {} Que|'])(
  'nothing at %s',
  (marked) => {
    expect(at(marked).labels).toEqual([]);
  },
);

test('a member replaces its quotes and brings its colon, unless there is one', () => {
  const fresh = at('Query { "Lim|" }');
  expect(fresh.replaced).toBe('"Lim"');
  expect(fresh.suggestions.find(({ label }) => label === 'Limit')?.insert).toBe('"Limit": ');
  const existing = at('Query { "Lim|": 3 }');
  expect(existing.suggestions.find(({ label }) => label === 'Limit')?.insert).toBe('"Limit"');
});

test('any cursor in any cut of a script is answered', () => {
  const script =
    'Query {\n  # note\n  "TableName": "Mu\\"sic", /* } */ "Key": { "A": { "S": "x" }, },\n}\n@load movies\n';
  for (let cut = 0; cut <= script.length; cut += 1) {
    const { from, to } = completionsAt(script.slice(0, cut), cut, [music]);
    expect(from).toBeLessThanOrEqual(cut);
    expect(to).toBeGreaterThanOrEqual(cut);
  }
});

test.each(OPERATIONS.map(({ name, skeleton }) => [name, skeleton]))(
  'the skeleton of %s can be run as it is',
  (name, skeleton) => {
    const { blocks, problems } = parseScript(`${name} ${filledIn(skeleton)}\n`);
    expect(problems).toEqual([]);
    expect(blocks).toHaveLength(1);
  },
);
