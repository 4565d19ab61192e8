/** The worker's end of the boundary: a host behind numbered calls. */
import type { StatusChange } from '../protocol/types';
import type { Playground } from './api';
import {
  errorReply,
  optionsAt,
  type CallProgress,
  type Notice,
  type NoticeMessage,
  type PlaygroundMethod,
  type RemotePlayground,
  type Reply,
} from './rpc';

/** `post` sends a message to the page. */
export function remoteOf(playground: Playground, post: (message: NoticeMessage) => void): RemotePlayground {
  const aborts = new Map<number, AbortController>();
  const notify = (notice: Notice): void => post({ sortkeyNotice: notice });
  void playground.subscribe((status: StatusChange) => notify({ call: 0, status }));
  return {
    async invoke(call: number, method: PlaygroundMethod, args: unknown[]): Promise<Reply> {
      const abort = new AbortController();
      aborts.set(call, abort);
      try {
        const onProgress = (progress: CallProgress): void => notify({ call, progress });
        const given = [...args];
        const at = optionsAt[method];
        if (at !== undefined) given[at] = method === 'open' ? onProgress : { onProgress, signal: abort.signal };
        const run = playground[method] as (...given: unknown[]) => Promise<unknown>;
        return { ok: true, value: await run.apply(playground, given) };
      } catch (error) {
        return errorReply(error);
      } finally {
        aborts.delete(call);
      }
    },
    cancel(call: number): void {
      aborts.get(call)?.abort();
    },
  };
}
