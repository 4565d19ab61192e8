// Tests are TypeScript, run as CommonJS: Jest's support of ES modules needs an experimental flag of Node, and
// transforming a few packages and Emscripten's output costs less than that.

// Packages that ship ES modules only and are therefore transformed as well.
const esModulePackages = [
  'comlink',
  'esm-env',
  'fflate',
  'idb',
  'jsonc-parser',
  'linkify-it',
  'markdown-it',
  'mdurl',
  'punycode.js',
  'svelte',
  'uc.micro',
  'vega-datasets',
  'yaml',
];

const shared = {
  testEnvironment: 'node',
  transform: {
    '\\.(ts|mjs|js)$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript', dynamicImport: true }, target: 'es2022' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulePackages.join('|')})/)`],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json', 'node'],
  // Looks for x.ts where a TypeScript file imports ./x.js.
  resolver: '<rootDir>/.ci/jest-resolver.cjs',
  modulePathIgnorePatterns: ['<rootDir>/build/(?!wasm/|endpoint/)'],
};

/** @type {import('jest').Config} */
export default {
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/e2e/'],
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
      // One browser at a time: two of them on two cores make timings meaningless.
      runner: '<rootDir>/.ci/jest-serial-runner.cjs',
    },
  ],
};
