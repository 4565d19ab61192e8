/** Small helpers for data set definitions. */
import type { Item, Json } from '../protocol/types';
import type { DatasetRows } from './types';

export type CreateTableInput = { TableName: string } & { [key: string]: Json };

type Key = [name: string, type: 'S' | 'N' | 'B'];

/** CreateTable input of an on-demand table. */
export function tableOf(name: string, partitionKey: Key, sortKey?: Key): CreateTableInput {
  const keys = sortKey ? [partitionKey, sortKey] : [partitionKey];
  return {
    TableName: name,
    AttributeDefinitions: keys.map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    KeySchema: keys.map(([AttributeName], i) => ({ AttributeName, KeyType: i === 0 ? 'HASH' : 'RANGE' })),
    BillingMode: 'PAY_PER_REQUEST',
  };
}

/** Rows of which nothing was left out or repaired. */
export function wholeRows(items: Item[]): DatasetRows {
  return { items, rows: items.length, leftOut: [], repaired: [] };
}
