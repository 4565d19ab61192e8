/** The endpoint as a program: its command line, its start and its end. */
import { connect } from 'node:net';
import { once } from 'node:events';
import { operate, operateIn, runEndpoint, send, startEndpoint } from './support/endpoint';

const OPTIONS = [
  ...['port', 'host', 'region', 'table-delay', 'ttl-sweep', 'clock', 'wording', 'access-key', 'secret-key'],
  ...['allow-host', 'allow-origin', 'header-timeout', 'request-timeout', 'idle-timeout', 'exit-on-loss', 'help'],
];

test('--help explains every option', async () => {
  const { code, output } = await runEndpoint('--help');
  expect(code).toBe(0);
  for (const option of OPTIONS) {
    expect(output).toContain(`--${option}`);
  }
});

test.each([
  [['--port', 'x'], '--port is a whole number from 0 to 65535, not "x".'],
  [['--port', '65536'], '--port is a whole number'],
  [['--wording', 'best'], '--wording is one of newer, older, us-east-1, not "best".'],
  [['--region', 'Mars'], '--region is a Region'],
  [['--access-key', 'a'], '--access-key and --secret-key go together.'],
  [['--table-delay', '-1'], '--table-delay'],
  [['--ttl-sweep', 'never'], '--ttl-sweep is a whole number from 0 to 31536000, not "never".'],
  [['--clock', 'yesterday'], '--clock is "wall", "manual" or a time such as 2026-06-01T00:00:00Z, not "yesterday".'],
  [['--clock', '2026-13-01'], '--clock is'],
  [['--idle-timeout', '0'], '--idle-timeout is a whole number from 1 to 86400, not "0".'],
  [['--allow-host', 'http://a.example'], '--allow-host is a name without a port'],
  [['--allow-origin', 'a.example'], '--allow-origin is an origin such as https://example.org, not "a.example".'],
  [['--nonsense'], "Unknown option '--nonsense'"],
  [['stray'], 'stray'],
])('%j is refused in words', async (args, words) => {
  const { code, output } = await runEndpoint(...args);
  expect(code).toBe(2);
  expect(output).toContain(words);
  expect(output).not.toMatch(/ at /);
});

test('a port in use is said so', async () => {
  const first = await startEndpoint();
  try {
    const { code, output } = await runEndpoint('--port', String(first.port));
    expect(code).toBe(1);
    expect(output).toContain(`Port ${first.port} on 127.0.0.1 is in use.`);
  } finally {
    await first.stop();
  }
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s stops it cleanly', async (signal) => {
  const endpoint = await startEndpoint();
  // An idle keep-alive connection must not hold it back.
  await send(endpoint, { method: 'GET' });
  expect(await endpoint.stop(signal)).toBe(0);
  expect(endpoint.output()).toMatch(/^listening on \S+\n$/);
});

test('a connection that never ends its request does not hold it back for long', async () => {
  const endpoint = await startEndpoint();
  const socket = connect(endpoint.port);
  socket.on('error', () => {});
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n');
  await once(socket, 'connect');
  const before = Date.now();
  expect(await endpoint.stop()).toBe(0);
  expect(Date.now() - before).toBeLessThan(10_000);
});

test('options reach the engine', async () => {
  const endpoint = await startEndpoint(...['--region', 'eu-west-1', '--table-delay', '400', '--wording', 'older']);
  try {
    expect((await send(endpoint, { method: 'GET' })).text).toBe('healthy: dynamodb.eu-west-1.amazonaws.com ');
    const world = await operate(endpoint, 'Sortkey_20261120.DescribeWorld', {});
    expect(world.body).toMatchObject({ TableDelayMillis: 400, Wording: 'older' });
    const created = await operateIn(endpoint, 'eu-west-1', 'CreateTable', {
      TableName: 'Slow',
      AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    expect(created.body.TableDescription).toMatchObject({
      TableStatus: 'CREATING',
      TableArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/Slow',
    });
    // Wall-clock time passes for the table as well.
    const statusNow = async () => {
      const answer = await operateIn(endpoint, 'eu-west-1', 'DescribeTable', { TableName: 'Slow' });
      return (answer.body.Table as { TableStatus: string }).TableStatus;
    };
    const end = Date.now() + 10_000;
    while ((await statusNow()) !== 'ACTIVE' && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await statusNow()).toBe('ACTIVE');
  } finally {
    await endpoint.stop();
  }
});
