/** Engine and naive model agree over thousands of random steps, reloads included. `npm run soak` goes on for longer. */
import { openEngine } from '../wasm/support/engine';
import { Workload } from './workload/workload';

const STEPS = 2000;
// Fixed seeds for what must stay true, one from the calendar for what nobody thought of; it is in the test's name.
const SEEDS = [1, 2, 3, 4, 5, Math.floor(Date.now() / 86_400_000)];

describe.each(SEEDS)('seed %i', (seed) => {
  it(`${STEPS} steps without a difference`, async () => {
    const workload = await Workload.start(seed, openEngine);
    for (let step = 0; step < STEPS; step += 1) await workload.step();
    workload.dispose();
    expect.assertions(0);
  });
});
