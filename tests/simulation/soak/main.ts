/**
 * npm run soak -- [--seconds 600] [--seed N]: random runs against the naive model, one seed after the other, for as long
 * as one likes. The first seed is the day's unless told otherwise. Prints each seed before its run; ends with exit code
 * 1 at the first difference.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Engine, type EngineModuleFactory } from '../../../wasm/client';
import { Workload } from '../workload/workload';

const STEPS_PER_SEED = 20_000;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000) * 1000) },
  },
});
const until = Date.now() + Number(values.seconds) * 1000;
const wasm = path.resolve('build/wasm');
const { default: factory } = (await import(pathToFileURL(path.join(wasm, 'sortkey.mjs')).href)) as {
  default: EngineModuleFactory;
};
const binary = readFileSync(path.join(wasm, 'sortkey.wasm'));

let steps = 0;
for (let seed = Number(values.seed); Date.now() < until; seed += 1) {
  process.stdout.write(`seed ${seed} … `);
  const workload = await Workload.start(seed, () => Engine.create(factory, binary));
  const from = steps;
  while (steps - from < STEPS_PER_SEED && Date.now() < until) {
    await workload.step();
    steps += 1;
  }
  workload.dispose();
  console.log(`${steps - from} steps, 0 differences`);
}
console.log(`${steps} steps in all, 0 differences`);
