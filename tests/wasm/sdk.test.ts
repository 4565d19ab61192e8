/** An unmodified AWS SDK v3, over HTTP and over the in-process request handler. */
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { InProcessClient, SortkeyRequestHandler } from '../../wasm/client';
import { type Endpoint, startEndpoint } from './support/endpoint';
import { openEngine } from './support/engine';
import { walkThrough } from './support/sdk';

const region = 'us-east-1';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'very/secret' };

describe('over HTTP', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.stop());

  test('DynamoDBClient', async () => {
    const client = new DynamoDBClient({ endpoint: endpoint.url, region, credentials });
    await walkThrough(client);
    client.destroy();
  });

  test('DynamoDBStreamsClient', async () => {
    const client = new DynamoDBStreamsClient({ endpoint: endpoint.url, region, credentials });
    expect((await client.send(new ListStreamsCommand({}))).Streams).toEqual([]);
    client.destroy();
  });
});

describe('in process', () => {
  test('DynamoDBClient', async () => {
    const engine = new InProcessClient(await openEngine());
    await engine.inspect('Configure', { TableDelayMillis: 0 });
    const requestHandler = new SortkeyRequestHandler(engine);
    await walkThrough(new DynamoDBClient({ region, credentials, requestHandler }));
  });
});

describe('with credentials to be verified', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint(
      ...['--access-key', credentials.accessKeyId, '--secret-key', credentials.secretAccessKey],
    );
  });
  afterAll(() => endpoint.stop());

  function connect(options: Partial<typeof credentials>, inRegion = region): DynamoDBClient {
    return new DynamoDBClient({
      endpoint: endpoint.url,
      region: inRegion,
      credentials: { ...credentials, ...options },
    });
  }

  test.each([region, 'eu-west-1'])('the right ones pass in %s', async (inRegion) => {
    await walkThrough(connect({}, inRegion));
  });

  test.each([
    [
      'another key',
      connectWith({ accessKeyId: 'AKIDOTHER' }),
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ],
    [
      'another secret',
      connectWith({ secretAccessKey: 'wrong' }),
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    ],
  ])('%s', async (_name, open, name, message) => {
    await expect(open().send(new ListTablesCommand({}))).rejects.toMatchObject({ name, message });
  });

  /** Delays `connect` until the endpoint runs. */
  function connectWith(options: Partial<typeof credentials>) {
    return () => connect(options);
  }
});
