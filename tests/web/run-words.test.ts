/** What is said about a run, and about time that moved by itself. */
import type { BlockResult } from '../../web/src/protocol/types';
import { clockMoveOf, summaryOfRun } from '../../web/src/state/summary';
import {
  clockWords,
  costWords,
  countWords,
  sinceWords,
  span,
  spokenSummary,
  waitWords,
} from '../../web/src/views/run-words';
import { createMusic, putSong, runScript, scratchHost } from './support/world';

const addIndex = `UpdateTable {
  "TableName": "Music",
  "AttributeDefinitions": [{ "AttributeName": "Year", "AttributeType": "N" }],
  "GlobalSecondaryIndexUpdates": [{ "Create": {
    "IndexName": "byYear", "KeySchema": [{ "AttributeName": "Year", "KeyType": "HASH" }], "Projection": { "ProjectionType": "ALL" }
  } }]
}\n`;

test('a table that is made, changed and deleted says how long the clock ran', async () => {
  const script = `${createMusic}${putSong('A', 'B')}${addIndex}DeleteTable { "TableName": "Music" }\n@advance 1 hour\n`;
  const results = await runScript(await scratchHost(), script);
  const [create, put, update, remove, advance] = results as [
    BlockResult,
    BlockResult,
    BlockResult,
    BlockResult,
    BlockResult,
  ];
  expect(waitWords(create)).toBe('clock advanced 5 s until the table was ACTIVE');
  expect(waitWords(put)).toBe('');
  expect(waitWords(update)).toMatch(/^clock advanced 5 min until the index was ACTIVE$/);
  expect(waitWords(remove)).toBe('clock advanced 5 s until the table was gone');
  // What a directive asks for is no news.
  expect(waitWords(advance)).toBe('');
  expect(sinceWords(create)).toBe(
    'The answer says CREATING, as it was at 00:00:00. Then the clock advanced 5 s until the table was ACTIVE: it is 00:00:05 now.',
  );
  expect([sinceWords(put), sinceWords(advance)]).toEqual(['', '']);
  const move = clockMoveOf(results)!;
  expect(move.by).toEqual(['CreateTable', 'UpdateTable', 'DeleteTable']);
  expect(clockWords(move)).toMatch(/^The clock advanced 5 minutes 10 seconds by itself, for CreateTable/);
  expect(clockMoveOf([put, advance])).toBeNull();
});

test('virtual time is counted in whole seconds, as the clock beside it shows them', () => {
  expect([span(17_640), span(59_999), span(999), span(5000)]).toEqual([
    '17 seconds',
    '59 seconds',
    '999 ms',
    '5 seconds',
  ]);
});

test('a run in one sentence, for eyes and ears', async () => {
  const host = await scratchHost();
  const script = createMusic + putSong('A', 'B');
  const first = summaryOfRun(await runScript(host, script), 2);
  expect([countWords(first), costWords(first)]).toEqual([
    'All 2 requests OK',
    '0 RCU · 1 WCU · 5 seconds of virtual time',
  ]);
  const again = summaryOfRun(await runScript(host, script), 2);
  expect(again).toMatchObject({ failed: 1, existed: true, loaded: false });
  expect(countWords(again)).toBe('1 of 2 requests OK');
  expect(spokenSummary(again, 1)).toBe(
    '1 of 2 requests OK. 1 failed: CreateTable, line 1, ResourceInUseException. 0 RCU, 1 WCU, 4 ms of virtual time.',
  );
  const stopped = summaryOfRun((await runScript(host, script)).slice(1), 9);
  expect(countWords(stopped)).toBe('Stopped after 1 of 9 requests, 1 OK');
  const loaded = summaryOfRun(await runScript(host, '@load people\n'), 1);
  expect(costWords(loaded)).toContain('loading not counted');
});
