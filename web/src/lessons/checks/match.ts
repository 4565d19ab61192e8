/** One exchange against a pattern. Pure; every failure says what was expected and what was found. */
import type { Exchange, ExchangeMatch, NumberTest, WireItem } from '../types';
import { hasPart, showItem, toWireItem, withinJson } from '../values';

/** A failed field: both sides as one short line. */
export interface Mismatch {
  expected: string;
  got: string;
}

/** Fields of `match` that `exchange` does not fulfil, in the order they are declared; empty when it matches. */
export function mismatches(exchange: Exchange, match: ExchangeMatch): Mismatch[] {
  const found: Mismatch[] = [];
  const need = (holds: boolean, expected: string, got: string): void => {
    if (!holds) found.push({ expected, got });
  };
  const { input } = exchange;
  // Own members only: every object inherits a "constructor".
  const sent = (name: string): unknown => (Object.hasOwn(input, name) ? input[name] : undefined);
  if (match.op !== undefined) need(exchange.op === match.op, match.op, exchange.op);
  if (match.table !== undefined) {
    need(exchange.table === match.table, `table ${match.table}`, `table ${exchange.table ?? 'not named'}`);
  }
  if (match.index !== undefined) {
    const index = typeof input.IndexName === 'string' ? input.IndexName : 'none';
    need(index === match.index, `index ${match.index}`, `index ${index}`);
  }
  for (const name of match.has ?? []) need(sent(name) !== undefined, `${name} in the request`, `no ${name}`);
  for (const name of match.lacks ?? []) need(sent(name) === undefined, `no ${name} in the request`, name);
  for (const [name, part] of Object.entries(match.input ?? {})) {
    need(
      withinJson(sent(name), part),
      `${name} ${JSON.stringify(part)}`,
      sent(name) === undefined ? `no ${name}` : `${name} ${JSON.stringify(sent(name))}`,
    );
  }
  answerMismatches(exchange, match, need);
  return found;
}

type Need = (holds: boolean, expected: string, got: string) => void;

function answerMismatches(exchange: Exchange, match: ExchangeMatch, need: Need): void {
  const { response, error } = exchange;
  if (match.error !== undefined) {
    const name = error?.name ?? 'none';
    need(name === match.error, match.error === 'none' ? 'no error' : match.error, error ? name : 'no error');
  }
  if (match.message !== undefined) {
    need(error?.message.includes(match.message) ?? false, `"${match.message}"`, error?.message ?? 'no error');
  }
  for (const field of ['count', 'scannedCount'] as const) {
    const test = match[field];
    if (test === undefined) continue;
    const value = numberOf(response?.[field === 'count' ? 'Count' : 'ScannedCount']);
    needNumber(need, field === 'count' ? 'Count' : 'ScannedCount', test, value, exchange);
  }
  if (match.items !== undefined) needItems(need, answeredItems(exchange), match);
  if (match.lastEvaluatedKey !== undefined) {
    const got = response?.LastEvaluatedKey === undefined ? 'absent' : 'present';
    need(got === match.lastEvaluatedKey, `LastEvaluatedKey ${match.lastEvaluatedKey}`, `LastEvaluatedKey ${got}`);
  }
  const { explanation } = exchange;
  if (match.read !== undefined) needNumber(need, 'read units', match.read, explanation?.ReadCapacityUnits, exchange);
  if (match.write !== undefined) {
    needNumber(need, 'write units', match.write, explanation?.WriteCapacityUnits, exchange);
  }
}

function needItems(need: Need, actual: WireItem[] | undefined, match: ExchangeMatch): void {
  const wanted = match.items ?? [];
  const order = match.order ?? 'exact';
  const names = [...new Set(wanted.flatMap((item) => Object.keys(item)))];
  const list = (items: WireItem[]): string => items.map((item) => showItem(item, names)).join(', ') || 'no items';
  const said = { exact: 'in this order', any: 'in any order', within: 'among the items' }[order];
  need(
    actual !== undefined && itemsMatch(actual, wanted, order),
    `${list(wanted.map(toWireItem))} ${said}`,
    actual === undefined ? 'an answer without items' : list(actual),
  );
}

