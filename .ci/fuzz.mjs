// npm run fuzz -- [--seconds 30] [target …]: libFuzzer over the parsers, each target for that long.
// New inputs are kept in build/corpus; an input that crashes a target is printed and kept in build/crashes.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { withBuildLock } from './lib/lock.mjs';
import { at, build } from './lib/paths.mjs';
import { entry, say, step, Stop } from './lib/run.mjs';
import * as steps from './lib/steps.mjs';

await entry(async () => {
  const { values, positionals } = parseArgs({
    options: { seconds: { type: 'string', default: '30' } },
    allowPositionals: true,
  });
  const folder = at('tests', 'fuzz');
  const targets = (fs.existsSync(folder) ? fs.readdirSync(folder) : [])
    .filter((name) => name.endsWith('.cc'))
    .map((name) => path.basename(name, '.cc'));
  const unknown = positionals.find((name) => !targets.includes(name));
  if (unknown) throw new Stop(`There is no fuzz target "${unknown}". There are: ${targets.join(', ')}.`);
  const chosen = positionals.length ? positionals : targets;
  if (chosen.length === 0) throw new Stop('tests/fuzz holds no targets.');

  await withBuildLock(steps.fuzzTargets);
  for (const name of chosen) {
    const corpus = path.join(build.root, 'corpus', name);
    const crashes = path.join(build.root, 'crashes');
    const seeds = path.join(folder, 'corpus', name);
    fs.mkdirSync(corpus, { recursive: true });
    fs.mkdirSync(crashes, { recursive: true });
    await step(`Fuzz ${name} for ${values.seconds} s`, path.join(build.fuzz, `fuzz_${name}`), [
      `-max_total_time=${values.seconds}`,
      '-timeout=10',
      '-rss_limit_mb=2048',
      `-artifact_prefix=${crashes}/${name}-`,
      corpus,
      ...(fs.existsSync(seeds) ? [seeds] : []),
    ]);
  }
  say(`\n${chosen.length} targets, no crash.`);
});
