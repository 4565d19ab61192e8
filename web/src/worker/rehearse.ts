/** Runs a script in a fresh world of its own: what somebody who opens a link will see. */
import type { Block, BlockResult, Rehearsal, WorldSettings } from '../protocol/types';
import { PlaygroundError, type RehearseOptions } from './api';
import type { EngineFactory } from './engine-door';
import { tablesOf } from './questions';
import { WorldRunner, type RunnerServices } from './runner';

/** Wall-clock milliseconds between two looks at the cancel button. */
const sliceMillis = 50;

/** Rejects with 'Cancelled' when the signal is aborted; the world made until then is dropped. */
export async function rehearse(
  services: RunnerServices & { createEngine: EngineFactory },
  blocks: readonly Block[],
  settings: WorldSettings,
  { onProgress, signal }: RehearseOptions,
): Promise<Rehearsal> {
  const engine = await services.createEngine(() => undefined);
  const total = blocks.length;
  try {
    const runner = new WorldRunner(engine, settings, services);
    runner.begin();
    const results: BlockResult[] = [];
    let paused = services.wallClock();
    for (const [index, block] of blocks.entries()) {
      if (services.wallClock() - paused > sliceMillis) {
        onProgress?.({ done: index, total, dataset: null });
        // A message that cancels can only arrive between two tasks.
        await new Promise((resolve) => setTimeout(resolve, 0));
        paused = services.wallClock();
      }
      const result = await runner.runBlock(block, index, {
        onProgress: (dataset) => onProgress?.({ done: index, total, dataset }),
        ...(signal ? { signal } : {}),
      });
      if (signal?.aborted) throw new PlaygroundError('Cancelled', 'The rehearsal was stopped.');
      results.push(result);
      // Nobody will ask for these changes; asking now keeps them from piling up.
      engine.drainJournal();
    }
    return { results, tables: tablesOf(engine) };
  } finally {
    engine.dispose();
  }
}
