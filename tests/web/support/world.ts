/** The real engine and the real host in process; only the browser's parts are replaced. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine, type EngineModuleFactory } from '../../../wasm/client/engine';
import {
  MemoryDisk,
  MemoryStore,
  SoleLeadership,
  WebLocksLeadership,
  type WorkspaceStore,
} from '../../../web/src/persistence';
import { parseScript } from '../../../web/src/script';
import {
  defaultSettings,
  type BlockResult,
  type StatusChange,
  type WorldSettings,
} from '../../../web/src/protocol/types';
import { PlaygroundHost, type HostServices } from '../../../web/src/worker/host';
import { FakeChannels, FakeLocks } from './tabs';

const root = join(__dirname, '../../..');

/** The movies file, read from the package. */
export const moviesFile = (): unknown =>
  JSON.parse(readFileSync(join(root, 'node_modules/vega-datasets/data/movies.json'), 'utf8'));

let wasmBinary: Uint8Array | undefined;

export function createEngine(): Promise<Engine> {
  wasmBinary ??= readFileSync(join(root, 'build/wasm/sortkey.wasm'));
  // Through Jest's own loader, which turns the ES module into what it runs.
  const { default: factory } = jest.requireActual<{ default: EngineModuleFactory }>(
    join(root, 'build/wasm/sortkey.mjs'),
  );
  return Engine.create(factory, wasmBinary);
}

export interface Tab {
  host: PlaygroundHost;
  changes: StatusChange[];
}

/** One browser: its disk and locks outlive the tabs. */
export function browser() {
  const disk = new MemoryDisk();
  const locks = new FakeLocks();
  const channels = new FakeChannels();
  return {
    disk,
    async tab(store: WorkspaceStore = new MemoryStore(disk), more: Partial<HostServices> = {}): Promise<Tab> {
      const host = new PlaygroundHost({
        createEngine,
        store,
        leadership: (workspace) =>
          new WebLocksLeadership(workspace, {
            locks,
            openChannel: (name) => channels.channel(name),
            patienceMillis: 50,
          }),
        source: async () => moviesFile(),
        later: () => () => undefined,
        ...more,
      });
      const changes: StatusChange[] = [];
      await host.subscribe((change) => changes.push(change));
      return { host, changes };
    },
  };
}

/** A host with an empty scratch world. */
export async function scratchHost(settings: Partial<WorldSettings> = {}): Promise<PlaygroundHost> {
  const host = new PlaygroundHost({
    createEngine,
    store: new MemoryStore(),
    leadership: () => new SoleLeadership(),
    source: async () => moviesFile(),
  });
  await host.open({ workspace: null, document: { settings: { ...defaultSettings, ...settings } } });
  return host;
}

/** Runs every block of a script. */
export async function runScript(host: PlaygroundHost, script: string): Promise<BlockResult[]> {
  const { blocks, problems } = parseScript(script);
  if (problems.length > 0) throw new Error(problems[0]!.message);
  const results: BlockResult[] = [];
  for (const [index, block] of blocks.entries()) results.push(await host.runBlock(block, index));
  return results;
}

export async function bytesOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

export async function digestOf(host: PlaygroundHost): Promise<string> {
  return ((await host.inspect('StateDigest')) as { Digest: string }).Digest;
}

export const createMusic = `CreateTable {
  "TableName": "Music",
  "AttributeDefinitions": [{ "AttributeName": "Artist", "AttributeType": "S" }, { "AttributeName": "SongTitle", "AttributeType": "S" }],
  "KeySchema": [{ "AttributeName": "Artist", "KeyType": "HASH" }, { "AttributeName": "SongTitle", "KeyType": "RANGE" }],
  "BillingMode": "PAY_PER_REQUEST",
}\n`;

export function putSong(artist: string, title: string, more = ''): string {
  return `PutItem { "TableName": "Music", "Item": { "Artist": {"S": ${JSON.stringify(artist)}}, "SongTitle": {"S": ${JSON.stringify(title)}}, ${more} } }\n`;
}
