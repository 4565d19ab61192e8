/** Numbers, sizes, times and values as words. One place, so that the same thing is written the same way everywhere. */
import type { AttributeValue, Item, Json } from '../protocol/types';

export { bothBytes, bytes, count, exactBytes, plural } from '../protocol/words';

const units = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

/** Capacity units: 0.5, 12, 1,250. */
export function unit(value: number): string {
  return units.format(value);
}

/** A share of 0 to 1 in whole percent; what is not nothing is never called 0 %, what is not full never 100 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return 'under 1 %';
  if (share >= 0.995 && share < 1) return 'over 99 %';
  return `${Math.round(share * 100)} %`;
}

/** Virtual time as "2026-06-01 00:00:07", always UTC. */
export function time(millis: number): string {
  return new Date(millis).toISOString().slice(0, 19).replace('T', ' ');
}

/** Time of day only: "00:00:07". */
export function clock(millis: number): string {
  return new Date(millis).toISOString().slice(11, 19);
}

/** Wall-clock duration of a call. */
export function duration(ms: number): string {
  if (ms < 10) return `${Math.round(ms * 10) / 10} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
}

/**
 * The attribute of an item, if it has one of that name. A plain look-up would also find what every object inherits:
 * an attribute may be called "constructor".
 */
export function attributeOf(item: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(item, name) ? item[name] : undefined;
}

/** The one member of an attribute value: its type and what it holds. */
export function typeAndContent(value: AttributeValue): [string, Json] {
  const [type, content] = Object.entries(value)[0] ?? ['?', null];
  return [type, content as Json];
}

/** An attribute value as one short line of text. */
export function preview(value: AttributeValue): string {
  const [type, content] = typeAndContent(value);
  switch (type) {
    case 'S':
    case 'N':
    case 'B':
    case 'BOOL':
      return String(content);
    case 'NULL':
      return 'null';
    case 'L':
      return `[${(content as unknown as AttributeValue[]).map(preview).join(', ')}]`;
    case 'M':
      return `{${Object.entries(content as unknown as Item)
        .map(([name, member]) => `${name}: ${preview(member)}`)
        .join(', ')}}`;
    case 'SS':
    case 'NS':
    case 'BS':
      return (content as Json[]).join(', ');
    default:
      return JSON.stringify(value);
  }
}

/** Several attributes as "Artist = Luna Park, SongTitle = Tide". */
export function keyText(key: Item): string {
  return Object.entries(key)
    .map(([name, value]) => `${name} = ${preview(value)}`)
    .join(', ');
}

/** The long names of the value types, for titles and readers of the screen. */
export const TYPE_NAMES: Record<string, string> = {
  S: 'String',
  N: 'Number',
  B: 'Binary',
  BOOL: 'Boolean',
  NULL: 'Null',
  L: 'List',
  M: 'Map',
  SS: 'String set',
  NS: 'Number set',
  BS: 'Binary set',
};
