/** Hand-made evidence for tests of the checks themselves. */
import type { Exchange, StateReader, WireItem } from '../../../web/src/lessons';

interface FakeTable {
  keys: { name: string; type: string; role: 'HASH' | 'RANGE' }[];
  items: WireItem[];
  partitions?: { id: number; items: number; keys: WireItem[] }[];
}

export function fakeWorld(tables: Record<string, FakeTable> = {}): StateReader {
  return {
    keys: (name) => Promise.resolve(tables[name]?.keys),
    items: (name) => Promise.resolve(tables[name]?.items ?? []),
    partitions: (name) => Promise.resolve(tables[name]?.partitions ?? []),
  };
}

/** A Query on Music that answered these titles. */
export function query(titles: string[], more: Partial<Exchange> = {}): Exchange {
  const items = titles.map((title) => ({ SongTitle: { S: title }, Artist: { S: 'Luna Park' } }));
  return {
    op: 'Query',
    table: 'Music',
    input: { TableName: 'Music', KeyConditionExpression: 'Artist = :a' },
    response: { Items: items, Count: items.length, ScannedCount: items.length },
    explanation: { ReadCapacityUnits: 0.5, WriteCapacityUnits: 0 },
    ...more,
  };
}

export function refusal(op: string, name: string, message = ''): Exchange {
  return { op, table: 'Music', input: { TableName: 'Music' }, error: { name, message }, explanation: null };
}
