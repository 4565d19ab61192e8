/** What a run came to, in numbers. Pure functions. */
import type { BlockResult } from '../protocol/types';
import { isControlPlane } from '../script/operations';
import type { ClockMove, RunSummary } from './types';

/** `results` in the order they ran, at least one; `total` is how many were asked for. */
export function summaryOfRun(results: readonly BlockResult[], total: number): RunSummary {
  const failed = results.filter(({ ok }) => !ok);
  return {
    done: results.length,
    total,
    failed: failed.length,
    firstFailed: failed[0] ?? null,
    existed: failed.some(existed),
    loaded: results.some(({ name }) => name === '@load'),
    consumed: {
      read: results.reduce((sum, { consumed }) => sum + consumed.read, 0),
      write: results.reduce((sum, { consumed }) => sum + consumed.write, 0),
    },
    millis: Math.max(0, results.at(-1)!.endedMillis - results[0]!.startedMillis),
  };
}

/** Refused because a run before this one has made it already. */
function existed({ error }: BlockResult): boolean {
  if (!error) return false;
  const names = ['ResourceInUseException', 'TableAlreadyExistsException', 'DuplicateItemException'];
  return names.includes(error.name) || /already exists/i.test(error.message);
}

/** Virtual milliseconds a request waited for what it had started: a new table, a new index. 0 for everything else. */
export function waited(result: BlockResult): number {
  const { name, ok, startedMillis, endedMillis } = result;
  return ok && !name.startsWith('@') && isControlPlane(name) ? endedMillis - startedMillis : 0;
}

/** Null when time passed only as requests and directives say. */
export function clockMoveOf(results: readonly BlockResult[]): ClockMove | null {
  const moved = results.filter((result) => waited(result) > 0);
  if (moved.length === 0) return null;
  return {
    millis: moved.reduce((sum, result) => sum + waited(result), 0),
    by: [...new Set(moved.map(({ name }) => name))],
  };
}
