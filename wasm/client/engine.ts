/**
 * The four calls of the WebAssembly engine over one persistent request buffer.
 *
 * Invariants:
 * - The memory may grow during any call into WebAssembly, which detaches every view of it:
 *   `HEAPU8` is read again after each such call, and `bodyView` is rebuilt when it changed.
 * - A request lies in the buffer as `<header>\n<body>`. The body always starts at the same
 *   address and the header is written right-aligned before it, so repeating a target writes
 *   no header at all.
 * - After a WebAssembly trap the C++ side may be half-way through a change; the engine then
 *   refuses every further call instead of answering from a state nobody can vouch for.
 */
import type { EngineHandle, EngineModule, EngineModuleFactory } from './module';
import type { AdvanceReport, RestoreReport } from './types';

export type { EngineHandle, EngineModule, EngineModuleFactory, EngineModuleOptions } from './module';

/** The engine cannot be used (any more): disposed, out of memory, or stopped by a trap. */
export class EngineStoppedError extends Error {
  override readonly name = 'EngineStoppedError';
}

/** Parameters of a request beside its body, for example `{ region: 'eu-west-1' }`. */
export type CallParameters = Record<string, string>;

/** Room for the target and parameters in front of a body, in bytes. */
const HEADER_BYTES_MAX = 1024;
const INITIAL_BODY_BYTES = 64 * 1024;

// Crossovers measured on Node 20 and Chromium: an encoder or decoder call costs 200–300 ns in
// Node (about 1 µs in Chromium) whatever the length, a JavaScript loop some nanoseconds for
// each character. Below these lengths the loop wins, above them it loses quickly.
const ENCODE_LOOP_CHARS_MAX = 32;
const DECODE_LOOP_BYTES_MAX = 24;

/** Longer texts are encoded apart, so that the buffer is not made three times their length. */
const ENCODE_INTO_CHARS_MAX = 1024 * 1024;

/** Encoded headers kept; targets come from outside, so the number is bounded. */
const HEADERS_MAX = 256;

// What `drain_journal` is asked for.
const DRAIN_CHANGES = 0;
const DRAIN_SNAPSHOT = 1;
const DRAIN_REST = 2;

const LINE_FEED = 0x0a;
const DIGIT_ZERO = 0x30;

export class Engine {
  readonly #module: EngineModule;
  readonly #handle: EngineHandle;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #headers = new Map<string, Uint8Array>();

  /** The request buffer: HEADER_BYTES_MAX bytes, then `#capacity` bytes for the body. */
  #buffer = 0;
  #capacity = 0;
  /** The body's part of the request buffer; stale as soon as the memory has grown. */
  #bodyView: Uint8Array = new Uint8Array(0);
  /** The header that lies in the request buffer right now. */
  #headerKey = '';
  #headerBytes = 0;
  #stopped: string | null = null;

  /** True if `drainJournal` gave a piece of a snapshot that is not its last. */
  moreToDrain = false;

  /** Where the last answer's body lies in `memory`; overwritten by the next call. */
  replyStart = 0;
  replyEnd = 0;

  private constructor(module: EngineModule) {
    this.#module = module;
    this.#handle = new module.Engine();
    this.#reserve(INITIAL_BODY_BYTES);
  }

  /**
   * Instantiates the module and makes an empty engine in it.
   * @param factory default export of `build/wasm/sortkey.mjs`
   * @param wasmBinary bytes of `build/wasm/sortkey.wasm`
   */
  static async create(factory: EngineModuleFactory, wasmBinary: ArrayBuffer | Uint8Array): Promise<Engine> {
    return new Engine(await factory({ wasmBinary }));
  }

  /** Why the engine refuses calls, or null while it is usable. */
  get stopped(): string | null {
    return this.#stopped;
  }

  /** The engine's memory as it is now; do not keep it across calls. */
  get memory(): Uint8Array {
    return this.#module.HEAPU8;
  }

