/** Sharing says what others will see, and what was shared says what came out. */
import type { Page } from 'playwright-core';
import { useStage } from './browser';
import { fullEditor, ready, runAll, saved, scriptText, shareLink, writeScript } from './page';

const stage = useStage();

async function openShare(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  await page.getByTestId('verdict').waitFor();
}

async function openedElsewhere(link: string): Promise<Page> {
  const page = await stage.open({ hash: link.slice(link.indexOf('#')) });
  await ready(page);
  await runAll(page);
  return page;
}

test('a loaded table: said before copying, added with one press, undone with one; then it is reproduced', async () => {
  const page = await stage.open();
  await ready(page);
  await page.getByRole('button', { name: 'Load data' }).click();
  await page.getByRole('menuitem', { name: /Music/ }).click();
  await page.getByTestId('tables-summary').filter({ hasText: '4 items' }).waitFor();
  await writeScript(page, 'Scan { "TableName": "Music", "Limit": 3 }\n');
  await runAll(page);

  await openShare(page);
  const verdict = page.getByTestId('verdict');
  expect(await verdict.textContent()).toContain('Whoever opens this link will see something else than you');
  expect(await verdict.textContent()).toContain('This script did not make the table Music');
  await page.getByRole('button', { name: 'Add @load music' }).click();
  await verdict.filter({ hasText: 'all 2 requests succeed' }).waitFor();
  const link = await page.getByRole('textbox', { name: /^Link,/ }).inputValue();
  await page.keyboard.press('Escape');
  expect(await scriptText(page)).toContain('@load music');
  await page.keyboard.press('Control+Z');
  expect(await scriptText(page)).not.toContain('@load');

  const theirs = await openedElsewhere(link);
  await theirs.getByTestId('link-banner').filter({ hasText: 'Reproduced. 2 results' }).waitFor();
});

test('a table made by hand is written out as requests, and rebuilt elsewhere', async () => {
  const page = await stage.open();
  await ready(page);
  await runAll(page);
  await writeScript(page, 'Scan { "TableName": "Music" }\n');
  await runAll(page);
  await openShare(page);
  await page.getByRole('button', { name: 'Add the table Music with its 4 items as requests' }).click();
  await page.getByTestId('verdict').filter({ hasText: 'all 3 requests succeed' }).waitFor();
  const link = await page.getByRole('textbox', { name: /^Link,/ }).inputValue();
  const theirs = await openedElsewhere(link);
  await theirs.getByTestId('link-banner').filter({ hasText: 'Reproduced. 3 results' }).waitFor();
  expect(await theirs.getByTestId('result-line').textContent()).toContain('4 items');
});

test('a lesson’s script: the missing table is named, and the lesson’s own link offered', async () => {
  const page = await stage.open({ hash: '#lesson:partition-and-sort-key' });
  await page.getByRole('article', { name: 'Lesson' }).waitFor();
  await ready(page);
  await runAll(page);
  await openShare(page);
  expect(await page.getByTestId('verdict').textContent()).toContain('This script did not make the table');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy the lesson’s own link' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/#lesson:partition-and-sort-key$/);
});

test('a reproduced error is called an error, without a success’s colour', async () => {
  const page = await stage.open();
  await writeScript(page, 'ListTables {}\n\nScan { "TableName": "Nowhere" }\n');
  const theirs = await openedElsewhere(await shareLink(page));
  const banner = theirs.getByTestId('link-banner');
  await banner.filter({ hasText: 'Reproduced: 1 result and 1 error.' }).waitFor();
  expect(await banner.textContent()).toContain('line 3, Scan: ResourceNotFoundException');
  expect(await banner.getAttribute('class')).not.toContain('ok');
});

