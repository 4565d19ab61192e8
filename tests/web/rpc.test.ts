/** The worker boundary: what the page gets is what the host gave, errors keep their code, and a dead worker ends its calls. */
import { expose } from 'comlink';
import { parseScript } from '../../web/src/script';
import { connectPlayground, PlaygroundError, type Playground, type WorkerLike } from '../../web/src/worker';
import { remoteOf } from '../../web/src/worker/remote';
import type { DatasetProgress, LoadProgress, StatusChange } from '../../web/src/protocol/types';
import { settle } from './support/tabs';

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

/** A client and, behind a real message channel, a remote over the given methods. */
function connected(methods: Partial<Playground>) {
  let tell: (change: StatusChange) => void = () => undefined;
  const workers: { die: (message: string) => void }[] = [];
  const playground = {
    subscribe: async (listener: (change: StatusChange) => void) => {
      tell = listener;
      return () => undefined;
    },
    ...methods,
  } as Playground;
  const client = connectPlayground(() => {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    expose(
      remoteOf(playground, (message) => port2.postMessage(message)),
      port2 as never,
    );
    const errors: ((event: unknown) => void)[] = [];
    const worker = {
      postMessage: (message: unknown, transfer: Transferable[]) => port1.postMessage(message, transfer as never),
      addEventListener: (type: string, listener: (event: unknown) => void) =>
        type === 'error' ? void errors.push(listener) : port1.addEventListener(type as 'message', listener as never),
      removeEventListener: (type: string, listener: (event: unknown) => void) =>
        port1.removeEventListener(type as 'message', listener as never),
      start: () => port1.start(),
      terminate: () => port1.close(),
    };
    workers.push({ die: (message) => errors.forEach((listener) => listener({ message })) });
    return worker as unknown as WorkerLike;
  });
  return { client, workers, tell: (change: StatusChange) => tell(change) };
}

test('arguments and values pass as they are', async () => {
  const { client } = connected({
    advance: async (millis) => ({ nowMillis: millis + 1, events: [] }),
    exportWorkspace: async () => new Blob([new Uint8Array([1, 2])]),
  });
  expect(await client.advance(4)).toEqual({ nowMillis: 5, events: [] });
  expect([...new Uint8Array(await (await client.exportWorkspace()).arrayBuffer())]).toEqual([1, 2]);
});

test('an error keeps its code, words and fields', async () => {
  const { client } = connected({
    open: async () => {
      throw new PlaygroundError('EngineLoad', 'The server answered 503.', { status: 503 });
    },
    world: async () => {
      throw new TypeError('oops');
    },
  });
  const error: unknown = await client.open({ workspace: null }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PlaygroundError);
  expect(error).toMatchObject({ code: 'EngineLoad', message: 'The server answered 503.', fields: { status: 503 } });
  await expect(client.world()).rejects.toMatchObject({ code: 'Internal', message: 'oops' });
});

test('progress reaches its own call only', async () => {
  const { client } = connected({
    open: async (_, onProgress) => {
      onProgress?.({ step: 'engine-download', label: 'Loading', bytes: 1, bytesTotal: 2 });
      return { state: 'opened' } as never;
    },
    load: async (dataset, options) => {
      options?.onProgress?.({ dataset, step: 'write', done: 1, total: 4 });
      await settle();
      return { dataset } as never;
    },
  });
  const seen: (LoadProgress | DatasetProgress)[] = [];
  const other: unknown[] = [];
  await client.open({ workspace: null }, (progress) => seen.push(progress));
  await Promise.all([
    client.load('movies', { onProgress: (progress) => seen.push(progress) }),
    client.load('music', { onProgress: (progress) => other.push(progress) }),
    client.load('people'),
  ]);
  expect(seen).toEqual([
    { step: 'engine-download', label: 'Loading', bytes: 1, bytesTotal: 2 },
    { dataset: 'movies', step: 'write', done: 1, total: 4 },
  ]);
  expect(other).toEqual([{ dataset: 'music', step: 'write', done: 1, total: 4 }]);
});

test('an abort on this side is an abort on that side', async () => {
  const { client } = connected({
    runBlock: (block, index, options) =>
      new Promise((resolve) => {
        options!.signal!.addEventListener('abort', () =>
          resolve({ name: block.name, block: index, ok: false } as never),
        );
      }),
  });
  const abort = new AbortController();
  const running = client.runBlock(parseScript('@load movies').blocks[0]!, 3, { signal: abort.signal });
  await settle();
  abort.abort();
  expect(await running).toEqual({ name: 'load', block: 3, ok: false });
});

test('status changes reach every listener until it stops', async () => {
  const { client, tell } = connected({});
  const [first, second]: StatusChange[][] = [[], []];
  const stop = await client.subscribe((change) => first!.push(change));
  await client.subscribe((change) => second!.push(change));
  await settle();
  tell({ kind: 'save', save: { state: 'saved' } });
  await settle();
  stop();
  tell({ kind: 'save', save: { state: 'saving' } });
  await settle();
  expect([first!.length, second!.length]).toEqual([1, 2]);
});

test('a worker that dies ends its calls with a clear error, and the next call gets a new worker', async () => {
  let answers = false;
  const { client, workers } = connected({
    world: () => (answers ? Promise.resolve({ Seed: 1 } as never) : new Promise(() => undefined)),
  });
  const lost = client.world();
  await settle();
  workers[0]!.die('Script error');
  await expect(lost).rejects.toMatchObject({ code: 'EngineLoad', message: 'The engine stopped: Script error.' });
  answers = true;
  expect(await client.world()).toEqual({ Seed: 1 });
  expect(workers).toHaveLength(2);
});
