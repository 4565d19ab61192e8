/**
 * Who may ask: programs on this machine and pages served from it, not the pages of other sites
 * that happen to be open in its browser.
 */
import { Callers } from '../../wasm/endpoint/callers';
import { type Endpoint, operate, send, signed, startEndpoint, tableInput } from './support/endpoint';

const RESET = 'Sortkey_20261120.Reset';
const FOREIGN = 'https://evil.example';

function control(target: string, headers: Record<string, string> = {}) {
  return { headers: { 'content-type': 'application/json', 'x-amz-target': target, ...headers }, body: '{}' };
}

describe('the Host header', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint('--allow-host', 'dynamodb.test');
    await operate(endpoint, 'CreateTable', tableInput('Kept'));
  });
  afterAll(() => endpoint.stop());

  test.each([
    ...['localhost', 'localhost:8000', 'LOCALHOST.', 'my-app.localhost:1', '127.0.0.1', '127.0.0.1:8000', '127.1.2.3'],
    ...['[::1]', '[::1]:8000', 'dynamodb.test', 'DynamoDB.test:8000'],
  ])('%s is ours', async (host) => {
    const answer = await send(endpoint, { headers: { ...signed('ListTables'), host }, body: '{}' });
    expect(answer.status).toBe(200);
  });

  test.each([
    ...[
      'evil.example',
      'evil.example:8000',
      'localhost.evil.example',
      'evil.example:localhost',
      '127.0.0.1.evil.example',
    ],
    ...['notlocalhost', '10.0.0.1', '0.0.0.0', '[::2]', 'other.test', 'localhost@evil.example', '[::1].evil.example'],
  ])('%s is not', async (host) => {
    for (const headers of [signed('DeleteTable'), control(RESET).headers]) {
      const body = JSON.stringify({ TableName: 'Kept' });
      const answer = await send(endpoint, { headers: { ...headers, host } as Record<string, string>, body });
      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        403,
        {
          __type: 'com.amazon.coral.service#AccessDeniedException',
          message: expect.stringMatching(/does not answer to the name in the Host header, ".*--allow-host/),
        },
      ]);
    }
    const health = await send(endpoint, { method: 'GET', headers: { host } });
    expect([health.status, health.text]).toEqual([403, expect.stringContaining('--allow-host')]);
    expect((await operate(endpoint, 'DescribeTable', { TableName: 'Kept' })).status).toBe(200);
  });

  test('a name that an attacker has pointed at this machine: a page of its own origin gets nothing', async () => {
    // What a browser sends after DNS rebinding: one origin and host, no preflight.
    const headers = { host: 'evil.example:8000', origin: 'http://evil.example:8000' };
    const answer = await send(endpoint, control(RESET, headers));
    expect(answer.status).toBe(403);
    expect((await operate(endpoint, 'DescribeTable', { TableName: 'Kept' })).status).toBe(200);
  });

  test('DescribeEndpoints names the host that was asked', async () => {
    for (const host of ['localhost:8000', '127.0.0.1:8000', 'dynamodb.test']) {
      const answer = await send(endpoint, { headers: { ...signed('DescribeEndpoints'), host }, body: '{}' });
      expect(JSON.parse(answer.text)).toEqual({ Endpoints: [{ Address: host, CachePeriodInMinutes: 1440 }] });
    }
  });
});

