/**
 * DynamoDB as naively as it can be written: one JavaScript Map, whole items, everything recomputed for each question.
 * It shares no code with the engine; sizes and units follow the developer guide's rules.
 */
import type { AttributeValue, Item } from '../../wasm/client';

export const TABLE = 'Model';

/** Partition key pk (S), sort key sk (N), a local index on ls (S), a global one on gk (S) and gs (N). */
export const SCHEMA = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
    { AttributeName: 'ls', AttributeType: 'S' },
    { AttributeName: 'gk', AttributeType: 'S' },
    { AttributeName: 'gs', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'local',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'ls', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'global',
      KeySchema: [
        { AttributeName: 'gk', KeyType: 'HASH' },
        { AttributeName: 'gs', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] },
    },
  ],
} as const;

const GLOBAL_PROJECTION = ['pk', 'sk', 'gk', 'gs', 'note'];

export interface Key {
  pk: { S: string };
  sk: { N: string };
}

const identity = (key: Key) => `${key.pk.S}\u0000${key.sk.N}`;
const utf8 = (text: string) => Buffer.byteLength(text, 'utf8');

function numberSize(text: string): number {
  const digits = text.replace(/^-/, '');
  const [whole = '', fraction = ''] = digits.split('.');
  const integer = fraction === '' ? whole.replace(/0+$/, '') : whole === '0' ? '' : whole;
  const rest = integer === '' && whole === '0' ? fraction.replace(/^0+/, '') : fraction;
  if (integer === '' && rest === '') return 1;
  return 1 + Math.ceil(integer.length / 2) + Math.ceil(rest.length / 2) + (text.startsWith('-') ? 1 : 0);
}

function valueSize(value: AttributeValue): number {
  if (value.S !== undefined) return utf8(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.SS !== undefined) return value.SS.reduce((sum, member) => sum + utf8(member), 0);
  if (value.L !== undefined) return value.L.reduce((sum, element) => sum + 1 + valueSize(element), 3);
  if (value.M !== undefined)
    return Object.entries(value.M).reduce((sum, [name, v]) => sum + 1 + utf8(name) + valueSize(v), 3);
  throw new Error(`the model does not know ${JSON.stringify(value)}`);
}

export const itemSize = (item: Item) =>
  Object.entries(item).reduce((sum, [name, value]) => sum + utf8(name) + valueSize(value), 0);

const writeUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024));
const readUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / 4096)) / 2;

/** A canonical text of an item: members in one order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}

const projected = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => GLOBAL_PROJECTION.includes(name)));
const inLocal = (item: Item | undefined) => item !== undefined && 'ls' in item;
const inGlobal = (item: Item | undefined) => item !== undefined && 'gk' in item && 'gs' in item;

export class Model {
  readonly items = new Map<string, Item>();

  get(key: Key): Item | undefined {
    return this.items.get(identity(key));
  }

  /** Stores (or with undefined removes) an item and answers the write units of table and indexes. */
  put(key: Key, after: Item | undefined): number {
    const before = this.get(key);
    if (after === undefined) this.items.delete(identity(key));
    else this.items.set(identity(key), after);
    return (
      writeUnits(Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0)) +
      this.#indexUnits(before, after, inLocal, (item) => item, ['ls']) +
      this.#indexUnits(before, after, inGlobal, projected, ['gk', 'gs'])
    );
  }

  #indexUnits(
    before: Item | undefined,
    after: Item | undefined,
    isIn: (item: Item | undefined) => boolean,
    view: (item: Item) => Item,
    keys: string[],
  ): number {
    const was = isIn(before) ? view(before!) : undefined;
    const is = isIn(after) ? view(after!) : undefined;
    if (!was && !is) return 0;
    if (!was) return writeUnits(itemSize(is!));
    if (!is) return writeUnits(itemSize(was));
    if (canonical(was) === canonical(is)) return 0;
    if (keys.every((name) => canonical(was[name]) === canonical(is[name])))
      return writeUnits(Math.max(itemSize(was), itemSize(is)));
    return writeUnits(itemSize(was)) + writeUnits(itemSize(is));
  }

  /** Items of a partition in the order of its sort key. */
  query(pk: string): Item[] {
    return [...this.items.values()]
      .filter((item) => (item['pk'] as { S: string }).S === pk)
      .sort((a, b) => Number((a['sk'] as { N: string }).N) - Number((b['sk'] as { N: string }).N));
  }

  /** Items of a partition that the local index holds, by ls; equal ones in no promised order. */
  local(pk: string): Item[] {
    return this.query(pk)
      .filter(inLocal)
      .sort((a, b) => Buffer.compare(bytes(a, 'ls'), bytes(b, 'ls')));
  }

  global(gk: string): Item[] {
    return [...this.items.values()]
      .filter((item) => inGlobal(item) && (item['gk'] as { S: string }).S === gk)
      .map(projected)
      .sort((a, b) => Number((a['gs'] as { N: string }).N) - Number((b['gs'] as { N: string }).N));
  }

  readUnits(items: Item[]): number {
    return readUnits(items.reduce((sum, item) => sum + itemSize(item), 0));
  }
}

const bytes = (item: Item, name: string) => Buffer.from((item[name] as { S: string }).S, 'utf8');
