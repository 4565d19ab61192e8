/**
 * The cases of tests/cases through WebAssembly. The native tests run the same files, so a
 * difference between the two builds shows as a failure of one of them. Format:
 * tests/cases/README.md.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from '../../wasm/client';
import { openEngine } from './support/engine';
import { expanded, mismatch } from './support/json';

interface CallStep {
  target?: string;
  op: string;
  in?: unknown;
  raw?: string;
  status?: number;
  out?: unknown;
  outIncludes?: unknown;
  error?: string;
  message?: string;
}

type Step = CallStep | { advance: number };

interface Case {
  name: string;
  why?: string;
  setup?: Step[];
  steps: Step[];
}

const CASES = path.resolve(__dirname, '../cases');

const files = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .sort();

/** Runs one step; returns why it failed, or null. */
function run(engine: Engine, step: Step, isSetup: boolean): string | null {
  if ('advance' in step) {
    const { now } = engine.advance(0);
    engine.advance(now + step.advance);
    return null;
  }
  const { target = 'DynamoDB_20120810', op } = step;
  const text = step.raw ?? JSON.stringify(expanded(step.in ?? {}));
  const answer = engine.call(`${target}.${op}`, text);
  const status = step.status ?? (step.error === undefined ? 200 : 400);
  const shown = `${op} answered ${answer.status} ${answer.body}`;
  if (answer.status !== status) return `${shown}, expected ${status}`;
  if (isSetup && step.out === undefined && step.outIncludes === undefined) return null;
  const body = answer.body === '' ? undefined : (JSON.parse(answer.body) as unknown);
  const reasons = [
    'out' in step ? mismatch(step.out, body, false) : null,
    'outIncludes' in step ? mismatch(step.outIncludes, body, true) : null,
    step.error === undefined ? null : errorMismatch(step, body),
  ];
  const reason = reasons.find((text) => text !== null);
  return reason === undefined ? null : `${reason}; ${shown}`;
}

function errorMismatch(step: CallStep, body: unknown): string | null {
  const { __type, message, Message } = (body ?? {}) as Record<string, unknown>;
  const name = String(__type).split('#').pop();
  if (name !== step.error) return `the error is ${name} instead of ${step.error}`;
  const text = message ?? Message;
  if (step.message === undefined || text === step.message) return null;
  return `the message is ${JSON.stringify(text)} instead of ${JSON.stringify(step.message)}`;
}

test('there are cases', () => {
  expect(files.length).toBeGreaterThan(0);
});

describe.each(files)('%s', (file) => {
  const cases = JSON.parse(readFileSync(path.join(CASES, file), 'utf8')) as Case[];

  test('names are unique', () => {
    expect(new Set(cases.map((one) => one.name)).size).toBe(cases.length);
  });

  test.each(cases)('$name', async ({ setup = [], steps }) => {
    const engine = await openEngine();
    engine.call('Sortkey_20261120.Configure', '{"TableDelayMillis":0}');
    try {
      setup.forEach((step, i) => {
        const reason = run(engine, step, true);
        if (reason !== null) throw new Error(`setup ${i + 1}: ${reason}`);
      });
      steps.forEach((step, i) => {
        const reason = run(engine, step, false);
        if (reason !== null) throw new Error(`step ${i + 1}: ${reason}`);
      });
    } finally {
      engine.dispose();
    }
  });
});
