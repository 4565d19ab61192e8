/**
 * Shapes of the Emscripten module that `wasm/bindings.cc` builds to `build/wasm/sortkey.mjs`.
 *
 * Addresses are byte offsets into `HEAPU8`. An answer address points at three little-endian
 * 32-bit words: where the answer's bytes lie, how many there are, and whether more is to come.
 * All stay valid until the next call on the engine.
 */

/** The Embind class: the engine's four calls over addresses. */
export interface EngineHandle {
  /** Runs one request of `length` bytes at `address`; returns an answer address. */
  call(address: number, length: number): number;
  /** Moves the virtual clock to `untilMillis`; returns an answer address (JSON). */
  advance(untilMillis: number): number;
  /**
   * Journal frames since the last drain (0), a snapshot from its beginning (1) or its next piece
   * (2), of about `bytesMax` bytes (0: all); returns an answer address.
   */
  drain_journal(what: number, bytesMax: number): number;
  /** Replaces everything by the frames at `address`; returns an answer address (JSON). */
  restore(address: number, length: number): number;
  /** Embind: frees the C++ object. */
  delete(): void;
}

/** An instantiated module. `HEAPU8` is replaced whenever the memory grows. */
export interface EngineModule {
  readonly HEAPU8: Uint8Array;
  readonly Engine: new () => EngineHandle;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** Options that the factory understands. */
export interface EngineModuleOptions {
  /** The bytes of `sortkey.wasm`; with them the module loads nothing by itself. */
  wasmBinary: ArrayBuffer | Uint8Array;
  /** Receives what the C++ side prints. */
  print?: (line: string) => void;
  printErr?: (line: string) => void;
}

/** The default export of `sortkey.mjs`. */
export type EngineModuleFactory = (options: EngineModuleOptions) => Promise<EngineModule>;
