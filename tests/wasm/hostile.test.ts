/**
 * Requests at and beyond the limits, and requests that no client would send: each gets an
 * answer, and the endpoint lives on.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { type Endpoint, send, signed, startEndpoint } from './support/endpoint';

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
});

afterAll(async () => {
  await endpoint.stop();
  // Whatever the tests above sent, nothing failed inside.
  expect(endpoint.output()).toMatch(/^listening on \S+\n$/);
});

describe('limits', () => {
  const MAX = 16 * 1024 * 1024;

  test('one byte over 16 MiB is 413; the connection lives on', async () => {
    const answer = await send(endpoint, { body: Buffer.alloc(MAX + 1, 'a') });
    expect(answer.status).toBe(413);
    expect(answer.headers['transfer-encoding']).toBe('chunked');
    expect((await send(endpoint, { method: 'GET' })).status).toBe(200);
  });

  test('16 MiB are read', async () => {
    expect((await send(endpoint, { body: Buffer.alloc(MAX, 'a') })).status).toBe(404);
    const headers = signed('ListTables');
    const padded = Buffer.alloc(MAX, ' ');
    padded.write('{}');
    expect((await send(endpoint, { headers, body: padded })).status).toBe(200);
  });

  test('headers over 16 KiB are 400', async () => {
    const answer = await send(endpoint, { headers: { 'x-filler': 'x'.repeat(17 * 1024) } });
    expect(answer.status).toBe(400);
  });

  test('a body in chunks', async () => {
    const headers = { ...signed('ListTables'), 'transfer-encoding': 'chunked' };
    expect((await send(endpoint, { headers, body: '{"Limit":1}' })).status).toBe(200);
  });
});

describe('hostile input', () => {
  test.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '1'],
    ['half a body', '{"TableName":'],
    ['bad UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['zero bytes', Buffer.alloc(100)],
    ['lone surrogates', '{"TableName":"\\ud800"}'],
    ['deep nesting', '['.repeat(200_000)],
    ['deep nesting in a value', `{"TableName":"Deep","Item":${'{"M":{"a":'.repeat(100_000)}`],
    ['a huge number', `{"Limit":${'9'.repeat(100_000)}}`],
  ])('%s is answered with an error', async (_name, body) => {
    for (const operation of ['PutItem', 'Scan', 'CreateTable', 'BatchWriteItem']) {
      const answer = await send(endpoint, { headers: signed(operation), body });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text).__type).toMatch(/#\w+Exception$/);
    }
  });

  test.each(['garbage\r\n\r\n', 'POST / HTTP/1.1\r\nbad header\r\n\r\n'])(
    'what is not HTTP is 400: %j',
    async (text) => {
      const socket = connect(endpoint.port);
      socket.end(text);
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
      await once(socket, 'close');
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    },
  );

  test('a client that leaves in the middle of a body', async () => {
    const socket = connect(endpoint.port);
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc');
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');
    expect((await send(endpoint, { method: 'GET' })).status).toBe(200);
  });

  test('pipelined requests are answered in order', async () => {
    const head = Object.entries(signed('ListTables')).map(([name, value]) => `${name}: ${value}`);
    const one = `POST / HTTP/1.1\r\nHost: localhost\r\n${head.join('\r\n')}\r\nContent-Length: 2\r\n\r\n{}`;
    const get = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
    const socket = connect(endpoint.port);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.write(one + one + get);
    await once(socket, 'close');
    expect(answer.match(/HTTP\/1\.1 200 OK|"TableNames"|healthy/g)).toEqual([
      'HTTP/1.1 200 OK',
      '"TableNames"',
      'HTTP/1.1 200 OK',
      '"TableNames"',
      'HTTP/1.1 200 OK',
      'healthy',
    ]);
  });
});
