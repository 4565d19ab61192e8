// npm run format: rewrites sources in the house format.
import { bin, entry, step } from './lib/run.mjs';
import { cppFiles } from './lib/sources.mjs';
import * as steps from './lib/steps.mjs';
import { needTools } from './lib/toolchain.mjs';

await entry(async () => {
  await steps.nodeModules();
  await needTools(['clangFormat']);
  await step('Prettier', bin('prettier'), ['--write', '--log-level=warn', '.']);
  await step('clang-format', 'clang-format', ['-i', ...cppFiles()]);
});
