/**
 * Hostile requests up to the ceiling of memory; `npm run soak -- hostile` goes on for longer, with a larger ceiling.
 * One seed is from the calendar; it is in the test's name.
 */
import { openLonelyEngine } from '../wasm/support/engine';
import { HostileRun } from './hostile/hostile';

const STEPS = 350;
/** No machine is so slow: only something that grows faster than its input takes so long. */
const MILLIS_MAX = 20_000;

describe.each([1, Math.floor(Date.now() / 86_400_000)])('seed %i', (seed) => {
  it(`${STEPS} steps: every answer is sound, nothing acknowledged is lost`, async () => {
    const run = await HostileRun.start({
      seed,
      memoryMegabytes: 24,
      requestBytes: 4 << 20,
      newEngine: openLonelyEngine,
    });
    for (let step = 0; step < STEPS; step += 1) await run.step();
    run.fill();
    for (let step = 0; step < STEPS / 5; step += 1) await run.step();
    await run.check();
    run.dispose();
    expect(run.refusedAsFull).toBeGreaterThan(0);
    expect(run.memoryBytes).toBeGreaterThan(16 << 20);
    expect(run.slowest.millis).toBeLessThan(MILLIS_MAX);
  }, 120_000);
});
