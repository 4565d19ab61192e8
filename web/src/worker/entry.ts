/** The worker: puts the host together with the real engine, IndexedDB and Web Locks. No logic of its own. */
import { expose } from 'comlink';
import createSortkey from '@wasm/sortkey.mjs';
import engineUrl from '@wasm/sortkey.wasm?url';
import moviesUrl from '../../../node_modules/vega-datasets/data/movies.json?url';
import { Engine } from '../../../wasm/client/engine';
import { browserLeadership, IndexedDbStore } from '../persistence';
import { PlaygroundError } from './api';
import type { EngineDoor } from './engine-door';
import { fetchBytes } from './fetch-bytes';
import { PlaygroundHost } from './host';
import { remoteOf } from './remote';

/** The engine's file, fetched once; a failed fetch is not remembered, so that Retry tries again. */
let engineBytes: Uint8Array | null = null;

async function createEngine(onBytes: (done: number, total: number) => void): Promise<EngineDoor> {
  if (typeof WebAssembly === 'undefined') {
    throw new PlaygroundError('EngineLoad', 'This browser has WebAssembly switched off; the engine needs it.');
  }
  engineBytes ??= await fetchBytes(engineUrl, 'The engine', 'EngineLoad', onBytes);
  try {
    return await Engine.create(createSortkey, engineBytes);
  } catch (error) {
    // Perhaps the bytes were not an engine (an error page, a proxy's words): fetch them anew at the next try.
    engineBytes = null;
    throw new PlaygroundError(
      'EngineLoad',
      `The engine did not start: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

const host = new PlaygroundHost({
  createEngine,
  store: new IndexedDbStore(),
  leadership: browserLeadership,
  source: async (dataset, onBytes, signal) => {
    const bytes = await fetchBytes(moviesUrl, `The data set ${dataset}`, 'DatasetLoad', onBytes, signal);
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  },
});

expose(remoteOf(host, (message) => self.postMessage(message)));
