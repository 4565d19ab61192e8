/** What DynamoDB says about single values: sizes, order, equality. */
import type { AttributeValue, Item } from '../../../wasm/client';

const utf8 = (text: string) => Buffer.byteLength(text, 'utf8');

export const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

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

export const itemSize = (item: Item | undefined) =>
  Object.entries(item ?? {}).reduce((sum, [name, value]) => sum + utf8(name) + valueSize(value), 0);

export const writeUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / 1024));
/** Units of a strongly consistent read. */
export const readUnits = (bytes: number) => Math.max(1, Math.ceil(bytes / 4096));

/** A canonical text of a value or an item: members in one order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}

export const typeOf = (value: AttributeValue) => Object.keys(value)[0]!;

export const same = (a: AttributeValue | undefined, b: AttributeValue) =>
  a !== undefined && canonical(a) === canonical(b);

/** Negative, zero or positive; undefined for values that have no order between them. */
export function order(a: AttributeValue | undefined, b: AttributeValue): number | undefined {
  if (a?.S !== undefined && b.S !== undefined) return byBytes(a.S, b.S);
  if (a?.N !== undefined && b.N !== undefined) return Number(a.N) - Number(b.N);
  return undefined;
}
