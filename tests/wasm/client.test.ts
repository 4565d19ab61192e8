/** The typed client over the real module: the four calls, and text across the boundary. */
import fc from 'fast-check';
import {
  type Engine,
  EngineStoppedError,
  InProcessClient,
  ServiceFailure,
  type StateDigest,
  type World,
} from '../../wasm/client';
import { openEngine, openLonelyEngine } from './support/engine';

const START_MILLIS = Date.UTC(2026, 5, 1);

const MUSIC = {
  TableName: 'Music',
  AttributeDefinitions: [{ AttributeName: 'Artist', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'Artist', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
};

async function openMusic(): Promise<{ engine: Engine; client: InProcessClient }> {
  const engine = await openEngine();
  const client = new InProcessClient(engine);
  await client.inspect<World>('Configure', { TableDelayMillis: 0 });
  const created = await client.request('CreateTable', MUSIC);
  expect(created.error).toBeUndefined();
  return { engine, client };
}

async function digest(client: InProcessClient): Promise<string> {
  return (await client.inspect<StateDigest>('StateDigest')).Digest;
}

test('a result carries the parsed answer and the text it came as', async () => {
  const { client } = await openMusic();
  const Item = { Artist: { S: 'Acme Band' }, Year: { N: '1999' } };
  expect(await client.request('PutItem', { TableName: 'Music', Item })).toEqual({
    status: 200,
    ok: true,
    body: {},
    text: '{}',
  });
  const found = await client.request<{ Item: typeof Item }>(
    'DynamoDB_20120810.GetItem',
    JSON.stringify({ TableName: 'Music', Key: { Artist: Item.Artist } }),
  );
  expect(found.body!.Item).toEqual(Item);
});

test('an error is a result with name, message and the other fields', async () => {
  const { client } = await openMusic();
  const Item = { Artist: { S: 'Acme Band' } };
  await client.request('PutItem', { TableName: 'Music', Item });
  const failed = await client.request('PutItem', {
    TableName: 'Music',
    Item,
    ConditionExpression: 'attribute_not_exists(Artist)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  expect(failed).toMatchObject({
    status: 400,
    ok: false,
    error: {
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      fields: { Item },
    },
  });
});

test('inspection throws what the engine answers', async () => {
  const client = new InProcessClient(await openEngine());
  await expect(client.inspect('DescribeNothing')).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
  await expect(client.inspect('DescribeNothing')).rejects.toBeInstanceOf(ServiceFailure);
});

test('operations of streams find their namespace', async () => {
  const client = new InProcessClient(await openEngine());
  expect((await client.request('ListStreams', {})).body).toEqual({ Streams: [] });
});

test('the clock starts at a fixed time, moves when told and never back', async () => {
  const client = new InProcessClient(await openEngine());
  expect((await client.inspect<World>('DescribeWorld')).NowMillis).toBe(START_MILLIS);
  await client.request('CreateTable', MUSIC);
  const report = await client.advance(START_MILLIS + 60_000);
  expect(report).toMatchObject({ now: START_MILLIS + 60_000, stopped: false });
  expect(report.events).toContainEqual(expect.objectContaining({ kind: 'TableActive', table: 'Music' }));
  expect((await client.advance(START_MILLIS)).now).toBe(START_MILLIS + 60_000);
});

test('a snapshot and the journal after it make the same state again', async () => {
  const { engine, client } = await openMusic();
  const snapshot = engine.drainJournal(true);
  expect(engine.drainJournal()).toHaveLength(0);
  await client.request('PutItem', { TableName: 'Music', Item: { Artist: { S: 'Ünïcode ♥' } } });
  const journal = engine.drainJournal();
  expect(journal.length).toBeGreaterThan(0);

  const other = await openEngine();
  const report = other.restore(Buffer.concat([snapshot, journal]));
  expect(report).toMatchObject({ ok: true, damage: null });
  expect(report.bytesRead).toBe(snapshot.length + journal.length);
  expect(await digest(new InProcessClient(other))).toBe(await digest(client));
});

test('a damaged tail costs the tail and is reported', async () => {
  const { engine, client } = await openMusic();
  const snapshot = engine.drainJournal(true);
  const before = await digest(client);
  await client.request('PutItem', { TableName: 'Music', Item: { Artist: { S: 'lost' } } });
  const journal = engine.drainJournal();
  journal[journal.length - 1]! ^= 0xff;

  const other = await openEngine();
  const report = other.restore(Buffer.concat([snapshot, journal]));
  expect(report.ok).toBe(true);
  expect(report.damage).toMatchObject({ offset: snapshot.length, reason: expect.any(String) });
  expect(await digest(new InProcessClient(other))).toBe(before);
});

test('a snapshot comes in pieces of one moment, whatever is written between them', async () => {
  const { engine, client } = await openMusic();
  const put = (i: number) =>
    client.request('PutItem', { TableName: 'Music', Item: { Artist: { S: String(i) }, v: { S: 'x'.repeat(50_000) } } });
  for (let i = 0; i < 40; i++) await put(i);
  engine.drainJournal();
  expect(engine.moreToDrain).toBe(false);
  const before = await digest(client);
  const pieces = [engine.drainJournal(true, 300_000)];
  const journal: Uint8Array[] = [];
  while (engine.moreToDrain) {
    await put(100 + pieces.length);
    journal.push(engine.drainJournal());
    pieces.push(engine.drainJournal('rest', 300_000));
  }
  expect(pieces.length).toBeGreaterThan(4);
  const other = await openEngine();
  expect(other.restore(Buffer.concat(pieces)).damage).toBeNull();
  expect(await digest(new InProcessClient(other))).toBe(before);
  expect(other.restore(Buffer.concat([...pieces, ...journal])).damage).toBeNull();
  expect(await digest(new InProcessClient(other))).toBe(await digest(client));
});

test('a full memory refuses a write, which changes nothing', async () => {
  const { engine, client } = await openMusic();
  await client.inspect<World>('Configure', { MemoryLimitMegabytes: 4 });
  const put = (i: number) =>
    client.request('PutItem', {
      TableName: 'Music',
      Item: { Artist: { S: String(i) }, v: { S: 'x'.repeat(390_000) } },
    });
  let count = 0;
  let last = await put(count);
  while (last.ok) last = await put(++count);
  expect(count).toBeGreaterThan(4);
  expect(last).toMatchObject({ status: 500, error: { name: 'InternalServerError' } });
  expect(last.error!.message).toMatch(/^This engine's memory is full \(\d MB of 4 MB\)\. Nothing was changed\./);
  expect(engine.stopped).toBeNull();
  const world = await client.inspect<World>('DescribeWorld');
  expect(world.MemoryLimitBytes).toBe(4 << 20);
  expect(world.MemoryBytes).toBeLessThanOrEqual(4 << 20);
  expect((await client.request('GetItem', { TableName: 'Music', Key: { Artist: { S: '0' } } })).ok).toBe(true);
});

describe('text across the boundary', () => {
  test('any string comes back as it was', async () => {
    const { client } = await openMusic();
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const Item = { Artist: { S: 'k' }, Text: { S: value } };
        await client.request('PutItem', { TableName: 'Music', Item });
        const found = await client.request<{ Item: typeof Item }>('GetItem', {
          TableName: 'Music',
          Key: { Artist: { S: 'k' } },
        });
        expect(found.body!.Item.Text.S).toBe(value);
      }),
      { numRuns: 300 },
    );
  });

  // Around the lengths where the client changes from a loop to the platform's encoder.
  test.each([0, 1, 23, 24, 25, 31, 32, 33, 34, 1000])(
    'bytes and text agree on a body padded by %d',
    async (padding) => {
      const engine = await openEngine();
      for (const filler of [' ', 'x', 'é', '€', '😀']) {
        const body = filler === ' ' ? `{}${' '.repeat(padding)}` : `{"${filler.repeat(padding)}":1}`;
        const asText = engine.call('DynamoDB_20120810.ListTables', body);
        const asBytes = engine.callBytes('DynamoDB_20120810.ListTables', Buffer.from(body));
        expect(asText).toEqual({ status: 200, body: '{"TableNames":[]}' });
        expect(Buffer.from(asBytes.body).toString()).toBe(asText.body);
      }
    },
  );

  test('a lone surrogate is answered, and does no harm', async () => {
    const engine = await openEngine();
    const answer = engine.call('DynamoDB_20120810.DescribeTable', '{"TableName":"\ud800"}');
    expect(answer.status).toBe(400);
  });
});

