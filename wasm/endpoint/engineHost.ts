/**
 * The engine behind the endpoint: set up without a journal, its virtual clock following the wall
 * clock or moved by request.
 *
 * An engine that trapped or ran out of memory may be half-way through a change, so it is given
 * up and an empty one takes its place. Nobody shall take that for the database they had: until
 * the loss is acknowledged every request is answered with an error that tells of it.
 */
import { Engine, type EngineModuleFactory } from '../client/engine';
import { inspectionTargetOf } from '../client/client';
import type { AdvanceReport, Configuration, Wording } from '../client/types';

export interface EngineHostOptions {
  factory: EngineModuleFactory;
  wasmBinary: Uint8Array;
  /** The Region of requests that name none. */
  region: string;
  tableDelayMillis: number;
  /** From one sweep for expired items to the next; 0: none. */
  sweepMillis: number;
  wording: Wording;
  clock: Clock;
  /** Told what failed inside the engine. */
  log: (line: string) => void;
  /** Told that the engine was lost, after it was logged. */
  onLoss?: () => void;
}

export interface Clock {
  /** Where virtual time begins, in epoch milliseconds. */
  startMillis: number;
  /** False: time moves only by `advance`. */
  followsWall: boolean;
}

/** Where a request goes beside its target. */
export interface Place {
  region: string;
  /** The Host header; empty without one. */
  host: string;
}

/** Acknowledges a loss, beside what the engine does. */
export const RESET = inspectionTargetOf('Reset');

/** Names nothing; an engine that can still answer refuses it. */
const PROBE = inspectionTargetOf('Probe');
const NO_BYTES = new Uint8Array();

/** Regions kept apart at most; names come from outside, and each costs memory. */
const REGIONS_MAX = 1000;
/** What can stand in a head line as one parameter's value. */
const WORD = /^[\x21-\x7e]{1,255}$/;
/** Head lines kept for the place of the last request. */
const LINES_MAX = 256;

export class EngineHost {
  readonly #options: EngineHostOptions;
  #engine: Engine;
  #nowMillis: number;
  readonly #regions = new Set<string>();

  /** Why there are no tables any more; null: nothing was lost, or the loss is acknowledged. */
  #loss: string | null = null;
  /** Settles when an engine stands ready again after a loss. */
  #reopened: Promise<void> = Promise.resolve();

  /** A Buffer over the engine's memory; stale as soon as the memory has grown. */
  #heap = Buffer.alloc(0);
  /** The last answer if it is not the engine's. */
  #ownAnswer: Buffer | null = null;

  #lastRegion = '';
  #lastHost = '';
  readonly #lines = new Map<string, string>();

  private constructor(engine: Engine, options: EngineHostOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#nowMillis = options.clock.startMillis;
  }

  /** Starts an empty engine. */
  static async open(options: EngineHostOptions): Promise<EngineHost> {
    return new EngineHost(await startEngine(options, options.clock.startMillis), options);
  }

  /** The Region of requests that name none. */
  get defaultRegion(): string {
    return this.#options.region;
  }

  /** True if time moves only by `advance`. */
  get isClockManual(): boolean {
    return !this.#options.clock.followsWall;
  }

  /** Why requests are answered with errors only, or null. Asks the engine. */
  ailment(): string | null {
    if (this.#loss === null) {
      try {
        this.#engine.callInPlace(PROBE, NO_BYTES);
      } catch (error) {
        this.#fail(PROBE, error);
      }
    }
    return this.#loss;
  }