  /**
   * Runs one operation.
   * @param target for example `DynamoDB_20120810.GetItem`
   * @param body JSON text, sent as it is (a lone surrogate becomes U+FFFD)
   * @returns status 200, 400 or 500, and the JSON text of the answer (may be empty)
   * @throws EngineStoppedError only if the engine cannot be used any more
   */
  call(target: string, body: string, params?: CallParameters): { status: number; body: string } {
    this.#putHeader(target, params);
    const status = this.#run(this.#putText(body));
    return { status, body: this.#text(this.replyStart, this.replyEnd) };
  }

  /** Like `call` with bytes in and a copy of the bytes out. */
  callBytes(target: string, body: Uint8Array, params?: CallParameters): { status: number; body: Uint8Array } {
    const status = this.callInPlace(target, body, params);
    return { status, body: this.memory.slice(this.replyStart, this.replyEnd) };
  }

  /**
   * Like `callBytes`, but leaves the answer's body in `memory`, from `replyStart` to
   * `replyEnd`, until the next call. For hosts that copy it themselves.
   * @returns the status
   */
  callInPlace(target: string, body: Uint8Array, params?: CallParameters): number {
    this.#putHeader(target, params);
    return this.#run(this.#putBytes(body));
  }

  /** Moves the virtual clock to `untilMillis` (epoch milliseconds, never backwards). */
  advance(untilMillis: number): AdvanceReport {
    this.#assertUsable();
    return this.#json<AdvanceReport>(this.#guarded(() => this.#handle.advance(untilMillis)));
  }

  /**
   * Takes the journal frames since the last drain (empty if nothing changed), or with
   * `full` a complete snapshot; either way the pending journal is then drained.
   *
   * A snapshot can be taken in pieces of whole frames:
   *
   *     let piece = engine.drainJournal(true, 16 << 20);
   *     await store(piece);
   *     while (engine.moreToDrain) await store((piece = engine.drainJournal('rest', 16 << 20)));
   *
   * All pieces are of the moment the first was taken, whatever happens between them; what
   * changes meanwhile is drained by `drainJournal()` as ever, and belongs behind the last piece.
   * `drainJournal(true, …)` begins anew and gives up a snapshot under way; so do `restore` and a
   * reset, after which its rest is empty and `moreToDrain` false: such a snapshot is not complete.
   * @param full `true`: a snapshot from its beginning; `'rest'`: its next piece
   * @param maxBytes about how large a piece may be; by default as large as the snapshot. A frame
   *   has 256 KB or one item: a piece can be larger by so much. Frames of changes are never cut.
   * @returns a copy of the bytes; `moreToDrain` then says whether a snapshot goes on
   */
  drainJournal(full: boolean | 'rest' = false, maxBytes = 0): Uint8Array {
    this.#assertUsable();
    const what = full === 'rest' ? DRAIN_REST : full ? DRAIN_SNAPSHOT : DRAIN_CHANGES;
    const answer = this.#guarded(() => this.#handle.drain_journal(what, maxBytes));
    if (what !== DRAIN_CHANGES) this.moreToDrain = this.#word(answer + 8) !== 0;
    const start = this.#word(answer);
    return this.memory.slice(start, start + this.#word(answer + 4));
  }

  /**
   * Replaces everything by a snapshot and the journal frames after it, concatenated.
   * Damage is reported, never thrown; see `RestoreReport`.
   */
  restore(bytes: Uint8Array): RestoreReport {
    this.#assertUsable();
    // A snapshot can be large: it gets memory of its own, so that the request buffer stays small.
    const address = this.#allocate(bytes.length);
    this.#module.HEAPU8.set(bytes, address);
    const answer = this.#guarded(() => this.#handle.restore(address, bytes.length));
    const report = this.#json<RestoreReport>(answer);
    this.#module._free(address);
    return report;
  }

  /** Frees the engine and its request buffer; every later call throws. */
  dispose(): void {
    if (this.#stopped === null) {
      this.#handle.delete();
      this.#module._free(this.#buffer);
    }
    this.#stopped ??= 'the engine was disposed of';
  }

  /** Runs the request in the buffer; sets `replyStart` and `replyEnd`, returns the status. */
  #run(bodyBytes: number): number {
    const headerBytes = this.#headerBytes;
    let answer: number;
    try {
      answer = this.#handle.call(this.#buffer + HEADER_BYTES_MAX - headerBytes, headerBytes + bodyBytes) >>> 0;
    } catch (cause) {
      throw this.#trapped(cause);
    }
    const heap = this.#module.HEAPU8;
    // "<three digits>\n<body>"
    const start = this.#word(answer);
    this.replyStart = start + 4;
    this.replyEnd = start + this.#word(answer + 4);
    return (heap[start]! - DIGIT_ZERO) * 100 + (heap[start + 1]! - DIGIT_ZERO) * 10 + (heap[start + 2]! - DIGIT_ZERO);
  }

  #putHeader(target: string, params: CallParameters | undefined): void {
    this.#assertUsable();
    let key = target;
    if (params !== undefined) {
      for (const name in params) key += ` ${name}=${params[name]}`;
    }
    if (key === this.#headerKey) return;
    let header = this.#headers.get(key);
    if (header === undefined) {
      header = this.#encoder.encode(`${key}\n`);
      if (header.length > HEADER_BYTES_MAX || header.indexOf(LINE_FEED) !== header.length - 1) {
        throw new RangeError('A target with its parameters is one line of at most 1023 bytes.');
      }
      if (this.#headers.size >= HEADERS_MAX) this.#headers.clear();
      this.#headers.set(key, header);
    }
    this.#module.HEAPU8.set(header, this.#buffer + HEADER_BYTES_MAX - header.length);
    this.#headerKey = key;
    this.#headerBytes = header.length;
  }

  /** Writes the body's text into the request buffer; returns its length in bytes. */
  #putText(text: string): number {
    const length = text.length;
    if (length <= ENCODE_LOOP_CHARS_MAX) {
      const heap = this.#module.HEAPU8;
      const start = this.#buffer + HEADER_BYTES_MAX;
      let i = 0;
      for (; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 0x7f) break;
        heap[start + i] = unit;
      }
      if (i === length) return length;
    }
    if (length > ENCODE_INTO_CHARS_MAX) return this.#putBytes(this.#encoder.encode(text));
    // A UTF-16 code unit takes at most three bytes.
    if (length * 3 > this.#capacity) this.#reserve(length * 3);
    if (this.#bodyView.buffer !== this.#module.HEAPU8.buffer) this.#refreshView();
    return this.#encoder.encodeInto(text, this.#bodyView).written;
  }

  #putBytes(bytes: Uint8Array): number {
    if (bytes.length > this.#capacity) this.#reserve(bytes.length);
    this.#module.HEAPU8.set(bytes, this.#buffer + HEADER_BYTES_MAX);
    return bytes.length;
  }

  #text(start: number, end: number): string {
    const heap = this.#module.HEAPU8;
    if (end - start <= DECODE_LOOP_BYTES_MAX) {
      let text = '';
      let i = start;
      for (; i < end; i++) {
        const byte = heap[i]!;
        if (byte > 0x7f) break;
        text += String.fromCharCode(byte);
      }
      if (i === end) return text;
    }
    return this.#decoder.decode(heap.subarray(start, end));
  }

  #json<T>(answer: number): T {
    const start = this.#word(answer);
    return JSON.parse(this.#text(start, start + this.#word(answer + 4))) as T;
  }

  #word(at: number): number {
    const heap = this.#module.HEAPU8;
    return (heap[at]! | (heap[at + 1]! << 8) | (heap[at + 2]! << 16) | (heap[at + 3]! << 24)) >>> 0;
  }

