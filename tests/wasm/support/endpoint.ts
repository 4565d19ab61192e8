/** The built endpoint as a process, and requests to it that no SDK has touched. */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import path from 'node:path';

export const PROGRAM = path.resolve(__dirname, '../../../build/endpoint/main.mjs');

export interface Endpoint {
  port: number;
  url: string;
  process: ChildProcess;
  /** Everything the process has said so far. */
  output(): string;
  /** Sends a signal and waits for the end; returns the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts an endpoint on a free port and waits until it listens. */
export function startEndpoint(...args: string[]): Promise<Endpoint> {
  return startProgram(PROGRAM, ...args);
}

/** The same for another build of the endpoint. */
export async function startProgram(program: string, ...args: string[]): Promise<Endpoint> {
  const child = spawn(process.execPath, [program, '--port', '0', ...args]);
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      output += chunk.toString();
      const match = /listening on (http:\S+)/.exec(output);
      if (match) resolve(match[1]!);
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('exit', () => reject(new Error(`The endpoint ended: ${output}`)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    process: child,
    output: () => output,
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit');
        child.kill(signal);
        await exit;
      }
      return child.exitCode;
    },
  };
}

/** Runs the endpoint to its end; for command lines that do not make it listen. */
export async function runEndpoint(...args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

export interface WireRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

export interface WireResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  bytes: Buffer;
  text: string;
}

const agent = new http.Agent({ keepAlive: true });

/** Sends exactly this and nothing more (Node adds Host, Connection and the body's length). */
export async function send(endpoint: Endpoint, request: WireRequest): Promise<WireResponse> {
  const { method = 'POST', path: url = '/', headers = {}, body = '' } = request;
  const sent = http.request({ port: endpoint.port, agent, method, path: url, headers });
  const length = Buffer.byteLength(body);
  if (method === 'POST' && headers['transfer-encoding'] === undefined) {
    sent.setHeader('content-length', length);
  }
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [http.IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  return {
    status: response.statusCode!,
    headers: response.headers,
    bytes,
    text: bytes.toString(),
  };
}

/** The headers of a signed request for an operation; the signature itself is made up. */
export function signed(target: string, region = 'us-east-1'): Record<string, string> {
  return {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': target.includes('.') ? target : `DynamoDB_20120810.${target}`,
    'x-amz-date': '20260601T000000Z',
    authorization:
      `AWS4-HMAC-SHA256 Credential=AKID/20260601/${region}/dynamodb/aws4_request, ` +
      `SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`,
  };
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Runs an operation in us-east-1 and returns the parsed answer with its status. */
export function operate(endpoint: Endpoint, operation: string, input: object): Promise<Answer> {
  return operateIn(endpoint, 'us-east-1', operation, input);
}

/** Runs an operation in a Region. */
export async function operateIn(endpoint: Endpoint, region: string, operation: string, input: object): Promise<Answer> {
  const answer = await send(endpoint, {
    headers: signed(operation, region),
    body: JSON.stringify(input),
  });
  return { status: answer.status, body: answer.text === '' ? {} : JSON.parse(answer.text) };
}

/** A table with the string key `a`, on demand. */
export function tableInput(TableName: string): CreateTableCommandInput {
  return {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  };
}