describe('memory', () => {
  test('bodies that outgrow the buffer and the memory', async () => {
    const engine = await openLonelyEngine();
    const before = engine.memory.length;
    for (const size of [100_000, 1_000_000, 8_000_000, 10]) {
      const body = `{"x":"${'é'.repeat(size)}"}`;
      expect(engine.call('DynamoDB_20120810.ListTables', body).status).toBe(200);
      const bytes = Buffer.from(body);
      expect(engine.callBytes('DynamoDB_20120810.ListTables', bytes).status).toBe(200);
    }
    expect(engine.memory.length).toBeGreaterThan(before);
    expect(engine.advance(START_MILLIS + 1).now).toBe(START_MILLIS + 1);
  });

  test('calls, snapshots and restores leak nothing', async () => {
    const engine = await openLonelyEngine();
    const round = () => {
      engine.call('DynamoDB_20120810.CreateTable', JSON.stringify(MUSIC));
      for (let i = 0; i < 200; i++) {
        const Item = { Artist: { S: `artist ${i}` }, Text: { S: 'x'.repeat(500) } };
        engine.call('DynamoDB_20120810.PutItem', JSON.stringify({ TableName: 'Music', Item }));
      }
      engine.restore(engine.drainJournal(true));
      engine.call('Sortkey_20261120.Reset', '{}');
    };
    for (let i = 0; i < 20; i++) round();
    const settled = engine.memory.length;
    for (let i = 0; i < 100; i++) round();
    expect(engine.memory.length).toBe(settled);
  });

  test('an engine that was disposed of refuses in words', async () => {
    const engine = await openEngine();
    engine.dispose();
    engine.dispose();
    expect(() => engine.call('DynamoDB_20120810.ListTables', '{}')).toThrow(EngineStoppedError);
    expect(() => engine.drainJournal()).toThrow('disposed');
  });
});

test('a target is one line', async () => {
  const engine = await openEngine();
  expect(() => engine.call('a\nb', '{}')).toThrow(RangeError);
  expect(() => engine.call('x'.repeat(2000), '{}')).toThrow(RangeError);
  expect(engine.call('DynamoDB_20120810.ListTables', '{}').status).toBe(200);
});

test('parameters travel beside the body', async () => {
  const engine = await openEngine();
  const body = JSON.stringify(MUSIC);
  const answer = engine.call('DynamoDB_20120810.CreateTable', body, { region: 'eu-west-1' });
  expect(answer.status).toBe(200);
  expect(answer.body).toContain('arn:aws:dynamodb:eu-west-1:000000000000:table/Music');
});
