/** What travels: the module, and everything the page loads before the editor. */
import fs from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { kilobytes, limitRow, missingRow, type Row } from './rows';
import { root, wasmBytes } from './workload';

const brotli = (bytes: Uint8Array): number =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

export function wasmRow(): Row {
  return limitRow('sortkey.wasm, brotli', brotli(wasmBytes()), 250 * 1024, kilobytes);
}

/** `new Worker(new URL("x.js", …))`, also as Vite writes it: `new URL(""+new URL("x.js", …).href, …)`. */
const workers = /new Worker\(\s*new URL\(\s*(?:["'`]{2}\s*\+\s*new URL\(\s*)?(?:\/\*[^*]*\*\/)?\s*["'`]([^"'`]+)["'`]/g;

const page = path.join(root, 'build', 'web');

/** Files that a file loads at once: tags of HTML; static imports, workers and `url()`s of the rest. */
export function loadedBy(file: string, text: string): string[] {
  const patterns = file.endsWith('.html')
    ? [/<script[^>]+src="([^"]+)"/g, /<link[^>]+rel="(?:stylesheet|modulepreload|icon)"[^>]*href="([^"]+)"/g]
    : file.endsWith('.css')
      ? [/@import\s+"([^"]+)"/g]
      : [
          /(?:^|[;}\s])(?:import|export)\s*(?:[\w*{][^'"();]*?from\s*)?["'](\.{1,2}\/[^"']+)["']/g,
          // The worker starts with the page, whoever asks for it.
          workers,
        ];
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]!))
    .filter((name) => !/^(https?:|data:)/.test(name))
    .map((name) => path.join(name.startsWith('/') ? page : path.dirname(file), name));
}

/**
 * The files the page needs before the editor: index.html, and what it and its worker load at once. What is asked for when
 * idle is not among them, nor the module, which has a budget of its own.
 */
export function filesBeforeEditor(): string[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !fs.existsSync(file)) return;
    seen.add(file);
    if (!/\.(html|js|mjs|css)$/.test(file)) return;
    for (const next of loadedBy(file, fs.readFileSync(file, 'utf8'))) visit(next);
  };
  visit(path.join(page, 'index.html'));
  // Counting without it once hid a fifth of the page.
  if (![...seen].some((file) => /\/entry-[^/]*\.js$/.test(file)))
    throw new Error('The worker of the page was not found.');
  return [...seen];
}

export const weightOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + brotli(fs.readFileSync(file)), 0);

export const pageBudget = 150 * 1024;

export function pageRow(): Row {
  const what = 'Page before the editor, brotli';
  if (!fs.existsSync(path.join(page, 'index.html'))) return missingRow(what, 'build/web is empty');
  const files = filesBeforeEditor();
  return limitRow(
    what,
    weightOf(files),
    pageBudget,
    kilobytes,
    `${files.length} files: index.html, what it imports statically, styles and the worker; the module has its own budget`,
  );
}
