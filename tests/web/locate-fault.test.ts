/** Common mistakes, sent to the real engine by the real host: where each one is underlined. */
import { parseScript } from '../../web/src/script';
import { locateFault } from '../../web/src/script/locate-fault';
import { explainError } from '../../web/src/views/result/explain-error';
import { runScript, scratchHost } from './support/world';

const setup = `CreateTable {
  "TableName": "Music",
  "AttributeDefinitions": [
    { "AttributeName": "Artist", "AttributeType": "S" },
    { "AttributeName": "Song", "AttributeType": "S" },
    { "AttributeName": "Year", "AttributeType": "N" }
  ],
  "KeySchema": [{ "AttributeName": "Artist", "KeyType": "HASH" }, { "AttributeName": "Song", "KeyType": "RANGE" }],
  "GlobalSecondaryIndexes": [
    {
      "IndexName": "by-year",
      "KeySchema": [{ "AttributeName": "Year", "KeyType": "HASH" }],
      "Projection": { "ProjectionType": "ALL" }
    }
  ],
  "BillingMode": "PAY_PER_REQUEST"
}
PutItem { "TableName": "Music", "Item": { "Artist": { "S": "a" }, "Song": { "S": "b" } } }
`;

const put = (more: string) =>
  `PutItem { "TableName": "Music", "Item": { "Artist": { "S": "x" }, "Song": { "S": "y" }, ${more} } }`;
const get = (key: string, more = '') => `GetItem { "TableName": "Music", "Key": { ${key} }${more} }`;
const query = (more: string) =>
  `Query { "TableName": "Music", "KeyConditionExpression": "Artist = :a", "ExpressionAttributeValues": { ":a": { "S": "x" } }, ${more} }`;
const update = (more: string) =>
  `UpdateItem { "TableName": "Music", "Key": { "Artist": { "S": "a" }, "Song": { "S": "b" } }, ${more} }`;

