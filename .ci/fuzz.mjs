// npm run fuzz -- [--seconds 30] [target …]: libFuzzer over the parsers, each target for that long.
// New inputs are kept in build/corpus; an input that fails a target is printed and kept in build/crashes. A failing input
// goes to tests/fuzz/corpus/<target> with its repair: the native tests replay that folder.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { withBuildLock } from './lib/lock.mjs';
import { at, build } from './lib/paths.mjs';
import { entry, say, step, Stop } from './lib/run.mjs';
import * as steps from './lib/steps.mjs';

/** The cases as scripts of requests (tests/fuzz/script.h), which reach deeper than any mutation. */
function writeCaseSeeds(folder) {
  const longest = 8192;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const cases = at('tests', 'cases');
  for (const file of fs.readdirSync(cases).filter((name) => name.endsWith('.json'))) {
    JSON.parse(fs.readFileSync(path.join(cases, file), 'utf8')).forEach(({ setup = [], steps }, index) => {
      const script = [...setup, ...steps]
        .map((one) => ('advance' in one ? `@${one.advance}` : `${one.op} ${one.raw ?? JSON.stringify(one.in ?? {})}`))
        .join('\n');
      if (script.length <= longest)
        fs.writeFileSync(path.join(folder, `${path.basename(file, '.json')}-${index}`), script);
    });
  }
}

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
    const seeds = [path.join(folder, 'corpus', name)];
    if (name === 'request') {
      seeds.push(path.join(build.root, 'seeds', name));
      writeCaseSeeds(seeds.at(-1));
    }
    const dictionary = path.join(folder, `${name}.dict`);
    fs.mkdirSync(corpus, { recursive: true });
    fs.mkdirSync(crashes, { recursive: true });
    const { logFile } = await step(`Fuzz ${name} for ${values.seconds} s`, path.join(build.fuzz, `fuzz_${name}`), [
      `-max_total_time=${values.seconds}`,
      '-timeout=10',
      '-rss_limit_mb=2048',
      `-artifact_prefix=${crashes}/${name}-`,
      ...(fs.existsSync(dictionary) ? [`-dict=${dictionary}`] : []),
      corpus,
      ...seeds.filter((seed) => fs.existsSync(seed)),
    ]);
    say(`  ${fs.readFileSync(logFile, 'utf8').match(/^Done .*$/m)?.[0]}`);
  }
  say(`\n${chosen.length} targets, no crash.`);
});
