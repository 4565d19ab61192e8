/** axe finds nothing, of any severity, in any state of the page, in either theme, on a desktop and on a phone. */
import fs from 'node:fs';
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { useStage } from './browser';
import { damageJournal } from './damage';
import { fullEditor, ready, runAll, saved, settled, shareLink, writeScript } from './page';

// axe walks the whole page twice in every state; a busy machine may take minutes over that.
jest.setTimeout(300_000);

const stage = useStage();
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Looks at states one after the other; `found` has what axe says of all of them. */
function looking(page: Page) {
  const found: string[] = [];
  const undecided: string[] = [];
  const look = async (state: string) => {
    found.push(...(await violations(page, state, undecided)));
    // For a look by hand: AXE_UNDECIDED names a file.
    if (process.env.AXE_UNDECIDED) fs.appendFileSync(process.env.AXE_UNDECIDED, undecided.splice(0).join('\n') + '\n');
  };
  return { found, look };
}

const open = async (options = {}, hash = '') =>
  stage.open({ profile: await stage.profile({ reducedMotion: 'reduce', ...options }), hash });

/** Opens a dialog by its command, looks, and closes it. */
async function lookAtDialog(page: Page, look: (state: string) => Promise<void>, typed: string, name: string) {
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'Search all commands' }).waitFor();
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name });
  await dialog.waitFor();
  await look(`dialog: ${name}`);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

/** Opens a menu, looks, and closes it. */
async function lookAtMenu(page: Page, look: (state: string) => Promise<void>, name: string) {
  await page.getByRole('button', { name }).click();
  await page.getByRole('menu').waitFor();
  await look(`menu: ${name}`);
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'hidden' });
}

test('first visit, results, tables, and a wrong script', async () => {
  const page = await open();
  const { found, look } = looking(page);
  await ready(page);
  await fullEditor(page);
  await look('first visit');
  await runAll(page);
  await look('result as a table');
  await page.getByRole('tab', { name: 'JSON' }).click();
  await look('result as JSON');
  await page.getByRole('tab', { name: 'Cost' }).click();
  await look('cost');
  await page.getByRole('button', { name: 'Items', exact: true }).click();
  await page.getByTestId('explorer-items').locator('details').first().locator('summary').click();
  await page.getByRole('button', { name: 'Partitions' }).click();
  await page.getByRole('button', { name: 'Show numbers as a table' }).click();
  await look('items and partitions of a table, capacity in numbers');
  await writeScript(page, 'Query { "TableName": "Missing", "KeyConditionExpression": "a = :a" }\n');
  await runAll(page);
  await page.getByTestId('error-name').waitFor();
  await look('error of the service');
  await writeScript(page, 'Qurey { "TableName": "Music" }\n');
  await page.getByTestId('problems').waitFor();
  await look('script with an error');
  expect(found).toEqual([]);
});

test('palette, dialogs and menus', async () => {
  const page = await open();
  const { found, look } = looking(page);
  await ready(page);
  await fullEditor(page);
  await runAll(page);
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'Search all commands' }).waitFor();
  await look('palette');
  await page.keyboard.type('xyzzy');
  await look('palette that knows nothing');
  await page.keyboard.press('Escape');
  await lookAtDialog(page, look, 'advance the clock by …', 'Advance the clock');
  await lookAtDialog(page, look, 'reset', 'Delete all tables?');
  await lookAtDialog(page, look, 'rename', 'Workspace');
  await lookAtDialog(page, look, 'keyboard', 'Keyboard shortcuts');
  await lookAtDialog(page, look, 'about', 'About Sortkey');
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  await page.getByRole('textbox', { name: /^Link,/ }).waitFor();
  await look('dialog: Share');
  await page.keyboard.press('Escape');
  await lookAtMenu(page, look, 'Load data');
  await lookAtMenu(page, look, 'Insert');
  await lookAtMenu(page, look, 'Other ways to run');
  await lookAtMenu(page, look, 'Advance the clock by another time');
  await writeScript(page, 'ListTables {}\n# Written by hand.\n');
  await lookAtDialog(page, look, 'open the music example', 'Replace the script?');
  expect(found).toEqual([]);
});

