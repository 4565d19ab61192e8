// Finds the tools a command needs and installs the missing ones where that is possible.
import fs from 'node:fs';
import path from 'node:path';
import { at, build } from './paths.mjs';
import { environment, outputOf, say, step, Stop } from './run.mjs';

const versions = JSON.parse(fs.readFileSync(at('.ci', 'versions.json'), 'utf8'));

/** The path of a program on the PATH, or undefined. */
export function which(name) {
  for (const folder of (environment().PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      if (fs.statSync(file).isFile()) return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

export function newEnough(version, minimum) {
  const a = version.split('.').map(Number);
  const b = minimum.split('.').map(Number);
  for (let i = 0; i < 3; i++) {
    if (a[i] !== b[i]) return a[i] > b[i];
  }
  return true;
}

// Debian's emcc finds its JavaScript parser only when told where Debian keeps Node's packages.
const debianNodePackages = '/usr/share/nodejs';

function writable(folder) {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a build with this emcc needs in its environment. */
function emscriptenEnvironment(emcc) {
  const env = {};
  if (fs.realpathSync(emcc).startsWith('/usr/') && fs.existsSync(path.join(debianNodePackages, 'acorn'))) {
    env.NODE_PATH = debianNodePackages;
  }
  const cache = path.join(path.dirname(fs.realpathSync(emcc)), 'cache');
  if (!env.NODE_PATH && !process.env.EM_CACHE && !writable(cache)) env.EM_CACHE = build.emscriptenCache;
  if (which('ccache')) env.EM_COMPILER_WRAPPER = 'ccache';
  return env;
}

/** The first Emscripten that is new enough: { emcc, emcmake, version, env }; or why none is. */
export function findEmscripten() {
  const candidates = [which('emcc')];
  if (process.env.EMSDK) candidates.push(path.join(process.env.EMSDK, 'upstream', 'emscripten', 'emcc'));
  const tooOld = [];
  for (const emcc of candidates) {
    if (!emcc || !fs.existsSync(emcc)) continue;
    const env = emscriptenEnvironment(emcc);
    const version = /\b(\d+\.\d+\.\d+)\b/.exec(outputOf(emcc, ['--version'], env) ?? '')?.[1];
    if (!version) continue;
    if (newEnough(version, versions.emscripten.minimum)) {
      return { emcc, emcmake: path.join(path.dirname(emcc), 'emcmake'), version, env };
    }
    tooOld.push(`${emcc} is ${version}`);
  }
  return { tooOld };
}

const header = (name) => () =>
  ['/usr/include', '/usr/local/include'].some((folder) => fs.existsSync(path.join(folder, name)));
const program =
  (...names) =>
  () =>
    names.some(which);

// One row per tool: how to see that it is there, and the Debian packages that bring it. A package written as
// /pattern/ is the newest available one that matches.
const tools = {
  emscripten: { there: () => Boolean(findEmscripten().emcc), packages: ['emscripten'] },
  nlohmann: { there: header('nlohmann/json.hpp'), packages: ['nlohmann-json3-dev'] },
  cmake: { there: program('cmake'), packages: ['cmake'] },
  ninja: { there: program('ninja'), packages: ['ninja-build'] },
  compiler: { there: program(process.env.CXX || 'c++', 'g++', 'clang++'), packages: ['g++'] },
  googletest: { there: header('gmock/gmock.h'), packages: ['libgtest-dev', 'libgmock-dev'] },
  benchmark: { there: header('benchmark/benchmark.h'), packages: ['libbenchmark-dev'] },
  chromium: { there: program('chromium', 'chromium-browser', 'google-chrome'), packages: ['chromium'] },
  clang: { there: program('clang++'), packages: ['clang'] },
  fuzzer: { there: () => fuzzerRuntime(), packages: [/^libclang-rt-\d+-dev$/] },
  clangFormat: { there: program('clang-format'), packages: ['clang-format'] },
  clangTidy: { there: program('clang-tidy'), packages: ['clang-tidy'] },
};

function fuzzerRuntime() {
  const file = outputOf('clang++', ['-print-runtime-dir'])?.trim();
  return Boolean(file) && fs.existsSync(file) && fs.readdirSync(file).some((name) => name.includes('clang_rt.fuzzer'));
}

// Faster with, possible without: installed along with the rest, never demanded.
const helpful = { ccache: { there: program('ccache'), packages: ['ccache'] } };

/** Whether the package sources offer this package as more than a pointer to another system's. */
export function packageAvailable(name) {
  const candidate = /Candidate: (\S+)/.exec(outputOf('apt-cache', ['policy', name]) ?? '')?.[1];
  return Boolean(candidate) && candidate !== '(none)' && !candidate.includes('snap');
}

/** Sees that the named tools are there, installing Debian packages if it can; otherwise says what to type. */
export async function needTools(names) {
  const missing = names.filter((name) => !tools[name].there());
  if (missing.length === 0) return;
  say(`Missing: ${missing.join(', ')}`);
  const rows = missing.map((name) => tools[name]);
  if (!helpful.ccache.there()) rows.push(helpful.ccache);

  const apt = which('apt-get');
  const asRoot = process.getuid?.() === 0;
  const sudo = !asRoot && which('sudo') && outputOf('sudo', ['-n', 'true']) !== undefined;
  if (!apt || !(asRoot || sudo)) throw new Stop(instructions(missing, rows, Boolean(apt)));

  const prefix = asRoot ? [] : ['sudo', '-n'];
  const aptGet = (name, args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', apt, ...args];
    return step(name, command, rest, { log: 'apt' });
  };
  await aptGet('Update the package list', ['update']);
  const packages = rows.flatMap((row) => row.packages).map(resolvePackage);
  await aptGet(`Install ${packages.join(' ')}`, ['install', '-y', '--no-install-recommends', ...packages]);
  const still = missing.filter((name) => !tools[name].there());
  if (still.length)
    throw new Stop(
      instructions(
        still,
        still.map((name) => tools[name]),
        true,
      ),
    );
}

function resolvePackage(name) {
  if (typeof name === 'string') return name;
  const known = (outputOf('apt-cache', ['pkgnames']) ?? '').split('\n').filter((candidate) => name.test(candidate));
  // The runtime must be of the version the plain `clang` package stands for.
  const preferred = /\d+/.exec(outputOf('apt-cache', ['depends', 'clang']) ?? '')?.[0];
  const number = (candidate) => Number(/\d+/.exec(candidate)[0]);
  known.sort((a, b) => number(b) - number(a));
  const chosen = known.find((candidate) => number(candidate) === Number(preferred)) ?? known[0];
  if (!chosen) throw new Stop(`No Debian package matches ${name}.`);
  return chosen;
}

function instructions(missing, rows, apt) {
  const packages = rows
    .flatMap((row) => row.packages)
    .map((name) => (typeof name === 'string' ? name : 'libclang-rt-dev'));
  const lines = [`These tools are needed and missing: ${missing.join(', ')}.`];
  if (apt) {
    lines.push(
      '',
      'Install them with',
      '',
      '    sudo apt-get update',
      `    sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`,
    );
  } else {
    lines.push('', `Debian calls the packages ${packages.join(', ')}; use your system's equivalents.`);
  }
  if (missing.includes('emscripten')) {
    const { tooOld = [] } = findEmscripten();
    lines.push(
      '',
      `Emscripten ${versions.emscripten.minimum} or newer can also come from its own installer${tooOld.length ? ` (${tooOld.join(', ')})` : ''}:`,
      '',
      '    git clone https://github.com/emscripten-core/emsdk.git ~/emsdk',
      `    ~/emsdk/emsdk install ${versions.emscripten.suggested} && ~/emsdk/emsdk activate ${versions.emscripten.suggested}`,
      '    export EMSDK=~/emsdk',
    );
  }
  lines.push('', 'and run the same command again.');
  return lines.join('\n');
}
