/** A link claims what an empty world gives; whoever shares is told where that is not what they see, and what would help. */
import { compareRehearsal, decodeLink, insertSetup, names, tableAsRequests } from '../../web/src/share';
import { parseScript } from '../../web/src/script';
import { defaultSettings } from '../../web/src/protocol/types';
import type { PlaygroundStore, ShareState } from '../../web/src/state';
import { differenceWords, offerWords, verdictOf } from '../../web/src/views/dialogs/share-words';
import { linkWords } from '../../web/src/views/link-words';
import { page } from './support/page';
import { eventually, settle } from './support/tabs';
import { createMusic, putSong, runScript, scratchHost } from './support/world';

const scan = 'Scan { "TableName": "Music" }\n';
type Ready = Extract<ShareState, { status: 'ready' }>;

function shareOf(store: PlaygroundStore): Ready {
  const { share } = store.get();
  if (share.status !== 'ready') throw new Error(`${share.status}: ${JSON.stringify(share)}`);
  return share;
}

/** A page with a script, run, and its Share dialog. */
async function shared(script: string, before?: (actions: PlaygroundStore['actions']) => Promise<unknown>) {
  const made = await page();
  await made.actions.openFromHash('');
  await before?.(made.actions);
  made.actions.editScript(script);
  await made.actions.runAll();
  await made.actions.prepareShare();
  return made;
}

/** What somebody else sees who opens the link and runs it. */
async function opened(hash: string) {
  const reader = await page();
  await reader.actions.openFromHash(hash);
  await reader.actions.runAll();
  const { link } = reader.store.get();
  return { ...reader, link, banner: linkWords(link, reader.store.get()) };
}

