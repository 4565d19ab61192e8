// Serves a built page: static files with the right types, compressed once, and cached by name where the name
// contains a hash.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};
const compressible = /^(text\/|application\/(json|wasm|manifest)|image\/svg)/;
const hashedName = /-[\w-]{8,}\.\w+$/;

/** Finds the file for a URL path, or undefined; nothing outside the folder can be named. */
function locate(folder, urlPath) {
  let name;
  try {
    name = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (name.includes('\0')) return undefined;
  const file = path.join(folder, path.posix.normalize(`/${name}`));
  const info = fs.statSync(file, { throwIfNoEntry: false });
  if (info?.isFile()) return { file, info };
  const index = path.join(file, 'index.html');
  const indexInfo = info?.isDirectory() && fs.statSync(index, { throwIfNoEntry: false });
  return indexInfo ? { file: index, info: indexInfo } : undefined;
}

/** A request handler for the files under `folder`. */
export function staticFiles(folder) {
  const cache = new Map();
  const load = ({ file, info }) => {
    const known = cache.get(file);
    if (known && known.stamp === info.mtimeMs) return known;
    const body = fs.readFileSync(file);
    const type = types[path.extname(file)] ?? 'application/octet-stream';
    const small = compressible.test(type) && body.length > 1024;
    const fresh = {
      stamp: info.mtimeMs,
      type,
      body,
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
      // Quality 5: this runs while somebody waits.
      brotli: small
        ? zlib.brotliCompressSync(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } })
        : undefined,
    };
    cache.set(file, fresh);
    return fresh;
  };

  return (request, response) => {
    const headers = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, Allow: 'GET, HEAD' }).end();
      return;
    }
    const found = locate(folder, request.url.split(/[?#]/)[0]);
    if (!found) {
      response.writeHead(404, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
      return;
    }
    const { type, body, etag, brotli } = load(found);
    Object.assign(headers, {
      'Content-Type': type,
      ETag: etag,
      Vary: 'Accept-Encoding',
      'Cache-Control': hashedName.test(found.file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, headers).end();
      return;
    }
    const packed = brotli && /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    if (packed) headers['Content-Encoding'] = 'br';
    const content = packed ? brotli : body;
    headers['Content-Length'] = content.length;
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : content);
  };
}

/** Listens on `wanted` or, when that is taken, on the next free port after it. */
export async function serve(folder, wanted) {
  const server = http.createServer(staticFiles(folder));
  for (let port = wanted; port < wanted + 100; port++) {
    try {
      await new Promise((resolve, reject) => {
        server.once('error', reject);
        // Without a host name Node listens on IPv6 and IPv4 alike, as "localhost" may mean either; binding to it
        // alone keeps the server off the network.
        server.listen({ port, host: 'localhost' }, () => {
          server.off('error', reject);
          resolve();
        });
      });
      return { server, port };
    } catch (error) {
      server.removeAllListeners('error');
      if (error.code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`No free port from ${wanted} to ${wanted + 99}.`);
}