test('first visit, run twice, reload, run from an empty world: the page says what is so each time', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  const welcome = page.getByTestId('welcome');
  expect(await welcome.textContent()).toContain('It creates a table');
  expect(await welcome.textContent()).toContain('3,200 films');
  expect(await welcome.textContent()).toContain('1 lesson: Partition key + sort key');

  await runAll(page);
  const summary = page.getByTestId('run-summary');
  expect(await summary.textContent()).toMatch(/All 6 requests OK.*0\.5 RCU · 4 WCU · 5 seconds of virtual time/);
  expect(await page.getByTestId('clock-moved').textContent()).toContain(
    'advanced 5 seconds by itself, for CreateTable',
  );
  expect(await page.getByTestId('spoken').textContent()).toContain('All 6 requests OK');
  await page.locator('.view-line', { hasText: 'clock advanced 5 s until the table was ACTIVE' }).waitFor();

  await runAll(page);
  expect(await summary.textContent()).toContain('5 of 6 requests OK');
  expect(await page.getByTestId('error-name').textContent()).toBe('ResourceInUseException');
  expect(await page.getByTestId('spoken').textContent()).toContain('1 failed: CreateTable, line 4');
  expect(await page.getByTestId('clock-moved').count()).toBe(0);

  await saved(page);
  await page.reload();
  await ready(page);
  // Results, marks and meters are of one moment.
  expect(await page.getByTestId('error-name').textContent()).toBe('ResourceInUseException');
  expect(await page.getByTestId('meter-read').textContent()).not.toContain('Nothing has run yet');
  expect(await page.getByTestId('welcome').count()).toBe(0);
  const capacity = page.getByRole('region', { name: 'Capacity' });
  expect(await capacity.textContent()).toContain('Nothing since the tables were loaded');

  await page.getByRole('button', { name: 'Other ways to run' }).click();
  await page.getByRole('menuitem', { name: 'Run all from an empty world' }).click();
  const question = page.getByRole('dialog');
  expect(await question.textContent()).toContain('This deletes 1 table with 4 items (Music)');
  await question.getByRole('button', { name: 'Delete and run all' }).click();
  await summary.filter({ hasText: 'All 6 requests OK' }).waitFor();
  expect(await page.getByTestId('tables-summary').textContent()).toContain('1 table · 4 items');
});

test('the failure can be gone to from the summary; a link’s world is emptied without a question', async () => {
  const maker = await stage.open();
  await ready(maker);
  const link = await shareLink(maker);
  const page = await openedElsewhere(link);
  await fullEditor(page);
  await runAll(page);
  const summary = page.getByTestId('run-summary');
  await page.getByRole('button', { name: '1 failed: CreateTable, line 4' }).click();
  await page.locator('[data-editor]:focus-within').waitFor();
  await summary.getByRole('button', { name: 'Run all from an empty world' }).click();
  await summary.filter({ hasText: 'All 6 requests OK' }).waitFor();
  await page.getByTestId('link-banner').filter({ hasText: 'Reproduced.' }).waitFor();
});

test('there is no run where there is nothing to run, or while one is going on', async () => {
  const page = await stage.open();
  await writeScript(page, '#');
  await page.keyboard.press('Backspace');
  const welcome = page.getByTestId('welcome');
  await welcome.filter({ hasText: 'The script is empty' }).waitFor();
  expect(await welcome.getByRole('button', { name: 'Run all' }).count()).toBe(0);
  await page.keyboard.insertText('Qury {}');
  await welcome.filter({ hasText: 'The script has an error' }).waitFor();
  expect(await welcome.getByRole('button', { name: 'Run all' }).count()).toBe(0);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('@load movies\n');
  stage.site.slow(/movies.*\.json$/);
  await page.keyboard.press('Alt+Enter');
  await welcome.filter({ hasText: 'Running' }).waitFor();
  expect(await welcome.getByRole('button').count()).toBe(0);
});

test('on a narrow screen the summary stands over the result', async () => {
  const profile = await stage.profile({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await stage.open({ profile });
  await ready(page);
  await runAll(page);
  await runAll(page);
  expect(await page.getByTestId('run-summary').count()).toBe(1);
  expect(await page.getByTestId('run-summary').textContent()).toContain('5 of 6 requests OK');
  await writeScript(page, 'Scan { "TableName": "Music" }\n').catch(() => undefined);
  await openShare(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