test.each<[string, string, string]>([
  ['a key without its sort key', get('"Artist": { "S": "x" }'), '"Key"'],
  ['a key with a wrong name', get('"Artist": { "S": "x" }, "Sung": { "S": "y" }'), '"Key"'],
  ['a key of a wrong type', get('"Artist": { "N": "1" }, "Song": { "S": "y" }'), '"Key"'],
  ['an item without its key', 'PutItem { "TableName": "Music", "Item": { "Artist": { "S": "x" } } }', '"Item"'],
  ['a key attribute of a wrong type', put('"Year": { "S": "2019" }'), '"Year": { "S": "2019" }'],
  [
    'an unused value',
    query('"FilterExpression": "Genre = :a"').replace('":a": {', '":b": { "S": "z" }, ":a": {'),
    '":b"',
  ],
  ['an unused name', query('"ExpressionAttributeNames": { "#z": "Zoo" }'), '"#z"'],
  ['an undefined value', query('"FilterExpression": "Genre = :g"'), ':g'],
  ['an undefined name', query('"FilterExpression": "#g = :a"'), '#g'],
  ['a reserved word', query('"FilterExpression": "Status = :a"'), 'Status'],
  ['a plain text as a value', put('"Genre": "pop"'), '"pop"'],
  ['a plain number as a value', put('"Plays": 3'), '3'],
  ['a number that is no text', put('"Plays": { "N": 3 }'), '3'],
  ['a number that is none', put('"Plays": { "N": "many" }'), '"many"'],
  ['a type that does not exist', put('"Plays": { "X": "3" }'), '"X"'],
  ['a value without a type', put('"Plays": {}'), '{}'],
  ['a value of two types', put('"Plays": { "S": "a", "N": "1" }'), '{ "S": "a", "N": "1" }'],
  ['an empty set', put('"Tags": { "SS": [] }'), '[]'],
  ['a set with a twin', put('"Tags": { "SS": ["a", "a"] }'), '["a", "a"]'],
  ['a bad value deep inside', put('"Tags": { "L": [{ "M": { "x": { "L": [{ "S": "" }, 7] } } }] }'), '7'],
  [
    'an empty key',
    'PutItem { "TableName": "Music", "Item": { "Artist": { "S": "" }, "Song": { "S": "y" } } }',
    '"Artist": { "S": "" }',
  ],
  ['a missing table', 'Scan { "TableName": "Muzik" }', '"Muzik"'],
  [
    'a missing table in a batch',
    'BatchGetItem { "RequestItems": { "Muzik": { "Keys": [{ "Artist": { "S": "x" } }] } } }',
    '"Muzik"',
  ],
  ['a missing index', query('"IndexName": "by-yer"'), '"by-yer"'],
  [
    'a consistent read of an index',
    query('"IndexName": "by-year", "ConsistentRead": true').replace('Artist =', 'Song ='),
    '"ConsistentRead"',
  ],
  ['a limit of nothing', query('"Limit": 0'), '0'],
  ['a limit that is a text', query('"Limit": "5"'), '"5"'],
  ['a value of an enumeration', query('"Select": "ALL"'), '"ALL"'],
  [
    'a value this operation does not have',
    put('"a": { "S": "b" }').replace(/ }$/, ', "ReturnValues": "ALL_NEW" }'),
    '"ReturnValues"',
  ],
  [
    'a Query without the partition key',
    query('"FilterExpression": "a = :a"').replace('Artist =', 'Song ='),
    '"Song = :a"',
  ],
  ['a filter on a key', query('"FilterExpression": "size(a) > :a AND Song = :a"'), 'Song'],
  [
    'a filter on a key by a placeholder',
    query('"FilterExpression": "#s = :a", "ExpressionAttributeNames": { "#s": "Song" }'),
    '#s',
  ],
  [
    'a misspelt member',
    query('"Limit": 1').replace('KeyConditionExpression', 'KeyConditionExpresion'),
    '"ExpressionAttributeValues"',
  ],
  [
    'values without an expression',
    'Scan { "TableName": "Music", "ExpressionAttributeValues": { ":a": { "S": "x" } } }',
    '"ExpressionAttributeValues"',
  ],
  [
    'a change of the key',
    update('"UpdateExpression": "SET Artist = :a", "ExpressionAttributeValues": { ":a": { "S": "x" } }'),
    'Artist',
  ],
  [
    'a missing operand',
    update('"UpdateExpression": "SET n = n + :a", "ExpressionAttributeValues": { ":a": { "N": "1" } }'),
    'n',
  ],
  [
    'old and new parameters',
    update('"UpdateExpression": "SET n = :a", "ExpressionAttributeValues": { ":a": { "N": "1" } }, "Expected": {}'),
    '"Expected"',
  ],
  ['a table name that is too short', 'DescribeTable { "TableName": "ab" }', '"ab"'],
  [
    'an attribute type in a list',
    'CreateTable { "TableName": "Other", "AttributeDefinitions": [{ "AttributeName": "a", "AttributeType": "TEXT" }], "KeySchema": [{ "AttributeName": "a", "KeyType": "HASH" }], "BillingMode": "PAY_PER_REQUEST" }',
    '"TEXT"',
  ],
  ['a table that exists', setup.split('\nPutItem')[0]!, '"Music"'],
  ['a member that is missing', 'Scan {}', 'Scan'],
  [
    'a transaction with a bad action',
    `TransactWriteItems { "TransactItems": [ { "Delete": { "TableName": "Music", "Key": { "Artist": { "S": "q" }, "Song": { "S": "r" } } } }, { "Put": { "TableName": "Music", "Item": { "Artist": { "S": "x" } } } } ] }`,
    '"Item"',
  ],
  [
    'a function that does not exist',
    `TransactWriteItems { "TransactItems": [ { "Put": { "TableName": "Music", "Item": { "Artist": { "S": "x" }, "Song": { "S": "x" } }, "ConditionExpression": "attribute_not_exist(a)" } } ] }`,
    'attribute_not_exist',
  ],
  ['a statement as it stands', 'SELECT * FROM "Music" LIMIT 3', '3'],
  ['a statement without a key', 'DELETE FROM "Music"', 'DELETE'],
])('%s', async (_name, script, underlined) => {
  const host = await scratchHost();
  const above = `${setup}\n# é 🎵\n`;
  const results = await runScript(host, above + script);
  const { ok, error, errorRange } = results.at(-1)!;
  expect(ok).toBe(false);
  const { from, to } = errorRange ?? { from: 0, to: 0 };
  expect([script.slice(from, to), error!.message]).toEqual([underlined, error!.message]);
  // A common mistake has words of its own, with nothing left to fill in.
  const help = explainError(error!);
  expect([help?.means, error!.message]).not.toEqual([expect.stringMatching(/breaks a rule|\$\d/), error!.message]);
  expect(help?.try).not.toMatch(/\$\d/);
});

test('what the data is like is no fault of the request', async () => {
  const host = await scratchHost();
  const results = await runScript(
    host,
    setup + put('"a": { "S": "b" }').replace(/ }$/, ', "ConditionExpression": "attribute_exists(Artist)" }'),
  );
  expect(results.at(-1)!.error!.name).toBe('ConditionalCheckFailedException');
  expect(results.at(-1)!.errorRange).toBeUndefined();
});

test('a body nested deeper than any parser’s stack has no place, and ends nothing', () => {
  const body = `{"TableName":"Music","Item":${'{"M":'.repeat(100_000)}1${'}'.repeat(100_000)}}`;
  const [block] = parseScript(`PutItem ${body}`).blocks;
  expect(locateFault({ ...block!, body }, { name: 'ValidationException', message: 'no', fields: {} })).toBeNull();
});
