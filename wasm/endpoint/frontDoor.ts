/**
 * What stands between HTTP and the engine: caller, content type, content encoding, target,
 * signature. The order of the checks is the service's (api.md §1 and §3): content type, body is
 * JSON, target is known, signature, and then the operation itself; the Host header, which the
 * service need not doubt, comes before all of them.
 *
 * No operation is known here. Which targets exist is the engine's knowledge, and it is asked.
 */
import type { IncomingMessage } from 'node:http';
import { credentialIn, isRegion, regionOfCredential } from '../client/region';
import { formError, queryOf } from './authorization';
import type { Callers } from './callers';
import { decodeBody, isPlain } from './compression';
import { controlReply, isControl, isOwnTarget } from './control';
import type { EngineHost } from './engineHost';
import { AMZ_JSON, failure, type FrontError, NOT_FOUND, plainText, type Reply, TOO_LARGE } from './reply';
import { type Credentials, signatureError } from './signature';

/** The largest request body, as sent and as inflated. */
export const BODY_BYTES_MAX = 16 * 1024 * 1024;

const JSON_TYPE = 'application/json';
const NO_BYTES = Buffer.alloc(0);
/** A larger body is not read only to find which of two errors it deserves. */
const DOUBTED_BYTES_MAX = 1024 * 1024;

/** Where the service tells that it is there. */
const HEALTH_PATHS = new Set(['/', '/ping']);

const UNKNOWN_OPERATION: FrontError = { name: 'UnknownOperationException', message: '' };
const NOT_JSON: FrontError = { name: 'SerializationException', message: '' };
const NOT_DECODED: FrontError = {
  name: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
  message: 'The body is not what its Content-Encoding says.',
  status: 500,
};
const FOREIGN_PAGE: FrontError = {
  name: 'AccessDeniedException',
  message:
    'Web pages of other sites may not use this endpoint; to let this one, start it with --allow-origin and its origin.',
  status: 403,
};
const PAGE_IN_CONTROL: FrontError = {
  name: 'AccessDeniedException',
  message: 'Web pages may not control this endpoint; to let this one, start it with --allow-origin and its origin.',
  status: 403,
};

export class FrontDoor {
  readonly #host: EngineHost;
  readonly #callers: Callers;
  readonly #credentials: Credentials | null;
  /** How the last Authorization header began, its credential included, and the Region it names. */
  #signer = '';
  #signedRegion = '';

  /** @param credentials null: any signature of the right form is accepted */
  constructor(host: EngineHost, callers: Callers, credentials: Credentials | null) {
    this.#host = host;
    this.#callers = callers;
    this.#credentials = credentials;
  }

  /** The answer to a request whatever its method and body, because of its Host header; null: none. */
  refuseHost(request: IncomingMessage): Reply | null {
    const name = request.headers.host;
    if (this.#callers.answersTo(name)) return null;
    const message =
      `This endpoint does not answer to the name in the Host header, "${name}". ` +
      `If you mean it to, start it with --allow-host and that name.`;
    if (request.method === 'GET') return plainText(403, message);
    return failure({ name: 'AccessDeniedException', message, status: 403 }, AMZ_JSON);
  }

  /**
   * Answers a request whose body has arrived; never throws for anything a client sends. Usual
   * requests are answered at once; the body of an answer in the engine's memory must then be
   * taken before anything else is asked.
   */
  answer(request: IncomingMessage, body: Buffer): Reply | Promise<Reply> {
    if (request.method !== 'POST') return request.method === 'GET' ? this.#health(request) : NOT_FOUND;
    const contentType = typeOf(request.headers['content-type']);
    if (contentType === null && body.length > 0) return NOT_FOUND;
    const type = contentType ?? JSON_TYPE;
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || isPlain(encoding)) return this.#operate(request, body, body, type);
    return this.#decodeAndOperate(request, body, encoding, type);
  }

