/**
 * What stands between HTTP and the engine: content type, target, signature, content encoding.
 * The order of the checks is the service's (api.md §1 and §3): content type, body is JSON,
 * target is known, signature, and then the operation itself.
 *
 * No operation is known here. Which targets exist is the engine's knowledge, and it is asked.
 */
import type { IncomingMessage } from 'node:http';
import { formError, type FrontError } from './authorization';
import { decodeBody, TooLargeError } from './compression';
import type { EngineHost } from './engineHost';
import { type Secret, signatureError } from './signature';

/** The largest request body, as sent and as inflated. */
export const BODY_BYTES_MAX = 16 * 1024 * 1024;

/** An answer; `body` may lie in the engine's memory and is then valid until its next call. */
export interface Reply {
  status: number;
  contentType: string | null;
  body: Buffer;
}

const AMZ_JSON = 'application/x-amz-json-1.0';
const JSON_TYPE = 'application/json';
const NO_BYTES = Buffer.alloc(0);

const NOT_FOUND: Reply = {
  status: 404,
  contentType: null,
  body: Buffer.from('<UnknownOperationException/>\n'),
};

/** A body beyond the limit is answered without one. */
export const TOO_LARGE: Reply = { status: 413, contentType: null, body: NO_BYTES };

const UNKNOWN_OPERATION: FrontError = { name: 'UnknownOperationException', message: '' };
const NOT_JSON: FrontError = { name: 'SerializationException', message: '' };

export class FrontDoor {
  readonly #host: EngineHost;
  readonly #secret: Secret | null;
  readonly #health: Reply;

  /** @param secret null: any signature of the right form is accepted */
  constructor(host: EngineHost, region: string, secret: Secret | null) {
    this.#host = host;
    this.#secret = secret;
    this.#health = {
      status: 200,
      contentType: 'text/plain',
      // The trailing space is the service's.
      body: Buffer.from(`healthy: dynamodb.${region}.amazonaws.com `),
    };
  }

  /** Answers a request whose body has arrived; never throws for anything a client sends. */
  answer(request: IncomingMessage, body: Buffer): Reply {
    if (request.method !== 'POST') return request.method === 'GET' ? this.#health : NOT_FOUND;
    const { headers } = request;
    const contentType = typeOf(headers['content-type']);
    if (contentType === null && body.length > 0) return NOT_FOUND;
    const type = contentType ?? JSON_TYPE;

    const encoding = headers['content-encoding'];
    let plain: Buffer | null = body;
    if (encoding !== undefined) {
      try {
        plain = decodeBody(body, encoding, BODY_BYTES_MAX);
      } catch (error) {
        if (error instanceof TooLargeError) return TOO_LARGE;
        throw error;
      }
      if (plain === null) return failure(NOT_JSON, type);
    }

    const target = headers['x-amz-target'] as string | undefined;
    const refusal = isTarget(target) ? this.#refusal(request, body) : UNKNOWN_OPERATION;
    if (refusal !== null) return this.#refuse(refusal, target, plain, type);

    const status = this.#host.call(target!, plain);
    return { status, contentType: type, body: this.#host.replyBytes() };
  }

  /** What is wrong with the request's signature, or null. */
  #refusal(request: IncomingMessage, body: Buffer): FrontError | null {
    const error = formError(request.headers, request.url ?? '/');
    if (error !== null || this.#secret === null) return error;
    return signatureError(request, body, this.#secret, Date.now());
  }

  /** Tells the first of: the body is not JSON, the target is unknown, `refusal`. */
  #refuse(refusal: FrontError, target: string | undefined, body: Buffer, type: string): Reply {
    if (body.length > 0 && !isJson(body)) return failure(NOT_JSON, type);
    if (refusal !== UNKNOWN_OPERATION) {
      // An empty body runs nothing: the engine answers it with SerializationException, and
      // with UnknownOperationException only if the target is unknown.
      this.#host.call(target!, NO_BYTES);
      const answer = this.#host.replyBytes();
      if (answer.includes('#UnknownOperationException"')) return failure(UNKNOWN_OPERATION, type);
    }
    return failure(refusal, type);
  }
}

/** The content type to answer with, or null for one the service does not take. */
function typeOf(header: string | undefined): string | null {
  if (header === AMZ_JSON || header === JSON_TYPE) return header;
  const type = header?.split(';', 1)[0]!.trim();
  return type === AMZ_JSON || type === JSON_TYPE ? type : null;
}

/** A word that can be put on the engine's request line as it is. */
function isTarget(target: string | undefined): boolean {
  return target !== undefined && target.length < 256 && /^[\x21-\x7e]+$/.test(target);
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}

function failure(error: FrontError, contentType: string): Reply {
  const body: Record<string, string> = { __type: `com.amazon.coral.service#${error.name}` };
  if (error.message !== '') body.message = error.message;
  return { status: 400, contentType, body: Buffer.from(JSON.stringify(body)) };
}
