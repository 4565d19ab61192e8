/** The table of the simulation and its indexes, as data for the request and for the model. */
import type { Item } from '../../../wasm/client';

export const TABLE = 'Model';

export interface IndexModel {
  name: string;
  global: boolean;
  hash: string[];
  range: string[];
  /** Names an entry holds; undefined: the whole item. */
  holds?: string[];
}

/** ls may be missing, gk and gs too: all indexes are sparse. */
export const INDEXES: readonly IndexModel[] = [
  { name: 'local', global: false, hash: ['pk'], range: ['ls'] },
  { name: 'global', global: true, hash: ['gk'], range: ['gs'], holds: ['pk', 'sk', 'gk', 'gs', 'note'] },
  {
    name: 'multi',
    global: true,
    hash: ['gk', 'gs'],
    range: ['ls', 'count'],
    holds: ['pk', 'sk', 'gk', 'gs', 'ls', 'count'],
  },
];

const keySchema = (hash: readonly string[], range: readonly string[]) => [
  ...hash.map((AttributeName) => ({ AttributeName, KeyType: 'HASH' })),
  ...range.map((AttributeName) => ({ AttributeName, KeyType: 'RANGE' })),
];

const projection = ({ name, holds }: IndexModel) =>
  !holds
    ? { ProjectionType: 'ALL' }
    : name === 'global'
      ? { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] }
      : { ProjectionType: 'KEYS_ONLY' };

const described = (global: boolean) =>
  INDEXES.filter((index) => index.global === global).map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(index.hash, index.range),
    Projection: projection(index),
  }));

const types = { pk: 'S', sk: 'N', ls: 'S', gk: 'S', gs: 'N', count: 'N' };

export const SCHEMA = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: Object.entries(types).map(([AttributeName, AttributeType]) => ({
    AttributeName,
    AttributeType,
  })),
  KeySchema: keySchema(['pk'], ['sk']),
  LocalSecondaryIndexes: described(false),
  GlobalSecondaryIndexes: described(true),
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

export const EXPIRY = { TableName: TABLE, TimeToLiveSpecification: { Enabled: true, AttributeName: 'ttl' } };

export interface Key {
  pk: { S: string };
  sk: { N: string };
}

export const keyOf = (item: Item): Key => ({ pk: item['pk'] as Key['pk'], sk: item['sk'] as Key['sk'] });
export const identity = (key: Key) => `${key.pk.S}\u0000${key.sk.N}`;
