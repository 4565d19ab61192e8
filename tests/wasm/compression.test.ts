/**
 * Content encodings. What the service does was observed by ScyllaDB's Alternator tests, which
 * run against it (November 2025 to January 2026).
 */
import { connect } from 'node:net';
import { crc32, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { type Endpoint, operate, send, signed, startEndpoint, tableInput } from './support/endpoint';

let endpoint: Endpoint;

const input = JSON.stringify({ TableName: 'Packed' });
const unpack = { gzip: gunzipSync, deflate: inflateSync };

beforeAll(async () => {
  endpoint = await startEndpoint();
  await operate(endpoint, 'CreateTable', tableInput('Packed'));
  const Item = { a: { S: 'k' }, text: { S: 'é'.repeat(4000) } };
  await operate(endpoint, 'PutItem', { TableName: 'Packed', Item });
});

afterAll(async () => {
  await endpoint.stop();
  expect(endpoint.output()).toMatch(/^listening on \S+\n$/);
});

describe('requests', () => {
  const pack = { gzip: gzipSync, 'x-gzip': gzipSync, GZIP: gzipSync, deflate: deflateSync, identity: Buffer.from };

  test.each(Object.entries(pack))('in %s', async (encoding, packed) => {
    const headers = { ...signed('DescribeTable'), 'content-encoding': encoding };
    const answer = await send(endpoint, { headers, body: packed(input) });
    expect([answer.status, JSON.parse(answer.text).Table?.TableName]).toEqual([200, 'Packed']);
  });

  test('in two gzip streams', async () => {
    const headers = { ...signed('DescribeTable'), 'content-encoding': 'gzip' };
    const two = Buffer.concat([gzipSync(input.slice(0, 9)), gzipSync(input.slice(9))]);
    expect((await send(endpoint, { headers, body: two })).status).toBe(200);
  });

  test.each<[string, string, Buffer]>([
    ['plain text', 'gzip', Buffer.from(input)],
    ['plain text', 'deflate', Buffer.from(input)],
    ['nothing', 'gzip', Buffer.alloc(0)],
    ['all but the last byte', 'gzip', gzipSync(input).subarray(0, -1)],
    // The service lets this one pass.
    ['junk behind it', 'gzip', Buffer.concat([gzipSync(input), Buffer.from('junk')])],
    ['an unknown encoding', 'br', Buffer.from(input)],
    ['an unknown encoding', 'garbage', Buffer.from(input)],
    ['two encodings', 'gzip, gzip', gzipSync(gzipSync(input))],
  ])('%s as %s is an internal error, and runs nothing', async (_name, encoding, body) => {
    const headers = { ...signed('DeleteTable'), 'content-encoding': encoding };
    const answer = await send(endpoint, { headers, body });
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text).__type).toBe('com.amazonaws.dynamodb.v20120810#InternalServerError');
    expect(answer.headers['content-type']).toBe('application/x-amz-json-1.0');
    expect(answer.headers['x-amz-crc32']).toBe(String(crc32(answer.bytes)));
    expect((await operate(endpoint, 'DescribeTable', { TableName: 'Packed' })).status).toBe(200);
  });

  test('a small request that inflates beyond the limit', async () => {
    const headers = { ...signed('PutItem'), 'content-encoding': 'gzip' };
    const body = gzipSync(Buffer.alloc(16 * 1024 * 1024 + 1, ' '));
    const answer = await send(endpoint, { headers, body });
    expect([answer.status, answer.headers['transfer-encoding'], answer.text]).toEqual([413, 'chunked', '']);
  });

  test('a hundred of them at once hold up nobody', async () => {
    const headers = { ...signed('PutItem'), 'content-encoding': 'gzip' };
    const body = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    let ended = 0;
    const bombs = Array.from({ length: 100 }, async () => {
      const { status } = await send(endpoint, { headers, body });
      ended++;
      return status;
    });
    // Sent behind them, answered among them.
    expect((await operate(endpoint, 'ListTables', {})).status).toBe(200);
    expect(ended).toBeLessThan(100);
    expect(new Set(await Promise.all(bombs))).toEqual(new Set([413]));
  });
});