  /** True if tables of the Region can be kept apart from those of the others. */
  admitsRegion(region: string): boolean {
    if (region === this.#lastRegion || this.#regions.has(region)) return true;
    if (this.#regions.size >= REGIONS_MAX) return false;
    this.#regions.add(region);
    return true;
  }

  /**
   * Runs one request; `replyBytes` then gives the answer.
   * @returns the status
   */
  call(target: string, body: Uint8Array, place: Place): number {
    if (this.#loss !== null) {
      this.#ownAnswer = failureBody(this.#loss);
      return 500;
    }
    try {
      this.#ownAnswer = null;
      this.#followWall();
      const status = this.#engine.callInPlace(this.#lineOf(target, place), body);
      if (target === RESET && status === 200) this.#regions.clear();
      return status;
    } catch (error) {
      return this.#fail(target, error);
    }
  }

  /** Goes on with an empty engine after a loss; without one does nothing. */
  async acknowledgeLoss(): Promise<void> {
    if (this.#loss === null) return;
    await this.#reopened;
    if (this.#engine.stopped !== null) await (this.#reopened = this.#reopen());
    if (this.#engine.stopped !== null) return;
    this.#loss = null;
    this.#options.log('The loss was acknowledged; the endpoint goes on, empty.');
  }

  /** Moves the virtual clock; never backwards. The answer of a failure is that of `replyBytes`. */
  advance(untilMillis: number): AdvanceReport | null {
    if (this.#loss !== null) {
      this.#ownAnswer = failureBody(this.#loss);
      return null;
    }
    try {
      const report = this.#engine.advance(untilMillis);
      this.#nowMillis = report.now;
      return report;
    } catch (error) {
      this.#fail('an advance of the clock', error);
      return null;
    }
  }

  /** The virtual clock, in epoch milliseconds. */
  get nowMillis(): number {
    return this.#nowMillis;
  }

  /** The body of the last answer, in place: valid until the next call. */
  replyBytes(): Buffer {
    if (this.#ownAnswer !== null) return this.#ownAnswer;
    const memory = this.#engine.memory;
    if (this.#heap.buffer !== memory.buffer) this.#heap = Buffer.from(memory.buffer as ArrayBuffer);
    return this.#heap.subarray(this.#engine.replyStart, this.#engine.replyEnd);
  }

  #followWall(): void {
    if (!this.#options.clock.followsWall) return;
    const now = Date.now();
    // A wall clock may be set back; the engine's time stands still until it is passed again.
    if (now <= this.#nowMillis) return;
    this.#nowMillis = now;
    this.#engine.advance(now);
  }

  /** The target with its parameters, as the engine reads them. */
  #lineOf(target: string, { region, host }: Place): string {
    if (region !== this.#lastRegion || host !== this.#lastHost) {
      this.#lines.clear();
      this.#lastRegion = region;
      this.#lastHost = host;
    }
    let line = this.#lines.get(target);
    if (line === undefined) {
      line = `${target} region=${region}${WORD.test(host) ? ` host=${host}` : ''}`;
      if (this.#lines.size >= LINES_MAX) this.#lines.clear();
      this.#lines.set(target, line);
    }
    return line;
  }

  #fail(what: string, error: unknown): 500 {
    if (this.#engine.stopped === null) {
      this.#options.log(`${what}: ${describe(error)}`);
      this.#ownAnswer = failureBody('The endpoint failed to run the request.');
    } else {
      this.#ownAnswer = failureBody(this.#lose(what, error));
    }
    return 500;
  }

  #lose(what: string, error: unknown): string {
    const { log, onLoss } = this.#options;
    const time = new Date().toISOString();
    const loss =
      `The engine failed at ${time} while it ran ${what}, and all tables are lost. ` +
      `Send ${RESET} to go on with an empty database, or restart the endpoint.`;
    this.#loss = loss;
    log(`${loss}\n${describe(error)}`);
    this.#reopened = this.#reopen();
    onLoss?.();
    return loss;
  }

  async #reopen(): Promise<void> {
    try {
      this.#engine = await startEngine(this.#options, this.#nowMillis);
      this.#regions.clear();
    } catch (error) {
      const complaint = ' It could not be started again.';
      if (this.#loss?.endsWith(complaint) === false) this.#loss += complaint;
      this.#options.log(`The engine could not be started again: ${describe(error)}`);
    }
  }
}

async function startEngine(options: EngineHostOptions, nowMillis: number): Promise<Engine> {
  const engine = await Engine.create(options.factory, options.wasmBinary);
  const configuration: Configuration = {
    TableDelayMillis: options.tableDelayMillis,
    TimeToLiveSweepMillis: options.sweepMillis,
    Wording: options.wording,
    Journal: false,
    NowMillis: nowMillis,
  };
  const answer = engine.call(inspectionTargetOf('Configure'), JSON.stringify(configuration));
  if (answer.status !== 200) throw new Error(`The engine refused its settings: ${answer.body}`);
  return engine;
}

function failureBody(message: string): Buffer {
  return Buffer.from(JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message }));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `\n${error.cause.stack}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
