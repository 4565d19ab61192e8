/** Memory for request bodies: a budget that all share, and clients that do not end what they began. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { BodyBudget, type ClaimEvents } from '../../wasm/endpoint/bodies';
import { type Endpoint, operate, send, signed, startEndpoint } from './support/endpoint';

const MB = 1024 * 1024;

describe('the budget', () => {
  function events(name: string, told: string[]): ClaimEvents {
    return {
      granted: () => told.push(`${name} granted`),
      refused: () => told.push(`${name} refused`),
      revoked: () => told.push(`${name} revoked`),
    };
  }

  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  const limits = { bytes: 100, waitMillis: 20_000, stallMillis: 5000 };

  test('claims that do not fit wait, and are granted in their order', () => {
    const told: string[] = [];
    const budget = new BodyBudget(limits);
    const a = budget.claim(60, events('a', told));
    const b = budget.claim(60, events('b', told));
    // It would fit, but b was first.
    const c = budget.claim(10, events('c', told));
    expect([a.granted, b.granted, c.granted]).toEqual([true, false, false]);
    budget.release(a.claim);
    expect(told).toEqual(['b granted', 'c granted']);
    budget.release(b.claim);
    budget.release(b.claim);
    budget.release(c.claim);
    expect(budget.claim(100, events('d', told)).granted).toBe(true);
  });

  test('a claim that is given back while it waits is not granted', () => {
    const told: string[] = [];
    const budget = new BodyBudget(limits);
    const a = budget.claim(100, events('a', told));
    const b = budget.claim(50, events('b', told));
    budget.release(b.claim);
    budget.release(a.claim);
    expect(told).toEqual([]);
  });

  test('what stands still gives way to those that wait; what moves does not', () => {
    const told: string[] = [];
    const budget = new BodyBudget(limits);
    const still = budget.claim(60, events('still', told));
    const moving = budget.claim(40, events('moving', told));
    const waits = budget.claim(50, events('waits', told));
    expect([still.granted, moving.granted, waits.granted]).toEqual([true, true, false]);
    for (let i = 0; i < 6; i++) {
      moving.claim.movedAt = Date.now();
      jest.advanceTimersByTime(1000);
    }
    expect(told).toEqual(['still revoked', 'waits granted']);
    budget.release(moving.claim);
    budget.release(waits.claim);
  });

  test('nothing gives way while nobody waits', () => {
    const told: string[] = [];
    const budget = new BodyBudget(limits);
    const { claim } = budget.claim(60, events('still', told));
    jest.advanceTimersByTime(3_600_000);
    expect(told).toEqual([]);
    budget.release(claim);
  });

  test('a wait ends after a while', () => {
    const told: string[] = [];
    const budget = new BodyBudget(limits);
    const moving = budget.claim(100, events('moving', told));
    budget.claim(50, events('waits', told));
    for (let i = 0; i < 21; i++) {
      moving.claim.movedAt = Date.now();
      jest.advanceTimersByTime(1000);
    }
    expect(told).toEqual(['waits refused']);
    budget.release(moving.claim);
  });
});

describe('over HTTP', () => {
  let endpoint: Endpoint;
  const sockets: Socket[] = [];
  beforeEach(async () => {
    endpoint = await startEndpoint('--request-timeout', '30');
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await endpoint.stop();
    expect(endpoint.output()).toMatch(/^listening on \S+\n$/);
  });

  const head = Object.entries(signed('ListTables')).map(([name, value]) => `${name}: ${value}\r\n`);
  const begin = `POST / HTTP/1.1\r\nHost: localhost\r\n${head.join('')}`;

  function open(text: string): Socket {
    const socket = connect(endpoint.port);
    sockets.push(socket);
    socket.on('error', () => {});
    socket.write(text);
    return socket;
  }

  /** What the process has in memory at the most so far, in bytes. */
  function peak(): number {
    const status = readFileSync(`/proc/${endpoint.process.pid}/status`, 'latin1');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) * 1024;
  }

  test('a hundred bodies that never end cost no more than the budget, and hold up no small request', async () => {
    const before = peak();
    const piece = Buffer.alloc(15 * MB, ' ');
    for (let i = 0; i < 100; i++) open(`${begin}Content-Length: ${16 * MB}\r\n\r\n`).write(piece);
    for (let i = 0; i < 50; i++) {
      expect((await operate(endpoint, 'ListTables', {})).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(peak() - before).toBeLessThan(300 * MB);
  });

  test('bodies that stand still give way to one that moves', async () => {
    const still = Array.from({ length: 8 }, () => open(`${begin}Content-Length: ${16 * MB}\r\n\r\n `));
    const ended = still.map((socket) => once(socket, 'data'));
    await operate(endpoint, 'ListTables', {});
    const body = Buffer.alloc(16 * MB, ' ');
    body.write('{}');
    expect((await send(endpoint, { headers: signed('ListTables'), body })).status).toBe(200);
    const [data] = (await Promise.race(ended)) as [Buffer];
    expect(data.toString()).toMatch(/^HTTP\/1\.1 408 /);
  });

  test('large bodies of many clients at once are all answered', async () => {
    const body = Buffer.alloc(16 * MB, ' ');
    body.write('{}');
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async () => (await send(endpoint, { headers: signed('ListTables'), body })).status),
    );
    expect(statuses).toEqual(Array(12).fill(200));
  });

  test('large bodies in chunks, too', async () => {
    const headers = { ...signed('ListTables'), 'transfer-encoding': 'chunked' };
    const body = `{}${' '.repeat(2 * MB)}`;
    const statuses = await Promise.all(
      Array.from({ length: 24 }, async () => (await send(endpoint, { headers, body })).status),
    );
    expect(statuses).toEqual(Array(24).fill(200));
    const tooLarge = `{}${' '.repeat(16 * MB)}`;
    expect((await send(endpoint, { headers, body: tooLarge })).status).toBe(413);
  });

  test('a body in half a million pieces costs what it is long', async () => {
    const before = peak();
    const socket = open(`${begin}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n`);
    let answer = '';
    socket.on('data', (data: Buffer) => (answer += data.toString()));
    const closed = once(socket, 'close');
    socket.write('2\r\n{}\r\n');
    const pieces = '1\r\n \r\n'.repeat(10_000);
    for (let i = 0; i < 60; i++) if (!socket.write(pieces)) await once(socket, 'drain');
    socket.write('0\r\n\r\n');
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(peak() - before).toBeLessThan(100 * MB);
  });

  test('a length beyond the limit is refused before anything has come', async () => {
    const socket = open(`${begin}Content-Length: ${16 * MB + 1}\r\n\r\n`);
    const [data] = (await once(socket, 'data')) as [Buffer];
    expect(data.toString()).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('a client that leaves gives its memory back', async () => {
    for (let i = 0; i < 30; i++) {
      const socket = open(`${begin}Content-Length: ${16 * MB}\r\n\r\n`);
      socket.write(Buffer.alloc(MB, ' '));
      await new Promise((resolve) => setTimeout(resolve, 5));
      socket.destroy();
    }
    const body = Buffer.alloc(16 * MB, ' ');
    body.write('{}');
    expect((await send(endpoint, { headers: signed('ListTables'), body })).status).toBe(200);
  });
});
