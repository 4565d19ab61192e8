// npm run bench -- [group …]: builds everything, then prints the budgets beside what is measured.
import { bundleForNode } from './lib/bundle.mjs';
import { withBuildLock } from './lib/lock.mjs';
import { build, root } from './lib/paths.mjs';
import { entry, foreground } from './lib/run.mjs';
import { serve } from './lib/serve.mjs';
import * as steps from './lib/steps.mjs';

await entry(async () => {
  await withBuildLock(async () => {
    await steps.nodeModules();
    await steps.nativeRelease();
    await steps.wasm();
    await steps.web();
    await steps.endpoint();
  });
  const program = await bundleForNode('tests/bench/main.ts', 'bench.mjs');
  const { server, port } = await serve(build.web, 8490);
  try {
    return await foreground(process.execPath, [program, ...process.argv.slice(2)], {
      SORTKEY_ROOT: root,
      SORTKEY_PAGE_URL: `http://localhost:${port}/`,
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
