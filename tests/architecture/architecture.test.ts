// Keeps dependencies pointing one way, and small rules of style that a reader should not have to remember.
import { checkFiles, checkImports, checkIncludes } from './check';
import { includesOf, importsOf, projectFiles } from './sources';

const files = projectFiles();
const paths = new Set(files.map((file) => file.path));
const cpp = files.filter((file) => /^(engine|wasm|tests)\/.*\.(cc|h)$/.test(file.path));
const scripts = files.filter((file) => /^(wasm|web)\/.*\.(ts|svelte)$/.test(file.path));

describe('the tree', () => {
  test('is found at all', () => {
    expect(cpp.length).toBeGreaterThan(10);
    expect(scripts.length).toBeGreaterThan(10);
  });

  test('includes point down the floors of the engine', () => {
    expect(checkIncludes(cpp.flatMap((file) => includesOf(file, (path) => paths.has(path))))).toEqual([]);
  });

  test('imports point from web to wasm, and from views to protocol', () => {
    expect(checkImports(scripts.flatMap(importsOf))).toEqual([]);
  });

  test('files are short, finished and free of what the engine must not know', () => {
    expect(checkFiles(files)).toEqual([]);
  });
});

// The rules themselves: each invented violation must be reported, or the tests above prove nothing.
describe('a violation is reported', () => {
  const includeCases: [from: string, to: string, message: RegExp][] = [
    ['engine/src/support/a.cc', 'engine/src/model/b.h', /support may use nothing, never model/],
    ['engine/src/model/a.h', 'engine/src/json/b.h', /never json/],
    ['engine/src/expression/a.cc', 'engine/src/storage/b.h', /never storage/],
    ['engine/src/storage/a.cc', 'engine/src/expression/b.h', /never expression/],
    ['engine/src/operations/a.cc', 'engine/src/account/b.h', /never account/],
    ['engine/src/operations/a.cc', 'engine/include/sortkey/engine.h', /the door/],
    ['engine/src/newfloor/a.cc', 'engine/src/model/b.h', /no row/],
    ['engine/src/model/a.cc', 'wasm/b.h', /nothing outside itself/],
    ['engine/include/sortkey/a.h', 'engine/src/model/b.h', /stand alone/],
    ['wasm/bindings.cc', 'engine/src/model/b.h', /only public headers/],
  ];
  test.each(includeCases)('%s includes %s', (from, to, message) => {
    expect(checkIncludes([{ from, to, line: 3 }])).toEqual([expect.stringMatching(message)]);
  });

  const importCases: [from: string, to: string, typeOnly: boolean, message: RegExp][] = [
    ['wasm/client/a.ts', 'web/src/protocol/b', true, /may use nothing/],
    ['wasm/client/a.ts', 'node:fs', false, /may not use Node/],
    ['wasm/endpoint/a.ts', 'web/src/state/b', false, /may use wasm\/client/],
    ['web/src/protocol/a.ts', 'wasm/client/types', false, /only types/],
    ['web/src/protocol/a.ts', 'web/src/state/b', true, /may use/],
    ['web/src/views/a.svelte', 'web/src/worker/b', true, /may use/],
    ['web/src/views/a.svelte', 'web/src/persistence/b', false, /may use/],
    ['web/src/editor/a.ts', 'wasm/client/engine', false, /may use/],
    ['web/src/state/a.ts', 'web/src/main.ts', false, /imported by nobody/],
    ['web/src/worker/a.ts', 'wasm/endpoint/b', false, /may use/],
    ['web/src/elsewhere/a.ts', 'web/src/protocol/b', false, /no row/],
  ];
  test.each(importCases)('%s imports %s', (from, to, typeOnly, message) => {
    expect(checkImports([{ from, to, typeOnly, line: 3 }])).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['engine/src/model/a.cc', 501],
    ['web/src/views/A.svelte', 501],
    ['engine/src/operations/a.cc', 401],
  ])('%s of %d lines', (path, lines) => {
    const text = 'x\n'.repeat(lines);
    expect(checkFiles([{ path, text }])).toEqual([expect.stringContaining(`${lines} lines`)]);
    expect(checkFiles([{ path, text: text.slice(2) }])).toEqual([]);
  });

  const fileCases: [path: string, text: string, message: RegExp][] = [
    ['lessons/basics/check.ts', '', /holds no code/],
    ['engine/src/model/a.cc', 'std::regex r;\n', /a.cc:1: std::regex/],
    ['engine/src/model/a.cc', '\nstd::chrono::system_clock::now();\n', /a.cc:2: time and chance/],
    ['engine/src/model/a.cc', 'std::random_device d;\n', /time and chance/],
    ['engine/src/model/a.cc', 'auto t = time(nullptr);\n', /time and chance/],
    ['engine/src/model/a.cc', '#include <nlohmann/json.hpp>\n', /json only/],
    ['engine/src/model/a.cc', '#include <emscripten/bind.h>\n', /no browser/],
    ['engine/src/model/a.cc', 'throw Error("x");\n', /without exceptions/],
    ['web/src/a.ts', "const file = '/home/someone/x';\n", /one machine/],
    ['web/src/a.ts', '// TODO later\n', /unfinished/],
    ['tests/web/a.test.ts', "test.skip('x', () => {});\n", /no skipped/],
    ['tests/engine/a.cc', 'TEST(A, DISABLED_b) {}\n', /no skipped/],
  ];
  test.each(fileCases)('%s: %j', (path, text, message) => {
    expect(checkFiles([{ path, text }])).toEqual([expect.stringMatching(message)]);
  });

  test('every form of import is seen, with its line and whether it is of types only', () => {
    const text = [
      '<script lang="ts">',
      "import a from '../state/a';",
      "import type { B } from '../protocol/b';",
      "import { type C, type D } from './c';",
      "export * from './e?raw';",
      "const f = import('../worker/f');",
      "const g = new URL('../worker/g.ts', import.meta.url);",
      "import 'svelte';",
      '</script>',
    ].join('\n');
    expect(importsOf({ path: 'web/src/views/x.svelte', text })).toEqual([
      { from: 'web/src/views/x.svelte', line: 2, to: 'web/src/state/a', typeOnly: false },
      { from: 'web/src/views/x.svelte', line: 3, to: 'web/src/protocol/b', typeOnly: true },
      { from: 'web/src/views/x.svelte', line: 4, to: 'web/src/views/c', typeOnly: true },
      { from: 'web/src/views/x.svelte', line: 5, to: 'web/src/views/e', typeOnly: false },
      { from: 'web/src/views/x.svelte', line: 6, to: 'web/src/worker/f', typeOnly: false },
      { from: 'web/src/views/x.svelte', line: 7, to: 'web/src/worker/g.ts', typeOnly: false },
      { from: 'web/src/views/x.svelte', line: 8, to: 'svelte', typeOnly: false },
    ]);
  });

  test('includes are found in the order the compiler looks', () => {
    const tree = new Set(['engine/src/model/key.h', 'engine/include/sortkey/error.h']);
    const text = '#include "key.h"\n#include "sortkey/error.h"\n#include <vector>\n';
    expect(includesOf({ path: 'engine/src/model/key.cc', text }, (path) => tree.has(path))).toEqual([
      { from: 'engine/src/model/key.cc', line: 1, to: 'engine/src/model/key.h' },
      { from: 'engine/src/model/key.cc', line: 2, to: 'engine/include/sortkey/error.h' },
      { from: 'engine/src/model/key.cc', line: 3, to: 'vector' },
    ]);
  });
});
