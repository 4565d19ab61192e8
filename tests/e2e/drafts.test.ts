/** No typed word is lost. Nothing here waits between the last key and leaving the page: people do not either. */
import type { Page } from 'playwright-core';
import { useStage } from './browser';
import { fullEditor, ready, runAll, saved, scriptText, shareLink, writeScript } from './page';

const stage = useStage();

/** Types at the end of the script, and does not wait. */
async function typeAtEnd(page: Page, text: string): Promise<void> {
  await fullEditor(page);
  await page.locator('[data-editor="full"]').click({ position: { x: 200, y: 12 } });
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
}

async function expectText(page: Page, text: string): Promise<void> {
  await ready(page);
  await fullEditor(page);
  await page.locator('.view-line', { hasText: text }).first().waitFor();
  expect(await scriptText(page)).toContain(text);
}

/** A link to a short script. */
async function someLink(script: string): Promise<string> {
  const page = await stage.open();
  await writeScript(page, script);
  const link = await shareLink(page);
  return link.slice(link.indexOf('#'));
}

test('in one’s own workspace: a reload at once, and once more', async () => {
  const page = await stage.open();
  await writeScript(page, 'ListTables {}\n');
  await saved(page);
  await typeAtEnd(page, '# first');
  await page.reload();
  await expectText(page, '# first');
  await typeAtEnd(page, ' and second');
  await page.reload();
  await expectText(page, '# first and second');
});

test('in one’s own workspace: the tab is closed at once and another one opened', async () => {
  const profile = await stage.profile();
  const page = await stage.open({ profile });
  await writeScript(page, 'ListTables {}\n');
  await saved(page);
  await typeAtEnd(page, '# last words');
  await page.close();
  const other = await stage.open({ profile });
  await expectText(other, '# last words');
  // Once it is saved, nothing is said about it any more.
  await saved(other);
  await other.reload();
  await expectText(other, '# last words');
  expect(await other.getByText('typed here before').count()).toBe(0);
});

test('over a link: a reload at once; its own text can be had again', async () => {
  const hash = await someLink('ListTables {}\n');
  const page = await stage.open({ hash });
  await ready(page);
  await typeAtEnd(page, '# my remark');
  await page.reload();
  await expectText(page, '# my remark');
  await page.getByRole('button', { name: 'Show the link’s own text' }).click();
  await page.locator('.view-line', { hasText: '# my remark' }).waitFor({ state: 'detached' });
  await page.reload();
  await ready(page);
  await fullEditor(page);
  expect(await scriptText(page)).not.toContain('# my remark');
});

test('a second link pasted over the first, and back', async () => {
  const first = await someLink('ListTables {}\n');
  const second = await someLink('ListTables { "Limit": 7 }\n');
  const page = await stage.open({ hash: first });
  await ready(page);
  await typeAtEnd(page, '# over the first');
  await page.evaluate((hash) => (location.hash = hash), second);
  await expectText(page, '"Limit": 7');
  await typeAtEnd(page, '# over the second');
  await page.goBack();
  await expectText(page, '# over the first');
  await page.goForward();
  await expectText(page, '# over the second');
});

test('the way back from one’s own workspace leads to the link and what was typed over it', async () => {
  const hash = await someLink('ListTables {}\n');
  const page = await stage.open({ hash });
  await ready(page);
  await typeAtEnd(page, '# before I left');
  await page.getByRole('button', { name: 'My workspace' }).click();
  await page.getByTestId('link-banner').waitFor({ state: 'detached' });
  await ready(page);
  await page.goBack();
  await expectText(page, '# before I left');
});

test('in a lesson: a reload at once, and a step left and entered again', async () => {
  const page = await stage.open({ hash: '#lesson:partition-and-sort-key' });
  const lesson = page.getByRole('article', { name: 'Lesson' });
  await lesson.waitFor();
  await ready(page);
  await typeAtEnd(page, '\n# my solution');
  await page.reload();
  await lesson.waitFor();
  await ready(page);
  await fullEditor(page);
  await page.keyboard.press('Control+End');
  expect(await scriptText(page)).toContain('# my solution');
  await lesson.getByRole('button', { name: /^Step 2/ }).click();
  await lesson.getByRole('heading', { name: /^Step 2/ }).waitFor();
  expect(await scriptText(page)).not.toContain('# my solution');
  await lesson.getByRole('button', { name: /^Step 1/ }).click();
  await lesson.getByRole('heading', { name: /^Step 1/ }).waitFor();
  expect(await scriptText(page)).toContain('# my solution');
});

test('two tabs with one link keep their texts apart', async () => {
  const hash = await someLink('ListTables {}\n');
  const profile = await stage.profile();
  const one = await stage.open({ profile, hash });
  const two = await stage.open({ profile, hash });
  await ready(one);
  await typeAtEnd(one, '# tab one');
  await ready(two);
  await two.bringToFront();
  await typeAtEnd(two, '# tab two');
  await one.reload();
  await two.reload();
  await expectText(one, '# tab one');
  await expectText(two, '# tab two');
});

test('tables made in a link’s world are gone after a reload, and the page says so', async () => {
  const maker = await stage.open();
  await ready(maker);
  const link = await shareLink(maker);
  const page = await stage.open({ hash: link.slice(link.indexOf('#')) });
  await ready(page);
  await runAll(page);
  await page.getByTestId('tables-summary').filter({ hasText: '1 table' }).waitFor();
  await page.reload();
  await ready(page);
  await page.getByTestId('message').filter({ hasText: 'The table made here before is gone' }).waitFor();
  expect(await page.getByTestId('tables-summary').textContent()).toContain('No tables yet');
});

test('“Saved” is not said while the newest word is not', async () => {
  const page = await stage.open();
  await writeScript(page, 'ListTables {}\n');
  await saved(page);
  await typeAtEnd(page, '#');
  expect((await page.getByTestId('save-state').textContent())?.trim()).toBe('Saving');
  // Steady typing does not put saving off for ever.
  const end = Date.now() + 3500;
  let said = false;
  while (Date.now() < end && !said) {
    await page.keyboard.type('x');
    said = await page.evaluate(async () => {
      const open = indexedDB.open('sortkey');
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        open.onsuccess = () => resolve(open.result);
        open.onerror = () => reject(new Error('not opened'));
      });
      const names = [...database.objectStoreNames];
      const texts: string[] = [];
      for (const name of names) {
        const all = database.transaction(name).objectStore(name).getAll();
        texts.push(await new Promise<string>((resolve) => (all.onsuccess = () => resolve(JSON.stringify(all.result)))));
      }
      database.close();
      return texts.join().includes('#x');
    });
  }
  expect(said).toBe(true);
});
