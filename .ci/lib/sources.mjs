// Which files are C++ of ours.
import path from 'node:path';
import { root } from './paths.mjs';
import { filesUnder } from './stamp.mjs';

const folders = ['engine', 'wasm', 'tests'];

/** Paths relative to the root. */
export function cppFiles(extension = /\.(cc|h)$/) {
  return filesUnder(folders)
    .map((file) => path.relative(root, file))
    .filter((file) => extension.test(file));
}
