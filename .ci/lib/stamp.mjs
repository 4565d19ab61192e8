// Remembers which inputs a result was built from, so that nothing is built twice.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { at, build } from './paths.mjs';

/** Every file under the given paths (relative to the root), sorted; missing ones are left out. */
export function filesUnder(paths) {
  const found = [];
  const visit = (file) => {
    const info = fs.statSync(file, { throwIfNoEntry: false });
    if (!info) return;
    if (info.isFile()) found.push(file);
    if (info.isDirectory()) {
      for (const name of fs.readdirSync(file)) {
        if (name !== 'node_modules' && !name.startsWith('.')) visit(path.join(file, name));
      }
    }
  };
  for (const part of paths) visit(at(part));
  return found.sort();
}

/** A hash over names and contents. */
export function hashOf(paths, ...extra) {
  const hash = createHash('sha256');
  for (const file of filesUnder(paths)) {
    hash.update(`${path.relative(at(), file)}\0`);
    hash.update(fs.readFileSync(file));
  }
  for (const text of extra) hash.update(`\0${text}`);
  return hash.digest('hex');
}

const stampFile = (name) => path.join(build.stamps, `${name}.txt`);

export function isFresh(name, hash, outputs) {
  const file = stampFile(name);
  return (
    fs.existsSync(file) && fs.readFileSync(file, 'utf8') === hash && outputs.every((output) => fs.existsSync(output))
  );
}

export function setStamp(name, hash) {
  fs.mkdirSync(build.stamps, { recursive: true });
  fs.writeFileSync(stampFile(name), hash);
}
