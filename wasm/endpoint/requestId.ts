/** Request ids as the service forms them: 52 characters of `[0-9A-Z]`. */
import { randomFillSync } from 'node:crypto';

const LENGTH = 52;
const ALPHABET = Buffer.from('0123456789ABCDEFGHIJKLMNOPQRSTUV', 'latin1');

// Random bytes are fetched for many ids at once: one request to the system costs more than
// all the rest of an id.
const pool = Buffer.alloc(LENGTH * 512);
let used = pool.length;

/** A fresh id. */
export function newRequestId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    // 32 characters: five bits of each byte, without bias.
    for (let i = 0; i < pool.length; i++) pool[i] = ALPHABET[pool[i]! & 31]!;
    used = 0;
  }
  const id = pool.toString('latin1', used, used + LENGTH);
  used += LENGTH;
  return id;
}
