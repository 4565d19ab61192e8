/** The worker's end of the boundary: a host behind numbered calls. */
import type { DatasetProgress, LoadProgress, StatusChange } from '../protocol/types';
import type { Playground } from './api';
import { errorReply, optionsAt, type Notice, type PlaygroundMethod, type RemotePlayground, type Reply } from './rpc';

export function remoteOf(playground: Playground): RemotePlayground {
  const aborts = new Map<number, AbortController>();
  let notify: (notice: Notice) => void = () => undefined;
  return {
    async invoke(call: number, method: PlaygroundMethod, args: unknown[]): Promise<Reply> {
      const abort = new AbortController();
      aborts.set(call, abort);
      try {
        const onProgress = (progress: LoadProgress | DatasetProgress): void => notify({ call, progress });
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
    async listen(listener: (notice: Notice) => void): Promise<void> {
      notify = listener;
      await playground.subscribe((status: StatusChange) => listener({ call: 0, status }));
    },
  };
}