test('a lesson from its list to its end', async () => {
  const page = await open();
  const { found, look } = looking(page);
  await ready(page);
  await fullEditor(page);
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await look('list of lessons');
  await page
    .getByRole('region', { name: 'Lessons' })
    .getByRole('button', { name: /Partition key/ })
    .click();
  const lesson = page.getByRole('article', { name: 'Lesson' });
  await lesson.waitFor();
  await ready(page);
  await look('lesson that asks');
  await lesson.getByText('On one', { exact: true }).click();
  await look('lesson that was answered');
  await lesson.getByRole('button', { name: 'Run all' }).click();
  await settled(page);
  await lesson.getByRole('button', { name: 'partitions of Music' }).click();
  await lesson.getByRole('group', { name: 'Partitions of Music' }).waitFor();
  await lesson.getByRole('button', { name: 'Hint' }).click();
  await look('lesson after a run, with a hint and partitions');
  await lesson.getByRole('button', { name: 'Show the solution …' }).click();
  await look('lesson that asks before it shows the solution');
  await lesson.getByRole('button', { name: 'Show the solution', exact: true }).click();
  await lesson.getByRole('region', { name: 'Solution' }).waitFor();
  await look('solution');
  await lesson.getByRole('button', { name: 'Use it' }).click();
  await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click();
  await settled(page);
  await look('lesson that is done');
  expect(found).toEqual([]);
});

test('a link, and the second tab of a workspace', async () => {
  const page = await open();
  await ready(page);
  await runAll(page);
  const link = await shareLink(page);
  await saved(page);
  const shared = await open({}, link.slice(link.indexOf('#')));
  const first = looking(shared);
  await ready(shared);
  await first.look('link');
  await runAll(shared);
  await first.look('link that was run');
  const second = await stage.open({ profile: page.context() });
  const { found, look } = looking(second);
  await second.getByTestId('follower').waitFor();
  await look('second tab');
  expect([...first.found, ...found]).toEqual([]);
});

test('what was set aside, a run with a failure, and a link that warns and offers', async () => {
  stage.expected = [/404/];
  const page = await open();
  const { found, look } = looking(page);
  await ready(page);
  await runAll(page);
  await runAll(page);
  await page.getByTestId('run-summary').filter({ hasText: '1 failed' }).waitFor();
  await look('summary of a run with a failure');
  await page.getByRole('button', { name: 'Other ways to run' }).click();
  await page.getByRole('menuitem', { name: 'Run all from an empty world' }).click();
  await page.getByRole('dialog', { name: 'Run all from an empty world?' }).waitFor();
  await look('question before the world is emptied');
  await page.keyboard.press('Escape');
  await writeScript(page, 'Scan { "TableName": "Music" }\n');
  await runAll(page);
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  await page.getByTestId('verdict').waitFor();
  await page.getByRole('button', { name: /^Add the table Music/ }).waitFor();
  await look('Share that warns and offers the table');
  await page.keyboard.press('Escape');
  await saved(page);
  await page.waitForTimeout(600);
  await page.goto(`${stage.site.url}icon.svg`);
  await damageJournal(page);
  await page.goto(stage.site.url);
  await ready(page);
  await page.getByTestId('message').waitFor();
  await look('banner of a part set aside');
  await page.getByTitle('Rename the workspace').click();
  await page
    .getByRole('dialog', { name: 'Workspace' })
    .getByRole('button', { name: /set aside/ })
    .click();
  const list = page.getByRole('dialog', { name: 'Parts set aside' });
  await list.waitFor();
  await list.getByRole('button', { name: 'Try to open' }).click();
  await list.getByRole('alert').waitFor();
  await list.getByRole('button', { name: 'Delete …' }).click();
  await look('dialog: Parts set aside, with a refusal and a question');
  expect(found).toEqual([]);
});

test('links: reproduced with an error, and with another result; forced colours', async () => {
  const page = await open();
  await writeScript(page, 'ListTables {}\n\nScan { "TableName": "Nowhere" }\n');
  const link = await shareLink(page);
  const theirs = await open({}, link.slice(link.indexOf('#')));
  const { found, look } = looking(theirs);
  await ready(theirs);
  await runAll(theirs);
  const banner = theirs.getByTestId('link-banner');
  await banner.filter({ hasText: 'Reproduced: 1 result and 1 error.' }).waitFor();
  await look('link with a reproduced error');
  // An edited script is no longer the one of the link.
  await writeScript(theirs, 'ListTables {}\n\nScan { "TableName": "Elsewhere" }\n');
  await runAll(theirs);
  await look('link that was changed');
  await theirs.emulateMedia({ forcedColors: 'active' });
  await look('link in forced colours');
  // What the arrow keys are on has to show without its ground.
  const outlined = (selector: string) =>
    theirs
      .locator(selector)
      .evaluate((node) => [getComputedStyle(node).outlineStyle, getComputedStyle(node).outlineWidth]);
  await theirs.getByRole('button', { name: 'Other ways to run' }).press('ArrowDown');
  await theirs.getByRole('menu').waitFor();
  await theirs.keyboard.press('ArrowDown');
  expect(await outlined('[role="menuitem"][data-highlighted]')).toEqual(['solid', '2px']);
  await theirs.keyboard.press('Escape');
  await theirs.getByRole('menu').waitFor({ state: 'detached' });
  await theirs.keyboard.press('Control+K');
  await theirs.getByRole('combobox', { name: 'Search all commands' }).waitFor();
  await theirs.keyboard.press('ArrowDown');
  expect(await outlined('[role="option"][data-selected]')).toEqual(['solid', '2px']);
  await look('palette in forced colours');
  expect(found).toEqual([]);
});

