/** The clock: hours pass, items expire, the meters are read. */
import { START_SECONDS } from './draw';
import { readStream } from './streams';
import type { Trial } from './trial';

const HOUR_MILLIS = 3_600_000;

/** Hours of virtual time since the start; the clock only ever moves by whole ones. */
export const hourOf = (trial: Trial) => (trial.now / 1000 - START_SECONDS) / 3600;

export function advance(trial: Trial): void {
  // Records are kept for a day, so they are read before they may be gone.
  readStream(trial);
  trial.now += (1 + trial.random.below(6)) * HOUR_MILLIS;
  trial.note(`advance to ${trial.now}`);
  trial.engine.advance(trial.now);
  trial.model.expire(trial.now / 1000);
}

export function readMeter(trial: Trial): void {
  trial.same('units in all', trial.meter(), trial.spent);
}
