/**
 * HTTP as the service speaks it: what no SDK shows and every SDK relies on. The texts of the
 * authorization errors and their checksums were observed at the real service.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { crc32 } from 'node:zlib';
import {
  type Endpoint,
  operate,
  send,
  signed,
  startEndpoint,
  type WireRequest,
  type WireResponse,
} from './support/endpoint';

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
});

afterAll(async () => {
  await endpoint.stop();
  // Whatever the tests above sent, nothing failed inside.
  expect(endpoint.output()).toMatch(/^listening on \S+\n$/);
});

const LIST_TABLES = { 'x-amz-target': 'DynamoDB_20120810.ListTables' };
const UNKNOWN = { __type: 'com.amazon.coral.service#UnknownOperationException' };
const NOT_JSON = { __type: 'com.amazon.coral.service#SerializationException' };
const MISSING_TOKEN = {
  __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
  message: 'Request is missing Authentication Token',
};

function expectCommon(answer: WireResponse): void {
  expect(answer.headers['server']).toBe('Server');
  expect(answer.headers['date']).toMatch(/ GMT$/);
  expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9A-Z]{52}$/);
  expect(answer.headers['x-amz-crc32']).toBe(String(crc32(answer.bytes)));
  expect(answer.headers['content-length']).toBe(String(answer.bytes.length));
}

async function expectError(request: WireRequest, body: object, type = 'application/json'): Promise<void> {
  const answer = await send(endpoint, request);
  expect({ status: answer.status, body: JSON.parse(answer.text) }).toEqual({ status: 400, body });
  expect(answer.headers['content-type']).toBe(type);
  expectCommon(answer);
}

describe('methods and content types', () => {
  test.each(['/', '/ping', '/?x=1'])(
    'GET %s tells that the service is healthy, with one trailing space',
    async (path) => {
      const answer = await send(endpoint, { method: 'GET', path });
      expect(answer.status).toBe(200);
      expect(answer.text).toBe('healthy: dynamodb.us-east-1.amazonaws.com ');
      expectCommon(answer);
    },
  );

  test.each<[string, WireRequest]>([
    ['PUT', { method: 'PUT' }],
    ['DELETE', { method: 'DELETE' }],
    ['OPTIONS without an Origin', { method: 'OPTIONS' }],
    ['a body without a content type', { body: 'hi' }],
    ['an unknown content type', { body: 'hi', headers: { 'content-type': 'whatever' } }],
    ['another version of the protocol', { body: 'hi', headers: { 'content-type': 'application/x-amz-json-1.1' } }],
    ['a longer content type', { body: 'hi', headers: { 'content-type': 'application/jsonx' } }],
    ['GET of another path', { method: 'GET', path: '/tables' }],
    ['HEAD', { method: 'HEAD' }],
    ['PATCH', { method: 'PATCH' }],
  ])('404 for %s', async (_name, request) => {
    const answer = await send(endpoint, request);
    expect(answer.status).toBe(404);
    expect(answer.headers['x-amz-crc32']).toBe('3552371480');
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9A-Z]{52}$/);
    if (request.method === 'HEAD') return;
    expect(answer.text).toBe('<UnknownOperationException/>\n');
    expectCommon(answer);
  });

  test.each([
    ['application/json', 'application/json'],
    ['application/json;', 'application/json'],
    ['  application/json  ;   x', 'application/json'],
    ['application/x-amz-json-1.0', 'application/x-amz-json-1.0'],
    ['application/x-amz-json-1.0;charset=x', 'application/x-amz-json-1.0'],
  ])('content type %p is answered in %p', async (type, answered) => {
    await expectError({ body: 'hi', headers: { 'content-type': type } }, NOT_JSON, answered);
    await expectError({ body: '{}', headers: { 'content-type': type } }, UNKNOWN, answered);
  });
});

describe('targets', () => {
  test.each([
    ['none', {}],
    ['no dot', { 'x-amz-target': 'whatever' }],
    ['unknown operation', { 'x-amz-target': 'DynamoDB_20120810.ListTable' }],
    ['unknown service', { 'x-amz-target': 'DynamoDB_20200101.ListTables' }],
    ['two words', { 'x-amz-target': 'DynamoDB_20120810.ListTables region=eu-west-1' }],
    ['very long', { 'x-amz-target': `DynamoDB_20120810.${'x'.repeat(5000)}` }],
  ])('unknown: %s', async (_name, headers) => {
    await expectError({ headers }, UNKNOWN);
    // Signed or not: the target is looked at first.
    const { authorization, 'x-amz-date': date } = signed('ListTables') as Record<string, string>;
    await expectError({ headers: { ...headers, authorization: authorization!, 'x-amz-date': date! } }, UNKNOWN);
  });

  test('checksums of the two errors without a message are those of the service', async () => {
    const unknown = await send(endpoint, {});
    expect(unknown.headers['x-amz-crc32']).toBe('1368724161');
    const type = { 'content-type': 'application/json' };
    const notJson = await send(endpoint, { body: 'hi', headers: type });
    expect(notJson.headers['x-amz-crc32']).toBe('3948637019');
  });

  test('an operation with a success of nothing answers with an empty body', async () => {
    const created = await operate(endpoint, 'CreateTable', {
      TableName: 'Tagged',
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    const { TableArn } = created.body.TableDescription as { TableArn: string };
    const answer = await send(endpoint, {
      headers: signed('TagResource'),
      body: JSON.stringify({ ResourceArn: TableArn, Tags: [{ Key: 'k', Value: 'v' }] }),
    });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expectCommon(answer);
  });

  test('streams and the inspection namespace are reached like any other', async () => {
    const streams = await operate(endpoint, 'DynamoDBStreams_20120810.ListStreams', {});
    expect(streams).toEqual({ status: 200, body: { Streams: [] } });
    const world = await operate(endpoint, 'Sortkey_20261120.DescribeWorld', {});
    expect(world.status).toBe(200);
    // The virtual clock follows the wall clock.
    expect(Math.abs(Number(world.body.NowMillis) - Date.now())).toBeLessThan(5000);
    expect(world.body.TableDelayMillis).toBe(0);
  });
});

describe('signatures of the wrong form', () => {
  const QUERY = '/?X-Amz-Algorithm';

  test.each<[string, WireRequest]>([
    ['no signature', { headers: LIST_TABLES }],
    ['another scheme', { headers: { ...LIST_TABLES, authorization: 'AWS4' } }],
    [
      'a parameter that only starts like one',
      { path: '/?X-Amz-Algorith', headers: { ...LIST_TABLES, authorization: 'X' } },
    ],
    [
      'a query string without an algorithm',
      {
        path: '/?X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=c&X-Amz-Date=d',
        headers: LIST_TABLES,
      },
    ],
  ])('missing: %s', async (_name, request) => {
    await expectError(request, MISSING_TOKEN);
  });

  test('both a header and a query string', async () => {
    await expectError(
      { path: QUERY, headers: { ...LIST_TABLES, authorization: 'X' } },
      {
        __type: 'com.amazon.coral.service#InvalidSignatureException',
        message: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
      },
    );
  });

  test.each<[string, WireRequest, string]>([
    [
      'an empty header',
      { headers: { ...LIST_TABLES, authorization: 'AWS4-' } },
      "Authorization header requires 'Credential' parameter. " +
        "Authorization header requires 'Signature' parameter. " +
        "Authorization header requires 'SignedHeaders' parameter. " +
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. " +
        'Authorization=AWS4-',
    ],
    ...['AWS4- Signature=b Credential=a', 'AWS4- Signature=b,Credential=a'].map(
      (authorization): [string, WireRequest, string] => [
        authorization,
        { headers: { ...LIST_TABLES, authorization, date: 'a' } },
        `Authorization header requires 'SignedHeaders' parameter. Authorization=${authorization}`,
      ],
    ),
    [
      'an empty query string',
      { path: QUERY, headers: LIST_TABLES },
      "AWS query-string parameters must include 'X-Amz-Algorithm'. " +
        "AWS query-string parameters must include 'X-Amz-Credential'. " +
        "AWS query-string parameters must include 'X-Amz-Signature'. " +
        "AWS query-string parameters must include 'X-Amz-SignedHeaders'. " +
        "AWS query-string parameters must include 'X-Amz-Date'. " +
        'Re-examine the query-string parameters.',
    ],
    [
      'a query string without signed headers',
      {
        path: '/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d',
        headers: LIST_TABLES,
      },
      "AWS query-string parameters must include 'X-Amz-SignedHeaders'. " + 'Re-examine the query-string parameters.',
    ],
  ])('incomplete: %s', async (_name, request, message) => {
    await expectError(request, {
      __type: 'com.amazon.coral.service#IncompleteSignatureException',
      message,
    });
  });

  test('a body that is not JSON is told before a missing signature', async () => {
    const headers = { ...LIST_TABLES, 'content-type': 'application/json' };
    await expectError({ headers, body: '{' }, NOT_JSON);
    await expectError({ headers, body: '{}' }, MISSING_TOKEN);
  });

  test('a signature in the query string is as good as one in the header', async () => {
    const answer = await send(endpoint, {
      path: '/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d&X-Amz-SignedHeaders=e',
      headers: { ...LIST_TABLES, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(200);
  });
});

describe('browsers', () => {
  const origin = 'http://localhost:3000';
  const EXPOSED = 'x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, x-amz-crc32, Date';

  test('an answer may be read by a page', async () => {
    const headers = { ...signed('ListTables'), origin };
    const answer = await send(endpoint, { headers, body: '{}' });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['access-control-expose-headers']).toBe(EXPOSED);
    expect(answer.headers['access-control-max-age']).toBeUndefined();
  });

  test('an answer to a program names no origin', async () => {
    const answer = await send(endpoint, { headers: signed('ListTables'), body: '{}' });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('a preflight is granted what it asks for', async () => {
    const answer = await send(endpoint, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-headers': 'a, b, c',
        'access-control-request-method': 'POST',
      },
    });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe('');
    expect(answer.headers).toMatchObject({
      server: 'Server',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': EXPOSED,
      'access-control-allow-headers': 'a, b, c',
      'access-control-allow-methods': 'POST',
      'access-control-max-age': '172800',
      'content-length': '0',
    });
  });
});

describe('HTTP/1.1', () => {
  /** Sends text as it is and returns what comes until the server ends the connection. */
  async function talk(...texts: string[]): Promise<string> {
    const socket = connect(endpoint.port);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    const closed = once(socket, 'close');
    for (const text of texts) {
      socket.write(text);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await closed;
    return answer;
  }

  const head = Object.entries(signed('ListTables')).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = `POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${head.join('')}`;

  test('Expect: 100-continue is told to go on', async () => {
    const answer = await talk(`${request}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n`, '{}');
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });

  test('another expectation is refused', async () => {
    expect(await talk(`${request}Expect: magic\r\nContent-Length: 2\r\n\r\n{}`)).toMatch(/^HTTP\/1\.1 417 /);
  });

  test('a body in chunks of one byte', async () => {
    const chunks = [...'{"Limit": 1}'].map((byte) => `1\r\n${byte}\r\n`).join('');
    const answer = await talk(`${request}Transfer-Encoding: chunked\r\n\r\n`, chunks, '0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('"TableNames"');
  });

  test('HTTP/1.0 is answered and ended', async () => {
    const answer = await talk('GET / HTTP/1.0\r\n\r\n');
    expect(answer).toContain('healthy: dynamodb.us-east-1.amazonaws.com ');
  });

  test('a request of HTTP/1.1 without a Host is 400', async () => {
    expect(await talk('GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });
});