describe('the rehearsal beside the screen', () => {
  test('a script that makes everything itself: all as seen, and reproduced elsewhere', async () => {
    const { store } = await shared(createMusic + putSong('A', 'B') + scan);
    const { rehearsal, offers, claims } = shareOf(store);
    expect(rehearsal).toEqual({ succeeded: 3, failed: 0, differences: [], missing: [] });
    expect([offers, claims]).toEqual([[], 3]);
    expect(verdictOf(rehearsal!)).toEqual({
      tone: 'ok',
      title: 'Tried in an empty world: all 3 requests succeed.',
      lines: [],
    });
    const { banner } = await opened(shareOf(store).hash);
    expect(banner).toMatchObject({ tone: 'ok', title: 'Reproduced.' });
  });

  test('a table from a data set: said before copying, @load offered, and then it is reproduced', async () => {
    const { store, actions } = await shared(
      '# My look at it\n\nScan { "TableName": "Movies", "Limit": 3 }\n',
      (actions) => actions.load('movies'),
    );
    const { rehearsal, offers } = shareOf(store);
    expect(rehearsal!.missing).toEqual(['Movies']);
    const verdict = verdictOf(rehearsal!);
    expect(verdict.tone).toBe('warn');
    expect(verdict.title).toContain('the request differs in an empty world');
    expect(verdict.lines).toEqual([
      'Line 3, Scan: gives ResourceNotFoundException: This script did not make the table Movies. Here: 3 items.',
    ]);
    expect(offers.map(offerWords)).toEqual(['Add @load movies']);
    await actions.acceptOffer(offers[0]!);
    expect(store.get().script).toBe('# My look at it\n\n@load movies\n\nScan { "TableName": "Movies", "Limit": 3 }\n');
    expect(verdictOf(shareOf(store).rehearsal!)).toMatchObject({ tone: 'ok' });
    expect((await opened(shareOf(store).hash)).banner.title).toBe('Reproduced.');
  });

  test('a data set that was changed since is written out, not loaded', async () => {
    const { store } = await shared('Scan { "TableName": "People" }\n', async (actions) => {
      await actions.load('people');
      actions.editScript('PutItem { "TableName": "People", "Item": { "PersonID": { "S": "p3" } } }');
      await actions.runAll();
    });
    expect(shareOf(store).offers).toMatchObject([{ kind: 'tables', tables: ['People'], items: 3 }]);
  });

  test('a small table made elsewhere becomes requests: keys, indexes, billing, stream, time to live, items', async () => {
    const create = `CreateTable {
      "TableName": "Orders",
      "AttributeDefinitions": [
        { "AttributeName": "Customer", "AttributeType": "S" },
        { "AttributeName": "Order", "AttributeType": "N" },
        { "AttributeName": "Status", "AttributeType": "S" }
      ],
      "KeySchema": [{ "AttributeName": "Customer", "KeyType": "HASH" }, { "AttributeName": "Order", "KeyType": "RANGE" }],
      "BillingMode": "PROVISIONED",
      "ProvisionedThroughput": { "ReadCapacityUnits": 25, "WriteCapacityUnits": 40 },
      "GlobalSecondaryIndexes": [{
        "IndexName": "byStatus",
        "KeySchema": [{ "AttributeName": "Status", "KeyType": "HASH" }],
        "Projection": { "ProjectionType": "INCLUDE", "NonKeyAttributes": ["Total"] },
        "ProvisionedThroughput": { "ReadCapacityUnits": 3, "WriteCapacityUnits": 4 }
      }],
      "LocalSecondaryIndexes": [{
        "IndexName": "local",
        "KeySchema": [{ "AttributeName": "Customer", "KeyType": "HASH" }, { "AttributeName": "Status", "KeyType": "RANGE" }],
        "Projection": { "ProjectionType": "KEYS_ONLY" }
      }],
      "StreamSpecification": { "StreamEnabled": true, "StreamViewType": "NEW_IMAGE" }
    }
    UpdateTimeToLive { "TableName": "Orders", "TimeToLiveSpecification": { "AttributeName": "expires", "Enabled": true } }
    `;
    const items = Array.from(
      { length: 60 },
      (_, order) =>
        `PutItem { "TableName": "Orders", "Item": { "Customer": { "S": "c\\"${order % 7}" }, "Order": { "N": "${order}" }, "Status": { "S": "OPEN" }, "Note": { "M": { "é": { "L": [{ "NULL": true }, { "B": "AAE=" }] } } } } }`,
    ).join('\n');
    const query = `Query { "TableName": "Orders", "IndexName": "byStatus", "KeyConditionExpression": "#s = :s", "ExpressionAttributeNames": { "#s": "Status" }, "ExpressionAttributeValues": { ":s": { "S": "OPEN" } }, "ReturnConsumedCapacity": "INDEXES" }\nDescribeTimeToLive { "TableName": "Orders" }\n`;
    const { store, actions } = await shared(query, async (actions) => {
      actions.editScript(create + items);
      await actions.runAll();
    });
    const { offers } = shareOf(store);
    expect(offers.map(offerWords)).toEqual(['Add the table Orders with its 60 items as requests']);
    const batches = parseScript(offers[0]!.text).blocks.filter(({ name }) => name === 'BatchWriteItem');
    expect(batches).toHaveLength(3);
    await actions.acceptOffer(offers[0]!);
    expect(verdictOf(shareOf(store).rehearsal!)).toMatchObject({ tone: 'ok' });
    // The table there is the table here, but for what belongs to the moment.
    const reader = await opened(shareOf(store).hash);
    expect(reader.banner.title).toBe('Reproduced.');
    const plain = (table: unknown) =>
      JSON.parse(
        JSON.stringify(table, (key, value: unknown) =>
          /DateTime$|^TableId$|Label$|StreamArn$|^ItemCount$|SizeBytes$/.test(key) ? undefined : value,
        ),
      ) as unknown;
    expect(plain(reader.store.get().tables)).toEqual(plain(store.get().tables));
  });

  test('a table too large for a link is named, and no offer is made', async () => {
    const noise = (seed: number) =>
      Array.from(
        { length: 6000 },
        (_, i) => ((Math.imul(i + 1, 2654435761) ^ Math.imul(seed + 7, 40503 * (i + 3))) >>> 8) % 36,
      )
        .map((digit) => digit.toString(36))
        .join('');
    const items = Array.from({ length: 60 }, (_, i) => putSong('A', `S${i}`, `"Noise": { "S": "${noise(i)}" }`)).join(
      '',
    );
    const { store } = await shared(scan, async (actions) => {
      actions.editScript(createMusic + items);
      await actions.runAll();
    });
    expect(shareOf(store)).toMatchObject({ offers: [], tooLarge: ['Music'] });
  });

  test('results of another order of running are told apart from what the script gives', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    actions.editScript(createMusic + putSong('A', 'B') + scan);
    await actions.runAll();
    // The writing request goes; its item stays in the world here.
    actions.editScript(createMusic + scan);
    await actions.runBlock(1);
    await actions.prepareShare();
    const { differences } = shareOf(store).rehearsal!;
    expect(differences.map(differenceWords)).toEqual(['Line 7, Scan: gives 0 items; here 1 item.']);
    expect(verdictOf(shareOf(store).rehearsal!).tone).toBe('warn');
  });

  test('a second run that was refused here is no reason to warn; times and ids are not compared', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    actions.editScript(createMusic + putSong('A', 'B') + `${scan}DescribeTable { "TableName": "Music" }\n`);
    await actions.advance(60_000);
    await actions.runAll();
    await actions.prepareShare();
    expect(shareOf(store).rehearsal!.differences).toEqual([]);
    await actions.runAll();
    await actions.prepareShare();
    const verdict = verdictOf(shareOf(store).rehearsal!);
    expect(verdict).toMatchObject({ tone: 'plain', title: 'Tried in an empty world: all 4 requests succeed.' });
    expect(verdict.lines).toEqual([
      'Line 1, CreateTable: succeeds in an empty world; here it gave ResourceInUseException.',
    ]);
  });

  test('nothing was run here: what fails in an empty world is still said', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    actions.editScript(scan);
    await actions.prepareShare();
    expect(verdictOf(shareOf(store).rehearsal!)).toMatchObject({
      tone: 'warn',
      title: 'In an empty world the request fails.',
    });
  });

  test('a long rehearsal tells how far it is, can be skipped and cancelled', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    actions.editScript(`@load movies\n${scan}`);
    const steps: number[] = [];
    const stop = store.subscribe(({ share }) => {
      if (share.status === 'preparing' && share.progress.dataset) steps.push(share.progress.dataset.done);
    });
    const preparing = actions.prepareShare();
    await eventually(() => expect(steps.length).toBeGreaterThan(2));
    actions.skipRehearsal();
    expect(shareOf(store)).toMatchObject({
      claims: 0,
      rehearsal: null,
      unproved: expect.stringContaining('claims no'),
    });
    await preparing;
    expect(shareOf(store).claims).toBe(0);
    const again = actions.prepareShare();
    await settle();
    actions.closeShare();
    await again;
    expect(store.get().share).toEqual({ status: 'closed' });
    stop();
  });

  test('a file that did not arrive is not claimed as a result', async () => {
    const { store, actions } = await page(undefined, [
      undefined,
      { source: () => Promise.reject(new Error('The movies file did not arrive.')) },
    ]);
    await actions.openFromHash('');
    actions.editScript('@load movies\n');
    await actions.prepareShare();
    expect(shareOf(store)).toMatchObject({
      claims: 0,
      unproved: 'The movies file did not arrive. The link claims no results.',
    });
  });

  test('a lesson shares its own address', async () => {
    const { store, actions } = await page();
    await actions.openLesson({ id: 'keys', step: 1 }, 'ListTables {}\n');
    await actions.prepareShare();
    expect(shareOf(store).lessonUrl).toBe('https://sortkey.test/#lesson:keys');
  });
});

