// npm start: build what is out of date, then serve the playground.
import { withBuildLock } from './lib/lock.mjs';
import { build } from './lib/paths.mjs';
import { entry, say, Stop } from './lib/run.mjs';
import { serve } from './lib/serve.mjs';
import * as steps from './lib/steps.mjs';

await entry(async () => {
  await withBuildLock(async () => {
    await steps.nodeModules();
    await steps.wasm();
    await steps.web();
  });
  const wanted = Number(process.env.PORT || 5173);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65535)
    throw new Stop(`PORT must be 1 to 65535, not "${process.env.PORT}".`);
  const { server, port } = await serve(build.web, wanted);
  if (port !== wanted) say(`Port ${wanted} is in use.`);
  say(`\nSortkey is ready: http://localhost:${port}\n(Ctrl+C stops it.)`);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  server.close();
  server.closeAllConnections();
});
