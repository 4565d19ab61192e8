/** Verified signatures on the wire: age, scope and form, in the header and in the query string. */
import { createHash, createHmac } from 'node:crypto';
import { type Endpoint, send, startEndpoint, type WireRequest, type WireResponse } from './support/endpoint';

const ACCESS_KEY = 'AKIDEXAMPLE';
const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG';

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startEndpoint('--access-key', ACCESS_KEY, '--secret-key', SECRET_KEY);
});
afterAll(() => endpoint.stop());

interface Options {
  at?: number;
  scope?: string;
  signedHeaders?: string;
  algorithm?: string;
  body?: string;
}

const basic = (millis: number) => new Date(millis).toISOString().replace(/[-:]|\.\d+/g, '');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Signs as the documentation says, written apart from what it tests. */
function sign(canonicalQuery: string, headers: Record<string, string>, options: Options): string {
  const names = (options.signedHeaders ?? 'host;x-amz-target').split(';');
  const date = basic(options.at ?? Date.now());
  const scope = options.scope ?? `${date.slice(0, 8)}/us-east-1/dynamodb/aws4_request`;
  const canonical = [
    'POST\n/',
    canonicalQuery,
    ...names.map((name) => `${name}:${headers[name] ?? ''}`),
    `\n${names.join(';')}`,
    sha256(options.body ?? '{}'),
  ].join('\n');
  let key: string | Buffer = `AWS4${SECRET_KEY}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  return createHmac('sha256', key).update(text).digest('hex');
}

function byHeader(options: Options = {}): WireRequest {
  const date = basic(options.at ?? Date.now());
  const headers: Record<string, string> = {
    host: `127.0.0.1:${endpoint.port}`,
    'content-type': 'application/json',
    'x-amz-date': date,
    'x-amz-target': 'DynamoDB_20120810.ListTables',
  };
  const scope = options.scope ?? `${date.slice(0, 8)}/us-east-1/dynamodb/aws4_request`;
  const signedHeaders = options.signedHeaders ?? 'host;x-amz-target';
  headers.authorization =
    `${options.algorithm ?? 'AWS4-HMAC-SHA256'} Credential=${ACCESS_KEY}/${scope}, ` +
    `SignedHeaders=${signedHeaders}, Signature=${sign('', headers, options)}`;
  return { headers, body: '{}' };
}

function byQuery(options: Options & { expires?: string } = {}): WireRequest {
  const date = basic(options.at ?? Date.now());
  const headers = {
    host: `127.0.0.1:${endpoint.port}`,
    'content-type': 'application/json',
    'x-amz-target': 'DynamoDB_20120810.ListTables',
  };
  const query = [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Credential=${ACCESS_KEY}%2F${date.slice(0, 8)}%2Fus-east-1%2Fdynamodb%2Faws4_request`,
    `X-Amz-Date=${date}`,
    `X-Amz-Expires=${options.expires ?? '60'}`,
    'X-Amz-SignedHeaders=host%3Bx-amz-target',
  ].join('&');
  const signature = sign(query, headers, options);
  return { path: `/?${query}&X-Amz-Signature=${signature}`, headers, body: '{}' };
}

async function outcome(request: WireRequest): Promise<[number, string, string]> {
  const answer: WireResponse = await send(endpoint, request);
  const { __type = '', message = '' } = JSON.parse(answer.text) as Record<string, string>;
  return [answer.status, __type.split('#').pop()!, message];
}

test('a right signature in the header or the query string', async () => {
  expect(await outcome(byHeader())).toEqual([200, '', '']);
  expect(await outcome(byQuery())).toEqual([200, '', '']);
});

test('a changed body', async () => {
  for (const request of [byHeader(), byQuery()]) {
    const [status, name, message] = await outcome({ ...request, body: '{"Limit":1}' });
    expect([status, name]).toEqual([400, 'InvalidSignatureException']);
    expect(message).toMatch(/^The request signature we calculated does not match/);
  }
});

test('a body that is not JSON and an unknown target are told first', async () => {
  const request = byHeader();
  expect((await outcome({ ...request, body: '{' }))[1]).toBe('SerializationException');
  const headers = { ...request.headers, 'x-amz-target': 'DynamoDB_20120810.ListTable' };
  expect((await outcome({ ...request, headers }))[1]).toBe('UnknownOperationException');
});

test('age', async () => {
  const minutes = 60_000;
  expect(await outcome(byHeader({ at: Date.now() - 14 * minutes }))).toEqual([200, '', '']);
  const [, expired, expiredText] = await outcome(byHeader({ at: Date.now() - 16 * minutes }));
  expect(expired).toBe('InvalidSignatureException');
  expect(expiredText).toMatch(
    /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
  );
  const [, early, earlyText] = await outcome(byHeader({ at: Date.now() + 16 * minutes }));
  expect(early).toBe('InvalidSignatureException');
  expect(earlyText).toMatch(/^Signature not yet current: .* is still later than /);
  const [, late] = await outcome(byQuery({ at: Date.now() - 2 * minutes }));
  expect(late).toBe('InvalidSignatureException');
});

test.each<[string, Options, string, string]>([
  [
    'host is not signed',
    { signedHeaders: 'x-amz-target' },
    'InvalidSignatureException',
    "'Host' must be a 'SignedHeader' in the AWS Authorization.",
  ],
  [
    'another algorithm',
    { algorithm: 'AWS4-HMAC-SHA25' },
    'IncompleteSignatureException',
    "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). ",
  ],
  [
    'a short scope',
    { scope: 'b/c/d' },
    'IncompleteSignatureException',
    `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${ACCESS_KEY}/b/c/d'`,
  ],
])('%s', async (_name, options, name, message) => {
  expect(await outcome(byHeader(options))).toEqual([400, name, message]);
});

test('every wrong part of the scope is named', async () => {
  const [, name, message] = await outcome(byHeader({ scope: '20200101/m@rs/s3/end' }));
  expect(name).toBe('InvalidSignatureException');
  expect(message).toMatch(
    /^Credential should be scoped to a valid region, not 'm@rs'\. Credential should be scoped to correct service: 'dynamodb'\. Credential should be scoped with a valid terminator: 'aws4_request', not 'end'\. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20200101' != '\d{8}', from '\d{8}T\d{6}Z'\.$/,
  );
});

test('a date that is none', async () => {
  const request = byHeader();
  const headers = { ...request.headers, 'x-amz-date': '201' };
  expect(await outcome({ ...request, headers })).toEqual([
    400,
    'IncompleteSignatureException',
    "Date must be in ISO-8601 'basic format'. Got '201'. See http://en.wikipedia.org/wiki/ISO_8601",
  ]);
});
