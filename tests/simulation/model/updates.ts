/** Updates as lists of changes, and the item they make. */
import type { AttributeValue, Item } from '../../../wasm/client';
import { byBytes } from './values';

export type Change =
  | { does: 'set'; name: string; value: AttributeValue }
  | { does: 'remove'; name: string }
  | { does: 'count'; name: string; by: number } // SET name = if_not_exists(name, 0) + by
  | { does: 'add'; name: string; by: number }
  | { does: 'unite'; name: string; members: string[] }
  | { does: 'subtract'; name: string; members: string[] }
  | { does: 'append'; name: string; value: AttributeValue } // to a list that need not be there
  | { does: 'setElement'; name: string; at: number; value: AttributeValue }
  | { does: 'removeElement'; name: string; at: number }
  | { does: 'setMember'; name: string; member: string; value: AttributeValue };

/** Changes that make no item where there is none. */
const onlyTake = new Set<Change['does']>(['remove', 'subtract', 'removeElement']);

export const creates = (changes: readonly Change[]) => changes.some(({ does }) => !onlyTake.has(does));

const sum = (value: AttributeValue | undefined, by: number) => ({ N: String(Number(value?.N ?? '0') + by) });

function changed(value: AttributeValue | undefined, change: Change): AttributeValue | undefined | 'invalid' {
  switch (change.does) {
    case 'set':
      return change.value;
    case 'remove':
      return undefined;
    case 'count':
    case 'add':
      return sum(value, change.by);
    case 'unite':
      return { SS: [...new Set([...(value?.SS ?? []), ...change.members])].sort(byBytes) };
    case 'subtract': {
      const left = (value?.SS ?? []).filter((member) => !change.members.includes(member));
      return left.length ? { SS: left } : undefined;
    }
    case 'append':
      return { L: [...(value?.L ?? []), change.value] };
    case 'setElement':
      if (!value?.L) return 'invalid';
      // Beyond the end is at the end.
      return { L: change.at < value.L.length ? value.L.with(change.at, change.value) : [...value.L, change.value] };
    case 'removeElement':
      if (!value?.L) return 'invalid';
      return { L: value.L.filter((_, at) => at !== change.at) };
    case 'setMember':
      if (!value?.M) return 'invalid';
      return { M: { ...value.M, [change.member]: change.value } };
  }
}

/**
 * The item after an update; undefined when there is none before and none is made; 'invalid' when a path does not lead
 * anywhere. REQUIRES that no attribute is named twice.
 */
export function updated(before: Item | undefined, key: Item, changes: readonly Change[]): Item | undefined | 'invalid' {
  // What only takes makes no item, and has no path to be wrong about.
  if (before === undefined && !creates(changes)) return undefined;
  const after: Item = { ...(before ?? key) };
  for (const change of changes) {
    const value = changed(before?.[change.name], change);
    if (value === 'invalid') return 'invalid';
    if (value === undefined) delete after[change.name];
    else after[change.name] = value;
  }
  return after;
}
