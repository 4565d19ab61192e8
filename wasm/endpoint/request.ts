/** A request with the part of its body that has arrived. */
import { IncomingMessage, type ServerResponse } from 'node:http';
import type { Claim } from './bodies';

const NO_BYTES = Buffer.alloc(0);
const FIRST_BUFFER_BYTES = 64 * 1024;

export class EndpointRequest extends IncomingMessage {
  response!: ServerResponse;
  /** Answered before its end: what still comes is dropped. */
  isRefused = false;
  claim: Claim | null = null;
  /** How much of the body has come. */
  bytes = 0;

  /** The only piece so far, as the socket gave it. */
  private first: Buffer = NO_BYTES;
  /** All pieces, once there are two; longer than what has come. */
  private joined: Buffer | null = null;

  /** The body's length as declared; 0 if it is not. */
  get declaredBytes(): number {
    const length = this.headers['content-length'];
    return length === undefined ? 0 : Number(length);
  }

  /** Keeps one more piece. Pieces may be tiny, so they are copied together and not kept apart. */
  append(piece: Buffer): void {
    const before = this.bytes;
    this.bytes += piece.length;
    if (before === 0) {
      this.first = piece;
      return;
    }
    const joined = this.joined ?? this.first;
    if (this.joined === null || joined.length < this.bytes) {
      this.joined = Buffer.allocUnsafe(Math.max(this.declaredBytes, this.bytes * 2, FIRST_BUFFER_BYTES));
      joined.copy(this.joined, 0, 0, before);
      this.first = NO_BYTES;
    }
    piece.copy(this.joined!, before);
  }

  /** What has come so far. */
  get body(): Buffer {
    return this.joined === null ? this.first : this.joined.subarray(0, this.bytes);
  }

  /** Forgets what has come; nothing more is kept. */
  refuse(): void {
    this.isRefused = true;
    this.first = NO_BYTES;
    this.joined = null;
  }
}
