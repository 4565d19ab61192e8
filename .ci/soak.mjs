// npm run soak -- [arguments]: the long random runs of tests/simulation/soak.
import fs from 'node:fs';
import { withBuildLock } from './lib/lock.mjs';
import { at } from './lib/paths.mjs';
import { entry, foreground, Stop } from './lib/run.mjs';
import { bundleForNode } from './lib/bundle.mjs';
import * as steps from './lib/steps.mjs';

await entry(async () => {
  const main = ['main.ts', 'soak.ts']
    .map((name) => `tests/simulation/soak/${name}`)
    .find((file) => fs.existsSync(at(file)));
  if (!main) throw new Stop('tests/simulation/soak holds no main.ts.');
  await withBuildLock(async () => {
    await steps.nodeModules();
    await steps.wasm();
  });
  const program = await bundleForNode(main, 'soak.mjs');
  return foreground(process.execPath, [program, ...process.argv.slice(2)]);
});
