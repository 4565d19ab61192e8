/**
 * Attributes with the names of what every JavaScript object inherits: through requests, answers, costs, the explorer,
 * lesson checks and digests. Nobody may find a function where an item has no such attribute, or lose one that it has.
 */
import { completionsAt } from '../../web/src/editor/completion';
import { mismatches } from '../../web/src/lessons/checks/match';
import { stateVerdict } from '../../web/src/lessons/checks/state';
import { hasPart, showItem } from '../../web/src/lessons/values';
import { stateReader, toExchange } from '../../web/src/lessons/world';
import type { Item } from '../../web/src/protocol/types';
import { parseDuration } from '../../web/src/script/duration';
import { compareResults, digestResults } from '../../web/src/share';
import { attributeOf, preview } from '../../web/src/views/format';
import { shapeOf, summaryOf } from '../../web/src/views/result/model';
import { createMusic, putSong, runScript, scratchHost } from './support/world';

const odd = ['constructor', 'toString', 'valueOf', '__proto__', 'hasOwnProperty'];
const members = odd.map((name) => `${JSON.stringify(name)}: {"S": "my ${name}"}`).join(', ');
const script =
  createMusic +
  putSong('Plain', 'Song') +
  `PutItem { "TableName": "Music", "Item": { "Artist": {"S": "Odd"}, "SongTitle": {"S": "Song"}, ${members} } }\n` +
  'Scan { "TableName": "Music" }\n';

const byArtist = (items: Item[], artist: string): Item => items.find((item) => item.Artist?.S === artist)!;

test('answers, tables, costs and the explorer keep them apart', async () => {
  const host = await scratchHost();
  const results = await runScript(host, script);
  // The way from the worker to the page.
  const scan = structuredClone(results.at(-1)!);
  expect(summaryOf(scan)).toBe('2 items · 0.5 RCU');
  const [group] = shapeOf(scan, await host.tables()).groups;
  expect(new Set(group!.columns)).toEqual(new Set(['Artist', 'SongTitle', ...odd]));
  const explored = (await host.items('Music', 10)).items;
  for (const items of [group!.items, explored]) {
    for (const name of odd) {
      expect(attributeOf(byArtist(items, 'Plain'), name)).toBeUndefined();
      expect(preview(attributeOf(byArtist(items, 'Odd'), name)!)).toBe(`my ${name}`);
    }
  }
  const weighed = scan.explanation!.Items.flatMap(({ Attributes }) => Attributes.map(({ Name }) => Name));
  expect(weighed).toEqual(expect.arrayContaining(odd));
  for (const name of odd) expect(JSON.stringify(scan.response, null, 2)).toContain(`"my ${name}"`);

  const claim = digestResults(results)!;
  const again = await runScript(await scratchHost(), script);
  expect(compareResults(claim, again).state).toBe('reproduced');
});

test('lesson checks see an attribute only where there is one', async () => {
  const host = await scratchHost();
  const results = await runScript(host, script);
  const reader = stateReader(host);
  const items = await reader.items('Music');
  const [plain, own] = [byArtist(items as Item[], 'Plain'), byArtist(items as Item[], 'Odd')];
  for (const name of odd) {
    const part = JSON.parse(`{${JSON.stringify(name)}: "my ${name}"}`) as Record<string, string>;
    expect([hasPart(plain, part), hasPart(own, part)]).toEqual([false, true]);
    expect([showItem(plain, [name]), showItem(own, [name])]).toEqual([`no ${name}`, `"my ${name}"`]);
    expect(mismatches(toExchange(results.at(-1)!)!, { lacks: [name] })).toEqual([]);
    expect(mismatches(toExchange(results.at(-1)!)!, { has: [name] })).toHaveLength(1);
  }
  const verdict = await stateVerdict({ on: 'state', table: 'Music', count: 1 } as never, reader);
  expect(verdict).toMatchObject({ expected: '1 item', got: '2 items' });
});

test('words somebody types are looked up as words', () => {
  for (const name of [...odd, 'constructor']) {
    expect(parseDuration(`1 ${name.replaceAll('_', '')}`)).toHaveProperty('message');
    const text = `PutItem { "${name}": { "`;
    expect(completionsAt(text, text.length, []).suggestions).toEqual(expect.any(Array));
    const value = `PutItem { "${name}": "`;
    expect(completionsAt(value, value.length, []).suggestions).toEqual([]);
  }
});
