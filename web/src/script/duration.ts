/** Durations as people write them: "35 days", "90s", "1h 30m", "1500ms". */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const units = new Map<string, number>();
for (const [millis, names] of [
  [1, 'ms millisecond milliseconds'],
  [second, 's sec secs second seconds'],
  [minute, 'm min mins minute minutes'],
  [hour, 'h hr hrs hour hours'],
  [day, 'd day days'],
  [7 * day, 'w week weeks'],
] as const) {
  for (const name of names.split(' ')) units.set(name, millis);
}

/** Longest duration of one step. Virtual dates stay far inside what a double holds exactly. */
const durationMillisMax = 36_525 * day;

/** Reads a duration; whole milliseconds, or a message that says what is wrong. */
export function parseDuration(text: string): { millis: number } | { message: string } {
  const pattern = /(?:\s*,|\s*and\b)?\s*(\d+(?:\.\d+)?)\s*([a-z]+)/iy;
  const trimmed = text.trim();
  if (trimmed === '') return { message: 'How far? Write a duration, for example 35 days, 90s or 5 minutes.' };
  let millis = 0;
  while (pattern.lastIndex < trimmed.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(trimmed);
    if (!match) {
      const rest = trimmed.slice(at).trim();
      if (/^\d+(\.\d+)?$/.test(rest)) return { message: `${rest} of what? Add a unit: ms, s, minutes, hours or days.` };
      return { message: `“${clip(rest)}” is not a duration. Write for example 35 days, 90s or 5 minutes.` };
    }
    const unit = units.get(match[2]!.toLowerCase());
    if (unit === undefined) {
      return { message: `“${clip(match[2]!)}” is not a unit of time. Use ms, s, minutes, hours or days.` };
    }
    millis += Number(match[1]) * unit;
  }
  millis = Math.round(millis);
  if (millis <= 0) return { message: 'The clock only moves forward: give a duration longer than 0.' };
  if (millis > durationMillisMax) return { message: 'That is too far: at most 100 years in one step.' };
  return { millis };
}

/** A duration in words, largest units first: "1 day 2 hours", "90 ms". */
export function formatDuration(millis: number): string {
  if (millis < second) return `${Math.round(millis)} ms`;
  const parts: string[] = [];
  let rest = Math.round(millis);
  for (const [size, name] of [
    [day, 'day'],
    [hour, 'hour'],
    [minute, 'minute'],
    [second, 'second'],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  if (rest > 0) parts.push(`${rest} ms`);
  return parts.join(' ');
}

function clip(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
