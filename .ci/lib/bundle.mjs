// Turns a TypeScript program of the tree into one file that Node runs.
import path from 'node:path';
import { build, root } from './paths.mjs';
import { bin, step } from './run.mjs';

/** Bundles `main` to build/tools/<name> and returns that path. Packages stay imports. */
export async function bundleForNode(main, name) {
  const out = path.join(build.root, 'tools', name);
  await step(`Bundle ${main}`, bin('esbuild'), [
    main,
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--target=node20',
    '--packages=external',
    '--sourcemap=inline',
    `--outfile=${path.relative(root, out)}`,
    '--log-level=warning',
  ]);
  return out;
}
