/** Warnings about requests that can run but do not say what was meant. */
import fs from 'node:fs';
import path from 'node:path';
import { hintsOf } from '../../web/src/editor/hints';
import { filledIn, NESTED_MEMBERS, OPERATIONS, UNOFFERED_MEMBERS } from '../../web/src/editor/vocabulary';
import { parseScript } from '../../web/src/script';
import { EXAMPLES } from '../../web/src/views/examples';

function hints(script: string): [string, string][] {
  return hintsOf(script, parseScript(script).blocks).map(({ from, to, message }) => [script.slice(from, to), message]);
}

describe('unknown members', () => {
  test.each<[string, string, string, RegExp]>([
    [
      'a misspelt member',
      'Query { "KeyConditionExpresion": "a" }',
      '"KeyConditionExpresion"',
      /no member of Query; the service ignores it\. Did you mean KeyConditionExpression\?/,
    ],
    ['another case', 'Scan { "tableName": "T" }', '"tableName"', /Did you mean TableName\?/],
    ['nothing near', 'Scan { "Frobnicate": 1 }', '"Frobnicate"', /ignores it\.$/],
    [
      'inside an action',
      'TransactWriteItems { "TransactItems": [{ "Put": { "Table": "T" } }] }',
      '"Table"',
      /no member of Put/,
    ],
    [
      'inside an index',
      'CreateTable { "GlobalSecondaryIndexes": [{ "Name": "i" }] }',
      '"Name"',
      /GlobalSecondaryIndexes/,
    ],
    [
      'inside a batch',
      'BatchWriteItem { "RequestItems": { "T": [{ "Put": { "Item": {} } }] } }',
      '"Put"',
      /no member of RequestItems/,
    ],
    ['after a comment and é', '# é\n\nScan {\n  // more\n  "Limt": 1,\n}', '"Limt"', /Did you mean Limit\?/],
  ])('%s', (_name, script, at, words) => {
    expect(hints(script)).toEqual([[at, expect.stringMatching(words)]]);
  });

  test.each([
    'PutItem { "TableName": "T", "Item": { "Projection": { "M": { "Whatever": { "S": "x" } } }, "Limt": { "N": "1" } } }',
    'Query { "KeyConditions": { "a": { "ComparisonOperator": "EQ", "AttributeValueList": [] } } }',
    'UpdateTable { "GlobalSecondaryIndexUpdates": [{ "Update": { "IndexName": "i", "ProvisionedThroughput": {} } }] }',
    'BatchGetItem { "RequestItems": { "AnyName": { "Keys": [] } } }',
    'CreateBackup { "Anything": 1 }',
    'Scan { "a": }',
    EXAMPLES.music,
    ...OPERATIONS.map(({ name, skeleton }) => `${name} ${filledIn(skeleton)}`),
  ])('nothing to say about %s', (script) => expect(hints(script)).toEqual([]));

  test('every member the engine reads is known', () => {
    const folder = path.join(__dirname, '../../engine/src/operations');
    const known = new Set([
      ...OPERATIONS.flatMap(({ members }) => members),
      ...Object.values(NESTED_MEMBERS).flat(),
      ...Object.values(UNOFFERED_MEMBERS).flat(),
      // Members of what is not looked into.
      ...['Keys', 'PutRequest', 'DeleteRequest', 'Action', 'Value', 'Type', 'ShardId'],
    ]);
    for (const { name } of OPERATIONS) {
      const file = path.join(folder, `${name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase()}.cc`);
      const members = [...fs.readFileSync(file, 'utf8').matchAll(/\{"([A-Z]\w+)",\s*&/g)].map((match) => match[1]!);
      expect(members.filter((member) => !known.has(member))).toEqual([]);
    }
  });
});

describe('SQL that DynamoDB reads otherwise', () => {
  test.each<[string, string, RegExp]>([
    ['SELECT * FROM Music WHERE Artist = "Luna Park"', '"Luna Park"', /'Luna Park'/],
    ['SELECT * FROM Music WHERE Artist IN ["A"]', '"A"', /double quotes are for names/],
    ['UPDATE "Music" SET Genre = "pop" WHERE Artist = \'a\'', '"pop"', /'pop'/],
    ['SELECT COUNT(*) FROM Music', 'COUNT', /"Select": "COUNT"/],
    ['SELECT * FROM Music LIMIT 3', 'LIMIT', /"Limit": 3/],
    ['SELECT * FROM Music m LEFT OUTER JOIN Albums', 'LEFT OUTER JOIN', /reads one table/],
    ["SELECT * FROM Music WHERE Artist LIKE 'L%'", 'LIKE', /begins_with/],
    ['SELECT Artist FROM Music GROUP BY Artist', 'GROUP BY', /does not add up/],
    ['SELECT DISTINCT Artist FROM Music', 'DISTINCT', /drop it/],
    ['SELECT TOP 3 * FROM Music', 'TOP', /"Limit"/],
    ["INSERT INTO Music (Artist) VALUES ('a')", 'VALUES', /VALUE \{/],
    ['SELECT * FROM A UNION SELECT * FROM B', 'UNION', /one statement for each/],
  ])('%s', (statement, at, words) => {
    expect(hints(`ListTables {}\n\n${statement}\n`)).toEqual([[at, expect.stringMatching(words)]]);
    const body = `ExecuteStatement { "Statement": ${JSON.stringify(statement)} }`;
    const inBody = hints(body);
    expect(inBody).toHaveLength(1);
    expect(inBody[0]![0].replaceAll('\\"', '"').replace(/^\\?"?|"$/g, '')).toBe(at.replace(/^"|"$/g, ''));
  });

  test.each([
    `SELECT * FROM "Music"."by-year" WHERE "Artist" = 'limit 3 count( join' AND "Year" BETWEEN 1 AND 2 ORDER BY "Year" DESC`,
    `SELECT "Count", Limits FROM Music WHERE contains(Title, 'like') -- LIMIT 3`,
    `INSERT INTO Music VALUE {'Artist': 'it''s "VALUES"'}`,
    `UPDATE Music SET a = list_append(a, [1]) WHERE Artist = 'x'`,
    `SELECT * FROM Music WHERE size("Tags") > 3`,
  ])('nothing to say about %s', (statement) => expect(hints(statement)).toEqual([]));
});

test('the same hints wherever a block stands', () => {
  const block = 'Scan { "Limt": 1 }';
  const script = `${block}\n\n${block}\n`;
  expect(hintsOf(script, parseScript(script).blocks).map(({ line, from }) => [line, from])).toEqual([
    [1, 7],
    [3, 27],
  ]);
});
