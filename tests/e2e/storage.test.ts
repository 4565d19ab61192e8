/**
 * Storage in a real browser, without the screen: the contract of stores, and a browser whose processes are killed while it
 * writes. Whatever was shown as saved is there afterwards, and what is there is a beginning of what was written.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import { browserPath, FLAGS, useStage } from './browser';
import { builtPage } from './site';

const stage = useStage();
let script = '';

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'storage-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
    external: ['module', 'node:*', 'fs', 'path'],
    alias: { '@wasm': path.join(__dirname, '../../build/wasm') },
    define: { 'import.meta.url': 'location.href' },
  });
  script = outputFiles[0]!.text;
});

/** A page of the site with nothing on it but the bundle. */
async function bare(page: Page): Promise<void> {
  await page.goto(`${stage.site.url}files.json`);
  await page.evaluate(script);
}

test('the contract of stores holds in this browser', async () => {
  // The browser asks for an icon of the plain file.
  stage.expected = [/404/];
  const page = await stage.open({ go: false });
  await bare(page);
  const { checks, failed } = await page.evaluate(() => window.storage.contract());
  expect(failed).toEqual([]);
  expect(checks).toBeGreaterThan(12);
});

/** A browser of its own with the profile in `folder`, which can be killed with all its processes. */
async function launch(folder: string): Promise<{ page: Page; kill: () => Promise<void> }> {
  const portFile = path.join(folder, 'DevToolsActivePort');
  fs.rmSync(portFile, { force: true });
  const process_: ChildProcess = spawn(
    browserPath(),
    [...FLAGS, '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'],
    { detached: true, stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => process_.once('exit', () => resolve()));
  while (!fs.existsSync(portFile) || !fs.readFileSync(portFile, 'utf8').includes('\n'))
    await new Promise((resolve) => setTimeout(resolve, 50));
  const [port] = fs.readFileSync(portFile, 'utf8').split('\n');
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = await browser.contexts()[0]!.newPage();
  const kill = async (): Promise<void> => {
    // The whole group: renderer, storage service and browser, at once and without a word.
    process.kill(-process_.pid!, 'SIGKILL');
    await ended;
    await browser.close().catch(() => undefined);
  };
  return { page, kill };
}

test('a browser killed ten times while it writes loses nothing that was shown as saved', async () => {
  const seed = Number(process.env.SEED ?? 7);
  const rounds = Number(process.env.ROUNDS ?? 10);
  const wasm = fs.readdirSync(path.join(builtPage, 'assets')).find((name) => name.endsWith('.wasm'))!;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sortkey-killed-'));
  const log: string[] = [];
  try {
    let saved = 0;
    let random = seed;
    let dropped = 0;
    for (let round = 0; round <= rounds; round++) {
      const { page, kill } = await launch(folder);
      try {
        random = (Math.imul(random, 1103515245) + 12345) >>> 0;
        const more = 5 + (random % 150);
        let enough!: () => void;
        const written = new Promise<void>((resolve) => (enough = resolve));
        const before = saved;
        let goal = before + more;
        await page.exposeFunction('acknowledge', (items: number) => {
          saved = Math.max(saved, items);
          if (saved >= goal) enough();
        });
        await bare(page);
        const { said, found, wrong, browser } = await page.evaluate(
          ([url, number]) => window.storage.write(url, number),
          [`${stage.site.url}assets/${wasm}`, seed] as const,
        );
        log.push(`round ${round}: ${before} saved, ${found} found${wrong}${said}`);
        if (round > 0 && !browser.there) {
          // Not ours to keep: the browser has begun with empty files, the witness's included.
          log.push(`the browser dropped its databases: ${browser.said}`);
          dropped++;
          saved = 0;
          goal = more;
          expect([wrong, said, found]).toEqual(['', '', 0]);
        } else expect([wrong, said, found >= before]).toEqual(['', '', true]);
        if (round < rounds) await written;
      } finally {
        await kill();
      }
    }
    expect(dropped).toBeLessThanOrEqual(1);
    expect(dropped > 0 || saved > rounds * 5).toBe(true);
  } catch (error) {
    throw new Error(`SEED=${seed}\n${log.join('\n')}\n${(error as Error).message}`, { cause: error });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}, 300_000);