  #health(request: IncomingMessage): Reply {
    if (!HEALTH_PATHS.has((request.url ?? '/').split('?', 1)[0]!)) return NOT_FOUND;
    const ailment = this.#host.ailment();
    if (ailment !== null) return plainText(503, `unhealthy: ${ailment}\n`);
    // The trailing space is the service's.
    return plainText(200, `healthy: dynamodb.${this.#host.defaultRegion}.amazonaws.com `);
  }

  async #decodeAndOperate(request: IncomingMessage, body: Buffer, encoding: string, type: string): Promise<Reply> {
    const plain = await decodeBody(body, encoding, BODY_BYTES_MAX);
    if (plain === 'too large') return TOO_LARGE;
    if (plain === 'unreadable') return failure(NOT_DECODED, type);
    const reply = this.#operate(request, body, plain, type);
    // Others may be answered before this promise is heard.
    return reply instanceof Promise ? reply : { ...reply, body: Buffer.from(reply.body) };
  }

  /** @param sent the body as it was signed */
  #operate(request: IncomingMessage, sent: Buffer, plain: Buffer, type: string): Reply | Promise<Reply> {
    const { headers } = request;
    const target = headers['x-amz-target'] as string | undefined;
    if (!isTarget(target)) return this.#refuse(UNKNOWN_OPERATION, target, plain, type);
    const refusal = this.#refusal(request, target, sent);
    if (refusal !== null) return this.#refuse(refusal, target, plain, type);

    const region = this.#regionOf(request);
    if (typeof region !== 'string') return failure(region, type);
    const place = { region, host: headers.host ?? '' };
    if (isControl(target)) return controlReply(this.#host, target, plain, place, type);
    return { status: this.#host.call(target, plain, place), contentType: type, body: this.#host.replyBytes() };
  }

  /** What is wrong with the request's signature or its sender, or null. */
  #refusal(request: IncomingMessage, target: string, sent: Buffer): FrontError | null {
    const { headers } = request;
    if (this.#credentials !== null) {
      return formError(headers, request.url ?? '/') ?? signatureError(request, sent, this.#credentials, Date.now());
    }
    if (isControl(target)) return this.#callers.mayControl(headers.origin) ? null : PAGE_IN_CONTROL;
    return formError(headers, request.url ?? '/') ?? (this.#callers.mayOperate(headers.origin) ? null : FOREIGN_PAGE);
  }

  /** The Region the request is signed for, or what is wrong with it. */
  #regionOf(request: IncomingMessage): string | FrontError {
    const header = request.headers.authorization;
    // Clients sign each request anew with one credential, which comes first.
    if (header !== undefined && this.#signer !== '' && header.startsWith(this.#signer)) return this.#signedRegion;
    const credential =
      header === undefined ? (queryOf(request.url ?? '/').get('X-Amz-Credential') ?? '') : credentialIn(header);
    const region = regionOfCredential(credential) ?? this.#host.defaultRegion;
    if (!isRegion(region)) {
      const message = `Credential should be scoped to a valid region, not '${region}'.`;
      return { name: 'InvalidSignatureException', message };
    }
    if (this.#host.admitsRegion(region)) {
      if (header !== undefined && credential !== '') {
        const end = header.indexOf(',', header.indexOf(credential) + credential.length);
        this.#signer = header.slice(0, end + 1);
        this.#signedRegion = region;
      }
      return region;
    }
    const message = 'This endpoint keeps no more Regions apart; restart it, or send Sortkey_20261120.Reset.';
    return { name: 'com.amazonaws.dynamodb.v20120810#LimitExceededException', message };
  }

  /** Tells the first of: the body is not JSON, the target is unknown, `refusal`. */
  #refuse(refusal: FrontError, target: string | undefined, body: Buffer, type: string): Reply {
    if (body.length > 0 && body.length <= DOUBTED_BYTES_MAX && !isJson(body)) return failure(NOT_JSON, type);
    if (refusal !== UNKNOWN_OPERATION && !isOwnTarget(target!)) {
      // An empty body runs nothing: the engine answers it with SerializationException, and
      // with UnknownOperationException only if the target is unknown.
      this.#host.call(target!, NO_BYTES, { region: this.#host.defaultRegion, host: '' });
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
function isTarget(target: string | undefined): target is string {
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
