/**
 * What storage.test.ts runs inside a browser: the real stores, host and engine, without the screen. Bundled by the test;
 * answers through members of `window.storage`.
 */
import createSortkey from '@wasm/sortkey.mjs';
import { Engine } from '../../wasm/client/engine';
import { browserLeadership, IndexedDbStore } from '../../web/src/persistence';
import { PlaygroundHost } from '../../web/src/worker/host';
import { storeContract } from '../web/support/store-contract';

declare global {
  interface Window {
    storage: typeof storage;
    /** Given by the test: so many items were shown as saved. */
    acknowledge?: (items: number) => void;
  }
}

const table = {
  TableName: 'Kept',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'P', AttributeType: 'S' },
    { AttributeName: 'N', AttributeType: 'N' },
  ],
  KeySchema: [
    { AttributeName: 'P', KeyType: 'HASH' },
    { AttributeName: 'N', KeyType: 'RANGE' },
  ],
};

/** Between 1 and 6,000 letters, the same for the same seed and number. */
function payload(seed: number, number: number): string {
  const mixed = Math.imul(seed ^ Math.imul(number + 1, 0x9e3779b1), 0x85ebca6b) >>> 0;
  return String.fromCharCode(97 + (mixed % 26)).repeat(1 + (mixed % 6000));
}

/** The usual workspace, opened the way the worker does. */
async function opened(wasmUrl: string): Promise<{ host: PlaygroundHost; said: string }> {
  const wasm = new Uint8Array(await (await fetch(wasmUrl)).arrayBuffer());
  const host = new PlaygroundHost({
    createEngine: () => Engine.create(createSortkey, wasm),
    store: new IndexedDbStore(),
    leadership: browserLeadership,
    source: () => Promise.reject(new Error('no data sets here')),
  });
  const { state, message } = await host.open({ workspace: 'main' });
  return { host, said: state === 'opened' ? message : `${state}: ${message}` };
}

/**
 * Whether the browser kept this site's databases at all: a database that is none of ours, in the same files, is opened and
 * looked at. A browser killed at the wrong moment may find its own files damaged and begin with empty ones.
 */
function witness(): Promise<{ there: boolean; said: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    let there = true;
    const open = indexedDB.open('witness', 1);
    open.onupgradeneeded = (event) => {
      const { dataLoss, dataLossMessage } = event as IDBVersionChangeEvent & {
        dataLoss?: string;
        dataLossMessage?: string;
      };
      there = false;
      said = `${dataLoss ?? ''} ${dataLossMessage ?? ''}`.trim();
      open.result.createObjectStore('marks').put(true, 'there');
    };
    open.onerror = () => reject(open.error ?? new Error('the witness cannot be opened'));
    open.onsuccess = () => {
      open.result.close();
      resolve({ there, said });
    };
  });
}

const storage = {
  /** Runs the contract of stores on this browser's IndexedDB; answers what failed. */
  async contract(): Promise<{ checks: number; failed: string[] }> {
    const failed: string[] = [];
    for (const [index, { name, run }] of storeContract.entries()) {
      const stores: IndexedDbStore[] = [];
      try {
        await run(() => {
          const store = new IndexedDbStore(`contract-${index}`);
          stores.push(store);
          return store;
        });
      } catch (error) {
        failed.push(`${name}: ${(error as Error).message}`);
      }
      for (const store of stores) store.close();
    }
    return { checks: storeContract.length, failed };
  },

  /** Checks everything that is kept, then writes items number after number, until the browser dies. */
  async write(
    wasmUrl: string,
    seed: number,
  ): Promise<{ said: string; found: number; wrong: string; browser: { there: boolean; said: string } }> {
    const browser = await witness();
    const { host, said } = await opened(wasmUrl);
    if ((await host.tables()).length === 0) await host.request('CreateTable', table);
    let found = 0;
    let wrong = '';
    for (let after = null; ;) {
      const page = await host.items('Kept', 1000, after);
      for (const item of page.items) {
        const { N, Text } = item as { N: { N: string }; Text: { S: string } };
        if (Number(N.N) !== found || Text.S !== payload(seed, found)) wrong ||= `item ${N.N} in place ${found}`;
        found++;
      }
      after = page.next;
      if (!after) break;
    }
    let done = found;
    await host.subscribe((change) => {
      if (change.kind === 'save' && change.save.state === 'saved') window.acknowledge?.(done);
    });
    const go = async (): Promise<void> => {
      for (;;) {
        await host.request('PutItem', {
          TableName: 'Kept',
          Item: { P: { S: 'p' }, N: { N: String(done) }, Text: { S: payload(seed, done) } },
        });
        done++;
        if (done % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
      }
    };
    if (wrong === '') void go();
    return { said, found, wrong, browser };
  },
};

window.storage = storage;
