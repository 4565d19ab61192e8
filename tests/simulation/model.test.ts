/** Engine and naive model agree over thousands of random steps, reloads included. `npm run soak` goes on for longer. */
import { openEngine } from '../wasm/support/engine';
import { Workload } from './workload/workload';

const STEPS = 2000;
// For what must stay true; what nobody thought of yet is for the seeds of `npm run soak`.
const SEEDS = [1, 2, 3, 4, 5, 6];

describe.each(SEEDS)('seed %i', (seed) => {
  it(`${STEPS} steps without a difference`, async () => {
    const workload = await Workload.start(seed, openEngine);
    const run = async () => {
      for (let step = 0; step < STEPS; step += 1) await workload.step();
    };
    await expect(run()).resolves.toBeUndefined();
    workload.dispose();
  });
});
