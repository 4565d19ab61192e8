// npm run endpoint -- --port 8000: DynamoDB over HTTP. Arguments go to the endpoint itself.
import path from 'node:path';
import { withBuildLock } from './lib/lock.mjs';
import { build } from './lib/paths.mjs';
import { entry, foreground } from './lib/run.mjs';
import * as steps from './lib/steps.mjs';

await entry(async () => {
  await withBuildLock(async () => {
    await steps.nodeModules();
    await steps.wasm();
    await steps.endpoint();
  });
  return foreground(process.execPath, [path.join(build.endpoint, 'main.mjs'), ...process.argv.slice(2)]);
});
