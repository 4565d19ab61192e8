/**
 * The HTTP side: collects bodies, sends answers, and nothing else. Every request passes
 * through here, so the path of a usual one allocates little: listeners are shared functions
 * that find their state on the request, and answers leave together.
 */
import { createServer, IncomingMessage, type OutgoingHttpHeader, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { crc32 } from 'node:zlib';
import { acceptedEncoding, COMPRESS_BYTES_MIN, encodeBody } from './compression';
import { BODY_BYTES_MAX, type FrontDoor, type Reply, TOO_LARGE } from './frontDoor';
import { post } from './outbox';
import { newRequestId } from './requestId';

/** The service refuses a request line and headers of more than 16 KiB. */
const HEADER_BYTES_MAX = 16 * 1024;

const EXPOSED_HEADERS = 'x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, x-amz-crc32, Date';
const PREFLIGHT_SECONDS = '172800';

const NO_BYTES = Buffer.alloc(0);

/** A request with the body that has arrived so far. */
class EndpointRequest extends IncomingMessage {
  received: Buffer = NO_BYTES;
  rest: Buffer[] | null = null;
  bytes = 0;
  response!: ServerResponse;
}

/**
 * Makes the server; the caller lets it listen.
 * @param log told of failures of our own, which are answered with 500
 */
export function createEndpointServer(door: FrontDoor, log: (line: string) => void): Server {
  function onEnd(this: EndpointRequest): void {
    if (this.bytes > BODY_BYTES_MAX) return;
    const { response } = this;
    if (this.method === 'OPTIONS' && this.headers.origin !== undefined) {
      sendPreflight(this, response);
      return;
    }
    try {
      send(this, response, door.answer(this, bodyOf(this)));
    } catch (error) {
      log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      if (!response.headersSent) response.writeHead(500, ['Content-Length', '0']);
      response.end();
    }
  }

  const server = createServer(
    {
      IncomingMessage: EndpointRequest,
      maxHeaderSize: HEADER_BYTES_MAX,
      noDelay: true,
      // Clients keep connections; closing an idle one races with their next request.
      keepAliveTimeout: 0,
    },
    (request, response) => {
      request.response = response;
      request.on('data', onData);
      request.on('end', onEnd);
    },
  );
  server.on('clientError', onClientError);
  return server;
}

function onData(this: EndpointRequest, chunk: Buffer): void {
  const before = this.bytes;
  this.bytes += chunk.length;
  if (this.bytes > BODY_BYTES_MAX) {
    if (before > BODY_BYTES_MAX) return;
    // What still comes is read and dropped, so that the client gets to read the answer.
    this.rest = null;
    this.received = NO_BYTES;
    send(this, this.response, TOO_LARGE);
  } else if (before === 0) {
    this.received = chunk;
  } else {
    (this.rest ??= [this.received]).push(chunk);
  }
}

function bodyOf(request: EndpointRequest): Buffer {
  return request.rest === null ? request.received : Buffer.concat(request.rest, request.bytes);
}

function send(request: EndpointRequest, response: ServerResponse, reply: Reply): void {
  const { headers: asked } = request;
  let { body } = reply;
  const headers: OutgoingHttpHeader[] = ['x-amzn-RequestId', newRequestId()];
  if (reply.contentType !== null) headers.push('Content-Type', reply.contentType);
  if (asked.origin !== undefined) {
    headers.push('Access-Control-Allow-Origin', '*');
    headers.push('Access-Control-Expose-Headers', EXPOSED_HEADERS);
  }
  if (reply === TOO_LARGE) {
    headers.push('Transfer-Encoding', 'chunked');
    response.writeHead(reply.status, headers as string[]);
    response.end();
    return;
  }
  if (body.length >= COMPRESS_BYTES_MIN && asked['accept-encoding'] !== undefined) {
    const encoding = acceptedEncoding(String(asked['accept-encoding']));
    if (encoding !== null) {
      body = encodeBody(body, encoding);
      headers.push('Content-Encoding', encoding);
    }
  }
  // The checksum is that of the bytes on the wire: clients that verify it do so before inflating.
  headers.push('x-amz-crc32', String(crc32(body)), 'Content-Length', String(body.length));
  response.writeHead(reply.status, headers as string[]);
  // One character for each byte: copies the answer out of the engine's memory, and lets Node
  // join headers and body.
  post(response, body.toString('latin1'));
}

function sendPreflight(request: EndpointRequest, response: ServerResponse): void {
  const { headers: asked } = request;
  const headers = ['x-amzn-RequestId', newRequestId(), 'Access-Control-Allow-Origin', '*'];
  const names = asked['access-control-request-headers'];
  if (names !== undefined) headers.push('Access-Control-Allow-Headers', names);
  const method = asked['access-control-request-method'];
  if (method !== undefined) headers.push('Access-Control-Allow-Methods', method);
  headers.push('Access-Control-Max-Age', PREFLIGHT_SECONDS, 'Content-Length', '0');
  response.writeHead(200, headers);
  response.end();
}

/** Answers what is not HTTP, and headers beyond the limit. */
function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(
    'HTTP/1.1 400 Bad Request\r\n' +
      `x-amzn-RequestId: ${newRequestId()}\r\n` +
      'Content-Length: 0\r\nConnection: close\r\n\r\n',
  );
}
