// Compares a run of a public suite with the list of its stale tests:
//
//   node tests/conformance/compare.mjs tests/conformance/dynalite.json newer results/*.json
//
// Fails when a test fails that is not in the list for that wording, and when one in the list passes or did not run.
import { readFileSync } from 'node:fs';
import { differences, readResults, staleTests } from './results.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

function main([listFile, wording, ...resultFiles]) {
  if (resultFiles.length === 0) {
    process.stderr.write('usage: node tests/conformance/compare.mjs LIST.json newer|older RESULTS...\n');
    return 2;
  }
  const list = JSON.parse(readFileSync(listFile, 'utf8'));
  const results = new Map(resultFiles.flatMap((file) => [...readResults(readFileSync(file, 'utf8'))]));
  const lines = differences(list, wording, results);
  for (const line of lines) say(line);
  const passed = [...results.values()].filter((status) => status === 'pass').length;
  const stale = staleTests(list, wording).size;
  say(
    `${list.suite}, ${wording} wording: ${passed} of ${results.size} passed, ${stale} are stale, ${lines.length} differ`,
  );
  return lines.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
