// The steps the commands are made of. Each does nothing when its inputs have not changed.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { at, build, root, wasmOutputs } from './paths.mjs';
import { bin, say, step, Stop } from './run.mjs';
import { hashOf, isFresh, setStamp } from './stamp.mjs';
import { findEmscripten, needTools, which } from './toolchain.mjs';

const engineInputs = ['CMakeLists.txt', 'CMakePresets.json', 'engine', 'wasm/CMakeLists.txt', 'wasm/bindings.cc'];
const lessonsAndPage = ['web', 'lessons', 'wasm/client', 'package-lock.json', 'tsconfig.base.json'];

export async function nodeModules() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Stop(`Node 20.19 or newer is needed; this is ${process.version}.`);
  }
  if (installedPackagesMatch()) return;
  await step('Install the Node packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    log: 'npm-ci',
  });
}

/** Compares what npm recorded in node_modules with package-lock.json. */
function installedPackagesMatch() {
  const record = at('node_modules', '.package-lock.json');
  if (!fs.existsSync(record)) return false;
  const packagesOf = (file) => JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(at('package-lock.json'))).every(([where, wanted]) => {
    // Optional packages are those of other platforms.
    if (where === '' || (wanted.optional && !installed[where])) return true;
    return installed[where]?.version === wanted.version;
  });
}

const jobs = String(Math.max(1, os.availableParallelism()));

async function cmakeConfigure(name, preset, folder, { wrapper = [], env = {}, log } = {}) {
  const configured = hashOf(
    ['CMakePresets.json'],
    preset,
    which('c++') ?? '',
    which(process.env.CXX ?? '') ?? '',
    ...wrapper,
  );
  if (!isFresh(`configure-${preset}`, configured, [path.join(folder, 'build.ninja')])) {
    fs.rmSync(path.join(folder, 'CMakeCache.txt'), { force: true });
    const [command, ...args] = [...wrapper, 'cmake', '--preset', preset];
    await step(`Configure ${name}`, command, args, { env, log: `${log}-configure` });
    setStamp(`configure-${preset}`, configured);
  }
}

/** Configures once and builds; ninja itself knows what is out of date. */
async function cmakeBuild(name, preset, folder, options) {
  await cmakeConfigure(name, preset, folder, options);
  const { env = {}, targets = [], log } = options;
  const chosen = targets.flatMap((target) => ['--target', target]);
  await step(`Build ${name}`, 'cmake', ['--build', folder, '-j', jobs, ...chosen], { env, log });
}

const nativeDebugBuild = ['the native engine (sanitizers on)', 'native-debug', build.native, { log: 'native' }];

/** The engine with sanitizers and its tests, in build/native. */
export async function nativeDebug() {
  await needTools(['compiler', 'cmake', 'ninja', 'nlohmann', 'googletest']);
  await cmakeBuild(...nativeDebugBuild);
}

/** Only what configuring that build writes, for tools that read compile_commands.json. */
export async function configureNativeDebug() {
  await needTools(['compiler', 'cmake', 'ninja', 'nlohmann', 'googletest']);
  await cmakeConfigure(...nativeDebugBuild);
}

/** The optimised native engine, in build/native-release. */
export async function nativeRelease() {
  await needTools(['compiler', 'cmake', 'ninja', 'nlohmann', 'benchmark']);
  await cmakeBuild('the native engine (optimised)', 'native-release', build.nativeRelease, { log: 'native-release' });
}

export async function fuzzTargets() {
  await needTools(['clang', 'fuzzer', 'cmake', 'ninja', 'nlohmann']);
  await cmakeBuild('the fuzz targets', 'fuzz', build.fuzz, { log: 'fuzz' });
}

/** build/wasm/sortkey.{mjs,wasm}. */
export async function wasm() {
  const hash = hashOf(engineInputs);
  if (isFresh('wasm', hash, wasmOutputs)) return;
  await needTools(['emscripten', 'cmake', 'ninja', 'nlohmann']);
  const { emcmake, emcc, version, env } = findEmscripten();
  say(`  Emscripten ${version} (${emcc})`);
  await cmakeBuild('the engine for WebAssembly', 'wasm-release', build.wasm, {
    wrapper: [emcmake],
    env,
    log: 'wasm',
  });
  for (const output of wasmOutputs) {
    if (!fs.existsSync(output)) throw new Stop(`The build ended without ${path.relative(root, output)}.`);
  }
  fs.writeFileSync(path.join(build.wasm, 'toolchain.json'), `${JSON.stringify({ emscripten: version }, null, 2)}\n`);
  setStamp('wasm', hash);
}

/** The production page, in build/web. */
export async function web() {
  const hash = hashOf([...lessonsAndPage, ...wasmOutputs.map((file) => path.relative(root, file))]);
  if (isFresh('web', hash, [path.join(build.web, 'index.html')])) return;
  await step('Build the page', bin('vite'), ['build', '--config', 'web/vite.config.ts'], { log: 'web' });
  if (!fs.existsSync(path.join(build.web, 'index.html')))
    throw new Stop('The build ended without build/web/index.html.');
  setStamp('web', hash);
}

/** build/endpoint/main.mjs with the module beside it. */
export async function endpoint() {
  const hash = hashOf([
    'wasm/endpoint',
    'wasm/client',
    'package-lock.json',
    ...wasmOutputs.map((file) => path.relative(root, file)),
  ]);
  const bundle = path.join(build.endpoint, 'main.mjs');
  if (isFresh('endpoint', hash, [bundle])) return;
  await step(
    'Build the endpoint',
    bin('esbuild'),
    [
      'wasm/endpoint/main.ts',
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--target=node20',
      `--outfile=${path.relative(root, bundle)}`,
      '--log-level=warning',
    ],
    { log: 'endpoint' },
  );
  for (const output of wasmOutputs) fs.copyFileSync(output, path.join(build.endpoint, path.basename(output)));
  setStamp('endpoint', hash);
}
