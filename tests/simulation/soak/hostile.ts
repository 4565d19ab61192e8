/**
 * npm run soak -- hostile [--seconds 600] [--seed N] [--megabytes 256]: hostile requests up to 16 MB, to a ceiling of
 * memory, one seed after the other. Prints each seed before its run, then its slowest request and largest answer; ends
 * with exit code 1 at the first answer that is not sound, or that took two seconds.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Engine, type EngineModuleFactory } from '../../../wasm/client';
import { HostileRun } from '../hostile/hostile';

const STEPS_PER_SEED = 1500;
const MILLIS_MAX = 2000;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: '1' },
    megabytes: { type: 'string', default: '256' },
  },
});
const until = Date.now() + Number(values.seconds) * 1000;
const wasm = path.resolve('build/wasm');
const { default: factory } = (await import(pathToFileURL(path.join(wasm, 'sortkey.mjs')).href)) as {
  default: EngineModuleFactory;
};
const binary = readFileSync(path.join(wasm, 'sortkey.wasm'));

let requests = 0;
for (let seed = Number(values.seed); Date.now() < until; seed += 1) {
  process.stdout.write(`seed ${seed} … `);
  const run = await HostileRun.start({
    seed,
    memoryMegabytes: Number(values.megabytes),
    requestBytes: 16 << 20,
    newEngine: () => Engine.create(factory, binary),
  });
  for (let step = 0; step < STEPS_PER_SEED && Date.now() < until; step += 1) await run.step();
  run.fill();
  for (let step = 0; step < STEPS_PER_SEED / 10; step += 1) await run.step();
  await run.check();
  run.dispose();
  const { slowest } = run;
  console.log(
    `${run.requests} requests, ${run.refusedAsFull} refused as full at ${run.memoryBytes >> 20} MB; slowest ` +
      `${Math.round(slowest.millis)} ms (${slowest.target}, ${slowest.bytes} bytes), largest answer ${run.largestAnswer} bytes`,
  );
  if (slowest.millis > MILLIS_MAX) throw new Error(`An answer took more than ${MILLIS_MAX} ms.`);
  requests += run.requests;
}
console.log(`${requests} requests in all`);
