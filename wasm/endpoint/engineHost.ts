/**
 * The engine behind the endpoint: set up without a journal, its virtual clock following the
 * wall clock. A WebAssembly trap ends it for good: the data may be half-changed, so every
 * request from then on is answered with an error instead of a guess.
 */
import { Engine, type EngineModuleFactory } from '../client/engine';
import { inspectionTargetOf } from '../client/client';
import type { Configuration, Wording } from '../client/types';

export interface EngineHostOptions {
  factory: EngineModuleFactory;
  wasmBinary: Uint8Array;
  region: string;
  tableDelayMillis: number;
  wording: Wording;
  /** Told what failed inside the engine; of a stopped engine, once. */
  log: (line: string) => void;
}

const STOPPED_ANSWER = Buffer.from(
  JSON.stringify({
    __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
    message: 'The engine stopped after an internal error; restart the endpoint.',
  }),
);

/** The engine's own Region; requests name theirs only if it differs. */
const DEFAULT_REGION = 'us-east-1';

export class EngineHost {
  readonly #engine: Engine;
  readonly #parameters: Record<string, string> | undefined;
  readonly #log: (line: string) => void;
  #nowMillis: number;
  #stopLogged = false;
  /** A Buffer over the engine's memory; stale as soon as the memory has grown. */
  #heap = Buffer.alloc(0);
  #failed = false;

  private constructor(engine: Engine, options: EngineHostOptions, nowMillis: number) {
    this.#engine = engine;
    this.#log = options.log;
    this.#nowMillis = nowMillis;
    this.#parameters = options.region === DEFAULT_REGION ? undefined : { region: options.region };
  }

  /** Starts an empty engine at the wall clock's time. */
  static async open(options: EngineHostOptions): Promise<EngineHost> {
    const engine = await Engine.create(options.factory, options.wasmBinary);
    const nowMillis = Date.now();
    const configuration: Configuration = {
      TableDelayMillis: options.tableDelayMillis,
      Wording: options.wording,
      Journal: false,
      NowMillis: nowMillis,
    };
    const answer = engine.call(inspectionTargetOf('Configure'), JSON.stringify(configuration));
    if (answer.status !== 200) throw new Error(`The engine refused its settings: ${answer.body}`);
    return new EngineHost(engine, options, nowMillis);
  }

  /**
   * Runs one request at the wall clock's time; `replyBytes` then gives the answer.
   * @returns the status
   */
  call(target: string, body: Uint8Array): number {
    const engine = this.#engine;
    try {
      const now = Date.now();
      // A wall clock may be set back; the engine's time stands still until it is passed again.
      if (now > this.#nowMillis) {
        this.#nowMillis = now;
        engine.advance(now);
      }
      const status = engine.callInPlace(target, body, this.#parameters);
      this.#failed = false;
      return status;
    } catch (error) {
      this.#failed = true;
      if (!this.#stopLogged) this.#log(`${target}: ${describe(error)}`);
      this.#stopLogged = this.#engine.stopped !== null;
      return 500;
    }
  }

  /** The body of the last answer, in place: valid until the next call. */
  replyBytes(): Buffer {
    if (this.#failed) return STOPPED_ANSWER;
    const memory = this.#engine.memory;
    if (this.#heap.buffer !== memory.buffer) this.#heap = Buffer.from(memory.buffer as ArrayBuffer);
    return this.#heap.subarray(this.#engine.replyStart, this.#engine.replyEnd);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `\n${error.cause.stack}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
