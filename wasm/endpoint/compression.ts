/**
 * Content encodings of requests and answers: gzip and deflate. Which answers are compressed, and
 * how, follows what was observed at the service in 2025 and 2026 (ScyllaDB's Alternator tests run
 * against it): from 4,096 bytes on; by the first Accept-Encoding header alone; `identity` and
 * `x-gzip` count for nothing.
 */
import { constants, deflateSync, gunzip, gzipSync, inflate, type ZlibOptions } from 'node:zlib';

/** Answers below this size are sent as they are. */
export const COMPRESS_BYTES_MIN = 4096;

/**
 * Bodies inflated at the same time, in Node's own threads; others wait their turn. A small body
 * may inflate to the limit, so this many times the limit is what hostile ones can cost.
 */
const INFLATING_MAX = 2;
const INFLATE_CHUNK_BYTES = 256 * 1024;

const FAST = { level: constants.Z_BEST_SPEED };

/** What an inflated body came to: its bytes, or why there are none. */
export type Decoded = Buffer | 'unreadable' | 'too large';

type Inflate = (body: Buffer, options: ZlibOptions, done: (error: Error | null, plain: Buffer) => void) => void;

const INFLATERS: Readonly<Record<string, Inflate>> = { gzip: gunzip, 'x-gzip': gunzip, deflate: inflate };

let inflating = 0;
const waiting: (() => void)[] = [];

/** True if a `Content-Encoding` leaves the bytes as they are. */
export function isPlain(encoding: string): boolean {
  const name = encoding.trim().toLowerCase();
  return name === '' || name === 'identity';
}

/**
 * Undoes a request's `Content-Encoding` without holding up other requests. Inflating ends as soon
 * as there are more than `bytesMax` bytes.
 */
export async function decodeBody(body: Buffer, encoding: string, bytesMax: number): Promise<Decoded> {
  const run = INFLATERS[encoding.trim().toLowerCase()];
  if (run === undefined) return 'unreadable';
  if (inflating === INFLATING_MAX) await new Promise<void>((resolve) => waiting.push(resolve));
  else inflating++;
  const options = { maxOutputLength: bytesMax, chunkSize: INFLATE_CHUNK_BYTES };
  return new Promise((resolve) => {
    run(body, options, (error, plain) => {
      const next = waiting.shift();
      if (next === undefined) inflating--;
      else next();
      if (error === null) resolve(plain);
      else resolve((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'unreadable');
    });
  });
}

type Coding = 'gzip' | 'deflate';

/**
 * The encoding an `Accept-Encoding` header asks for, or null for none: the one of the highest
 * quality, of equals the first named, and those named before those `*` stands for.
 */
export function acceptedEncoding(accept: string): Coding | null {
  const named = new Map<string, number>();
  for (const part of accept.toLowerCase().split(',')) {
    const [name, ...parameters] = part.split(';').map((text) => text.trim());
    const quality = qualityOf(parameters);
    named.set(name!, Math.max(named.get(name!) ?? 0, quality));
  }
  const others = named.get('*') ?? 0;
  const codings = [...named.keys(), 'gzip', 'deflate'].filter((name) => name === 'gzip' || name === 'deflate');
  let best: Coding | null = null;
  let bestQuality = 0;
  for (const coding of codings) {
    const quality = named.get(coding) ?? others;
    if (quality > bestQuality) {
      best = coding;
      bestQuality = quality;
    }
  }
  return best;
}

/** From 0 to 1. What is no number counts as 1, and a parameter that is no quality forbids. */
function qualityOf(parameters: string[]): number {
  const first = parameters[0];
  if (first === undefined) return 1;
  const weight = /^q\s*=\s*(.*)$/.exec(first);
  if (weight === null) return 0;
  const quality = Number(weight[1]);
  return Number.isNaN(quality) ? 1 : Math.min(Math.max(quality, 0), 1);
}

/** Compresses an answer. */
export function encodeBody(body: Uint8Array, encoding: Coding): Buffer {
  return encoding === 'gzip' ? gzipSync(body, FAST) : deflateSync(body, FAST);
}
