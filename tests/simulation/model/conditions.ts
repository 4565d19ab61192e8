/** Conditions as trees, and whether an item meets them. */
import type { AttributeValue, Item } from '../../../wasm/client';
import { type Path, valueAt } from './paths';
import { order, same, typeOf } from './values';

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { is: 'exists'; path: Path }
  | { is: 'missing'; path: Path }
  | { is: 'type'; path: Path; type: string }
  | { is: 'compare'; path: Path; by: Comparator; value: AttributeValue }
  | { is: 'between'; path: Path; low: AttributeValue; high: AttributeValue }
  | { is: 'in'; path: Path; values: AttributeValue[] }
  | { is: 'begins'; path: Path; text: string }
  | { is: 'contains'; path: Path; value: AttributeValue }
  | { is: 'size'; path: Path; by: Exclude<Comparator, '<>'>; count: number }
  | { is: 'and'; left: Condition; right: Condition }
  | { is: 'or'; left: Condition; right: Condition }
  | { is: 'not'; inner: Condition };

const orders: Record<Exclude<Comparator, '=' | '<>'>, (difference: number) => boolean> = {
  '<': (d) => d < 0,
  '<=': (d) => d <= 0,
  '>': (d) => d > 0,
  '>=': (d) => d >= 0,
};

export function compares(value: AttributeValue | undefined, by: Comparator, other: AttributeValue): boolean {
  if (by === '=') return same(value, other);
  if (by === '<>') return !same(value, other);
  const difference = order(value, other);
  return difference !== undefined && orders[by](difference);
}

function contains(value: AttributeValue | undefined, wanted: AttributeValue): boolean {
  if (value?.S !== undefined) return wanted.S !== undefined && value.S.includes(wanted.S);
  if (value?.SS !== undefined) return wanted.S !== undefined && value.SS.includes(wanted.S);
  return value?.L?.some((element) => same(element, wanted)) ?? false;
}

function size(value: AttributeValue | undefined): number | undefined {
  if (value?.S !== undefined) return value.S.length;
  if (value?.SS !== undefined) return value.SS.length;
  if (value?.L !== undefined) return value.L.length;
  return value?.M && Object.keys(value.M).length;
}

/** Whether an item, or the absence of one, meets a condition; no condition is always met. */
export function holds(condition: Condition | undefined, item: Item | undefined): boolean {
  if (!condition) return true;
  if (condition.is === 'and') return holds(condition.left, item) && holds(condition.right, item);
  if (condition.is === 'or') return holds(condition.left, item) || holds(condition.right, item);
  if (condition.is === 'not') return !holds(condition.inner, item);
  const value = valueAt(item, condition.path);
  switch (condition.is) {
    case 'exists':
      return value !== undefined;
    case 'missing':
      return value === undefined;
    case 'type':
      return value !== undefined && typeOf(value) === condition.type;
    case 'compare':
      return compares(value, condition.by, condition.value);
    case 'between':
      return compares(value, '>=', condition.low) && compares(value, '<=', condition.high);
    case 'in':
      return condition.values.some((one) => same(value, one));
    case 'begins':
      return value?.S?.startsWith(condition.text) ?? false;
    case 'contains':
      return contains(value, condition.value);
    case 'size': {
      const count = size(value);
      return count !== undefined && compares({ N: String(count) }, condition.by, { N: String(condition.count) });
    }
  }
}
