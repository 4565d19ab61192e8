/**
 * The request script: what people type must give the blocks they mean, every problem must be
 * underlined where it is, and text that is still being typed must never hide the blocks around it.
 */
import fc from 'fast-check';
import {
  blockAt,
  blockToRun,
  blocksBetween,
  blockText,
  formatDuration,
  locateParameter,
  nextBlock,
  parseDuration,
  parseScript,
  previousBlock,
  suggestOperation,
  targetOf,
} from '../../web/src/script';

/** The one door: parses and gives blocks as "name body|args" and problems as "underlined text: message". */
function check(text: string, blocks: string[], problems: [underlined: string, words: RegExp][] = []): void {
  const parsed = parseScript(text);
  const shown = parsed.blocks
    .filter((block) => !block.broken)
    .map((block) =>
      block.kind === 'operation'
        ? `${block.name} ${JSON.stringify(JSON.parse(block.body!))}`
        : `@${block.name} ${block.args}`,
    );
  expect(shown).toEqual(blocks);
  expect(parsed.problems.map((problem) => text.slice(problem.from, problem.to))).toEqual(problems.map(([at]) => at));
  parsed.problems.forEach((problem, i) => expect(problem.message).toMatch(problems[i]![1]));
}

describe('blocks', () => {
  test.each([
    ['one line', 'ListTables {}', ['ListTables {}']],
    ['no body means an empty one', 'ListTables', ['ListTables {}']],
    ['no body, then another block', 'ListTables\nScan {"TableName":"T"}', ['ListTables {}', 'Scan {"TableName":"T"}']],
    ['brace on the next line', 'PutItem\n{ "TableName": "T" }', ['PutItem {"TableName":"T"}']],
    ['brace after a comment line', 'PutItem # why\n// how\n{ "A": 1 }', ['PutItem {"A":1}']],
    ['two on one line', 'ListTables {} ListTables {"Limit":1}', ['ListTables {}', 'ListTables {"Limit":1}']],
    [
      'separators and blank lines',
      '### first\n\nListTables {}\n###\n\n###\nListTables {}',
      ['ListTables {}', 'ListTables {}'],
    ],
    [
      'a separator ends a name without body',
      'ListTables\n### {\nListTables {"Limit":1}',
      ['ListTables {}', 'ListTables {"Limit":1}'],
    ],
    ['trailing commas', 'Scan {"A":[1,2,],"B":{"C":1,},}', ['Scan {"A":[1,2],"B":{"C":1}}']],
    ['trailing comma before a comment', 'Scan {"A":1, // last\n}', ['Scan {"A":1}']],
    ['hash comment inside a body', 'Scan {\n # all of it\n "A":1\n}', ['Scan {"A":1}']],
    ['hash comment behind a member', 'Scan {\n "A":1, # "B":2\n}', ['Scan {"A":1}']],
    ['block comments', 'Scan /* x */ { /* "B":2, \n */ "A":1 } /* end */', ['Scan {"A":1}']],
    ['comment signs inside text', 'Scan {"A":"http://x # /* y */ }{"}', ['Scan {"A":"http://x # /* y */ }{"}']],
    ['escaped quotes', String.raw`Scan {"A":"\"}\\"}`, [String.raw`Scan {"A":"\"}\\"}`]],
    ['Windows line ends', 'Scan {\r\n"A":1,\r\n}\r\n@advance 1 day\r\n', ['Scan {"A":1}', '@advance 1 day']],
    ['byte-order mark', '\ufeffListTables', ['ListTables {}']],
    [
      'directives',
      '@advance 35 days\n@load movies # slow\n@RESET // all',
      ['@advance 35 days', '@load movies', '@reset '],
    ],
    ['emoji and CJK', 'Scan {"A":"日本語 🎵"}', ['Scan {"A":"日本語 🎵"}']],
    [
      'PartiQL until a semicolon',
      'SELECT * FROM "T"\n WHERE x = 1; ListTables',
      ['ExecuteStatement {"Statement":"SELECT * FROM \\"T\\"\\n WHERE x = 1"}', 'ListTables {}'],
    ],
    [
      'PartiQL until an empty line',
      "insert into T value {'pk': 'a'}\n\nListTables",
      [`ExecuteStatement {"Statement":"insert into T value {'pk': 'a'}"}`, 'ListTables {}'],
    ],
    [
      'PartiQL until the next block or comment',
      'UPDATE T SET a=1 WHERE b=2\nScan {"A":1}\nDELETE FROM T WHERE b=2\n# done\nselect\n  * from T\n@advance 1 s',
      [
        'ExecuteStatement {"Statement":"UPDATE T SET a=1 WHERE b=2"}',
        'Scan {"A":1}',
        'ExecuteStatement {"Statement":"DELETE FROM T WHERE b=2"}',
        'ExecuteStatement {"Statement":"select\\n  * from T"}',
        '@advance 1 s',
      ],
    ],
    [
      'PartiQL with quotes that hold what would end it',
      `SELECT "a;b" FROM T WHERE x = 'it''s; ? \n\n@advance 1 s'`,
      [`ExecuteStatement {"Statement":"SELECT \\"a;b\\" FROM T WHERE x = 'it''s; ? \\n\\n@advance 1 s'"}`],
    ],
    ['nothing', '', []],
    ['only comments', '# a\n// b\n/* c', []],
  ])('%s', (_, text, blocks) => check(text, blocks));

  test('positions: a block runs from its name to its last brace, lines count from 1', () => {
    const text = '# x\n\nPutItem {\n  "A": 1,\n}\n\n@advance 1 s  # soon\n';
    const { blocks } = parseScript(text);
    expect(blocks.map((block) => blockText(text, block))).toEqual(['PutItem {\n  "A": 1,\n}', '@advance 1 s']);
    expect(blocks.map((block) => [block.line, block.endLine])).toEqual([
      [3, 5],
      [7, 7],
    ]);
    expect(text[blocks[0]!.bodyFrom!]).toBe('{');
  });

  test('the body keeps every offset and every character of the JSON itself', () => {
    const text = 'PutItem { // c\n  "A": 1.50, /* d */ "B": [1,],\n}';
    const block = parseScript(text).blocks[0]!;
    expect(block.body).toHaveLength(text.length - block.bodyFrom!);
    expect(block.body!.indexOf('1.50') + block.bodyFrom!).toBe(text.indexOf('1.50'));
  });
});

