// The rules of the tree, as data. sources.ts reads files, check.ts compares; neither knows a folder's name.
// A new folder of the engine or the web gets its row here, or the test says so.

/** Folders of engine/src and the ones each may include from, besides itself and the public headers. */
export const engineFloors: Record<string, string[]> = {
  support: [],
  model: ['support'],
  json: ['support', 'model'],
  expression: ['support', 'model'],
  storage: ['support', 'model'],
  capacity: ['support', 'model', 'json', 'expression', 'storage'],
  simulation: ['support', 'model', 'json', 'expression', 'storage'],
  // Tables with their definitions, meters and log: what operations work on.
  catalog: ['support', 'model', 'json', 'expression', 'storage', 'capacity', 'simulation'],
  operations: ['support', 'model', 'json', 'expression', 'storage', 'capacity', 'simulation', 'catalog'],
  account: ['support', 'model', 'json', 'expression', 'storage', 'capacity', 'simulation', 'catalog', 'operations'],
};

/** The door of the engine; only those above the engine, and the floor behind it, may name it. */
export const engineDoor = {
  header: 'engine/include/sortkey/engine.h',
  users: ['engine/include/', 'engine/src/account/', 'engine/tools/', 'wasm/', 'tests/'],
};

export interface ImportRule {
  /** Files whose path starts with this; the longest matching row counts. */
  from: string;
  /** Prefixes it may import values and types from, besides itself. */
  may: string[];
  /** Prefixes it may import types from, and nothing else. */
  mayTypes?: string[];
  /** Whether Node's own modules may be imported. */
  node?: boolean;
}

const pure = ['web/src/protocol/'];

export const importRules: ImportRule[] = [
  { from: 'wasm/client/', may: [] },
  { from: 'wasm/endpoint/', may: ['wasm/client/'], node: true },
  { from: 'web/src/protocol/', may: [], mayTypes: ['wasm/client/'] },
  { from: 'web/src/script/', may: pure, mayTypes: ['wasm/client/'] },
  { from: 'web/src/share/', may: [...pure, 'web/src/script/'] },
  { from: 'web/src/datasets/', may: pure },
  { from: 'web/src/persistence/', may: pure },
  {
    from: 'web/src/worker/',
    may: [
      ...pure,
      'web/src/script/',
      'web/src/share/',
      'web/src/datasets/',
      'web/src/persistence/',
      'wasm/client/',
      'build/wasm/',
    ],
  },
  { from: 'web/src/lessons/', may: [...pure, 'web/src/script/', 'lessons/'] },
  {
    from: 'web/src/state/',
    may: [...pure, 'web/src/script/', 'web/src/share/', 'web/src/lessons/', 'web/src/datasets/'],
    // The interface of the playground; which implementation stands behind it is main.ts's business.
    mayTypes: ['web/src/worker/api'],
  },
  { from: 'web/src/styles/', may: [] },
  {
    from: 'web/src/editor/',
    may: [...pure, 'web/src/script/', 'web/src/state/', 'web/src/styles/'],
  },
  {
    from: 'web/src/views/',
    may: [
      ...pure,
      'web/src/script/',
      'web/src/share/',
      'web/src/lessons/',
      // Names and numbers only; rows belong to the worker.
      'web/src/datasets/catalog',
      'web/src/state/',
      'web/src/editor/',
      'web/src/styles/',
    ],
  },
  {
    from: 'web/src/App.svelte',
    may: [...pure, 'web/src/state/', 'web/src/views/', 'web/src/editor/', 'web/src/styles/'],
  },
  // The composition root: the only file that knows everybody, and known by nobody.
  { from: 'web/src/main.ts', may: ['web/src/', 'wasm/client/', 'lessons/'] },
  { from: 'web/bundle/', may: [], node: true },
  { from: 'web/vite.config.ts', may: ['web/bundle/'], node: true },
];

/** Files nothing may import. */
export const importedByNone = ['web/src/main.ts'];

/** Folders that hold data only, and the endings that would be code. */
export const dataOnly = [{ folder: 'lessons/', code: /\.(ts|tsx|js|mjs|cjs|svelte|cc|h|py|sh|wasm)$/ }];

export interface LengthRule {
  files: RegExp;
  linesMax: number;
}

export const lengthRules: LengthRule[] = [
  { files: /^(engine|wasm|web\/src)\/.*\.(cc|h|ts|svelte|css)$/, linesMax: 500 },
  { files: /^engine\/src\/operations\//, linesMax: 400 },
];

export interface TextRule {
  files: RegExp;
  /** Files that are about the pattern and therefore contain it. */
  except?: RegExp;
  pattern: RegExp;
  message: string;
}

const aboutRules = /^tests\/architecture\//;

export const textRules: TextRule[] = [
  {
    files: /^engine\/(src|include)\//,
    pattern: /std::w?c?regex|#\s*include\s*<regex>/,
    message: 'std::regex is slow and recursive; write a scanner',
  },
  {
    files: /^engine\/(src|include)\//,
    pattern:
      /system_clock|steady_clock|high_resolution_clock|random_device|\bs?rand\(|\b(std::)?time\(\s*(0|NULL|nullptr|&)/,
    message: 'time and chance come from outside the engine',
  },
  {
    files: /^engine\/(src|include)\//,
    pattern: /\bthrow\b\s+[\w:]+[({]|\btry\s*\{/,
    message: 'the engine is compiled without exceptions; return a Result',
  },
  {
    files: /^engine\/(src|include)\/(?!json\/)/,
    pattern: /#\s*include\s*[<"]nlohmann\//,
    message: 'nlohmann/json lives in engine/src/json only',
  },
  {
    files: /^engine\/(src|include)\//,
    pattern: /#\s*include\s*[<"](emscripten|fstream|filesystem|thread|sys\/|unistd)/,
    message: 'the engine knows no browser, file, thread or system call',
  },
  {
    files: /\.(cc|h|ts|mjs|cjs|js|svelte|css|html|json|md|txt|yaml)$/,
    except: aboutRules,
    pattern: /(?<![\w.)])\/(home|Users|work|tmp)\/\w/,
    message: 'a path of one machine',
  },
  {
    files: /\.(cc|h|ts|mjs|cjs|js|svelte|css|html)$|^\.ci\/|CMakeLists\.txt$/,
    except: aboutRules,
    pattern: /\b(TODO|FIXME|HACK)\b/,
    message: 'unfinished work is finished, or told in ARCHITECTURE.md',
  },
  {
    files: /^tests\//,
    except: aboutRules,
    pattern: /\.(skip|only|todo|failing)\(|\b(xit|xtest|xdescribe|fit|fdescribe)\(|GTEST_SKIP|DISABLED_/,
    message: "no skipped tests: assert today's behaviour with a note instead",
  },
];