  /** Makes room for a body of `bytes`; the header in the buffer is lost. */
  #reserve(bytes: number): void {
    const capacity = Math.max(bytes, 2 * this.#capacity);
    const header = this.#headerBytes;
    const old = this.#buffer;
    const buffer = this.#allocate(HEADER_BYTES_MAX + capacity);
    const heap = this.#module.HEAPU8;
    heap.copyWithin(buffer + HEADER_BYTES_MAX - header, old + HEADER_BYTES_MAX - header, old + HEADER_BYTES_MAX);
    if (old !== 0) this.#module._free(old);
    this.#buffer = buffer;
    this.#capacity = capacity;
    this.#refreshView();
  }

  #refreshView(): void {
    const start = this.#buffer + HEADER_BYTES_MAX;
    this.#bodyView = this.#module.HEAPU8.subarray(start, start + this.#capacity);
  }

  #allocate(bytes: number): number {
    const address = this.#module._malloc(Math.max(bytes, 1)) >>> 0;
    if (address === 0) throw new RangeError(`The engine has no memory for ${bytes} bytes.`);
    return address;
  }

  #guarded(run: () => number): number {
    try {
      return run() >>> 0;
    } catch (cause) {
      throw this.#trapped(cause);
    }
  }

  #trapped(cause: unknown): EngineStoppedError {
    this.#stopped = `the engine stopped: ${cause instanceof Error ? cause.message : String(cause)}`;
    return new EngineStoppedError(this.#stopped, { cause });
  }

  #assertUsable(): void {
    if (this.#stopped !== null) throw new EngineStoppedError(this.#stopped);
  }
}
