// Where things are; the only file that knows the layout of build/.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const at = (...parts) => path.join(root, ...parts);

export const build = {
  root: at('build'),
  logs: at('build', 'logs'),
  stamps: at('build', 'stamps'),
  reports: at('build', 'reports'),
  native: at('build', 'native'),
  nativeRelease: at('build', 'native-release'),
  wasm: at('build', 'wasm'),
  web: at('build', 'web'),
  endpoint: at('build', 'endpoint'),
  fuzz: at('build', 'fuzz'),
  emscriptenCache: at('build', 'emscripten-cache'),
  tidy: at('build', 'tidy'),
};

export const wasmOutputs = [at('build', 'wasm', 'sortkey.mjs'), at('build', 'wasm', 'sortkey.wasm')];
