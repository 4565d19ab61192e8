/**
 * Values as lesson authors write them, compared with values in wire form.
 * Plain and wire form may be mixed: `{Artist: Luna Park, Year: {N: "2020"}}`.
 */
import type { PlainValue, WireItem, WireValue } from './types';

const wireTypes = new Set(['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS']);

/** Wire form of an authored value: "1" is S, 1 is N; a map whose only name is a type is wire form already. */
export function toWire(value: PlainValue): WireValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(toWire) };
  const names = Object.keys(value);
  if (names.length === 1 && wireTypes.has(names[0])) return value as WireValue;
  return { M: toWireItem(value) };
}

export function toWireItem(item: { [name: string]: PlainValue }): WireItem {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toWire(value)]));
}

/** Whether every attribute of `part` is in `item` with an equal value. */
export function hasPart(item: WireItem, part: { [name: string]: PlainValue }): boolean {
  return Object.entries(toWireItem(part)).every(
    ([name, value]) => Object.hasOwn(item, name) && sameValue(item[name], value),
  );
}

/** Equality as DynamoDB sees it: numbers by value, sets without order. */
export function sameValue(left: WireValue, right: WireValue): boolean {
  const type = Object.keys(left)[0];
  if (type === undefined || Object.keys(right)[0] !== type) return false;
  const a = left[type];
  const b = right[type];
  switch (type) {
    case 'N':
      return normalNumber(String(a)) === normalNumber(String(b));
    case 'SS':
    case 'BS':
      return sameList([...(a as string[])].sort(), [...(b as string[])].sort(), Object.is);
    case 'NS':
      return sameList((a as string[]).map(normalNumber).sort(), (b as string[]).map(normalNumber).sort(), Object.is);
    case 'L':
      return sameList(a as WireValue[], b as WireValue[], sameValue);
    case 'M': {
      const m = a as WireItem;
      const n = b as WireItem;
      return (
        Object.keys(m).length === Object.keys(n).length &&
        Object.keys(m).every((name) => Object.hasOwn(n, name) && sameValue(m[name], n[name]))
      );
    }
    default:
      return a === b;
  }
}

function sameList<T>(a: T[], b: T[], same: (x: T, y: T) => boolean): boolean {
  return a.length === b.length && a.every((value, index) => same(value, b[index]));
}

/** Canonical text of a decimal number (up to 38 digits, so never through a JavaScript number). */
export function normalNumber(text: string): string {
  const match = /^\s*([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?\s*$/.exec(text);
  if (!match) return text;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${sign === '-' ? '-' : ''}${significant}e${power}`;
}

/** Whether JSON `part` lies within JSON `whole`: objects open world, lists and scalars exactly. */
export function withinJson(whole: unknown, part: unknown): boolean {
  if (part === null || typeof part !== 'object') return Object.is(whole, part);
  if (whole === null || typeof whole !== 'object') return false;
  if (Array.isArray(part)) {
    return Array.isArray(whole) && sameList(whole as unknown[], part as unknown[], withinJson);
  }
  return Object.entries(part).every(
    ([name, value]) => Object.hasOwn(whole, name) && withinJson((whole as Record<string, unknown>)[name], value),
  );
}

/** Short text of a wire value, for `expected` and `got`. */
export function showValue(value: WireValue): string {
  const type = Object.keys(value)[0];
  const inner = type === undefined ? undefined : value[type];
  switch (type) {
    case 'N':
      return String(inner);
    case 'S':
    case 'B':
    case 'BOOL':
      return JSON.stringify(inner);
    case 'NULL':
      return 'null';
    case 'L':
      return `[${(inner as WireValue[]).map(showValue).join(', ')}]`;
    case 'M':
      return showItem(inner as WireItem);
    default:
      return JSON.stringify(inner ?? null);
  }
}

/** Short text of an item; with `names`, only these attributes. One attribute alone is shown without its name. */
export function showItem(item: WireItem, names: string[] = Object.keys(item)): string {
  const shown = names.filter((name) => Object.hasOwn(item, name));
  if (names.length === 1) return shown.length === 1 ? showValue(item[names[0]]) : `no ${names[0]}`;
  return `{${shown.map((name) => `${name}: ${showValue(item[name])}`).join(', ')}}`;
}
