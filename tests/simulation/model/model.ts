/**
 * DynamoDB as naively as it can be written: one JavaScript Map, whole items, everything recomputed for each question.
 * It shares no code with the engine; sizes and units follow the developer guide's rules.
 */
import { createHash } from 'node:crypto';
import type { Item } from '../../../wasm/client';
import { identity, type IndexModel, INDEXES, type Key, keyOf } from './schema';
import { canonical, itemSize, order, writeUnits } from './values';

/** Units of a write, by arm: the table's under '', the indexes' under their names; arms of 0 are left out. */
export type Arms = Record<string, number>;

export interface Change {
  before: Item | undefined;
  after: Item | undefined;
  /** Whether time to live removed it. */
  expired: boolean;
}

export const total = (arms: Arms) => Object.values(arms).reduce((sum, units) => sum + units, 0);

export function addArms(to: Arms, from: Arms): void {
  for (const [arm, units] of Object.entries(from)) to[arm] = (to[arm] ?? 0) + units;
}

/** What an index holds of an item; undefined when it lacks one of its keys. */
function entry(index: IndexModel, item: Item | undefined): Item | undefined {
  if (!item || ![...index.hash, ...index.range].every((name) => name in item)) return undefined;
  const { holds } = index;
  return holds ? Object.fromEntries(Object.entries(item).filter(([name]) => holds.includes(name))) : item;
}

function indexUnits(index: IndexModel, before: Item | undefined, after: Item | undefined): number {
  const was = entry(index, before);
  const is = entry(index, after);
  if (!was && !is) return 0;
  if (!was) return writeUnits(itemSize(is));
  if (!is) return writeUnits(itemSize(was));
  if (canonical(was) === canonical(is)) return 0;
  if ([...index.hash, ...index.range].every((name) => canonical(was[name]) === canonical(is[name])))
    return writeUnits(Math.max(itemSize(was), itemSize(is)));
  return writeUnits(itemSize(was)) + writeUnits(itemSize(is));
}

/** Items of a table come by the hash of their partition key, then by their sort key. */
function tableOrder(a: Item, b: Item): number {
  const hash = (item: Item) =>
    createHash('md5')
      .update(`Outliers${keyOf(item).pk.S}`)
      .digest('hex')
      .slice(0, 16);
  return Number(hash(a) > hash(b)) - Number(hash(a) < hash(b)) || (order(a['sk'], b['sk']!) ?? 0);
}

export class Model {
  readonly items = new Map<string, Item>();
  /** What readers of the stream have still to see. */
  unread: Change[] = [];

  get(key: Key): Item | undefined {
    return this.items.get(identity(key));
  }

  all(): Item[] {
    return [...this.items.values()];
  }

  /** Stores (or with undefined removes) an item; the units of table and indexes. */
  put(key: Key, after: Item | undefined, { transactional = false, expired = false } = {}): Arms {
    const before = this.get(key);
    if (after === undefined) this.items.delete(identity(key));
    else this.items.set(identity(key), after);
    if (canonical(before ?? null) !== canonical(after ?? null)) this.unread.push({ before, after, expired });
    const arms: Arms = { '': writeUnits(Math.max(itemSize(before), itemSize(after))) * (transactional ? 2 : 1) };
    for (const index of INDEXES) {
      const units = indexUnits(index, before, after);
      if (units > 0) arms[index.name] = units;
    }
    return arms;
  }

  /** Removes what time to live may remove at `seconds`: whole seconds that have passed, by no more than five years. */
  expire(seconds: number): void {
    const oldest = seconds - 5 * 365 * 86_400;
    for (const item of this.all()) {
      const expiry = item['ttl']?.N;
      if (expiry === undefined || Number(expiry) > seconds || Number(expiry) < oldest) continue;
      this.put(keyOf(item), undefined, { expired: true });
    }
  }

  /** Whole items, or what an index holds of them, in no promised order. */
  entries(index?: IndexModel): Item[] {
    return this.all()
      .map((item) => (index ? entry(index, item) : item))
      .filter((item) => item !== undefined);
  }

  /** Entries with these values of their partition key, by their sort key; equal ones as the table has their items. */
  partition(hash: Item, range: readonly string[], index?: IndexModel): Item[] {
    return this.entries(index)
      .filter((item) => Object.entries(hash).every(([name, value]) => canonical(item[name]) === canonical(value)))
      .sort((a, b) => range.reduce((so, name) => so || (order(a[name], b[name]!) ?? 0), 0) || tableOrder(a, b));
  }
}
