/** What the page row of the bench counts. A file it does not see is a file that may grow unnoticed. */
import path from 'node:path';
import { loadedBy } from './sizes';

const names = (file: string, text: string) => loadedBy(file, text).map((found) => path.basename(found));

test.each([
  [
    'a worker as Vite writes it',
    'n(()=>new Worker(new URL(""+new URL("entry-sj.js",import.meta.url).href,import.meta.url),{})',
    ['entry-sj.js'],
  ],
  ['a worker as people write it', "new Worker(new URL('./entry.ts', import.meta.url))", ['entry.ts']],
  [
    'a worker behind a comment',
    'new Worker(new URL(/* @vite-ignore */ "/assets/entry.js", import.meta.url))',
    ['entry.js'],
  ],
  [
    'static imports',
    'import{a}from"./one.js";import"./two.js";export*from"../three.js"',
    ['one.js', 'two.js', 'three.js'],
  ],
  ['not what is loaded later', 'const x=()=>import("./later.js")', []],
])('%s', (_name, text, wanted) => expect(names('/page/assets/index.js', text)).toEqual(wanted));

test('tags of the page', () => {
  const html =
    '<script type="module" src="./assets/index.js"></script><link rel="stylesheet" href="./assets/index.css"><link rel="icon" href="./icon.svg">';
  expect(names('/page/index.html', html)).toEqual(['index.js', 'index.css', 'icon.svg']);
});