describe('answers', () => {
  test.each([
    ['gzip', 'gzip'],
    ['deflate', 'deflate'],
    ['GZIP, identity', 'gzip'],
    // Of equals the first named.
    ['gzip, deflate', 'gzip'],
    ['br, identity, deflate, gzip', 'deflate'],
    ['dog, gzip ,, cat', 'gzip'],
    // The highest quality.
    ['gzip;q=0.8, deflate;q=0.5', 'gzip'],
    ['gzip;q=0.2, deflate;q=0.5', 'deflate'],
    ['br, gzip;q=0, deflate; q = 0.5 , identity;q=0', 'deflate'],
    ['br,identity;q=0.5,gzip;q=0.0001', 'gzip'],
    // Those not named.
    ['*', 'gzip'],
    ['*, deflate;q=0.5', 'gzip'],
    ['*, deflate', 'deflate'],
    ['*, gzip;q=0.5', 'deflate'],
    // identity counts for nothing.
    ['*, identity', 'gzip'],
    ['*;q=0.5,identity', 'gzip'],
    ['gzip;q=0.5,identity;q=0.8', 'gzip'],
    // Odd qualities.
    ['deflate;q=0.5, gzip;q=31', 'gzip'],
    ['gzip;q=31,deflate;q=51', 'gzip'],
    ['deflate;q=0.5, gzip;q=1;q=0.2', 'gzip'],
    ['deflate;q=0.5,gzip;q=0.', 'deflate'],
    ['deflate;q=0.5,gzip;q=0.x', 'gzip'],
    ['deflate;q=-0.5,gzip;q=0.2', 'gzip'],
    ['gzip;q=0, gzip;q=1, gzip;q=0', 'gzip'],
  ] as const)('Accept-Encoding: %s is answered in %s', async (accept, encoding) => {
    const headers = { ...signed('Scan'), 'accept-encoding': accept };
    const answer = await send(endpoint, { headers, body: input });
    expect(answer.headers['content-encoding']).toBe(encoding);
    // The checksum is that of the bytes sent.
    expect(answer.headers['x-amz-crc32']).toBe(String(crc32(answer.bytes)));
    expect(answer.headers['content-length']).toBe(String(answer.bytes.length));
    expect(JSON.parse(unpack[encoding](answer.bytes).toString()).Items[0].text.S).toHaveLength(4000);
  });

  test.each([
    ...['identity', '', 'br', 'zstd', 'compress', 'x-gzip', '"gzip"', 'gzip br', 'gzip:q=1'],
    ...['gzip;q=0', 'gzip ;q=0', 'identity;q=0', '*;q=0', 'br;q=0.8,identity;q=0.5,*;q=0'],
    ...['gzip;q= 0;q=1', 'gzip; q=0;q=1', 'gzip;nq=0;q=1'],
  ])('Accept-Encoding: %p is answered in none', async (accept) => {
    const headers = { ...signed('Scan'), 'accept-encoding': accept };
    const answer = await send(endpoint, { headers, body: input });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(answer.text).Count).toBe(1);
  });

  test.each([
    [['gzip', 'identity'], 'gzip'],
    [['deflate', 'gzip'], 'deflate'],
    [['identity', 'gzip'], undefined],
  ])('of several headers %j the first is looked at', async (accept, encoding) => {
    const headers = { ...signed('Scan'), 'accept-encoding': accept };
    const answer = await send(endpoint, { headers, body: input });
    expect(answer.headers['content-encoding']).toBe(encoding);
  });

  test('from 4,096 bytes on', async () => {
    /** An item whose answer to GetItem is so long. */
    const sized = async (bytes: number) => {
      const value = 'v'.repeat(bytes - '{"Item":{"a":{"S":"y"},"b":{"S":""}}}'.length);
      await operate(endpoint, 'PutItem', { TableName: 'Packed', Item: { a: { S: 'y' }, b: { S: value } } });
      const body = JSON.stringify({ TableName: 'Packed', Key: { a: { S: 'y' } } });
      return send(endpoint, { headers: { ...signed('GetItem'), 'accept-encoding': 'gzip' }, body });
    };
    const below = await sized(4095);
    expect([below.bytes.length, below.headers['content-encoding']]).toEqual([4095, undefined]);
    const at = await sized(4096);
    expect([gunzipSync(at.bytes).length, at.headers['content-encoding']]).toEqual([4096, 'gzip']);
  });
});

test('a client that leaves while its body is inflated harms nobody', async () => {
  const body = gzipSync(Buffer.alloc(8 * 1024 * 1024, ' '));
  const head = Object.entries(signed('PutItem')).map(([name, value]) => `${name}: ${value}\r\n`);
  for (let i = 0; i < 10; i++) {
    const socket = connect(endpoint.port);
    socket.on('error', () => {});
    socket.write(
      `POST / HTTP/1.1\r\nHost: localhost\r\n${head.join('')}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    socket.write(body, () => socket.destroy());
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect((await operate(endpoint, 'ListTables', {})).status).toBe(200);
});
