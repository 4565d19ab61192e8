/** Numbers and sizes as words. One place, so that the same thing is written the same way everywhere. */

const whole = new Intl.NumberFormat('en-US');

/** 3201 → "3,201". */
export function count(value: number): string {
  return whole.format(value);
}

/** "1 item", "3 items". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Bytes in the units DynamoDB bills by: 1 KB = 1,024 B. */
export function bytes(value: number): string {
  if (value < 1024) return exactBytes(value);
  const kilobytes = value / 1024;
  if (kilobytes < 1024) return `${trim(kilobytes)} KB`;
  return `${trim(kilobytes / 1024)} MB`;
}

/** "817,752 B": where a sum has to come out even. */
export function exactBytes(value: number): string {
  return `${count(value)} B`;
}

/** "817,752 B (799 KB)": exact, and to be compared with sizes elsewhere. */
export function bothBytes(value: number): string {
  return value < 1024 ? exactBytes(value) : `${exactBytes(value)} (${bytes(value)})`;
}

function trim(value: number): string {
  return value >= 100 ? count(Math.round(value)) : String(Math.round(value * 10) / 10);
}
