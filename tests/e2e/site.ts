/** Serves build/web the way any static host would, and can pretend that one of its files is not there. */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** The page under test; PAGE_FOLDER names another build than the usual one. */
export const builtPage = path.resolve(process.env.PAGE_FOLDER ?? path.join(__dirname, '../../build/web'));

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

export interface Site {
  url: string;
  /** Files whose path matches are answered with 404 from now on; null: everything is there again. */
  block(pattern: RegExp | null): void;
  /** Answers nobody any more, as if there were no network. */
  down(): void;
  /** Files whose path matches take this long from now on: half of them at once, the rest at the end. */
  slow(pattern: RegExp | null, millis?: number): void;
  /** Paths asked for so far, queries included. */
  asked: string[];
  close(): Promise<void>;
}

/** Starts on a free port. Refuses to start without a built page, because nothing could be tested. */
export async function serveSite(): Promise<Site> {
  if (!fs.existsSync(path.join(builtPage, 'index.html')))
    throw new Error('build/web is empty: run npm run build first');
  let blocked: RegExp | null = null;
  let isDown = false;
  let slowed: RegExp | null = null;
  let slowness = 0;
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    if (isDown) {
      request.socket.destroy();
      return;
    }
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    asked.push(request.url ?? '');
    const name = pathname === '/' ? '/index.html' : pathname;
    const file = path.join(builtPage, path.posix.normalize(name));
    if (blocked?.test(name) || !file.startsWith(builtPage) || !fs.existsSync(file)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
      return;
    }
    const body = fs.readFileSync(file);
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'content-length': body.length,
      // As hosts do: names with a hash never change.
      'cache-control': name.startsWith('/assets/') ? 'public, max-age=3600' : 'no-store',
    });
    if (!slowed?.test(name)) {
      response.end(body);
      return;
    }
    const half = Math.floor(body.length / 2);
    response.write(body.subarray(0, half));
    setTimeout(() => response.end(body.subarray(half)), slowness).unref();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    block: (pattern) => (blocked = pattern),
    down: () => {
      isDown = true;
    },
    slow: (pattern, millis = 3000) => {
      slowed = pattern;
      slowness = millis;
    },
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
