/** The real engine behind the real playground, in process: scripts run exactly as on the page. */
import { MemoryStore, SoleLeadership } from '../../../web/src/persistence';
import { defaultSettings } from '../../../web/src/protocol/types';
import { parseScript } from '../../../web/src/script';
import { PlaygroundHost } from '../../../web/src/worker/host';
import { stateReader, toExchange } from '../../../web/src/lessons';
import { openEngine } from '../../wasm/support/engine';
import type { Lab } from './lab';

let lab: Lab | undefined;

/** One lab for each test file; `fresh` separates what runs in it. */
export function openEngineLab(): Lab {
  return (lab ??= makeLab());
}

function makeLab(): Lab {
  const host = new PlaygroundHost({
    createEngine: openEngine,
    store: new MemoryStore(),
    leadership: () => new SoleLeadership(),
    source: (dataset) => Promise.reject(new Error(`the lab has no file for ${dataset}`)),
  });
  let seedNow: number | undefined;
  return {
    async fresh(seed) {
      if (seed === seedNow) {
        await host.reset();
        return;
      }
      await host.open({ workspace: null, document: { settings: { ...defaultSettings, seed } } });
      seedNow = seed;
    },
    async run(script) {
      const { blocks, problems } = parseScript(script);
      const error = problems.find(({ severity }) => severity === 'error');
      if (error) throw new Error(`line ${error.line}: ${error.message}`);
      const exchanges = [];
      for (const [index, block] of blocks.entries()) {
        const result = await host.runBlock(block, index);
        if (result.status === 0) throw new Error(`${result.name}: ${result.error?.message ?? 'did not run'}`);
        const exchange = toExchange(result);
        if (exchange) exchanges.push(exchange);
      }
      return exchanges;
    },
    world: () => stateReader(host),
    async digest() {
      return ((await host.inspect('StateDigest')) as { Digest: string }).Digest;
    },
  };
}
