/** Random keys, values, items, conditions, projections and updates. */
import type { AttributeValue, Item } from '../../../wasm/client';
import type { Comparator, Condition } from '../model/conditions';
import type { Path } from '../model/paths';
import { identity, type Key } from '../model/schema';
import type { Change } from '../model/updates';
import { byBytes } from '../model/values';
import type { Random } from './random';

const TEXTS = ['', 'a', 'b', 'é', '\u{1F3B5}', 'zz', 'a\u0000b'];
const COMPARATORS: Comparator[] = ['=', '<>', '<', '<=', '>', '>='];
const PATHS: Path[] = [
  ['note'],
  ['note', 'x'],
  ['count'],
  ['gs'],
  ['gk'],
  ['ls'],
  ['tags'],
  ['list'],
  ['list', 0],
  ['list', 2],
  ['doc', 'x'],
  ['doc', 'y'],
  ['absent'],
];

/** Whole hours from the start of the virtual clock; expiry stands on half hours, so that it is never a tie. */
export const START_SECONDS = 1_780_272_000;

export const drawText = (r: Random) => r.pick(TEXTS.slice(1));
export const drawNumber = (r: Random) => String(r.below(40) - 20);

export const drawKey = (r: Random): Key => ({ pk: { S: `p${r.below(6)}` }, sk: { N: drawNumber(r) } });

export function drawKeys(r: Random, count: number): Key[] {
  const keys = new Map<string, Key>();
  while (keys.size < count) {
    const key = drawKey(r);
    keys.set(identity(key), key);
  }
  return [...keys.values()];
}

const drawSet = (r: Random) => [...new Set([drawText(r), drawText(r)])].sort(byBytes);

export function drawValue(r: Random): AttributeValue {
  switch (r.below(7)) {
    case 0:
      return { S: r.pick(TEXTS).repeat(1 + r.below(60)) };
    case 1:
      return { N: r.pick(['0', '-1.5', '100', '12345.678', '0.001', '-99']) };
    case 2:
      return { BOOL: r.chance(2) };
    case 3:
      return { NULL: true };
    case 4:
      return { SS: drawSet(r) };
    case 5:
      return { L: [{ S: r.pick(TEXTS) }, { N: String(r.below(9)) }] };
    default:
      return { M: { x: { S: 'y'.repeat(r.below(2000)) } } };
  }
}

const drawScalar = (r: Random): AttributeValue => (r.chance(2) ? { S: r.pick(TEXTS) } : { N: String(r.below(12)) });

function drawExpiry(r: Random, hour: number): AttributeValue {
  const hours = START_SECONDS + (hour + r.below(12) - 4) * 3600;
  const aroundNow = r.pick([hours + 1800, hours, hours - 0.5, hours + 0.25]);
  const odd = r.pick<AttributeValue>([{ S: '1' }, { N: '1' }, { N: '99999999999' }]);
  return r.chance(2) ? odd : { N: String(aroundNow) };
}

/** `hour`: of the virtual clock, for the time to live. */
export function drawItem(r: Random, key: Key, hour: number): Item {
  const item: Item = { ...key };
  if (r.chance(2)) item['ls'] = { S: drawText(r) };
  if (r.chance(2)) item['gk'] = { S: `g${r.below(4)}` };
  if (r.chance(2)) item['gs'] = { N: String(r.below(5)) };
  if (r.chance(2)) item['note'] = drawValue(r);
  if (r.chance(3)) item['count'] = { N: String(r.below(100)) };
  if (r.chance(4)) item['tags'] = { SS: drawSet(r) };
  if (r.chance(4)) item['list'] = { L: [drawValue(r), drawScalar(r)] };
  if (r.chance(4)) item['doc'] = { M: { x: drawScalar(r) } };
  if (r.chance(8)) item['ttl'] = drawExpiry(r, hour);
  return item;
}

