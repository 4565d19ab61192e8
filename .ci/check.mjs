// npm run check: formatting, lint, types, clang-tidy, architecture. Runs all of them and says at the end which failed.
// Parts can be named: npm run check -- eslint types
import { withBuildLock } from './lib/lock.mjs';
import { bin, entry, say, step, Stop } from './lib/run.mjs';
import { cppFiles } from './lib/sources.mjs';
import * as steps from './lib/steps.mjs';
import { clangTidy } from './lib/tidy.mjs';
import { needTools } from './lib/toolchain.mjs';

const parts = {
  prettier: () => step('Prettier', bin('prettier'), ['--check', '--log-level=warn', '.']),
  'clang-format': () => step('clang-format', 'clang-format', ['--dry-run', '-Werror', ...cppFiles()]),
  eslint: () => step('ESLint', bin('eslint'), ['--max-warnings=0', '.']),
  types: async () => {
    await step('Types of wasm and tests', bin('tsc'), ['--project', 'tsconfig.json'], { log: 'tsc' });
    await step(
      'Types of web',
      bin('svelte-check'),
      ['--tsconfig', 'web/tsconfig.json', '--fail-on-warnings', '--output', 'human'],
      { log: 'svelte-check' },
    );
  },
  architecture: () =>
    step('Architecture', bin('jest'), ['--selectProjects', 'unit', '--ci', 'tests/architecture'], {
      log: 'architecture',
    }),
  tidy: clangTidy,
};

await entry(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !parts[name]);
  if (unknown) throw new Stop(`There is no check "${unknown}". There are: ${Object.keys(parts).join(', ')}.`);
  const chosen = wanted.length ? wanted : Object.keys(parts);

  await steps.nodeModules();
  const tools = { 'clang-format': 'clangFormat', tidy: 'clangTidy' };
  await needTools(chosen.map((name) => tools[name]).filter(Boolean));
  // clang-tidy reads the compiler's command lines, which configuring writes.
  if (chosen.includes('tidy')) await withBuildLock(steps.configureNativeDebug);

  const failed = [];
  for (const name of chosen) {
    try {
      await parts[name]();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      say(error.message);
      failed.push(name);
    }
  }
  if (failed.length) throw new Stop(`Check failed: ${failed.join(', ')}. (npm run format repairs formatting.)`);
  say('\nEvery check passed.');
});