test('a browser that keeps nothing', async () => {
  const profile = await stage.profileWith({ profile: { default_content_setting_values: { cookies: 2 } } });
  const page = await stage.open({ profile });
  const { found, look } = looking(page);
  await ready(page);
  await page.getByTestId('not-kept').waitFor();
  await look('notice that nothing is kept');
  expect(found).toEqual([]);
});

test('after every dialog the focus is where it was, and Tab stays in a dialog that is open', async () => {
  const page = await open();
  await ready(page);
  const focused = () => page.evaluate(() => document.activeElement?.outerHTML.replace(/\s+/g, ' ').slice(0, 90) ?? '');
  const lost: string[] = [];
  const openers = [
    ['Share', page.getByRole('banner').getByRole('button', { name: 'Share' })],
    ['Workspace', page.getByTitle('Rename the workspace')],
    ['Keyboard shortcuts', page.getByRole('button', { name: /^Keyboard shortcuts/ })],
    ['All commands', page.getByRole('button', { name: /All commands/ })],
  ] as const;
  for (const [name, opener] of openers) {
    await opener.focus();
    const before = await focused();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab']) {
      await page.keyboard.press(key);
      if (!(await dialog.evaluate((node) => node.contains(document.activeElement))))
        lost.push(`${name}: ${key} left it`);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    if ((await focused()) !== before) lost.push(`${name}: ${before} became ${await focused()}`);
  }
  // From one dialog into the next: closing the second gives the focus back to what opened the first.
  const keys = page.getByRole('button', { name: /^Keyboard shortcuts/ });
  await keys.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'About Sortkey' }).click();
  await page.getByRole('dialog', { name: 'About Sortkey' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  if (!(await keys.evaluate((node) => node === document.activeElement))) lost.push(`About: ${await focused()}`);
  expect(lost).toEqual([]);
});

test('at 820 px the names of keys are whole', async () => {
  const page = await open({ viewport: { width: 820, height: 900 } });
  await ready(page);
  await runAll(page);
  const keys = page.locator('.keys .key');
  await keys.first().waitFor();
  expect(await keys.allTextContents()).toEqual(['Artist', 'SongTitle']);
  expect(await keys.evaluateAll((nodes) => nodes.filter((node) => node.scrollWidth > node.clientWidth).length)).toBe(0);
});

test('a phone: each pane, a dialog, the palette, a lesson', async () => {
  const page = await open(PHONE);
  const { found, look } = looking(page);
  await ready(page);
  await look('phone: editor');
  await runAll(page);
  await look('phone: result');
  await page.getByRole('tab', { name: 'Cost' }).click();
  await look('phone: cost');
  await page.getByRole('tab', { name: 'Tables, lessons' }).click();
  await page.getByRole('button', { name: 'Items', exact: true }).click();
  await page.getByRole('button', { name: 'Partitions' }).click();
  await look('phone: tables');
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  await page.getByRole('textbox', { name: /^Link,/ }).waitFor();
  await look('phone: Share');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /All commands/ }).click();
  await page.getByRole('combobox', { name: 'Search all commands' }).waitFor();
  await look('phone: palette');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Lessons', exact: true }).click();
  await look('phone: list of lessons');
  await page
    .getByRole('region', { name: 'Lessons' })
    .getByRole('button', { name: /Partition key/ })
    .click();
  await page.getByRole('article', { name: 'Lesson' }).waitFor();
  await ready(page);
  await look('phone: lesson');
  await page.getByRole('button', { name: 'Skip the question' }).click();
  await page.getByRole('tab', { name: 'Editor' }).click();
  await page.locator('[data-editor="light"] textarea').fill('Query { "TableName": "Missing" }\n');
  await runAll(page);
  await page.getByTestId('error-name').waitFor();
  await look('phone: error in a lesson');
  expect(found).toEqual([]);
});

test('the static page, when its program did not load', async () => {
  stage.expected = [/404|Failed to load/i];
  stage.site.block(/index-.*\.js$/);
  const page = await open();
  await page.getByRole('alert').waitFor();
  const { found, look } = looking(page);
  await look('static page');
  expect(found).toEqual([]);
});
