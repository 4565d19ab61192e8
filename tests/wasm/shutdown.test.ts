/** The end of connections and of the program: no request that was read stays without an answer. */
import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';
import { type Endpoint, send, signed, startEndpoint } from './support/endpoint';

describe('SIGTERM', () => {
  /** Sends one request after the other on a kept connection; counts what became of them. */
  async function client(endpoint: Endpoint, outcomes: Record<string, number>): Promise<void> {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    try {
      for (;;) {
        const request = http.request({ port: endpoint.port, agent, method: 'POST', headers: signed('ListTables') });
        request.end('{}');
        const outcome = await once(request, 'response').then(
          async ([response]: http.IncomingMessage[]) => {
            for await (const chunk of response!) void chunk;
            return String(response!.statusCode);
          },
          (error: NodeJS.ErrnoException) => error.code ?? error.message,
        );
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
        if (outcome !== '200') return;
      }
    } finally {
      agent.destroy();
    }
  }

  test('busy clients get their answers, and then nobody is there', async () => {
    const endpoint = await startEndpoint();
    const outcomes: Record<string, number> = {};
    const clients = Array.from({ length: 16 }, () => client(endpoint, outcomes));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await endpoint.stop()).toBe(0);
    await Promise.all(clients);
    // Each client ended by finding nobody at the door, none by a connection that broke.
    expect(outcomes).toEqual({ '200': expect.any(Number), ECONNREFUSED: 16 });
    expect(outcomes['200']).toBeGreaterThan(16);
    expect(endpoint.output()).toMatch(/^listening on \S+\n$/);
  });

  test('a request that is on its way is still answered', async () => {
    const endpoint = await startEndpoint();
    const request = http.request({ port: endpoint.port, method: 'POST', headers: signed('ListTables') });
    request.setHeader('content-length', 2);
    request.write('{');
    await once(request, 'socket');
    // The server has read the headers once it answers another request.
    await send(endpoint, { method: 'GET' });
    const stopped = endpoint.stop();
    await new Promise((resolve) => setTimeout(resolve, 400));
    request.end('}');
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    expect([response.statusCode, response.headers.connection]).toEqual([200, 'close']);
    response.resume();
    expect(await stopped).toBe(0);
  });

  test('a second signal ends at once', async () => {
    const endpoint = await startEndpoint();
    const socket = connect(endpoint.port);
    socket.on('error', () => {});
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n');
    await once(socket, 'connect');
    const exit = once(endpoint.process, 'exit');
    endpoint.process.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 100));
    endpoint.process.kill('SIGTERM');
    expect((await exit)[0]).toBe(1);
    socket.destroy();
  });
});

describe('clients that take too long', () => {
  let endpoint: Endpoint;
  beforeAll(async () => {
    endpoint = await startEndpoint('--header-timeout', '1', '--request-timeout', '2', '--idle-timeout', '3');
  });
  afterAll(() => endpoint.stop());

  /** Sends and waits for the other side to end the connection. */
  async function untilClosed(text: string): Promise<string> {
    const socket = connect(endpoint.port);
    socket.on('error', () => {});
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    const closed = once(socket, 'close');
    if (text !== '') socket.write(text);
    await closed;
    return answer;
  }

  test.each([
    ['no request', ''],
    ['half the headers', 'POST / HTTP/1.1\r\nHost: local'],
    ['half the body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{'],
    ['half of a chunked body', 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n'],
  ])('%s: 408, and the connection ends', async (_name, text) => {
    const answer = await untilClosed(text);
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(answer).toMatch(/x-amzn-RequestId: [0-9A-Z]{52}\r\n/);
  });

  test('an idle connection ends after its last answer', async () => {
    const answer = await untilClosed('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test('one that is used stays', async () => {
    const socket = connect(endpoint.port);
    let answers = '';
    let isClosed = false;
    socket.on('data', (chunk: Buffer) => (answers += chunk.toString()));
    socket.once('close', () => (isClosed = true));
    for (let i = 0; i < 9; i++) {
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect([answers.match(/HTTP\/1\.1 200 OK/g)?.length, isClosed]).toEqual([9, false]);
    socket.destroy();
  });
});
