// Runs clang-tidy over the engine, a few files at a time, and only over those that changed since they last passed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { at, build, root } from './paths.mjs';
import { environment, outputOf, say, Stop } from './run.mjs';
import { cppFiles } from './sources.mjs';

const include = /^\s*#\s*include\s*"([^"]+)"/gm;

/** A hash over a file and every header of ours that it reaches. */
function closureHash(file, salt) {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const [, written] of fs.readFileSync(at(name), 'utf8').matchAll(include)) {
      const places = [path.join(path.dirname(name), written), `engine/src/${written}`, `engine/include/${written}`];
      const found = places.find((place) => fs.existsSync(at(place)));
      if (found) visit(path.normalize(found));
    }
  };
  visit(file);
  const hash = createHash('sha256').update(salt);
  for (const name of [...seen].sort()) hash.update(`${name}\0`).update(fs.readFileSync(at(name)));
  return hash.digest('hex');
}

function tidy(file) {
  return new Promise((resolve) => {
    const child = spawn('clang-tidy', ['-p', build.native, '--quiet', file], { cwd: root, env: environment() });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

export async function clangTidy() {
  const files = cppFiles(/^engine\/(src|tools)\/.*\.cc$/);
  const salt = `${outputOf('clang-tidy', ['--version'])}${fs.readFileSync(at('.clang-tidy'))}${fs.readFileSync(at('CMakeLists.txt'))}`;
  fs.mkdirSync(build.tidy, { recursive: true });
  const stampOf = (file) => path.join(build.tidy, `${file.replaceAll('/', '-')}.txt`);
  const due = files
    .map((file) => ({ file, stamp: stampOf(file), hash: closureHash(file, salt) }))
    .filter(({ stamp, hash }) => !fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== hash);

  const started = Date.now();
  let done = 0;
  let shown = started;
  const failed = [];
  const worker = async () => {
    for (let next = due.shift(); next; next = due.shift()) {
      const { code, output } = await tidy(next.file);
      done++;
      if (code === 0) fs.writeFileSync(next.stamp, next.hash);
      else {
        failed.push(next.file);
        say(
          output
            .replaceAll(`${root}/`, '')
            .replace(/^\d+ warnings?.*$\n?/gm, '')
            .trimEnd(),
        );
      }
      if (Date.now() - shown > 15_000) {
        shown = Date.now();
        say(`  clang-tidy: ${done} of ${total} files, ${((Date.now() - started) / 1000).toFixed(0)} s`);
      }
    }
  };
  const total = due.length;
  await Promise.all(Array.from({ length: os.availableParallelism() }, worker));
  if (failed.length) throw new Stop(`clang-tidy: ${failed.length} of ${files.length} files have findings.`);
  say(`✓ clang-tidy  ${((Date.now() - started) / 1000).toFixed(1)} s, ${total} of ${files.length} files had changed`);
}