describe('which names are ours depends on where we listen', () => {
  const callers = (host: string, allowedHosts: string[] = []) =>
    new Callers({ host, allowedHosts, allowedOrigins: [] });

  test('on every address: any address, but no names', () => {
    for (const host of ['0.0.0.0', '::']) {
      expect(callers(host).answersTo('192.168.1.5:8000')).toBe(true);
      expect(callers(host).answersTo('[fe80::1]:8000')).toBe(true);
      expect(callers(host).answersTo('evil.example')).toBe(false);
    }
  });
  test('on one address or name: that one and localhost', () => {
    expect(callers('192.168.1.5').answersTo('192.168.1.5:8000')).toBe(true);
    expect(callers('192.168.1.5').answersTo('192.168.1.6')).toBe(false);
    expect(callers('box.lan').answersTo('Box.lan:80')).toBe(true);
    expect(callers('box.lan').answersTo('localhost')).toBe(true);
  });
  test('* is any name; no Host at all is no browser', () => {
    expect(callers('127.0.0.1', ['*']).answersTo('evil.example')).toBe(true);
    expect(callers('127.0.0.1').answersTo(undefined)).toBe(true);
  });
  test('a refusal is not forgotten after an acceptance', () => {
    const one = callers('127.0.0.1');
    expect([one.answersTo('localhost'), one.answersTo('a.example'), one.answersTo('localhost')]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('the Origin header', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint('--allow-origin', 'https://app.example');
    await operate(endpoint, 'CreateTable', tableInput('Kept'));
  });
  afterAll(() => endpoint.stop());

  const listed = async (origin: string) =>
    (await send(endpoint, { headers: { ...signed('ListTables'), origin }, body: '{}' })).status;

  test.each([
    ...[
      'http://localhost',
      'http://localhost:3000',
      'https://127.0.0.1:8443',
      'http://[::1]:5173',
      'http://a.localhost',
    ],
    ...['https://app.example', 'https://APP.example', 'whatever'],
  ])('%s may send operations', async (origin) => {
    expect(await listed(origin)).toBe(200);
  });

  test.each([
    ...[FOREIGN, 'null', 'http://localhost.evil.example', 'https://evil.example:443', 'http://app.example'],
    ...['file://', 'chrome-extension://abcdef', 'http://localhost@evil.example'],
  ])('%s may not, and can read why', async (origin) => {
    const body = JSON.stringify({ TableName: 'Kept' });
    const answer = await send(endpoint, { headers: { ...signed('DeleteTable'), origin }, body });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      403,
      {
        __type: 'com.amazon.coral.service#AccessDeniedException',
        message: expect.stringContaining('--allow-origin'),
      },
    ]);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect((await operate(endpoint, 'DescribeTable', { TableName: 'Kept' })).status).toBe(200);
  });

  test.each([FOREIGN, 'http://localhost:3000', 'http://127.0.0.1', 'null', 'whatever'])(
    '%s may not control the endpoint',
    async (origin) => {
      for (const target of [RESET, 'Sortkey_20261120.Configure', 'Sortkey_20261120.Advance']) {
        for (const signature of [{}, signed(target)]) {
          expect((await send(endpoint, control(target, { ...signature, origin }))).status).toBe(403);
        }
      }
      expect((await operate(endpoint, 'DescribeTable', { TableName: 'Kept' })).status).toBe(200);
    },
  );

  test('a program may control it, signed or not; a page if its origin was named', async () => {
    const world = 'Sortkey_20261120.DescribeWorld';
    expect((await send(endpoint, control(world))).status).toBe(200);
    expect((await send(endpoint, control(world, signed(world)))).status).toBe(200);
    expect((await send(endpoint, control(world, { origin: 'https://app.example' }))).status).toBe(200);
  });

  test('what a page can send without asking first runs nothing', async () => {
    // No preflight precedes these content types, and with them no page can name a target.
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const headers = { 'content-type': type, origin: FOREIGN };
      expect((await send(endpoint, { headers, body: '{}' })).status).toBe(404);
    }
  });
});

test('--allow-origin * opens operations to every page, control to none', async () => {
  const endpoint = await startEndpoint('--allow-origin', '*');
  try {
    const answer = await send(endpoint, { headers: { ...signed('ListTables'), origin: FOREIGN }, body: '{}' });
    expect(answer.status).toBe(200);
    expect((await send(endpoint, control(RESET, { origin: FOREIGN }))).status).toBe(403);
  } finally {
    await endpoint.stop();
  }
});

test('where signatures are verified, control needs one', async () => {
  const endpoint = await startEndpoint('--access-key', 'AKID', '--secret-key', 'secret');
  try {
    const unsigned = await send(endpoint, control(RESET));
    expect(JSON.parse(unsigned.text).__type).toBe('com.amazon.coral.service#MissingAuthenticationTokenException');
    const forged = await send(endpoint, control(RESET, signed(RESET)));
    expect(forged.status).toBe(400);
  } finally {
    await endpoint.stop();
  }
});
