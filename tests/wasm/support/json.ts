/** JSON values as the cases mean them: written short, and compared. */

/** `value` with each `{"$repeat": [text, times]}` in it replaced by the text so many times. */
export function expanded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(expanded);
  const members = Object.entries(value);
  if (members.length === 1 && members[0]![0] === '$repeat') {
    const [text, times] = members[0]![1] as [string, number];
    return text.repeat(times);
  }
  return Object.fromEntries(members.map(([name, member]) => [name, expanded(member)]));
}

/**
 * Why `actual` does not fit `expected`, or null if it does. Object members may come in any
 * order; the text "*" in `expected` fits any value that is there.
 * @param partial members of `actual` objects that `expected` does not name are ignored
 */
export function mismatch(expected: unknown, actual: unknown, partial: boolean, at = '$'): string | null {
  if (expected === '*') return actual === undefined ? `${at} is missing` : null;
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${at} is not a list: ${JSON.stringify(actual)}`;
    if (actual.length !== expected.length) {
      return `${at} has ${actual.length} elements instead of ${expected.length}: ${JSON.stringify(actual)}`;
    }
    return first(expected.map((value, i) => mismatch(value, actual[i], partial, `${at}[${i}]`)));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) {
      return `${at} is not an object: ${JSON.stringify(actual)}`;
    }
    const members = actual as Record<string, unknown>;
    const extra = partial ? [] : Object.keys(members).filter((name) => !(name in expected));
    if (extra.length > 0) return `${at} also has ${extra.join(', ')}`;
    return first(
      Object.entries(expected).map(([name, value]) =>
        name in members ? mismatch(value, members[name], partial, `${at}.${name}`) : `${at}.${name} is missing`,
      ),
    );
  }
  return Object.is(expected, actual)
    ? null
    : `${at} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
}

function first(reasons: (string | null)[]): string | null {
  return reasons.find((reason) => reason !== null) ?? null;
}
