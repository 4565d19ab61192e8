/** The journal: at random points everything is stored, the engine thrown away, and a new one restored. */
import { itemSize } from '../model/values';
import type { Trial } from './trial';

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

export async function reload(trial: Trial): Promise<void> {
  const whole = trial.random.chance(4) || trial.stored.length === 0;
  const drained = trial.engine.drainJournal(whole);
  trial.stored = whole ? drained : concat(trial.stored, drained);
  if (!trial.random.chance(2)) return;
  trial.note('restored');
  const before = trial.engine.call('Sortkey_20261120.StateDigest', '{}').body;
  trial.engine.dispose();
  trial.engine = await trial.newEngine();
  const report = trial.engine.restore(trial.stored);
  trial.same('restore report', report.damage, null);
  trial.same('state after restore', trial.engine.call('Sortkey_20261120.StateDigest', '{}').body, before);
  const world = JSON.parse(trial.engine.call('Sortkey_20261120.DescribeWorld', '{}').body) as { Bytes: number };
  const bytes = trial.model.all().reduce((sum, item) => sum + itemSize(item), 0);
  trial.same('bytes after restore', world.Bytes, bytes);
}
