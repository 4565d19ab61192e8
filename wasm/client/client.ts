/**
 * Requests by operation name, with JSON in and out, over any way to reach an engine.
 * `InProcessClient` calls an `Engine` of the same thread; the page has another
 * implementation that talks to a worker. Callers cannot tell them apart.
 */
import type { CallParameters, Engine } from './engine';
import type { AdvanceReport, ServiceError } from './types';

const SERVICE = 'DynamoDB_20120810';
const STREAMS_SERVICE = 'DynamoDBStreams_20120810';
const INSPECTION = 'Sortkey_20261120';

const STREAMS_OPERATIONS: ReadonlySet<string> = new Set([
  'DescribeStream',
  'GetRecords',
  'GetShardIterator',
  'ListStreams',
]);

/** What became of a request. Plain data. */
export interface Result<T = unknown> {
  /** HTTP status that the service would send: 200, 400 or 500. */
  status: number;
  ok: boolean;
  /** The parsed answer; undefined where the service answers with an empty body. */
  body: T | undefined;
  /** The answer exactly as on the wire. */
  text: string;
  /** Present if and only if not `ok`. */
  error?: ServiceError;
}

export interface SortkeyClient {
  /**
   * Runs a DynamoDB operation; the service's errors are results, not exceptions.
   * @param operation a name (`PutItem`) or a whole target (`DynamoDB_20120810.PutItem`)
   * @param input an object to be sent as JSON, or the JSON text itself
   * @param parameters of the request beside its body, such as a Region other than the usual one
   */
  request<T = unknown>(operation: string, input: object | string, parameters?: CallParameters): Promise<Result<T>>;
  /**
   * Reads or changes what the service hides (`DescribeWorld`, `Configure`, …).
   * @throws ServiceFailure if the engine answers with an error
   */
  inspect<T>(operation: string, input?: object): Promise<T>;
  /** Moves the virtual clock to `untilMillis` (epoch milliseconds, never backwards). */
  advance(untilMillis: number): Promise<AdvanceReport>;
}

/** A `ServiceError` where an exception is the only way to tell. */
export class ServiceFailure extends Error implements ServiceError {
  readonly fields: Record<string, unknown>;

  constructor(error: ServiceError) {
    super(error.message);
    this.name = error.name;
    this.fields = error.fields;
  }
}

/** The whole target of an operation given by name; whole targets pass through. */
export function targetOf(operation: string): string {
  if (operation.includes('.')) return operation;
  return `${STREAMS_OPERATIONS.has(operation) ? STREAMS_SERVICE : SERVICE}.${operation}`;
}

/** The target of an operation of the inspection namespace. */
export function inspectionTargetOf(operation: string): string {
  return `${INSPECTION}.${operation}`;
}

/** Makes a `Result` of a status and an answer's text. */
export function resultOf<T>(status: number, text: string): Result<T> {
  const body = text === '' ? undefined : (JSON.parse(text) as T);
  if (status === 200) return { status, ok: true, body, text };
  return { status, ok: false, body, text, error: errorOf(body) };
}

/** Reads the service's error body; it spells the message `message` or `Message`. */
export function errorOf(body: unknown): ServiceError {
  const { __type, message, Message, ...fields } = (body ?? {}) as Record<string, unknown>;
  const type = typeof __type === 'string' ? __type : 'InternalServerError';
  return {
    name: type.slice(type.indexOf('#') + 1),
    message: String(message ?? Message ?? ''),
    fields,
  };
}

/** A client over an engine of the same thread. */
export class InProcessClient implements SortkeyClient {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async request<T = unknown>(
    operation: string,
    input: object | string,
    parameters?: CallParameters,
  ): Promise<Result<T>> {
    const text = typeof input === 'string' ? input : JSON.stringify(input);
    const answer = this.#engine.call(targetOf(operation), text, parameters);
    return resultOf<T>(answer.status, answer.body);
  }

  async inspect<T>(operation: string, input: object = {}): Promise<T> {
    const answer = this.#engine.call(inspectionTargetOf(operation), JSON.stringify(input));
    const result = resultOf<T>(answer.status, answer.body);
    if (result.error) throw new ServiceFailure(result.error);
    return result.body as T;
  }

  async advance(untilMillis: number): Promise<AdvanceReport> {
    return this.#engine.advance(untilMillis);
  }
}
