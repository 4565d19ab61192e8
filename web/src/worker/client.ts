/** The page's end of the boundary: a Playground whose work is done in a worker. */
import { wrap, type Endpoint, type Remote } from 'comlink';
import type { StatusChange } from '../protocol/types';
import { PlaygroundError, type Playground, type RunOptions } from './api';
import {
  isNotice,
  optionsAt,
  type CallProgress,
  type Notice,
  type PlaygroundMethod,
  type RemotePlayground,
  type Reply,
} from './rpc';

/** A worker, or in tests one end of a MessageChannel. */
export type WorkerLike = Endpoint & { terminate?: () => void };

/**
 * Connects to a worker made by `createWorker`. A worker that dies rejects its calls with 'EngineLoad'; the next open()
 * starts a new one, which first reads what was saved.
 */
export function connectPlayground(createWorker: () => WorkerLike): Playground {
  const connection = new Connection(createWorker);
  const client: Record<string, (...args: unknown[]) => unknown> = {};
  for (const method of methods) client[method] = (...args: unknown[]) => connection.invoke(method, args);
  client.subscribe = (listener) => connection.subscribe(listener as (change: StatusChange) => void);
  return client as unknown as Playground;
}

/** Every method but subscribe, whose listener stays on this side. */
const methods: Exclude<PlaygroundMethod, 'subscribe'>[] = [
  'open',
  'runBlock',
  'rehearse',
  'request',
  'inspect',
  'advance',
  'load',
  'tables',
  'items',
  'capacity',
  'partitions',
  'world',
  'reset',
  'saveDocument',
  'keep',
  'workspaces',
  'exportWorkspace',
  'quarantined',
  'quarantineFile',
  'discardQuarantined',
  'startFresh',
  'retrySave',
  'takeOver',
  'close',
];

type ProgressListener = (progress: never) => void;

class Connection {
  private worker: WorkerLike | null = null;
  private remote: Remote<RemotePlayground> | null = null;
  private calls = 0;
  private readonly progress = new Map<number, ProgressListener>();
  private readonly pending = new Map<number, (reply: Reply) => void>();
  private readonly listeners = new Set<(change: StatusChange) => void>();

  constructor(private readonly createWorker: () => WorkerLike) {}

  async subscribe(listener: (change: StatusChange) => void): Promise<() => void> {
    this.listeners.add(listener);
    this.connect();
    return () => void this.listeners.delete(listener);
  }

  async invoke(method: PlaygroundMethod, args: unknown[]): Promise<unknown> {
    const call = ++this.calls;
    const given = [...args];
    const at = optionsAt[method];
    let signal: AbortSignal | undefined;
    if (at !== undefined) {
      const options = given[at];
      given.length = Math.min(given.length, at);
      const listener =
        typeof options === 'function' ? (options as ProgressListener) : (options as RunOptions | undefined)?.onProgress;
      signal = typeof options === 'object' ? (options as RunOptions).signal : undefined;
      if (listener) this.progress.set(call, listener as ProgressListener);
    }
    const cancel = (): void => void this.remote?.cancel(call);
    try {
      const remote = this.connect();
      const answered = new Promise<Reply>((resolve) => this.pending.set(call, resolve));
      remote.invoke(call, method, given).then(this.pending.get(call), (error: unknown) => this.failed(error));
      if (signal?.aborted) cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      const reply = await answered;
      if (!reply.ok) throw new PlaygroundError(reply.code, reply.message, reply.fields);
      return reply.value;
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.pending.delete(call);
      this.progress.delete(call);
    }
  }

  private connect(): Remote<RemotePlayground> {
    if (this.remote) return this.remote;
    const worker = this.createWorker();
    worker.addEventListener('error', (event) => {
      if (this.worker === worker) this.failed((event as unknown as { message?: string }).message);
    });
    worker.addEventListener('message', (event) => {
      const { data } = event as MessageEvent<unknown>;
      if (isNotice(data)) this.hear(data.sortkeyNotice);
    });
    worker.addEventListener('messageerror', () => this.failed('a message could not be read'));
    this.worker = worker;
    this.remote = wrap<RemotePlayground>(worker);
    return this.remote;
  }

  private hear(notice: Notice): void {
    if (notice.call === 0) {
      if ('status' in notice) for (const listener of this.listeners) listener(notice.status);
    } else if ('progress' in notice) {
      (this.progress.get(notice.call) as ((progress: CallProgress) => void) | undefined)?.(notice.progress);
    }
  }

  /** The worker is gone: its calls end now rather than never. */
  private failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error ?? 'it could not be loaded');
    this.worker?.terminate?.();
    this.worker = null;
    this.remote = null;
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const resolve of waiting) {
      resolve({ ok: false, code: 'EngineLoad', message: `The engine stopped: ${reason}.`, fields: {} });
    }
  }
}
