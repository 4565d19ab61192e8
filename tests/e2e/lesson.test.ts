/** A whole first lesson without a mouse. */
import { useStage } from './browser';
import { fullEditor, ready, settled } from './page';

const stage = useStage();

test('the lesson on partition and sort keys can be found, done and left by keyboard alone', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);

  await page.keyboard.press('Control+K');
  await page.keyboard.type('Partition key + sort key');
  await page.keyboard.press('Enter');
  const lesson = page.getByRole('article', { name: 'Lesson' });
  await lesson.waitFor();
  await ready(page);
  await page.getByTestId('tables-summary').waitFor({ state: 'hidden' });

  // Into the editor by its skip link, to the end, and three more songs.
  await page.locator('.skip-link').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+End');
  const song = (artist: string, title: string) =>
    `\nPutItem { "TableName": "Music", "Item": { "Artist": { "S": "${artist}" }, "SongTitle": { "S": "${title}" } } }\n`;
  await page.keyboard.insertText(
    song('Luna Park', 'Paper Moon') + song('Luna Park', 'Harbour Lights') + song('The Kites', 'Windy Day'),
  );
  await page.keyboard.press('Alt+Enter');
  await settled(page);
  await lesson.getByText('Solved').waitFor();
  expect(await page.getByTestId('checks').locator('li.failed').count()).toBe(0);

  // On to the next step with Tab and Enter.
  await page.keyboard.press('Control+M');
  const next = lesson.getByRole('button', { name: /^Next/ });
  await next.focus();
  await page.keyboard.press('Enter');
  await lesson.getByRole('heading', { name: /^Step 2/ }).waitFor();
  expect(await lesson.getByRole('button', { name: /^Step 1/ }).getAttribute('aria-label')).toContain('solved');

  // A reload continues where it stopped.
  await page.reload();
  await page
    .getByRole('article', { name: 'Lesson' })
    .getByRole('heading', { name: /^Step 2/ })
    .waitFor();
});

test('a wrong answer says what was expected and what was found; a hint and the solution can be had', async () => {
  const page = await stage.open({ hash: '#lesson:partition-and-sort-key' });
  const lesson = page.getByRole('article', { name: 'Lesson' });
  await lesson.waitFor();
  await ready(page);
  await lesson.getByRole('button', { name: 'Run all' }).click();
  await settled(page);
  const failed = page.getByTestId('checks').locator('li.failed').first();
  await failed.waitFor();
  expect(await failed.textContent()).toMatch(/Expected .+; got .+/);
  await lesson.getByRole('button', { name: 'Hint' }).click();
  expect(await lesson.getByRole('list', { name: 'Hints' }).locator('li').count()).toBe(1);
  await lesson.getByRole('button', { name: 'Show the solution …' }).click();
  await lesson.getByRole('button', { name: 'Show the solution', exact: true }).click();
  await lesson.getByRole('region', { name: 'Solution' }).waitFor();
  expect(await lesson.textContent()).toContain('Revealed');
});