/** Pairs each wanted part with a different item; `exact` pairs by position. */
export function itemsMatch(
  actual: WireItem[],
  wanted: NonNullable<ExchangeMatch['items']>,
  order: 'exact' | 'any' | 'within',
): boolean {
  if (order !== 'within' && actual.length !== wanted.length) return false;
  if (order === 'exact') return wanted.every((part, index) => hasPart(actual[index], part));
  return pairUp(actual, wanted, 0, new Set());
}

/** Backtracking, because one item may fit several parts. */
function pairUp(
  actual: WireItem[],
  wanted: NonNullable<ExchangeMatch['items']>,
  next: number,
  used: Set<number>,
): boolean {
  if (next === wanted.length) return true;
  for (let index = 0; index < actual.length; index++) {
    if (used.has(index) || !hasPart(actual[index], wanted[next])) continue;
    used.add(index);
    if (pairUp(actual, wanted, next + 1, used)) return true;
    used.delete(index);
  }
  return false;
}

function answeredItems(exchange: Exchange): WireItem[] | undefined {
  const { Items, Item } = exchange.response ?? {};
  if (Array.isArray(Items)) return Items as WireItem[];
  if (Item !== undefined) return [Item as WireItem];
  return exchange.op === 'GetItem' && exchange.response ? [] : undefined;
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function needNumber(need: Need, name: string, test: NumberTest, value: number | undefined, exchange: Exchange): void {
  const { holds, expected } = numberHolds(test, value, {
    count: numberOf(exchange.response?.Count),
    scannedCount: numberOf(exchange.response?.ScannedCount),
  });
  need(holds, `${name} ${expected}`, value === undefined ? `no ${name}` : `${name} ${value}`);
}

/** `peers` are the numbers `equals` may name; `over`: more than is wanted. */
export function numberHolds(
  test: NumberTest,
  value: number | undefined,
  peers: { count?: number | undefined; scannedCount?: number | undefined } = {},
): { holds: boolean; expected: string; over: boolean } {
  const bounds = typeof test === 'number' ? { equals: test } : test;
  const { equals, min, max } = bounds;
  const exact = typeof equals === 'string' ? peers[equals] : equals;
  const parts: string[] = [];
  if (equals !== undefined)
    parts.push(typeof equals === 'string' ? `equal to ${equals} (${exact ?? '?'})` : `${equals}`);
  if (min !== undefined) parts.push(`at least ${min}`);
  if (max !== undefined) parts.push(`at most ${max}`);
  const holds =
    value !== undefined &&
    (equals === undefined || value === exact) &&
    (min === undefined || value >= min) &&
    (max === undefined || value <= max);
  const most = max ?? exact;
  return { holds, expected: parts.join(' and '), over: value !== undefined && most !== undefined && value > most };
}

/** One line such as `Query on Music`, for messages about exchanges that never came. */
export function describeMatch(match: ExchangeMatch | undefined): string {
  if (match === undefined) return 'a request';
  const parts = [match.op ?? 'a request'];
  if (match.table !== undefined) parts.push(`on ${match.table}`);
  if (match.index !== undefined) parts.push(match.index === 'none' ? 'without index' : `through ${match.index}`);
  if (match.has?.length) parts.push(`with ${match.has.join(', ')}`);
  if (match.lacks?.length) parts.push(`without ${match.lacks.join(', ')}`);
  if (match.input) parts.push(`with ${JSON.stringify(match.input).slice(1, -1)}`);
  if (match.error === 'none') parts.push('that succeeds');
  else if (match.error !== undefined) parts.push(`refused with ${match.error}`);
  return parts.join(' ');
}
