// The browser of the end-to-end tests: the system's, or where its packages have none (Ubuntu), Playwright's build.
import fs from 'node:fs';
import { bin, step } from './run.mjs';
import { needTools, packageAvailable, which } from './toolchain.mjs';

/** Leaves CHROMIUM_PATH pointing at a browser. Needs node_modules. */
export async function needBrowser() {
  const found = () =>
    [process.env.CHROMIUM_PATH, which('chromium'), which('chromium-browser'), which('google-chrome')].find(
      (file) => file && fs.existsSync(file),
    );
  process.env.CHROMIUM_PATH = found() ?? (await install(found));
}

async function install(found) {
  const { chromium } = await import('playwright-core');
  if (fs.existsSync(chromium.executablePath())) return chromium.executablePath();
  if (!which('apt-get') || packageAvailable('chromium')) {
    await needTools(['chromium']);
    return found();
  }
  const asRoot = process.getuid?.() === 0;
  await step("Download Playwright's Chromium", bin('playwright-core'), [
    'install',
    ...(asRoot ? ['--with-deps'] : []),
    'chromium',
  ]);
  return chromium.executablePath();
}
