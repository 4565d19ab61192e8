/** Fetches a file with byte progress and a clear error. */
import { bytes as size } from '../protocol/words';
import { PlaygroundError, type PlaygroundErrorCode } from './api';

/**
 * The bytes at a URL. `onBytes` gets the bytes so far and in all (0: unknown). Rejects with the given code and words that
 * name the file and the status.
 */
export async function fetchBytes(
  url: string,
  what: string,
  code: PlaygroundErrorCode,
  onBytes: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (error) {
    throw new PlaygroundError(
      code,
      `${what} could not be loaded: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  if (!response.ok)
    throw new PlaygroundError(code, `${what} could not be loaded: the server answered ${response.status}.`);
  // The length of a compressed answer is not the length of what arrives here.
  const plain = response.headers.get('content-encoding') === null;
  const total = plain ? Number(response.headers.get('content-length') ?? 0) : 0;
  onBytes(0, total);
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const pieces: Uint8Array[] = [];
  let done = 0;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const piece = await reader.read();
      if (piece.done) break;
      pieces.push(piece.value);
      done += piece.value.length;
      onBytes(done, total);
    }
  } catch (error) {
    throw new PlaygroundError(
      code,
      `${what} was cut off after ${size(done)}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  const bytes = new Uint8Array(done);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
