/** Requests of every operation to start from: what the cases send. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expanded } from '../../wasm/support/json';

/** A JSON value as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface Seed {
  target: string;
  input: Json;
}

interface Step {
  target?: string;
  op?: string;
  in?: Json;
}

// What the run itself stands on: settings that switch the journal off, and all data dropped.
const LEFT_OUT = new Set(['Sortkey_20261120.Configure', 'Sortkey_20261120.Reset']);

/** All requests of the cases by target. */
export function seedsByTarget(folder = path.resolve('tests/cases')): Map<string, Seed[]> {
  const seeds = new Map<string, Seed[]>();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()) {
    const cases = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { setup?: Step[]; steps: Step[] }[];
    for (const step of cases.flatMap(({ setup = [], steps }) => [...setup, ...steps])) {
      if (step.op === undefined) continue;
      const target = `${step.target ?? 'DynamoDB_20120810'}.${step.op}`;
      if (LEFT_OUT.has(target)) continue;
      if (!seeds.has(target)) seeds.set(target, []);
      seeds.get(target)!.push({ target, input: expanded(step.in ?? {}) as Json });
    }
  }
  return seeds;
}
