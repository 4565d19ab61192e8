/** Damaged links and a damaged database: a message in words, what can be kept is kept, nothing is deleted. */
import { useStage } from './browser';
import { damageJournal } from './damage';
import { ready, runAll, saved, shareLink, writeScript } from './page';

const stage = useStage();

test.each([
  ['cut', (hash: string) => hash.slice(0, Math.floor(hash.length * 0.7)), /cut|incomplete|characters/i],
  [
    'with a wrong letter',
    (hash: string) => hash.slice(0, 40) + (hash[40] === 'A' ? 'B' : 'A') + hash.slice(41),
    /damaged|check/i,
  ],
  ['of a later version', (hash: string) => hash.replace('#1.', '#9.'), /newest/i],
])('a link %s opens the own workspace and says what is wrong', async (_name, harm, words) => {
  const page = await stage.open();
  await ready(page);
  const link = await shareLink(page);
  const hash = link.slice(link.indexOf('#'));
  const other = await stage.open({ hash: harm(hash) });
  await ready(other);
  const message = other.getByTestId('message');
  await message.waitFor();
  expect(await message.textContent()).toMatch(words);
  expect(await other.getByTestId('link-banner').count()).toBe(0);
});

test('a flipped bit in the database costs the newest write only, and the damaged part can be downloaded', async () => {
  // The browser asks for an icon of the picture.
  stage.expected = [/404/];
  const page = await stage.open();
  await ready(page);
  await runAll(page);
  await saved(page);
  await page.waitForTimeout(600);
  await writeScript(
    page,
    'PutItem { "TableName": "Music", "Item": { "Artist": { "S": "Last" }, "SongTitle": { "S": "Write" } } }\n',
  );
  await runAll(page);
  await page.getByTestId('tables-summary').filter({ hasText: '5 items' }).waitFor();
  await saved(page);
  await page.waitForTimeout(600);
  // A page without scripts cannot hold the workspace open while it is damaged.
  await page.goto(`${stage.site.url}icon.svg`);
  expect(await damageJournal(page)).toBeGreaterThanOrEqual(0);

  await page.goto(stage.site.url);
  await ready(page);
  const message = page.getByTestId('message');
  await message.waitFor();
  expect(await message.textContent()).toMatch(/damaged|could not be read|unreadable/i);
  expect(await page.getByTestId('tables-summary').textContent()).toContain('4 items');
  // In numbers: what is here, what is not.
  expect(await message.textContent()).toMatch(
    /checksum mismatch.*Here: 1 table with 4 items\. Not here: 1 piece of \d+ bytes/,
  );

  // What was set aside can be reached later as well, from the menu of the workspace.
  await page.reload();
  await ready(page);
  await page.getByTitle('Rename the workspace').click();
  await page.getByRole('button', { name: '1 part set aside' }).click();
  const list = page.getByRole('dialog', { name: 'Parts set aside' });
  await list.getByText('checksum mismatch').waitFor();
  const downloading = page.waitForEvent('download');
  await list.getByRole('button', { name: 'Download' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.sortkey$/);
  const file = await download.path();

  // Nothing in one damaged piece can be read: said there, and the workspace stays as it is.
  await list.getByRole('button', { name: 'Try to open' }).click();
  await list.getByRole('alert').filter({ hasText: 'No table and no item of this file can be read' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByTestId('tables-summary').textContent()).toContain('4 items');
  const choosing = page.waitForEvent('filechooser');
  await page.getByTitle('Rename the workspace').click();
  await page.getByRole('button', { name: 'Open a file' }).click();
  await (await choosing).setFiles(file);
  await page.getByTestId('message').filter({ hasText: 'No table and no item of this file' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByTestId('tables-summary').textContent()).toContain('4 items');

  // It goes when somebody says so twice.
  await page.getByTitle('Rename the workspace').click();
  await page.getByRole('button', { name: '1 part set aside' }).click();
  await list.getByRole('button', { name: 'Delete …' }).click();
  await list.getByRole('button', { name: 'Delete', exact: true }).click();
  await list.waitFor({ state: 'detached' });
  await page.getByTitle('Rename the workspace').click();
  await page.getByRole('dialog', { name: 'Workspace' }).waitFor();
  expect(await page.getByRole('button', { name: /set aside/ }).count()).toBe(0);
});

test('nothing readable: refused with words, everything stays, and is set aside when a new start is wanted', async () => {
  stage.expected = [/404/];
  const page = await stage.open();
  await ready(page);
  await runAll(page);
  await saved(page);
  await page.waitForTimeout(600);
  await page.goto(`${stage.site.url}icon.svg`);
  expect(await damageJournal(page, true)).toBeGreaterThan(0);
  await page.goto(stage.site.url);
  const refused = page.getByTestId('open-refused');
  await refused.waitFor();
  const words = (await refused.textContent()) ?? '';
  expect(words).toMatch(/No table and no item of this workspace can be read/);
  expect(words.match(/Nothing was changed/g)).toHaveLength(1);
  await refused.getByRole('button', { name: /Start empty/ }).click();
  await ready(page);
  await page.getByTitle('Rename the workspace').click();
  await page.getByRole('button', { name: '1 part set aside' }).click();
  await page.getByRole('dialog', { name: 'Parts set aside' }).getByText('could not be opened').waitFor();
});
