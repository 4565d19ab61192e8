// npm test: builds everything and runs every test; the last line counts them all.
import fs from 'node:fs';
import path from 'node:path';
import { needBrowser } from './lib/browser.mjs';
import { withBuildLock } from './lib/lock.mjs';
import { build } from './lib/paths.mjs';
import { bin, entry, say, step, Stop } from './lib/run.mjs';
import * as steps from './lib/steps.mjs';
import { needTools } from './lib/toolchain.mjs';

const gtestReport = path.join(build.reports, 'gtest.json');
const jestReport = path.join(build.reports, 'jest.json');

async function googleTest() {
  const program = path.join(build.native, 'sortkey_tests');
  fs.rmSync(gtestReport, { force: true });
  const { code } = await step('GoogleTest', program, [`--gtest_output=json:${gtestReport}`, '--gtest_brief=1'], {
    env: { ASAN_OPTIONS: 'detect_leaks=1:strict_string_checks=1', UBSAN_OPTIONS: 'print_stacktrace=1' },
    show: true,
    allowFailure: true,
  });
  if (!fs.existsSync(gtestReport)) return { name: 'GoogleTest', passed: 0, failed: 1, code };
  const { tests, failures } = JSON.parse(fs.readFileSync(gtestReport, 'utf8'));
  return { name: 'GoogleTest', passed: tests - failures, failed: failures, code };
}

async function jest() {
  fs.rmSync(jestReport, { force: true });
  const { code } = await step(
    'Jest',
    bin('jest'),
    ['--json', `--outputFile=${jestReport}`, '--ci', ...process.argv.slice(2)],
    {
      show: true,
      allowFailure: true,
    },
  );
  if (!fs.existsSync(jestReport)) return { name: 'Jest', passed: 0, failed: 1, code };
  const report = JSON.parse(fs.readFileSync(jestReport, 'utf8'));
  // A file that does not even load has no tests to count; it counts as one failure.
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + report.numPendingTests;
  return { name: 'Jest', passed: report.numPassedTests, failed, code };
}

await entry(async () => {
  fs.mkdirSync(build.reports, { recursive: true });
  await withBuildLock(async () => {
    await steps.nodeModules();
    await needTools(['compiler', 'cmake', 'ninja', 'nlohmann', 'googletest', 'emscripten']);
    await needBrowser();
    await steps.nativeDebug();
    await steps.wasm();
    await steps.web();
    await steps.endpoint();
  });
  const results = [await googleTest(), await jest()];
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  say('');
  for (const result of results) say(`${result.name}: ${result.passed} passed, ${result.failed} failed`);
  say(`${passed} passed, ${failed} failed`);
  const none = results.find((result) => result.passed + result.failed === 0);
  if (none) throw new Stop(`${none.name} ran no tests.`);
  return failed > 0 || results.some((result) => result.code !== 0) ? 1 : 0;
});
