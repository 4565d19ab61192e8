/** Each Region has tables and streams of its own; a request is for the one its signature names. */
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { InProcessClient, SortkeyRequestHandler } from '../../wasm/client';
import { credentialIn, isRegion, regionOfCredential } from '../../wasm/client/region';
import { type Endpoint, operate, operateIn, send, signed, startEndpoint, tableInput } from './support/endpoint';
import { openEngine } from './support/engine';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'very/secret' };
const TableName = 'Music';
const Key = { a: { S: 'k' } };

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startEndpoint('--region', 'eu-central-1');
});
afterAll(() => endpoint.stop());

/** Creates the table in one of two Regions and looks for it in the other. */
async function keepsApart(virginia: DynamoDBClient, ireland: DynamoDBClient): Promise<void> {
  const { TableDescription } = await ireland.send(new CreateTableCommand(tableInput(TableName)));
  expect(TableDescription!.TableArn).toBe('arn:aws:dynamodb:eu-west-1:000000000000:table/Music');
  await ireland.send(new PutItemCommand({ TableName, Item: { ...Key, where: { S: 'Ireland' } } }));
  expect((await virginia.send(new ListTablesCommand({}))).TableNames).toEqual([]);
  await expect(virginia.send(new GetItemCommand({ TableName, Key }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  // The same name is free there, and is another table.
  await virginia.send(new CreateTableCommand(tableInput(TableName)));
  expect((await virginia.send(new GetItemCommand({ TableName, Key }))).Item).toBeUndefined();
  const { Table } = await virginia.send(new DescribeTableCommand({ TableName }));
  expect(Table!.TableArn).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/Music');
  await virginia.send(new DeleteTableCommand({ TableName }));
  expect((await ireland.send(new GetItemCommand({ TableName, Key }))).Item).toMatchObject({ where: { S: 'Ireland' } });
}

test('two clients of the AWS SDK', async () => {
  const connect = (region: string) => new DynamoDBClient({ endpoint: endpoint.url, region, credentials });
  await keepsApart(connect('us-east-1'), connect('eu-west-1'));
});

test('two clients of the AWS SDK in process', async () => {
  const engine = new InProcessClient(await openEngine());
  await engine.inspect('Configure', { TableDelayMillis: 0 });
  const requestHandler = new SortkeyRequestHandler(engine);
  const connect = (region: string) => new DynamoDBClient({ region, credentials, requestHandler });
  await keepsApart(connect('us-east-1'), connect('eu-west-1'));
});

test('streams', async () => {
  const here = new DynamoDBStreamsClient({ endpoint: endpoint.url, region: 'ap-south-1', credentials });
  const there = new DynamoDBStreamsClient({ endpoint: endpoint.url, region: 'sa-east-1', credentials });
  const created = await operateIn(endpoint, 'ap-south-1', 'CreateTable', {
    ...tableInput('Streamed'),
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
  const { LatestStreamArn: StreamArn } = created.body.TableDescription as { LatestStreamArn: string };
  expect(StreamArn).toMatch(/^arn:aws:dynamodb:ap-south-1:000000000000:table\/Streamed\/stream\//);
  await operateIn(endpoint, 'ap-south-1', 'PutItem', { TableName: 'Streamed', Item: Key });

  expect((await there.send(new ListStreamsCommand({}))).Streams).toEqual([]);
  const absent = { name: 'ResourceNotFoundException' };
  await expect(there.send(new DescribeStreamCommand({ StreamArn }))).rejects.toMatchObject(absent);

  const { StreamDescription } = await here.send(new DescribeStreamCommand({ StreamArn }));
  let records = 0;
  for (const { ShardId } of StreamDescription!.Shards!) {
    const request = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
    await expect(there.send(new GetShardIteratorCommand(request))).rejects.toMatchObject(absent);
    const { ShardIterator } = await here.send(new GetShardIteratorCommand(request));
    for (const record of (await here.send(new GetRecordsCommand({ ShardIterator }))).Records!) {
      records++;
      expect(record.awsRegion).toBe('ap-south-1');
    }
  }
  expect(records).toBe(1);
});

const CREDENTIAL = (region: string) => encodeURIComponent(`AKID/20260601/${region}/dynamodb/aws4_request`);
const query = (credential: string) =>
  `/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Signature=0&X-Amz-SignedHeaders=host&X-Amz-Date=20260601T000000Z`;
const headersOf = (target: string) => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `DynamoDB_20120810.${target}`,
});

test('a signature in the query string', async () => {
  const body = JSON.stringify(tableInput('Presigned'));
  const path = query(CREDENTIAL('ca-central-1'));
  const created = await send(endpoint, { path, headers: headersOf('CreateTable'), body });
  expect(JSON.parse(created.text).TableDescription.TableArn).toBe(
    'arn:aws:dynamodb:ca-central-1:000000000000:table/Presigned',
  );
  expect((await operateIn(endpoint, 'ca-central-1', 'ListTables', {})).body.TableNames).toEqual(['Presigned']);
  expect((await operateIn(endpoint, 'us-west-2', 'ListTables', {})).body.TableNames).toEqual([]);
});

test('a credential without a scope is for the Region of --region', async () => {
  const body = JSON.stringify(tableInput('Default'));
  await send(endpoint, { path: query('a'), headers: headersOf('CreateTable'), body });
  expect((await operateIn(endpoint, 'eu-central-1', 'ListTables', {})).body.TableNames).toEqual(['Default']);
  // So are requests of control, which need no signature.
  const headers = { 'content-type': 'application/json', 'x-amz-target': 'Sortkey_20261120.DescribeWorld' };
  expect(JSON.parse((await send(endpoint, { headers, body: '{}' })).text).Region).toBe('eu-central-1');
});

test.each(['local', 'US_1', 'x'.repeat(64)])('a Region that people made up is one too: %s', async (region) => {
  const { body } = await operateIn(endpoint, region, 'CreateTable', tableInput('Any'));
  expect((body.TableDescription as { TableArn: string }).TableArn).toContain(`:dynamodb:${region}:`);
  await operateIn(endpoint, region, 'DeleteTable', { TableName: 'Any' });
});

test.each(['a:b', 'é', 'x'.repeat(65), '..', 'us-east-1%20host'])(
  'what cannot be one is refused: %s',
  async (region) => {
    const headers = signed('ListTables', region);
    headers.authorization = Buffer.from(headers.authorization!).toString('latin1');
    const answer = await send(endpoint, { headers, body: '{}' });
    expect([answer.status, JSON.parse(answer.text).__type]).toEqual([
      400,
      'com.amazon.coral.service#InvalidSignatureException',
    ]);
  },
);

test('Regions without end are refused, until a reset', async () => {
  const statuses = [];
  for (let i = 0; i < 1010; i++) statuses.push((await operateIn(endpoint, `made-up-${i}`, 'ListTables', {})).status);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(900);
  expect(statuses.at(-1)).toBe(400);
  const refused = await operateIn(endpoint, 'made-up-1009', 'ListTables', {});
  expect(refused.body.__type).toBe('com.amazonaws.dynamodb.v20120810#LimitExceededException');
  // Those there are go on.
  expect((await operateIn(endpoint, 'made-up-1', 'ListTables', {})).status).toBe(200);
  expect((await operate(endpoint, 'Sortkey_20261120.Reset', {})).status).toBe(200);
  expect((await operateIn(endpoint, 'made-up-1009', 'ListTables', {})).status).toBe(200);
});

test.each([
  ['AWS4-HMAC-SHA256 Credential=A/1/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0', 'eu-west-1'],
  ['AWS4-HMAC-SHA256 Signature=0,Credential=A/1/eu-west-1/dynamodb/aws4_request', 'eu-west-1'],
  ['AWS4-HMAC-SHA256 Credential=A, Signature=0', undefined],
  ['AWS4-HMAC-SHA256 Credential=A/1/dynamodb/aws4_request, Signature=0', undefined],
  ['AWS4-HMAC-SHA256', undefined],
])('the Region of %s', (header, region) => {
  expect(regionOfCredential(credentialIn(header))).toBe(region);
});

test('a Region has no spaces, which would end its place in the head line', () => {
  expect(['a b', 'a\nb', ''].map(isRegion)).toEqual([false, false, false]);
});

test('an ARN of another Region names no table here, though one has its name', async () => {
  const arn = (region: string) => `arn:aws:dynamodb:${region}:000000000000:table/Twice`;
  for (const region of ['eu-north-1', 'eu-south-1']) {
    await operateIn(endpoint, region, 'CreateTable', tableInput('Twice'));
    const Item = { ...Key, where: { S: region } };
    const put = await operateIn(endpoint, region, 'PutItem', { TableName: arn(region), Item });
    expect(put.status).toBe(200);
  }
  const own = await operateIn(endpoint, 'eu-north-1', 'GetItem', { TableName: arn('eu-north-1'), Key });
  expect(own.body.Item).toMatchObject({ where: { S: 'eu-north-1' } });
  const other = arn('eu-south-1');
  const keys = { [other]: { Keys: [Key] } };
  for (const [operation, input] of [
    ['GetItem', { TableName: other, Key }],
    ['PutItem', { TableName: other, Item: Key }],
    ['Query', { TableName: other, KeyConditionExpression: 'a = :a', ExpressionAttributeValues: { ':a': Key.a } }],
    ['BatchGetItem', { RequestItems: keys }],
    ['DescribeTable', { TableName: other }],
    ['DeleteTable', { TableName: other }],
    ['ListTagsOfResource', { ResourceArn: other }],
    ['TagResource', { ResourceArn: other, Tags: [{ Key: 'k', Value: 'v' }] }],
    ['UntagResource', { ResourceArn: other, TagKeys: ['k'] }],
    ['GetResourcePolicy', { ResourceArn: other }],
    ['DescribeContinuousBackups', { TableName: other }],
  ] as const) {
    const answer = await operateIn(endpoint, 'eu-north-1', operation, input);
    // The error is each operation's own; none of them finds the table.
    const type = expect.stringMatching(/#(ResourceNotFound|TableNotFound|AccessDenied|Validation)Exception$/);
    expect([operation, answer.status, answer.body.__type]).toEqual([operation, 400, type]);
  }
});
