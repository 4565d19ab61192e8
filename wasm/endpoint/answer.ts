/** Answers on the wire: headers, checksums, compression. */
import type { OutgoingHttpHeader } from 'node:http';
import { crc32 } from 'node:zlib';
import { acceptedEncoding, COMPRESS_BYTES_MIN, encodeBody } from './compression';
import { post } from './outbox';
import type { Reply } from './reply';
import { TOO_LARGE } from './reply';
import type { EndpointRequest } from './request';
import { newRequestId } from './requestId';

const SERVER = 'Server';
const EXPOSED_HEADERS = 'x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, x-amz-crc32, Date';
const PREFLIGHT_SECONDS = '172800';

/** Sends an answer; `closes`: the connection ends with it. */
export function send(request: EndpointRequest, reply: Reply, closes: boolean): void {
  const { headers: asked, response } = request;
  let { body } = reply;
  const headers: OutgoingHttpHeader[] = ['Server', SERVER, 'x-amzn-RequestId', newRequestId()];
  if (reply.contentType !== null) headers.push('Content-Type', reply.contentType);
  if (asked.origin !== undefined) allowOrigin(headers);
  if (closes) headers.push('Connection', 'close');
  if (reply === TOO_LARGE) {
    headers.push('Transfer-Encoding', 'chunked');
    response.writeHead(reply.status, headers as string[]);
    response.end();
    return;
  }
  if (body.length >= COMPRESS_BYTES_MIN && asked['accept-encoding'] !== undefined) {
    const encoding = acceptedEncoding(request.headersDistinct['accept-encoding']![0]!);
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

/** Grants a browser what it asks for, as the service does; what it then sends is looked at as itself. */
export function sendPreflight(request: EndpointRequest): void {
  const { headers: asked, response } = request;
  const headers: OutgoingHttpHeader[] = ['Server', SERVER, 'x-amzn-RequestId', newRequestId()];
  allowOrigin(headers);
  const names = asked['access-control-request-headers'];
  if (names !== undefined) headers.push('Access-Control-Allow-Headers', names);
  const method = asked['access-control-request-method'];
  if (method !== undefined) headers.push('Access-Control-Allow-Methods', method);
  headers.push('Access-Control-Max-Age', PREFLIGHT_SECONDS, 'Content-Length', '0');
  response.writeHead(200, headers as string[]);
  response.end();
}

/** An answer for a connection on which no request could be read. */
export function rawAnswer(status: 400 | 408): string {
  const reason = status === 408 ? 'Request Timeout' : 'Bad Request';
  return (
    `HTTP/1.1 ${status} ${reason}\r\n` +
    `Server: ${SERVER}\r\nx-amzn-RequestId: ${newRequestId()}\r\n` +
    'Content-Length: 0\r\nConnection: close\r\n\r\n'
  );
}

function allowOrigin(headers: OutgoingHttpHeader[]): void {
  headers.push('Access-Control-Allow-Origin', '*', 'Access-Control-Expose-Headers', EXPOSED_HEADERS);
}
