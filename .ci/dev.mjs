// npm run dev: the page with hot reload.
import { withBuildLock } from './lib/lock.mjs';
import { bin, entry, foreground } from './lib/run.mjs';
import * as steps from './lib/steps.mjs';

await entry(async () => {
  await withBuildLock(async () => {
    await steps.nodeModules();
    await steps.wasm();
  });
  return foreground(bin('vite'), ['--config', 'web/vite.config.ts', ...process.argv.slice(2)]);
});
