/** Content encodings of requests and answers: gzip and deflate, as the service takes them. */
import { constants, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';

/** Answers below this size are sent as they are: compressing would cost more than it saves. */
export const COMPRESS_BYTES_MIN = 1024;

const FAST = { level: constants.Z_BEST_SPEED };

/** The body was larger than allowed once inflated. */
export class TooLargeError extends Error {}

/**
 * Undoes a request's `Content-Encoding`.
 * @returns the plain bytes, or null if they are not what the encoding says
 * @throws TooLargeError if there are more than `bytesMax` of them
 */
export function decodeBody(body: Buffer, encoding: string, bytesMax: number): Buffer | null {
  const limits = { maxOutputLength: bytesMax };
  try {
    switch (encoding.trim().toLowerCase()) {
      case '':
      case 'identity':
      // Chunked signing of the SDKs, which says nothing about the bytes themselves.
      case 'aws-chunked':
        return body;
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(body, limits);
      case 'deflate':
        return inflateSync(body, limits);
      default:
        return null;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new TooLargeError();
    return null;
  }
}

/** The encoding an `Accept-Encoding` header asks for, or null for none. gzip is preferred. */
export function acceptedEncoding(accept: string): 'gzip' | 'deflate' | null {
  let best: 'gzip' | 'deflate' | null = null;
  let bestQuality = 0;
  for (const part of accept.toLowerCase().split(',')) {
    const [name, ...parameters] = part.split(';').map((text) => text.trim());
    const coding = name === '*' || name === 'x-gzip' ? 'gzip' : name;
    if (coding !== 'gzip' && coding !== 'deflate') continue;
    const weight = parameters.find((text) => text.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice(2)) || 0;
    if (quality > bestQuality || (quality === bestQuality && quality > 0 && coding === 'gzip')) {
      best = coding;
      bestQuality = quality;
    }
  }
  return best;
}

/** Compresses an answer. */
export function encodeBody(body: Uint8Array, encoding: 'gzip' | 'deflate'): Buffer {
  return encoding === 'gzip' ? gzipSync(body, FAST) : deflateSync(body, FAST);
}