function drawLeaf(r: Random, path: Path): Condition {
  const scalar = drawScalar(r);
  switch (r.below(9)) {
    case 0:
      return { is: 'exists', path };
    case 1:
      return { is: 'missing', path };
    case 2:
      return { is: 'type', path, type: r.pick(['S', 'N', 'BOOL', 'NULL', 'SS', 'L', 'M', 'B', 'NS', 'BS']) };
    case 3:
      return r.chance(2)
        ? { is: 'compare', path, by: r.pick(['=', '<>']), value: drawValue(r) }
        : { is: 'compare', path, by: r.pick(COMPARATORS), value: scalar };
    case 4: {
      if (scalar.S !== undefined) {
        const [low, high] = [scalar.S, r.pick(TEXTS)].sort(byBytes);
        return { is: 'between', path, low: { S: low! }, high: { S: high! } };
      }
      return { is: 'between', path, low: scalar, high: { N: String(Number(scalar.N) + r.below(20)) } };
    }
    case 5:
      return { is: 'in', path, values: [scalar, drawScalar(r), drawValue(r)] };
    case 6:
      return { is: 'begins', path, text: r.pick(TEXTS) };
    case 7:
      return { is: 'contains', path, value: scalar };
    default:
      return { is: 'size', path, by: r.pick(['=', '<', '<=', '>', '>=']), count: r.below(6) };
  }
}

export function drawCondition(r: Random, paths: readonly Path[] = PATHS, depth = 2): Condition {
  const kind = depth > 0 ? r.below(6) : 0;
  if (kind < 3) return drawLeaf(r, r.pick(paths));
  if (kind === 3) return { is: 'not', inner: drawCondition(r, paths, depth - 1) };
  const left = drawCondition(r, paths, depth - 1);
  return { is: kind === 4 ? 'and' : 'or', left, right: drawCondition(r, paths, depth - 1) };
}

export const maybe = <T>(r: Random, oneIn: number, draw: () => T): T | undefined =>
  r.chance(oneIn) ? draw() : undefined;

/** Some paths, no two of which begin with the same name. */
export function drawProjection(r: Random, paths: readonly Path[] = [['pk'], ['sk'], ...PATHS]): Path[] {
  const chosen = new Map<string, Path>();
  for (let i = 1 + r.below(3); i > 0; i -= 1) {
    const path = r.pick(paths);
    chosen.set(path[0], path);
  }
  return [...chosen.values()];
}

function drawChange(r: Random): Change {
  switch (r.below(13)) {
    case 0:
      return { does: 'set', name: 'note', value: drawValue(r) };
    case 1:
      return { does: 'set', name: 'gk', value: { S: `g${r.below(4)}` } };
    case 2:
      return { does: 'set', name: 'ls', value: { S: drawText(r) } };
    case 3:
      return { does: 'set', name: 'doc', value: { M: {} } };
    case 4:
      return { does: 'remove', name: r.pick(['gk', 'ls', 'note', 'ttl', 'list']) };
    case 5:
      return { does: 'count', name: 'count', by: r.below(9) - 4 };
    case 6:
      return { does: 'add', name: r.pick(['count', 'gs']), by: r.below(5) - 2 };
    case 7:
      return { does: 'unite', name: 'tags', members: drawSet(r) };
    case 8:
      return { does: 'subtract', name: 'tags', members: drawSet(r) };
    case 9:
      return { does: 'append', name: 'list', value: drawScalar(r) };
    case 10:
      return { does: 'setElement', name: 'list', at: r.below(4), value: drawScalar(r) };
    case 11:
      return { does: 'removeElement', name: 'list', at: r.below(4) };
    default:
      return { does: 'setMember', name: 'doc', member: r.pick(['x', 'y']), value: drawScalar(r) };
  }
}

/** One to three changes of different attributes. */
export function drawChanges(r: Random, draw = drawChange): Change[] {
  const chosen = new Map<string, Change>();
  for (let i = 1 + r.below(3); i > 0; i -= 1) {
    const change = draw(r);
    chosen.set(change.name, change);
  }
  return [...chosen.values()];
}
