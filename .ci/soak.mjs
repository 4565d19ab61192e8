// npm run soak -- [hostile] [arguments]: the long random runs of tests/simulation/soak.
import fs from 'node:fs';
import { withBuildLock } from './lib/lock.mjs';
import { at } from './lib/paths.mjs';
import { entry, foreground, Stop } from './lib/run.mjs';
import { bundleForNode } from './lib/bundle.mjs';
import * as steps from './lib/steps.mjs';

await entry(async () => {
  const [first, ...others] = process.argv.slice(2);
  const named = first !== undefined && !first.startsWith('-');
  const main = `tests/simulation/soak/${named ? first : 'main'}.ts`;
  if (!fs.existsSync(at(main))) throw new Stop(`There is no ${main}.`);
  await withBuildLock(async () => {
    await steps.nodeModules();
    await steps.wasm();
  });
  const program = await bundleForNode(main, 'soak.mjs');
  return foreground(process.execPath, [program, ...(named ? others : process.argv.slice(2))]);
});
