/** Virtual time over HTTP: it follows the wall clock, or moves by request only. */
import { type Endpoint, operate, send, startEndpoint, tableInput } from './support/endpoint';

const START = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;
const ADVANCE = 'Sortkey_20261120.Advance';

/** As curl would: no signature. */
async function advance(endpoint: Endpoint, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await send(endpoint, {
    headers: { 'content-type': 'application/json', 'x-amz-target': ADVANCE },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: JSON.parse(answer.text) };
}

async function nowOf(endpoint: Endpoint): Promise<number> {
  return Number((await operate(endpoint, 'Sortkey_20261120.DescribeWorld', {})).body.NowMillis);
}

async function countOf(endpoint: Endpoint): Promise<unknown> {
  return (await operate(endpoint, 'Scan', { TableName: 'Sessions', Select: 'COUNT' })).body.Count;
}

/** A table with one item that expires ten seconds after `from`. */
async function expiring(endpoint: Endpoint, from: number): Promise<void> {
  await operate(endpoint, 'CreateTable', tableInput('Sessions'));
  await operate(endpoint, 'UpdateTimeToLive', {
    TableName: 'Sessions',
    TimeToLiveSpecification: { AttributeName: 'ends', Enabled: true },
  });
  const Item = { a: { S: 'k' }, ends: { N: String(from / 1000 + 10) } };
  await operate(endpoint, 'PutItem', { TableName: 'Sessions', Item });
}

describe('--clock with a time', () => {
  let endpoint: Endpoint;
  beforeEach(async () => {
    endpoint = await startEndpoint('--clock', '2026-06-01T00:00:00Z', '--table-delay', '400');
  });
  afterEach(async () => {
    await endpoint.stop();
    expect(endpoint.output()).toMatch(/^listening on \S+\n$/);
  });

  test('begins there, stands still, and moves by Advance', async () => {
    expect(await nowOf(endpoint)).toBe(START);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await nowOf(endpoint)).toBe(START);
    expect(await advance(endpoint, { Millis: 1500 })).toEqual({
      status: 200,
      body: { now: START + 1500, events: [], stopped: false },
    });
    expect(await nowOf(endpoint)).toBe(START + 1500);
    expect((await advance(endpoint, { UntilMillis: START + DAY })).body.now).toBe(START + DAY);
    expect((await advance(endpoint, { Millis: 0 })).body.now).toBe(START + DAY);
  });

  test('tables change state, and Advance tells so', async () => {
    const created = await operate(endpoint, 'CreateTable', tableInput('Slow'));
    expect(created.body.TableDescription).toMatchObject({ TableStatus: 'CREATING', CreationDateTime: START / 1000 });
    const status = async () =>
      ((await operate(endpoint, 'DescribeTable', { TableName: 'Slow' })).body.Table as { TableStatus: string })
        .TableStatus;
    await advance(endpoint, { Millis: 399 });
    expect(await status()).toBe('CREATING');
    expect((await advance(endpoint, { Millis: 1 })).body.events).toEqual([
      { at: START + 400, kind: 'TableActive', table: 'Slow' },
    ]);
    expect(await status()).toBe('ACTIVE');
  });

  test.each<[unknown, number, string]>([
    [{}, 400, 'Advance takes Millis or UntilMillis, a whole number that is not negative'],
    [{ Millis: 1, UntilMillis: START }, 400, 'Advance takes Millis or UntilMillis'],
    [{ Millis: -1 }, 400, 'Advance takes Millis or UntilMillis'],
    [{ Millis: 1.5 }, 400, 'Advance takes Millis or UntilMillis'],
    [{ Millis: '1' }, 400, 'Advance takes Millis or UntilMillis'],
    [{ UntilMillis: START - 1 }, 400, `The clock cannot be set back: it is ${START} already`],
    [{ Millis: 11 * 365 * DAY }, 400, 'One Advance moves the clock by 315360000000 milliseconds at most'],
  ])('%j is refused', async (body, status, message) => {
    const answer = await advance(endpoint, body);
    expect([answer.status, answer.body]).toEqual([
      status,
      { __type: 'com.amazon.coral.validate#ValidationException', message: expect.stringContaining(message) },
    ]);
    expect(await nowOf(endpoint)).toBe(START);
  });

  test.each(['', '[]', 'null', '{'])('%j is no request', async (body) => {
    const answer = await advance(endpoint, body);
    expect(answer).toEqual({ status: 400, body: { __type: 'com.amazon.coral.service#SerializationException' } });
  });
});

test('--clock manual begins now', async () => {
  const before = Date.now();
  const endpoint = await startEndpoint('--clock', 'manual');
  try {
    const now = await nowOf(endpoint);
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
    expect((await advance(endpoint, { Millis: 35 * DAY })).body.now).toBe(now + 35 * DAY);
    expect(await nowOf(endpoint)).toBe(now + 35 * DAY);
  } finally {
    await endpoint.stop();
  }
});

test('a clock that follows the wall clock is not moved', async () => {
  const endpoint = await startEndpoint();
  try {
    const answer = await advance(endpoint, { Millis: DAY });
    expect([answer.status, answer.body.message]).toEqual([400, expect.stringContaining('--clock manual')]);
    expect(Math.abs((await nowOf(endpoint)) - Date.now())).toBeLessThan(60_000);
  } finally {
    await endpoint.stop();
  }
});

describe('--ttl-sweep', () => {
  const manual = ['--clock', '2026-06-01T00:00:00Z'];

  test.each([
    ['30', [29_999, 1], [1, 0]],
    ['600', [599_999, 1], [1, 0]],
    ['off', [599_999, 365 * DAY], [1, 1]],
    ['0', [599_999, 365 * DAY], [1, 1]],
  ])('%s', async (period, steps, counts) => {
    const endpoint = await startEndpoint(...manual, '--ttl-sweep', period);
    try {
      await expiring(endpoint, START);
      const seen = [];
      for (const Millis of steps) {
        await advance(endpoint, { Millis });
        seen.push(await countOf(endpoint));
      }
      expect(seen).toEqual(counts);
    } finally {
      await endpoint.stop();
    }
  });

  test('ten minutes unless told otherwise; by the wall clock too', async () => {
    const usual = await startEndpoint();
    const quick = await startEndpoint('--ttl-sweep', '1');
    try {
      const period = async (endpoint: Endpoint) =>
        (await operate(endpoint, 'Sortkey_20261120.DescribeWorld', {})).body.TimeToLiveSweepMillis;
      expect([await period(usual), await period(quick)]).toEqual([600_000, 1000]);
      await expiring(quick, Math.floor(Date.now() / 1000) * 1000 - 60_000);
      expect(await countOf(quick)).toBe(1);
      while ((await countOf(quick)) !== 0) await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await usual.stop();
      await quick.stop();
    }
  });
});
