/**
 * A request handler for the AWS SDK for JavaScript v3 that answers without a network:
 *
 *   const client = new DynamoDBClient({
 *     region: 'us-east-1',
 *     credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
 *     requestHandler: new SortkeyRequestHandler(new InProcessClient(engine)),
 *   });
 *
 * Regions are kept apart, as each request is signed for one. The SDK serialises, signs, retries and parses as against the real service; only the
 * transport differs. Shapes follow the SDK's `HttpHandler` without importing it.
 */
import type { SortkeyClient } from './client';
import { credentialIn, isRegion, regionOfCredential } from './region';

/** The members of the SDK's `HttpRequest` that a handler needs. */
export interface SdkRequest {
  headers: Record<string, string>;
  body?: unknown;
}

/** The SDK's `HttpResponse`. */
export interface SdkResponse {
  statusCode: number;
  reason?: string;
  headers: Record<string, string>;
  body?: Uint8Array;
}

export class SortkeyRequestHandler {
  readonly metadata = { handlerProtocol: 'sortkey' };
  readonly #client: SortkeyClient;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder();

  constructor(client: SortkeyClient) {
    this.#client = client;
  }

  /**
   * Answers one request of the SDK. Aborting has no effect on a request already handed
   * over: the engine answers within the same turn.
   */
  async handle(request: SdkRequest): Promise<{ response: SdkResponse }> {
    const { headers } = request;
    const region = regionOfCredential(credentialIn(headerIn(headers, 'authorization') ?? ''));
    const result = await this.#client.request(
      targetIn(headers),
      this.#text(request.body),
      region === undefined || !isRegion(region) ? undefined : { region },
    );
    return {
      response: {
        statusCode: result.status,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: this.#encoder.encode(result.text),
      },
    };
  }

  /** The SDK passes client options through these; there is nothing to configure. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  destroy(): void {}

  #text(body: unknown): string {
    if (typeof body === 'string') return body;
    if (body instanceof Uint8Array) return this.#decoder.decode(body);
    if (body === undefined || body === null) return '';
    throw new TypeError('DynamoDB requests have a string or bytes as their body.');
  }
}

function targetIn(headers: Record<string, string>): string {
  const target = headerIn(headers, 'x-amz-target');
  if (target === undefined) throw new TypeError('The request has no X-Amz-Target header.');
  return target;
}

/** @param wanted the name in small letters */
function headerIn(headers: Record<string, string>, wanted: string): string | undefined {
  for (const name in headers) {
    if (name.toLowerCase() === wanted) return headers[name];
  }
  return undefined;
}
