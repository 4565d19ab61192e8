/**
 * The HTTP endpoint against the least a Node server can do: parse the body, look into a Map, write the answer. Same
 * client, same requests, rounds in turn. The remaining distance is what the endpoint and the engine cost together.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { median, missingRow, ratio, type Row } from './rows';
import { getRequest, putRequest, root, tableName, target } from './workload';

const connections = 16;
const items = 1_000;
const roundRequests = 4_000;
const rounds = 11;

// The plain server, as a program of its own: two event loops in one process would share a core.
const plainServer = `
  const items = new Map();
  require('node:http').createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString());
      let answer = {};
      if (body.Item) items.set(body.Item.pk.S, body.Item);
      else if (body.Key) answer = { Item: items.get(body.Key.pk.S) };
      const text = JSON.stringify(answer);
      response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.0', 'Content-Length': Buffer.byteLength(text) });
      response.end(text);
    });
  }).listen(0, '127.0.0.1', function () { console.log('listening on http://127.0.0.1:' + this.address().port); });
`;

/** Starts a server and reads its port from what it prints. */
async function start(args: string[]): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = /http:\/\/[\w.[\]:]*?:(\d+)/.exec(output);
      if (match) resolve(Number(match[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`A server of the bench ended: ${output}`)));
  });
  return { child, port };
}

class Client {
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  constructor(readonly port: number) {}

  send(operation: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          host: '127.0.0.1',
          port: this.port,
          method: 'POST',
          agent: this.#agent,
          headers: {
            'Content-Type': 'application/x-amz-json-1.0',
            'Content-Length': Buffer.byteLength(body),
            'X-Amz-Target': target(operation),
            Authorization:
              'AWS4-HMAC-SHA256 Credential=bench/20260601/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
            'X-Amz-Date': '20260601T000000Z',
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () => {
            if (response.statusCode === 200) resolve(text);
            else reject(new Error(`${operation} answered ${response.statusCode}: ${text}`));
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Sends the requests over all connections at once; returns the milliseconds they took together. */
  async load(operation: string, bodies: string[]): Promise<number> {
    let next = 0;
    const from = performance.now();
    const lane = async (): Promise<void> => {
      while (next < roundRequests) await this.send(operation, bodies[next++ % bodies.length]!);
    };
    await Promise.all(Array.from({ length: connections }, lane));
    return performance.now() - from;
  }

  close(): void {
    this.#agent.destroy();
  }
}

export async function httpRows(): Promise<Row[]> {
  const what = 'HTTP GetItem, endpoint against a bare Node server';
  const program = path.join(root, 'build', 'endpoint', 'main.mjs');
  if (!fs.existsSync(program)) return [missingRow(what, 'build/endpoint is empty')];
  const ours = await start([program, '--port', '0']);
  const theirs = await start(['-e', plainServer]);
  const clients = [new Client(ours.port), new Client(theirs.port)] as const;
  try {
    await clients[0].send(
      'CreateTable',
      JSON.stringify({
        TableName: tableName,
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    for (const client of clients) {
      for (let number = 0; number < items; number++) await client.send('PutItem', putRequest(number));
    }
    const gets = Array.from({ length: items }, (_, i) => getRequest((i * 7_919) % items));
    const ratios: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < rounds + 2; round++) {
      const a = await clients[0].load('GetItem', gets);
      const b = await clients[1].load('GetItem', gets);
      // Two rounds to warm up.
      if (round < 2) continue;
      ratios.push(a / b);
      rates.push(roundRequests / (a / 1000));
    }
    return [
      {
        what,
        measured: ratio(median(ratios)),
        budget: '',
        ok: null,
        note: `${Math.round(median(rates)).toLocaleString('en')} requests/s through Node's own client, ${connections} connections`,
      },
    ];
  } finally {
    for (const client of clients) client.close();
    ours.child.kill();
    theirs.child.kill();
  }
}
