// npm run build: everything, without tests.
import { withBuildLock } from './lib/lock.mjs';
import { entry } from './lib/run.mjs';
import * as steps from './lib/steps.mjs';

await entry(() =>
  withBuildLock(async () => {
    await steps.nodeModules();
    await steps.nativeDebug();
    await steps.wasm();
    await steps.web();
    await steps.endpoint();
  }),
);
