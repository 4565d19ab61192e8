/** Checks on the world after the run. Open world: what a check does not name may be anything. */
import type { PlainValue, StateReader, StateTest, WireItem } from '../types';
import { plural } from '../../protocol/words';
import { hasPart, showItem, toWireItem } from '../values';
import { itemsMatch, numberHolds } from './match';
import type { Verdict } from './verdict';

/** Verdict of a state test; fields are judged in the order of the format, the first failures are reported. */
export async function stateVerdict(test: StateTest, world: StateReader): Promise<Verdict> {
  const keys = await world.keys(test.table);
  const exists = keys !== undefined;
  if (test.exists === false) {
    return { holds: !exists, expected: `no table ${test.table}`, got: exists ? 'it exists' : 'none' };
  }
  if (!exists) return { holds: false, expected: `table ${test.table}`, got: `no table ${test.table}` };
  const parts: Verdict[] = [{ holds: true, expected: `table ${test.table}`, got: 'it exists' }];
  if (test.keys) {
    const got = keys.map((key) => `${key.name} ${key.type}`).join(', ');
    parts.push({ holds: got === test.keys.join(', '), expected: `keys ${test.keys.join(', ')}`, got: `keys ${got}` });
  }
  if (test.count !== undefined || test.items || test.absent)
    parts.push(...itemVerdicts(test, await world.items(test.table)));
  if (test.partitions !== undefined || test.spread) parts.push(...(await partitionVerdicts(test, world)));
  const failed = parts.filter((one) => !one.holds);
  const shown = failed.length > 0 ? failed : parts.length > 1 ? parts.slice(1) : parts;
  return {
    holds: failed.length === 0,
    expected: shown.map((one) => one.expected).join(', '),
    got: shown.map((one) => one.got).join(', '),
    progress: failed[0]?.progress ?? '',
  };
}

function itemVerdicts(test: StateTest, items: WireItem[]): Verdict[] {
  const parts: Verdict[] = [];
  if (test.count !== undefined) {
    const { holds, expected, over } = numberHolds(test.count, items.length);
    const exact = /^\d+$/.test(expected) && !over;
    parts.push({
      holds,
      expected: counted(expected, 'item'),
      got: plural(items.length, 'item'),
      ...(exact ? { progress: `${items.length} of ${expected}` } : {}),
    });
  }
  if (test.items) {
    const missing = test.items.filter((part) => !items.some((item) => hasPart(item, part)));
    parts.push({
      holds: itemsMatch(items, test.items, test.exact ? 'any' : 'within'),
      expected: `${test.exact ? 'only ' : ''}${showParts(test.items)}`,
      got: `${plural(items.length, 'item')}${missing.length > 0 ? ` without ${showParts(missing)}` : ` in ${test.table}`}`,
      progress: missing.length > 0 ? `${test.items.length - missing.length} of ${test.items.length}` : '',
    });
  }
  for (const part of test.absent ?? []) {
    const found = items.filter((item) => hasPart(item, part)).length;
    parts.push({ holds: found === 0, expected: `no ${showParts([part])}`, got: `${found} of them` });
  }
  return parts;
}

async function partitionVerdicts(test: StateTest, world: StateReader): Promise<Verdict[]> {
  const partitions = await world.partitions(test.table);
  const parts: Verdict[] = [];
  if (test.partitions !== undefined) {
    const { holds, expected } = numberHolds(test.partitions, partitions.length);
    parts.push({ holds, expected: counted(expected, 'partition'), got: plural(partitions.length, 'partition') });
  }
  if (test.spread) {
    const { key, over } = test.spread;
    const holding = partitions.filter((one) => one.keys.some((held) => hasPart(held, key)));
    const { holds, expected } = numberHolds(over, holding.length);
    const where = holding.map((one) => one.id).join(', ');
    parts.push({
      holds,
      expected: `${showParts([key])} on ${expected} of ${plural(partitions.length, 'partition')}`,
      got: holding.length === 0 ? 'on none' : `on ${holding.length}: number ${where}`,
    });
  }
  return parts;
}

/** "4 items", "at least 1 item". */
const counted = (expected: string, one: string): string => `${expected} ${/\b1$/.test(expected) ? one : `${one}s`}`;

const showParts = (parts: { [name: string]: PlainValue }[]): string =>
  parts.map((part) => showItem(toWireItem(part))).join(', ');
