/**
 * A build of the endpoint whose engine can be made to trap: the real engine, but a request that
 * contains the words `make it trap` never returns from WebAssembly.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Endpoint, PROGRAM, startProgram } from './endpoint';

export const TRAP = 'make it trap';

const moduleText = (real: string) => `
  import create from ${JSON.stringify(real)};
  export default async (options) => {
    const module = await create(options);
    class Engine {
      #engine = new module.Engine();
      call(address, length) {
        const request = Buffer.from(module.HEAPU8.subarray(address, address + length));
        if (request.includes(${JSON.stringify(TRAP)})) throw new WebAssembly.RuntimeError('unreachable');
        return this.#engine.call(address, length);
      }
      advance(until) { return this.#engine.advance(until); }
      drain_journal(whole) { return this.#engine.drain_journal(whole); }
      restore(address, length) { return this.#engine.restore(address, length); }
      delete() { this.#engine.delete(); }
    }
    return Object.create(module, { Engine: { value: Engine } });
  };`;

export async function startFailingEndpoint(...args: string[]): Promise<Endpoint> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sortkey-failing-'));
  const beside = (name: string) => path.join(path.dirname(PROGRAM), name);
  copyFileSync(PROGRAM, path.join(folder, 'main.mjs'));
  copyFileSync(beside('sortkey.wasm'), path.join(folder, 'sortkey.wasm'));
  writeFileSync(path.join(folder, 'sortkey.mjs'), moduleText(pathToFileURL(beside('sortkey.mjs')).href));
  const endpoint = await startProgram(path.join(folder, 'main.mjs'), ...args);
  endpoint.process.once('exit', () => rmSync(folder, { recursive: true }));
  return endpoint;
}
