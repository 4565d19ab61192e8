/** A browser's locks and channels in one process, after the Web Locks specification, as far as leadership uses them. */
import type { ChannelLike, LockManagerLike } from '../../../web/src/persistence';

interface Request {
  grant: () => void;
  fail: (error: Error) => void;
}

/** All locks of one browser. */
export class FakeLocks implements LockManagerLike {
  private readonly held = new Map<string, { abort: (error: Error) => void }>();
  private readonly line = new Map<string, Request[]>();

  request(
    name: string,
    options: { ifAvailable?: boolean; steal?: boolean; signal?: AbortSignal },
    callback: (lock: unknown) => Promise<void> | void,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const hold = (): void => {
        const entry = { abort: reject };
        this.held.set(name, entry);
        void Promise.resolve(callback({ name })).then((value) => {
          if (this.held.get(name) === entry) {
            this.held.delete(name);
            this.line.get(name)?.shift()?.grant();
          }
          resolve(value);
        }, reject);
      };
      if (options.signal?.aborted) return reject(new Error('AbortError'));
      if (options.steal) {
        this.held.get(name)?.abort(new Error('AbortError'));
        return hold();
      }
      if (!this.held.has(name)) return hold();
      if (options.ifAvailable) return resolve(callback(null));
      const waiting = this.line.get(name) ?? [];
      this.line.set(name, waiting);
      const request: Request = { grant: hold, fail: reject };
      waiting.push(request);
      options.signal?.addEventListener('abort', () => {
        const at = waiting.indexOf(request);
        if (at >= 0) waiting.splice(at, 1)[0]!.fail(new Error('AbortError'));
      });
    });
  }
}

/** All channels of one browser; messages arrive later, never at the sender. */
export class FakeChannels {
  private readonly open = new Map<string, Set<ChannelLike>>();

  channel(name: string): ChannelLike {
    const peers = this.open.get(name) ?? new Set();
    this.open.set(name, peers);
    const channel: ChannelLike = {
      onmessage: null,
      postMessage: (data) => {
        for (const peer of peers) if (peer !== channel) queueMicrotask(() => peer.onmessage?.({ data }));
      },
      close: () => void peers.delete(channel),
    };
    peers.add(channel);
    return channel;
  }
}

/** Lets everything that is due happen. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits until an assertion holds; fails with its own words after five seconds. */
export async function eventually(assertion: () => void | Promise<void>): Promise<void> {
  const end = Date.now() + 5000;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
