/** The path every visitor takes: open, run, look, come back, share. */
import { useStage } from './browser';
import { meter, ready, runAll, saved, shareLink } from './page';

const stage = useStage();

test('the page can be read before any script has run', async () => {
  const html = await (await fetch(stage.site.url)).text();
  expect(html).toContain('DynamoDB, running in this browser tab');
  expect(html).toContain('"KeyConditionExpression": "Artist = :a"');
  const profile = await stage.profile({ javaScriptEnabled: false });
  const page = await stage.open({ profile });
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('DynamoDB, running in this browser tab');
});

test('the example runs, its cost is explained, and all of it is there after a reload', async () => {
  const page = await stage.open();
  await ready(page);
  await runAll(page);

  expect(await page.getByTestId('result-line').textContent()).toContain('3 items · 0.5 RCU');
  expect(await page.getByTestId('items').locator('tbody tr').count()).toBe(3);
  expect(await meter(page, 'read').textContent()).toMatch(/0\.5\s*RCU/);
  expect(await meter(page, 'read').textContent()).toMatch(/\d+ B → 1 block of 4 KB × ½/);
  expect(await meter(page, 'write').textContent()).toMatch(/Total 4 WCU/);

  await page.getByRole('tab', { name: 'Cost' }).click();
  expect(await page.getByTestId('arm-text').first().textContent()).toMatch(/= 0\.5 RCU/);
  expect(await page.getByRole('rowheader', { name: 'SongTitle' }).count()).toBeGreaterThan(0);
  await page.getByRole('tab', { name: 'JSON' }).click();
  expect(await page.getByRole('region', { name: 'Answer as JSON' }).textContent()).toContain('"ScannedCount": 3');

  await saved(page);
  await page.reload();
  await ready(page);
  expect(await page.getByTestId('tables-summary').textContent()).toContain('1 table · 4 items');
  await page.getByRole('button', { name: 'Items', exact: true }).click();
  const items = page.getByTestId('explorer-items').locator('details');
  await items.first().waitFor();
  expect(await items.count()).toBe(4);
  expect(await page.getByTestId('explorer-items').textContent()).toContain('Luna Park · Afterglow');
});

test('a link opened by somebody else gives the same results, and says so', async () => {
  const mine = await stage.open();
  await ready(mine);
  await runAll(mine);
  const link = await shareLink(mine);
  expect(link).toMatch(/#1\.d1n[0-9a-z]+\.[\w-]+\.[0-9a-z]+$/);

  stage.site.asked.length = 0;
  const theirs = await stage.open({ hash: link.slice(link.indexOf('#')) });
  await ready(theirs);
  const banner = theirs.getByTestId('link-banner');
  expect(await banner.textContent()).toContain('Run all to check that it reproduces');
  // Nothing runs by itself.
  expect(await theirs.getByTestId('tables-summary').textContent()).toContain('No tables yet');
  await runAll(theirs);
  await banner.filter({ hasText: 'Reproduced' }).waitFor();
  expect(await theirs.getByTestId('result-line').textContent()).toContain('3 items · 0.5 RCU');
  // No byte of the link's content reaches a server.
  expect(stage.site.asked.filter((path) => path.includes('#') || path.length > 200)).toEqual([]);

  await banner.getByRole('button', { name: 'Keep a copy' }).click();
  await saved(theirs);
  await theirs.reload();
  await ready(theirs);
  expect(await theirs.getByTestId('tables-summary').textContent()).toContain('1 table · 4 items');
});

test('a link whose claim does not come true says where', async () => {
  const mine = await stage.open();
  await ready(mine);
  const link = await shareLink(mine);
  const theirs = await stage.open({ hash: link.slice(link.indexOf('#')) });
  await ready(theirs);
  // The clock is moved first, so the creation time of the table is another one.
  await theirs.getByRole('button', { name: /advance the clock by 1 minute/ }).click();
  await runAll(theirs);
  expect(await theirs.getByTestId('link-banner').textContent()).not.toContain('Reproduced');
});

test('a second link pasted over the first is opened; the own workspace is untouched', async () => {
  const page = await stage.open();
  await ready(page);
  await runAll(page);
  await saved(page);
  const link = await shareLink(page);
  await page.evaluate((hash) => (location.hash = hash), link.slice(link.indexOf('#')));
  await page.getByTestId('link-banner').waitFor();
  await ready(page);
  expect(await page.getByTestId('tables-summary').textContent()).toContain('No tables yet');
  await page.getByRole('button', { name: 'My workspace' }).click();
  await page.getByTestId('link-banner').waitFor({ state: 'detached' });
  await ready(page);
  expect(await page.getByTestId('tables-summary').textContent()).toContain('4 items');
});

test('the virtual clock moves only when it is moved', async () => {
  const page = await stage.open();
  await ready(page);
  const clock = page.getByTestId('clock');
  expect(await clock.textContent()).toBe('2026-06-01 00:00:00');
  await page.getByRole('button', { name: /advance the clock by 1 hour/ }).click();
  await page.getByText('2026-06-01 01:00:00').waitFor();
  await page.waitForTimeout(1200);
  expect(await clock.textContent()).toBe('2026-06-01 01:00:00');
});

test('a workspace travels as a file', async () => {
  const page = await stage.open();
  await ready(page);
  await runAll(page);
  await page.getByRole('button', { name: 'Music', exact: true }).first().click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download as a file' }).click();
  const file = await (await downloading).path();

  const other = await stage.open();
  await ready(other);
  await other.getByRole('button', { name: 'Music', exact: true }).first().click();
  const choosing = other.waitForEvent('filechooser');
  await other.getByRole('button', { name: 'Open a file …' }).click();
  await (await choosing).setFiles(file);
  await other.getByTestId('tables-summary').filter({ hasText: '4 items' }).waitFor();
});
