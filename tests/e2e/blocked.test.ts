/** A browser that keeps no data for this page: everything works, and the page says once and calmly that nothing is kept. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright-core';
import { useStage } from './browser';
import { runAll } from './page';

const stage = useStage();

/** Chromium's setting "Block all cookies", which blocks all site data. */
const blockAll = { profile: { default_content_setting_values: { cookies: 2 } } };
const blockThirdParty = { profile: { cookie_controls_mode: 1, block_third_party_cookies: true } };

async function worksInMemory(page: Page | Frame): Promise<void> {
  const run = page.locator('header .run:not(:disabled)');
  await run.waitFor();
  const banner = page.getByTestId('not-kept');
  await banner.waitFor();
  expect(await banner.textContent()).toMatch(/keeps no data for this page\. Everything works/);
  expect(await page.getByTestId('save-state').textContent()).toContain('Not kept');
  expect(await page.getByRole('button', { name: /Retry/ }).count()).toBe(0);
  await run.click();
  await page.getByTestId('tables-summary').filter({ hasText: '4 items' }).waitFor();
  expect(await page.getByTestId('save-state').textContent()).toContain('Not kept');
  expect(await page.getByTestId('message').count()).toBe(0);
}

test('site data blocked: the start page opens in memory, runs, and gives a file', async () => {
  const profile = await stage.profileWith(blockAll);
  const page = await stage.open({ profile });
  expect(
    await page.evaluate(() =>
      Promise.resolve()
        .then(() => localStorage.length)
        .catch((error: Error) => error.name),
    ),
  ).toBe('SecurityError');
  await worksInMemory(page);
  const download = page.waitForEvent('download');
  await page.getByTestId('not-kept').getByRole('button', { name: 'Download a file' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.sortkey$/);
  await page.getByTestId('not-kept').getByRole('button', { name: 'Dismiss' }).click();
  await page.getByTestId('not-kept').waitFor({ state: 'detached' });
  // Sizes of panes, a theme, a reload, a lesson: none of them needs storage.
  await page.getByRole('separator').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: /^Theme:/ }).click();
  await page.reload();
  await page.locator('header .run:not(:disabled)').waitFor();
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await page.getByRole('button', { name: /Partition key \+ sort key.*\d+ min/s }).click();
  await page.getByRole('article', { name: 'Lesson' }).waitFor();
});

test('in a frame of another site that may keep nothing', async () => {
  const host = http.createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      `<!doctype html><title>Elsewhere</title><iframe src="${stage.site.url}" width="1300" height="800"></iframe>`,
    );
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  try {
    const profile = await stage.profileWith(blockThirdParty);
    const page = await stage.open({ profile, go: false });
    // 127.0.0.1 and localhost are two sites.
    await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
    const frame = page.frames().find((one) => one.url().startsWith(stage.site.url))!;
    await worksInMemory(frame);
  } finally {
    host.closeAllConnections();
    host.close();
  }
});

test('every door closed by itself: storage, locks, channels and service workers that throw or are not there', async () => {
  const page = await stage.open({ go: false });
  await page.addInitScript(() => {
    const denied = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, { get: denied });
    Object.defineProperty(navigator, 'serviceWorker', { get: denied });
  });
  // The worker has its own doors; it begins with these lines instead of an import of the page's.
  await page.route(/assets\/entry-.*\.js/, async (route) => {
    const response = await route.fetch();
    const closed =
      'const denied = () => { throw new DOMException("denied", "SecurityError"); };' +
      'Object.defineProperty(self, "indexedDB", { get: denied });' +
      'Object.defineProperty(navigator, "locks", { value: { request: denied } });' +
      'self.BroadcastChannel = class { constructor() { denied(); } };';
    await route.fulfill({ response, body: `{ ${closed} }\n${await response.text()}` });
  });
  await page.goto(stage.site.url);
  await worksInMemory(page);
  await runAll(page);
});
