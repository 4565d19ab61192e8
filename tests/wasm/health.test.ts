/** What the endpoint says of itself, and what it does when its engine is lost. */
import { once } from 'node:events';
import { operate, send, startEndpoint, tableInput } from './support/endpoint';
import { startFailingEndpoint, TRAP } from './support/failingEndpoint';

const LOST =
  /^The engine failed at \d{4}-\d\d-\d\dT[\d:.]+Z while it ran DynamoDB_20120810\.PutItem, and all tables are lost\. Send Sortkey_20261120\.Reset to go on with an empty database, or restart the endpoint\.$/;

const trap = { TableName: 'Music', Item: { a: { S: TRAP } } };
const get = { TableName: 'Music', Key: { a: { S: 'k' } } };

test('a lost engine is told to everyone until the loss is acknowledged', async () => {
  const endpoint = await startFailingEndpoint();
  try {
    await operate(endpoint, 'CreateTable', tableInput('Music'));
    expect((await send(endpoint, { method: 'GET' })).status).toBe(200);

    // The request itself, those behind it, whatever they ask, and the health line.
    for (const [operation, input] of [
      ['PutItem', trap],
      ['GetItem', get],
      ['CreateTable', tableInput('Music')],
      ['Sortkey_20261120.DescribeWorld', {}],
    ] as const) {
      expect(await operate(endpoint, operation, input)).toEqual({
        status: 500,
        body: { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: expect.stringMatching(LOST) },
      });
    }
    const health = await send(endpoint, { method: 'GET' });
    expect([health.status, health.text]).toEqual([
      503,
      expect.stringMatching(/^unhealthy: The engine failed at .*\n$/),
    ]);

    expect(await operate(endpoint, 'Sortkey_20261120.Reset', {})).toEqual({ status: 200, body: {} });
    expect((await send(endpoint, { method: 'GET' })).text).toBe('healthy: dynamodb.us-east-1.amazonaws.com ');
    expect((await operate(endpoint, 'ListTables', {})).body).toEqual({ TableNames: [] });
    expect((await operate(endpoint, 'CreateTable', tableInput('Music'))).status).toBe(200);
    expect((await operate(endpoint, 'GetItem', get)).status).toBe(200);

    // It may fail again.
    expect((await operate(endpoint, 'PutItem', trap)).status).toBe(500);
    expect((await operate(endpoint, 'GetItem', get)).status).toBe(500);
    expect((await operate(endpoint, 'Sortkey_20261120.Reset', {})).status).toBe(200);
    expect((await operate(endpoint, 'ListTables', {})).status).toBe(200);

    // The log tells each loss once, with its cause, and each acknowledgement.
    const log = endpoint.output();
    expect(log.match(/all tables are lost/g)).toHaveLength(2);
    expect(log.match(/RuntimeError: unreachable/g)).toHaveLength(2);
    expect(log.match(/The loss was acknowledged/g)).toHaveLength(2);
  } finally {
    await endpoint.stop();
  }
});

test('the new engine has the settings of the command line', async () => {
  const endpoint = await startFailingEndpoint(
    ...['--clock', '2026-06-01T00:00:00Z', '--ttl-sweep', '5', '--table-delay', '7', '--wording', 'older'],
  );
  try {
    const world = async () => (await operate(endpoint, 'Sortkey_20261120.DescribeWorld', {})).body;
    const before = await world();
    expect((await operate(endpoint, 'PutItem', trap)).status).toBe(500);
    expect((await operate(endpoint, 'Sortkey_20261120.Reset', {})).status).toBe(200);
    expect(await world()).toEqual(before);
    expect(before).toMatchObject({ TimeToLiveSweepMillis: 5000, TableDelayMillis: 7, Wording: 'older' });
  } finally {
    await endpoint.stop();
  }
});

test('with --exit-on-loss the endpoint answers and ends', async () => {
  const endpoint = await startFailingEndpoint('--exit-on-loss');
  const exit = once(endpoint.process, 'exit');
  expect((await operate(endpoint, 'PutItem', trap)).status).toBe(500);
  expect((await exit)[0]).toBe(70);
  expect(endpoint.output()).toMatch(/all tables are lost/);
});

test('Reset of an engine that lives is the engine’s', async () => {
  const endpoint = await startEndpoint();
  try {
    await operate(endpoint, 'CreateTable', tableInput('Music'));
    expect(await operate(endpoint, 'Sortkey_20261120.Reset', {})).toEqual({ status: 200, body: {} });
    expect((await operate(endpoint, 'ListTables', {})).body).toEqual({ TableNames: [] });
  } finally {
    await endpoint.stop();
    expect(endpoint.output()).toMatch(/^listening on \S+\n$/);
  }
});
