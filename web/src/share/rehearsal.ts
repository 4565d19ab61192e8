/**
 * Compares what a script gives in an empty world with what its writer sees. A link claims the first; a writer whose tables
 * came from elsewhere has to know before others see something else. Pure.
 */
import type { BlockResult, Json } from '../protocol/types';
import { plural } from '../protocol/words';

/** A request that gives something else in an empty world than on the writer's screen. */
export interface RehearsalDifference {
  block: number;
  /** 1-based line of the request. */
  line: number;
  name: string;
  /**
   * fails: an error there, and none here (or not run here). other-error: errors on both sides, different ones.
   * succeeds: an error here only. other-answer: both answered, not the same.
   */
  kind: 'fails' | 'other-error' | 'succeeds' | 'other-answer';
  /** Name and words of the error there; empty when there is none. */
  error: string;
  message: string;
  /** What there is to see on either side, in a few words. */
  there: string;
  here: string;
  /** Tables this request names that are here and not there. */
  missing: string[];
}

export interface RehearsalReport {
  /** How the requests ended in the empty world. */
  succeeded: number;
  failed: number;
  /** In the order of the script. */
  differences: RehearsalDifference[];
  /** The tables missing from any of them. */
  missing: string[];
}

/** One request of the script with what it gave. */
export interface ComparedRequest {
  text: string;
  rehearsed: BlockResult;
  /** The newest result on the screen; null when there is none of this text. */
  seen: BlockResult | null;
}

export function compareRehearsal(
  requests: readonly ComparedRequest[],
  tablesHere: readonly string[],
  tablesThere: readonly string[],
): RehearsalReport {
  const only = tablesHere.filter((name) => !tablesThere.includes(name));
  const differences = requests.flatMap(({ text, rehearsed, seen }, block) => {
    const kind = kindOf(rehearsed, seen);
    if (kind === null) return [];
    const missing = kind === 'succeeds' ? [] : only.filter((name) => names(text, name));
    return [differenceOf(block, kind, rehearsed, seen, missing)];
  });
  return {
    succeeded: requests.filter(({ rehearsed }) => rehearsed.ok).length,
    failed: requests.filter(({ rehearsed }) => !rehearsed.ok).length,
    differences,
    missing: only.filter((name) => differences.some(({ missing }) => missing.includes(name))),
  };
}

/** True when a text names a table: as a whole word, quoted or as part of an ARN. */
export function names(text: string, table: string): boolean {
  const escaped = table.replace(/[.\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.-])${escaped}(?![\\w.-])`).test(text);
}

function differenceOf(
  block: number,
  kind: RehearsalDifference['kind'],
  there: BlockResult,
  here: BlockResult | null,
  missing: string[],
): RehearsalDifference {
  return {
    block,
    line: there.line,
    name: there.name,
    kind,
    error: there.error?.name ?? '',
    message: there.error?.message ?? '',
    there: wordsOf(there),
    here: here ? wordsOf(here) : 'not run',
    missing,
  };
}

function kindOf(there: BlockResult, here: BlockResult | null): RehearsalDifference['kind'] | null {
  if (!here) return there.ok ? null : 'fails';
  if (there.ok !== here.ok) return there.ok ? 'succeeds' : 'fails';
  if (there.raw === here.raw) return null;
  if (!there.ok) return there.error?.name === here.error?.name ? null : 'other-error';
  return same(there.response, here.response) ? null : 'other-answer';
}

/** Members that depend on the moment or count runs, and say nothing about what a request found. */
const passing =
  /DateTime$|^(now|at|tableCreated|TableId|LatestStreamLabel|LatestStreamArn|StreamArn|ItemCount|TableSizeBytes|IndexSizeBytes|NumberOfDecreasesToday|ShardId|ShardIterator|NextShardIterator|SequenceNumber|StartingSequenceNumber|EndingSequenceNumber|eventID|NextToken)$/;

function same(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, index) => same(item, other[index]!));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const left = Object.entries(one).filter(([name, value]) => counts(name, value));
  const right = new Map(Object.entries(other).filter(([name, value]) => counts(name, value)));
  return left.length === right.size && left.every(([name, value]) => right.has(name) && same(value, right.get(name)!));
}

/** An attribute may have any name, but its value is never a bare one. */
function counts(name: string, value: Json): boolean {
  return isObject(value) || Array.isArray(value) || !passing.test(name);
}

function wordsOf({ ok, error, status, response }: BlockResult): string {
  if (!ok) return error?.name ?? `status ${status}`;
  const count = isObject(response) ? response.Count : undefined;
  if (typeof count === 'number') return plural(count, 'item');
  if (isObject(response) && isObject(response.Item)) return 'an item';
  return response === null || (isObject(response) && Object.keys(response).length === 0)
    ? 'an empty answer'
    : 'another answer';
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