describe('what the banner of a link says', () => {
  test('a reproduced error is called one, and is no success', async () => {
    const { store } = await shared(scan);
    const { banner, link } = await opened(shareOf(store).hash);
    expect(link!.comparison).toMatchObject({ state: 'reproduced', errors: 1 });
    expect(banner).toEqual({
      tone: 'plain',
      title: 'Reproduced: 1 error.',
      text: 'The request fails here as the link says (line 1, Scan: ResourceNotFoundException).',
    });
  });

  test('mixed results say their counts', async () => {
    const { store } = await shared(`${createMusic}${scan}Scan { "TableName": "Other" }\n`);
    const { banner } = await opened(shareOf(store).hash);
    expect(banner).toMatchObject({ tone: 'plain', title: 'Reproduced: 2 results and 1 error.' });
  });

  test('differences are named per request', async () => {
    const { store } = await shared(createMusic + putSong('A', 'B') + scan);
    const decoded = decodeLink(shareOf(store).hash);
    if (!decoded.ok) throw new Error(decoded.fault.message);
    const { encodeLink } = await import('../../web/src/share');
    const { claim } = decoded.content;
    const script = createMusic + putSong('A', 'C') + scan;
    const forged = encodeLink({ ...decoded.content, script, claim: { ...claim!, digests: [...claim!.digests] } });
    const { banner } = await opened(forged.ok ? forged.hash : '');
    expect(banner).toEqual({
      tone: 'warn',
      title: 'Differs from what the link says:',
      text: 'line 8, Scan.',
    });
  });

  test('nothing compared yet: what to do; a file is called a file', () => {
    const state = { script: '', blocks: [], outcomes: [], world: null };
    expect(linkWords(null, state).text).toContain('from a file');
    const link = { claim: null, engineVersion: '0.1.0', comparison: null, script: '' };
    expect(linkWords(link, state).text).toContain('claims no results');
  });

  test('a script the reader changed is neither reproduced nor different', async () => {
    const { store } = await shared(createMusic + scan);
    const { hash } = shareOf(store);
    const reader = await opened(hash);
    reader.actions.editScript(scan);
    const words = linkWords(reader.store.get().link, reader.store.get());
    expect(words.tone).toBe('open');
    expect(words.text).toContain('changed since. As it came, it reproduced.');
    const other = await page();
    await other.actions.openFromHash(hash);
    other.actions.editScript(scan);
    await other.actions.runAll();
    expect(other.store.get().link!.comparison).toBeNull();
  });
});

