/** Evidence: what of a block result becomes an exchange, and what a playground tells the checks. */
import { stateReader, toExchange, type WorldClient } from '../../web/src/lessons';
import type { BlockResult, Item, PartitionsReport } from '../../web/src/protocol/types';

const result = (more: Partial<BlockResult>): BlockResult => ({
  block: 0,
  line: 1,
  name: 'PutItem',
  ok: true,
  status: 200,
  request: { operation: 'PutItem', body: '', input: { TableName: 'Music' } },
  response: {},
  raw: '{}',
  consumed: { read: 0, write: 1 },
  events: [],
  startedMillis: 7,
  endedMillis: 11,
  ms: 0,
  ...more,
});

describe('toExchange', () => {
  test('a success has a response and no error', () => {
    expect(toExchange(result({}))).toEqual({
      op: 'PutItem',
      table: 'Music',
      input: { TableName: 'Music' },
      response: {},
      explanation: null,
      at: 7,
    });
  });

  test('a refusal has an error and no response', () => {
    const error = { name: 'ValidationException', message: 'no', fields: {} };
    const exchange = toExchange(result({ ok: false, status: 400, response: { message: 'no' }, error }));
    expect(exchange).toMatchObject({ error: { name: 'ValidationException', message: 'no' } });
    expect(exchange).not.toHaveProperty('response');
  });

  test('a directive, and a block that never ran, are no evidence', () => {
    expect(toExchange(result({ name: '@advance' }))).toBeUndefined();
    expect(toExchange(result({ status: 0, ok: false }))).toBeUndefined();
  });
});

describe('stateReader', () => {
  const items: Item[] = Array.from({ length: 5 }, (_, index) => ({ Id: { N: String(index) } }));
  function client(): WorldClient & { asked: string[] } {
    const asked: string[] = [];
    return {
      asked,
      tables: () => {
        asked.push('tables');
        return Promise.resolve([{ name: 'Music', partitionKey: { name: 'Id', type: 'N' as const } }]);
      },
      items: (table, _limit, after) => {
        asked.push(`items ${table}`);
        const from = after ? items.findIndex((item) => item === after) + 1 : 0;
        const page = items.slice(from, from + 2);
        return Promise.resolve({ items: page, next: from + 2 < items.length ? page[1] : null });
      },
      partitions: () =>
        Promise.resolve({
          TableName: 'Music',
          Partitions: [{ Id: 3, HashFrom: '0', HashTo: 'f', Items: 5, Bytes: 9, Keys: [{ Key: items[0], Hash: '1' }] }],
        } as PartitionsReport),
    };
  }

  test('reads every page, and a table only once', async () => {
    const world = client();
    const reader = stateReader(world);
    expect(await reader.items('Music')).toEqual(items);
    expect(await reader.items('Music')).toEqual(items);
    expect(world.asked).toEqual(['items Music', 'items Music', 'items Music']);
  });

  test('knows keys, and tables that are not there', async () => {
    const reader = stateReader(client());
    expect(await reader.keys('Music')).toEqual([{ name: 'Id', type: 'N', role: 'HASH' }]);
    expect(await reader.keys('Films')).toBeUndefined();
  });

  test('tells which keys a partition holds', async () => {
    expect(await stateReader(client()).partitions('Music')).toEqual([{ id: 3, items: 5, keys: [items[0]] }]);
  });
});
