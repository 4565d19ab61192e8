/** The check language: five subjects and three combinators over a step's exchanges and the world after them. */
import type {
  CapacityTest,
  Check,
  CheckResult,
  Exchange,
  ExchangeMatch,
  RequestTest,
  ResponseTest,
  StateReader,
  Test,
  TraceTest,
  Which,
} from '../types';
import { describeMatch, mismatches, numberHolds } from './match';
import { stateVerdict } from './state';
import type { Verdict } from './verdict';

/** Results in the order of `checks`. Reads the world through `world` only; changes nothing. */
export async function evaluate(
  checks: readonly Check[],
  exchanges: readonly Exchange[],
  world: StateReader,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const verdict = await evaluateTest(check, exchanges, world);
    const final = !verdict.holds && verdict.final === true;
    const wrong = !verdict.holds && (final || (await isMistake(check, exchanges, world)));
    results.push({
      id: check.id,
      passed: verdict.holds,
      severity: check.severity ?? 'essential',
      want: check.want,
      wrong,
      final,
      fail: wrong ? check.fail : '',
      progress: verdict.holds ? '' : (verdict.progress ?? ''),
      expected: verdict.expected,
      got: verdict.got,
    });
  }
  return results;
}

/** A check that does not hold is not yet done, unless the lesson says how to tell that something was done wrong. */
async function isMistake({ wrong }: Check, exchanges: readonly Exchange[], world: StateReader): Promise<boolean> {
  if (wrong === undefined || wrong === true) return wrong === true;
  return (await evaluateTest(wrong, exchanges, world)).holds;
}

/** Verdict of one test. Throws only on a test outside the format, which parseLesson refuses. */
export async function evaluateTest(test: Test, exchanges: readonly Exchange[], world: StateReader): Promise<Verdict> {
  if ('all' in test && test.all) return combine(test.all, exchanges, world, 'all');
  if ('any' in test && test.any) return combine(test.any, exchanges, world, 'any');
  if ('not' in test && test.not) {
    const inner = await evaluateTest(test.not, exchanges, world);
    return { holds: !inner.holds, expected: `not: ${inner.expected}`, got: inner.got };
  }
  if (!('on' in test)) throw new Error('a check needs "on", "all", "any" or "not"');
  if (test.on === 'state') return stateVerdict(test, world);
  if (test.on === 'trace') return traceVerdict(test, exchanges);
  const [subject, which] = test.on.split('.') as [string, Which | 'step'];
  const chosen = test.where ? exchanges.filter((one) => matches(one, test.where!)) : exchanges;
  if (subject === 'capacity' && which === 'step') return stepCapacity(test as CapacityTest, chosen);
  const { on: _on, where, ...wanted } = test as RequestTest | ResponseTest | CapacityTest;
  return pickVerdict(which as Which, chosen, wanted, where);
}

const matches = (exchange: Exchange, match: ExchangeMatch): boolean => mismatches(exchange, match).length === 0;

async function combine(
  tests: Test[],
  exchanges: readonly Exchange[],
  world: StateReader,
  how: 'all' | 'any',
): Promise<Verdict> {
  const verdicts: Verdict[] = [];
  for (const test of tests) verdicts.push(await evaluateTest(test, exchanges, world));
  const holds = how === 'all' ? verdicts.every((one) => one.holds) : verdicts.some((one) => one.holds);
  const failed = verdicts.filter((one) => !one.holds);
  const shown = holds ? verdicts.filter((one) => one.holds) : failed;
  const glue = how === 'all' ? ' and ' : ' or ';
  return {
    holds,
    expected: shown.map((one) => one.expected).join(glue),
    got: [...new Set(shown.map((one) => one.got))].join('; '),
    final: how === 'all' ? failed.some((one) => one.final) : verdicts.every((one) => one.final),
  };
}

function pickVerdict(
  which: Which,
  chosen: readonly Exchange[],
  match: ExchangeMatch,
  where: ExchangeMatch | undefined,
): Verdict {
  const wanted = (found: { expected: string }[]): string => found.map((one) => one.expected).join(', ');
  if (chosen.length === 0) {
    return { holds: false, expected: describeMatch(where ?? match), got: 'no such request in this step' };
  }
  const looked = which === 'last' ? chosen.slice(-1) : chosen;
  const outcomes = looked.map((one) => mismatches(one, match));
  const good = outcomes.filter((one) => one.length === 0).length;
  const holds = which === 'any' ? good > 0 : good === outcomes.length;
  if (holds) return { holds, expected: describeMatch({ ...where, ...match }), got: 'as expected' };
  // The attempt that came closest tells the learner most; of equals, the newest.
  const failed = outcomes.filter((one) => one.length > 0);
  const closest = failed.reduce((best, one) => (one.length <= best.length ? one : best));
  return { holds, expected: wanted(closest), got: closest.map((one) => one.got).join(', '), final: which === 'every' };
}

function stepCapacity(test: CapacityTest, chosen: readonly Exchange[]): Verdict {
  const sum = (field: 'ReadCapacityUnits' | 'WriteCapacityUnits'): number =>
    chosen.reduce((total, one) => total + (one.explanation?.[field] ?? 0), 0);
  const parts: Verdict[] = [];
  const add = (name: string, limit: CapacityTest['read'], value: number): void => {
    if (limit === undefined) return;
    const { holds, expected, over } = numberHolds(limit, value);
    parts.push({ holds, expected: `${name} ${expected}`, got: `${name} ${value}`, final: over });
  };
  add('read units', test.read, sum('ReadCapacityUnits'));
  add('write units', test.write, sum('WriteCapacityUnits'));
  return {
    // Nothing run costs nothing, which must not pass for thrift.
    holds: chosen.length > 0 && parts.every((one) => one.holds),
    expected: parts.map((one) => one.expected).join(', '),
    got: chosen.length === 0 ? 'no such request in this step' : parts.map((one) => one.got).join(', '),
    final: parts.some((one) => one.final),
  };
}

function traceVerdict(test: TraceTest, exchanges: readonly Exchange[]): Verdict {
  const parts: Verdict[] = [];
  if (test.never) {
    const count = exchanges.filter((one) => matches(one, test.never!)).length;
    parts.push({
      holds: count === 0,
      expected: `no ${describeMatch(test.never)}`,
      got: `${count} of them`,
      final: count > 0,
    });
  }
  if (test.eventually) {
    const holds = exchanges.some((one) => matches(one, test.eventually!));
    parts.push({ holds, expected: describeMatch(test.eventually), got: holds ? 'seen' : 'not seen' });
  }
  if (test.sequence) {
    let next = 0;
    for (const one of exchanges) if (next < test.sequence.length && matches(one, test.sequence[next])) next++;
    parts.push({
      holds: next === test.sequence.length,
      expected: test.sequence.map(describeMatch).join(', then '),
      got: next === 0 ? 'none of them' : `the first ${next}`,
    });
  }
  if (test.count !== undefined) {
    const count = exchanges.filter((one) => test.of === undefined || matches(one, test.of)).length;
    const { holds, expected, over } = numberHolds(test.count, count);
    parts.push({ holds, expected: `${expected} × ${describeMatch(test.of)}`, got: `${count}`, final: over });
  }
  const failed = parts.filter((one) => !one.holds);
  const shown = failed.length > 0 ? failed : parts;
  return {
    holds: failed.length === 0 && parts.length > 0,
    expected: shown.map((one) => one.expected).join(', '),
    got: shown.map((one) => one.got).join(', '),
    final: failed.some((one) => one.final),
  };
}