describe('comparing and inserting', () => {
  test('a table is found as a whole name only', () => {
    expect(names('Scan { "TableName": "Music" }', 'Music')).toBe(true);
    expect(names('arn:aws:dynamodb:us-east-1:0:table/Music', 'Music')).toBe(true);
    expect(names('"MusicOld" "Old-Music" "Music.v2"', 'Music')).toBe(false);
    expect(names('"a.b"', 'a.b')).toBe(true);
    expect(names('"axb"', 'a.b')).toBe(false);
  });

  test('an attribute may be called like a member that passes, and still counts', async () => {
    const [result] = await runScript(await scratchHost(), 'ListTables {}\n');
    const answer = (value: string) => {
      const response = { Items: [{ ItemCount: { N: value } }], ItemCount: Number(value) };
      return { ...result!, response, raw: JSON.stringify(response) };
    };
    const compare = (one: string, other: string) =>
      compareRehearsal([{ text: '', rehearsed: answer(one), seen: answer(other) }], [], []).differences.length;
    expect([compare('1', '1'), compare('1', '2')]).toEqual([0, 1]);
  });

  test.each([
    ['at the top', scan, `SETUP\n\n${scan}`],
    ['below the heading', `# About\n# it\n\n${scan}`, `# About\n# it\n\nSETUP\n\n${scan}`],
    ['above the comment of the first request', `# the songs\n${scan}`, `SETUP\n\n# the songs\n${scan}`],
    ['behind a reset', `ListTables {}\n@reset\n${scan}`, `ListTables {}\n@reset\n\nSETUP\n\n${scan}`],
    ['not behind a later reset', `${scan}@reset\n`, `SETUP\n\n${scan}@reset\n`],
    ['into nothing', '', 'SETUP\n\n'],
  ])('setup goes %s', (_, script, expected) => {
    expect(insertSetup(script, parseScript(script).blocks, 'SETUP\n', ['Music'])).toBe(expected);
  });

  test('a table on demand has no throughput in its request', async () => {
    const host = await scratchHost({ ...defaultSettings });
    await runScript(host, createMusic);
    const [table] = await host.tables();
    const text = tableAsRequests(table!, []);
    expect(text).not.toContain('ProvisionedThroughput');
    expect((await runScript(await scratchHost(), text)).map(({ ok }) => ok)).toEqual([true]);
  });
});
