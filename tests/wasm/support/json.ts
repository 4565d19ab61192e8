/** Comparison of JSON values as the cases mean it. */

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
