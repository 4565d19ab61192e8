/** After one visit the page works without a network. */
import { useStage } from './browser';
import { fullEditor, ready, runAll, saved } from './page';

const stage = useStage();

test('a second visit without a network runs the example, lessons and data sets included', async () => {
  const profile = await stage.profile({ serviceWorkers: 'allow' });
  const page = await stage.open({ profile });
  await ready(page);
  await runAll(page);
  await saved(page);
  // Everything that is listed is kept.
  const listed = (await (await fetch(`${stage.site.url}files.json`)).json()) as string[];
  const kept = () => page.evaluate(async () => (await (await caches.open('sortkey-files-1')).keys()).length);
  for (let attempt = 0; attempt < 60 && (await kept()) < listed.length + 1; attempt += 1)
    await page.waitForTimeout(500);
  expect(await kept()).toBe(listed.length + 1);

  // The browser's own offline switch leaves service workers online, so the server goes instead.
  stage.site.down();
  stage.expected = [/Failed to load|ERR_/i];
  await page.reload();
  await ready(page);
  await fullEditor(page);
  expect(await page.getByTestId('tables-summary').textContent()).toContain('4 items');
  await runAll(page);
  await page.getByRole('button', { name: 'Load data' }).click();
  await page.getByRole('menuitem', { name: /Movies/ }).click();
  await page.getByTestId('tables-summary').filter({ hasText: '2 tables' }).waitFor();
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await page.getByRole('button', { name: /Partition key \+ sort key/ }).click();
  await page.getByRole('article', { name: 'Lesson' }).waitFor();
});