describe('problems', () => {
  test.each<[string, string, string[], [string, RegExp][]]>([
    ['unknown operation', 'PutItm {}', [], [['PutItm', /Did you mean PutItem\?/]]],
    ['wrong case', 'getitem {}', [], [['getitem', /Did you mean GetItem\?/]]],
    ['nothing near', 'Frobnicate {}', [], [['Frobnicate', /is not an operation\.$/]]],
    ['text instead of a body', 'PutItem hello\nListTables', ['ListTables {}'], [['hello', /JSON body/]]],
    ['body without operation', '{"A":1}\nListTables', ['ListTables {}'], [['{', /no operation/]]],
    ['missing comma', 'Scan {"A":1 "B":2}', [], [['"B"', /comma/i]]],
    ['missing colon', 'Scan {"A" 1}', [], [['1', /colon/i]]],
    ['single quotes', "Scan {'A':1}", [], [["'A'", /double quotes/]]],
    ['text not closed', 'Scan {"A":"x\n}\nListTables', ['ListTables {}'], [['"x', /not closed/]]],
    [
      'body not closed, next block lives',
      'Scan {"A":1\n\nPutItem {"B":2}',
      ['PutItem {"B":2}'],
      [['{', /never closed/]],
    ],
    ['body not closed, next is a directive', 'Scan {"A":[1\n@advance 1 s', ['@advance 1 s'], [['{', /never closed/]]],
    ['body not closed, then Query', 'Scan {"A":1\nQuery {"B":2}', ['Query {"B":2}'], [['{', /never closed/]]],
    [
      'body not closed at the end',
      'Scan {"A": ',
      [],
      [
        ['{', /never closed/],
        [':', /value is expected/],
      ],
    ],
    ['SQL for an operation', 'SHOW TABLES', [], [['SHOW', /Did you mean ListTables\?/]]],
    ['SQL comment', '-- all\nListTables', ['ListTables {}'], [['-- all', /starts with # or \/\//]]],
    ['double comma', 'Scan {"A":1,,"B":2}', [], [[',', /member name/]]],
    ['odd character', '?? what\nListTables', ['ListTables {}'], [['?? what', /Expected an operation/]]],
    ['unknown directive', '@advnce 1 s', [], [['@advnce', /Did you mean @advance/]]],
    ['later directive', '@region eu-west-1', [], [['@region', /not available in this version/]]],
    ['advance without duration', '@advance', [], [['@advance', /How far/]]],
    ['advance with a wrong unit', '@advance 3 moons', [], [['3 moons', /“moons” is not a unit/]]],
    ['unknown data set', '@load movie', [], [['movie', /Did you mean movies\?/]]],
    ['reset with arguments', '@reset all', [], [['all', /nothing after it/]]],
    [
      'CLI command',
      'aws dynamodb get-item \\\n  --table-name T\nListTables',
      ['ListTables {}'],
      [['aws dynamodb get-item \\\n  --table-name T', /GetItem \{ … \}/]],
    ],
    ['PartiQL with a parameter', 'DELETE FROM "T" WHERE a = ?', [], [['?', /ExecuteStatement/]]],
  ])('%s', (_, text, blocks, problems) => check(text, blocks, problems));

  test.each<[string, string, string, number | null]>([
    ['inner brace', 'Query {\n  "A": 1,\n  "V": { ":a": { "S": "x" },\n  "Limit": 3\n}\n', '{ ":a"', 4],
    ['inner brace of many lines', 'Query {\n  "V": {\n    ":a": 1\n  "Limit": 3\n}\n', '{\n    ":a"', 4],
    ['inner bracket', 'Query {\n  "L": [\n    1,\n    2\n  "Limit": 3\n}\n', '[\n', 5],
    ['outer brace before a block', 'Query {\n  "A": 1\n\nListTables\n', '{\n', 4],
    ['outer brace at the end', 'Query {\n  "A": 1\n', '{\n', null],
    ['a brace closed further out', 'Query {\n  "V": {\n    "a": {\n      "b": 1\n  }\n}\n', '{\n      "b"', 5],
    ['nothing is indented', 'Query {\n"V": {\n"a": 1,\n"b": 2\n}\n', '{\n"V"', null],
  ])('a forgotten %s is named with the line it is missing before', (_name, text, at, line) => {
    const [problem, ...more] = parseScript(text).problems;
    // What follows from it is not said as well.
    if (line) expect(more).toEqual([]);
    expect(text.slice(problem!.from)).toMatch(new RegExp(`^${at.replace(/[[\]{}.]/g, '\\$&')}`));
    const sign = at[0] === '[' ? ']' : '}';
    const words = `This ${at[0]} is never closed.`;
    expect(problem!.message).toBe(line ? `${words} A ${sign} is missing, probably before line ${line}.` : words);
  });

  test('nesting far too deep is a problem, not a crash', () => {
    const parsed = parseScript(`PutItem {"A":${'['.repeat(200_000)}`);
    expect(parsed.blocks[0]!.broken).toBe(true);
    expect(parsed.problems.length).toBeGreaterThan(0);
  });

  test('any text: never throws, blocks in order inside the text, every problem underlines something', () => {
    const piece = fc.constantFrom(
      'PutItem ',
      '{',
      '}',
      '"',
      '[',
      ']',
      ',',
      '\n',
      '@advance 1 s',
      '//',
      '/*',
      '*/',
      '#',
      '###',
      ':',
      '\\',
      '1',
      '"A"',
      '🎵',
      ' ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (script) => {
        const { blocks, problems } = parseScript(script);
        let end = 0;
        for (const block of blocks) {
          expect(block.from).toBeGreaterThanOrEqual(end);
          expect(block.to).toBeGreaterThan(block.from);
          expect(block.line).toBe(script.slice(0, block.from).split('\n').length);
          expect(block.endLine).toBe(script.slice(0, block.to).split('\n').length);
          if (block.kind === 'operation' && !block.broken) JSON.parse(block.body!);
          end = block.to;
        }
        expect(end).toBeLessThanOrEqual(script.length);
        for (const problem of problems) {
          expect(problem.to).toBeGreaterThan(problem.from);
          expect(problem.line).toBe(script.slice(0, problem.from).split('\n').length);
        }
        // A block never fails silently: without problems nothing is broken.
        if (problems.length === 0) expect(blocks.some((block) => block.broken)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('a script of a megabyte is read in the time of a few frames', () => {
    const text =
      'PutItem {\n  // row\n  "TableName": "Music", "Item": {"Artist": {"S": "A"}, "Song": {"S": "B"},},\n}\n\n'.repeat(
        10_000,
      );
    parseScript(text);
    const start = performance.now();
    expect(parseScript(text).blocks).toHaveLength(10_000);
    // Generous for a busy machine; a quadratic reader needs minutes.
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('navigation', () => {
  const text = 'ListTables {}\n\nScan {}\n\n@reset\n';
  const { blocks } = parseScript(text);
  test.each([
    [0, 0, 0, 1, null],
    [13, 0, 0, 1, 0],
    [14, null, 0, 1, 0],
    [15, 1, 1, 2, 0],
    [text.length, null, 2, null, 2],
  ])('at offset %i', (offset, at, run, next, previous) => {
    expect(blockAt(blocks, offset)).toBe(at);
    expect(blockToRun(blocks, offset)).toBe(run);
    expect(nextBlock(blocks, offset)).toBe(next);
    expect(previousBlock(blocks, offset)).toBe(previous);
  });
  test('no blocks, and a selection', () => {
    expect(blockToRun([], 0)).toBeNull();
    expect(blocksBetween(blocks, 5, 16)).toEqual([0, 1]);
    expect(blocksBetween(blocks, 14, 14)).toEqual([]);
  });
});

describe('durations', () => {
  test.each([
    ['35 days', 3_024_000_000],
    ['90s', 90_000],
    ['1500ms', 1500],
    ['5 minutes', 300_000],
    ['1h 30m', 5_400_000],
    ['1 day, 2 hours and 3 s', 93_603_000],
    ['0.5 s', 500],
    ['2 Weeks', 1_209_600_000],
  ])('%s', (text, millis) => expect(parseDuration(text)).toEqual({ millis }));

  test.each([
    ['5', /of what/],
    ['soon', /not a duration/],
    ['-5 s', /not a duration/],
    ['0 s', /only moves forward/],
    ['999999999 days', /100 years/],
  ])('%s is refused', (text, words) => expect(parseDuration(text)).toEqual({ message: expect.stringMatching(words) }));

  test('shown in words', () => {
    expect(formatDuration(93_603_004)).toBe('1 day 2 hours 3 seconds 4 ms');
    expect(formatDuration(4)).toBe('4 ms');
  });
});

describe('operations and places', () => {
  test('targets and suggestions', () => {
    expect(targetOf('PutItem')).toBe('DynamoDB_20120810.PutItem');
    expect(targetOf('GetRecords')).toBe('DynamoDBStreams_20120810.GetRecords');
    expect(suggestOperation('TransactWriteItem')).toBe('TransactWriteItems');
    expect(suggestOperation('x')).toBeUndefined();
  });

  test('an error position in an expression becomes a place in the script, through escapes and long characters', () => {
    const text = 'Query {\n  // é\n  "KeyConditionExpression": "日 = \\"🎵\\u00e9 oops",\n}';
    const block = parseScript(text).blocks[0]!;
    const value = '日 = "🎵é ';
    const range = locateParameter(block, 'KeyConditionExpression', Buffer.byteLength(value), 4)!;
    expect(text.slice(range.from, range.to)).toBe('oops');
    const atEnd = locateParameter(block, 'KeyConditionExpression', Buffer.byteLength(`${value}oops`), 1)!;
    expect(text.slice(atEnd.from, atEnd.to)).toBe('"');
    expect(locateParameter(block, 'FilterExpression', 0, 1)).toBeNull();
  });

  test('a place inside a transaction', () => {
    const text = 'TransactWriteItems {"TransactItems":[{"Put":{"ConditionExpression":"a b"}}]}';
    const range = locateParameter(parseScript(text).blocks[0]!, 'TransactItems[0].Put.ConditionExpression', 2, 1)!;
    expect(text.slice(range.from, range.to)).toBe('b');
  });
});
