/** The palette, the theme button, passing news, and the page of a browser without JavaScript. */
import type { Page } from 'playwright-core';
import { useStage } from './browser';
import { fullEditor, ready, saved } from './page';

const stage = useStage();

const palette = (page: Page) => page.getByRole('combobox', { name: 'Search all commands' });
const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

/** Types into the palette as fast as keys go, Enter included. */
async function command(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+K');
  await palette(page).waitFor();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
}

test('the palette does what was typed, asks before it takes something away, and does nothing for what it does not know', async () => {
  const page = await stage.open({ profile: await stage.profile({ colorScheme: 'light' }) });
  const downloads: string[] = [];
  page.on('download', (download) => downloads.push(download.suggestedFilename()));
  await ready(page);
  const light = await ground(page);
  await command(page, 'dark');
  await palette(page).waitFor({ state: 'hidden' });
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  expect(await ground(page)).not.toBe(light);
  expect(downloads).toEqual([]);

  await command(page, 'xyzzy');
  await page.getByRole('dialog').getByText('No command fits “xyzzy”').waitFor();
  expect(await palette(page).inputValue()).toBe('xyzzy');
  await page.keyboard.press('Escape');

  await command(page, 'reset');
  const question = page.getByRole('dialog', { name: 'Delete all tables?' });
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });

  // The marked entry is the one that is announced, and the one that Enter does.
  await page.keyboard.press('Control+K');
  await page.keyboard.type('theme');
  await page.keyboard.press('ArrowDown');
  const marked = await palette(page).getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${marked}"]`).textContent()).toContain('Theme: light');
  await page.keyboard.press('Enter');
  await palette(page).waitFor({ state: 'hidden' });
  expect(await ground(page)).toBe(light);

  const script = await page.getByTestId('tables-summary').textContent();
  await command(page, 'query');
  await page.locator('[aria-label="Editor"]').getByText('7 in this script').waitFor();
  expect(await page.getByTestId('tables-summary').textContent()).toBe(script);
});

test.each(['light', 'dark'] as const)('every press of the theme button shows, on a %s machine', async (colorScheme) => {
  const page = await stage.open({ profile: await stage.profile({ colorScheme }) });
  await ready(page);
  const button = page.getByRole('button', { name: /^Theme:/ });
  for (let presses = 0; presses < 3; presses++) {
    const before = await ground(page);
    await button.click();
    expect(await ground(page)).not.toBe(before);
  }
});

test('a passing message passes while the page is busy', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  await saved(page);
  await page.keyboard.press('Control+S');
  const toast = page.locator('.toast');
  await toast.waitFor();
  await page.locator('[data-editor="full"]').click({ position: { x: 200, y: 12 } });
  // Every letter is a change of the page's state; the message needs four seconds of its own.
  const until = Date.now() + 30_000;
  while ((await toast.count()) > 0 && Date.now() < until) await page.keyboard.type('x', { delay: 100 });
  expect(await toast.count()).toBe(0);
});

test('without JavaScript the page says what it needs, and not that it is loading', async () => {
  const page = await stage.open({ profile: await stage.profile({ javaScriptEnabled: false }) });
  // By element: Playwright looks for no text inside noscript.
  await page.locator('noscript p').waitFor();
  expect(await page.locator('#shell-status').isVisible()).toBe(false);
});
