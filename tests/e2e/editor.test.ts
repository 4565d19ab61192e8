/** The editor: keys, underlines, completion, and the way out for keyboard users. */
import { useStage } from './browser';
import { fullEditor, ready, runAll, settled, writeScript } from './page';

const stage = useStage();

test('an error in the script is underlined, listed with its line, and keeps the script from running', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  await writeScript(page, 'ListTables {}\n\nQuery { "TableName": Music }\n');
  const problems = page.getByTestId('problems');
  await problems.waitFor();
  expect(await problems.textContent()).toContain('line 3');
  await page.locator('.squiggly-error').first().waitFor();
  expect(await page.getByRole('banner').getByRole('button', { name: 'Run all' }).isDisabled()).toBe(true);
});

test('a run that cannot start moves the cursor to the reason and lights up its row; both leave with it', async () => {
  const page = await stage.open();
  await writeScript(page, 'ListTables {}\n\nQuery { "TableName": Music }\n');
  await page.getByTestId('problems').waitFor();
  await page.keyboard.press('Control+Home');
  const top = () => page.locator('[data-editor]').evaluate((node) => node.getBoundingClientRect().top);
  const before = await top();
  await page.keyboard.press('Alt+Enter');
  await page.getByTestId('problems').locator('.pointed').waitFor();
  expect(await page.getByTestId('spoken').textContent()).toContain('Nothing was run. Line 3');
  // No banner: the panes stay where they are.
  expect(await page.getByTestId('message').count()).toBe(0);
  expect(await top()).toBe(before);
  // The cursor stands at the word without quotes.
  await page.keyboard.type('"');
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.type('"');
  await page.getByTestId('problems').waitFor({ state: 'detached' });
  await writeScript(page, 'Query {');
  await page.getByTestId('problems').waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.getByTestId('problems').waitFor({ state: 'detached' });
});

test('a member that does not exist and a text in double quotes are warned of; both requests run', async () => {
  const page = await stage.open();
  await writeScript(
    page,
    '@load music\n\nScan { "TableName": "Music", "Limt": 1 }\n\nSELECT * FROM Music WHERE Artist = "Acme Band"\n',
  );
  const problems = page.getByTestId('problems');
  await problems.getByText('Did you mean Limit?').waitFor();
  await problems.getByText("Write the text as 'Acme Band'").waitFor();
  await page.locator('.squiggly-warning').first().waitFor();
  await runAll(page);
  expect(await page.locator('.run-status.ok').count()).toBe(3);
});

test('the service’s own error stands first, word for word, and its place is underlined', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  await runAll(page);
  await writeScript(
    page,
    'Query {\n  "TableName": "Music",\n  "KeyConditionExpression": "Artist = = :a",\n  "ExpressionAttributeValues": { ":a": { "S": "x" } }\n}\n',
  );
  await runAll(page);
  expect(await page.getByTestId('error-name').textContent()).toBe('ValidationException');
  expect(await page.getByTestId('error-message').textContent()).toBe(
    'Invalid KeyConditionExpression: Syntax error; token: "=", near: "= = :a"',
  );
  expect(await page.getByText('What it means').count()).toBe(1);
  await page.locator('.squiggly-error').first().waitFor();
  expect(await page.getByTestId('problems').textContent()).toContain('line 3');
});

test('Ctrl+Enter runs the request at the cursor, Shift+Enter moves on, Ctrl+Down jumps', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  await page.locator('[data-editor="full"]').click({ position: { x: 200, y: 12 } });
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Shift+Enter');
  await settled(page);
  expect(await page.getByRole('heading', { name: /CreateTable/ }).count()).toBe(1);
  // The cursor is on the next request now.
  await page.keyboard.press('Control+Enter');
  await settled(page);
  expect(await page.getByRole('heading', { name: /PutItem/ }).count()).toBe(1);
  expect(await page.getByTestId('tables-summary').textContent()).toContain('1 item');
  await page.locator('.run-status.ok').first().waitFor();
});

test('operations, members and tables are completed', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  await runAll(page);
  await writeScript(page, 'Sc');
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-widget.visible').getByText('Scan', { exact: true }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  expect(await page.locator('.view-lines').textContent()).toContain('TableName');
  await writeScript(page, 'Query { "TableName": "" }');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-widget.visible').getByText('Music', { exact: true }).first().waitFor();
});

test('typing and running leave the editor’s theme alone; another theme of the page is taken', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  // Each making of a theme writes the editor's sheet of colours anew.
  const rebuilds = await page.evaluateHandle(() => {
    const count = { sheets: 0, probes: 0 };
    const sheet = document.querySelector('style.monaco-colors')!;
    new MutationObserver((changes) => (count.sheets += changes.length)).observe(sheet, { childList: true });
    const host = document.querySelector('[data-editor="full"]')!;
    new MutationObserver((changes) => (count.probes += changes.length)).observe(host, { childList: true });
    return count;
  });
  await page.locator('[data-editor="full"]').click({ position: { x: 200, y: 12 } });
  await page.keyboard.type(' ten keys ');
  await runAll(page);
  expect(await rebuilds.jsonValue()).toEqual({ sheets: 0, probes: 0 });
  const background = () =>
    page
      .locator('[data-editor="full"] .monaco-editor-background')
      .evaluate((node) => getComputedStyle(node).backgroundColor);
  const before = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction(
    (old) =>
      getComputedStyle(document.querySelector('[data-editor="full"] .monaco-editor-background')!).backgroundColor !==
      old,
    before,
  );
  expect((await rebuilds.jsonValue()).sheets).toBeGreaterThan(0);
});

test('Ctrl+M lets Tab leave the editor', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  await page.locator('[data-editor="full"]').click({ position: { x: 200, y: 12 } });
  expect(await page.locator('.foot').textContent()).toContain('Ctrl M');
  const inEditor = () => page.evaluate(() => document.activeElement?.closest('[data-editor]') !== null);
  await page.keyboard.press('Control+M');
  await page.keyboard.press('Tab');
  expect(await inEditor()).toBe(false);
});

test('Ctrl+S saves without the browser’s dialog; Ctrl+K finds commands', async () => {
  const page = await stage.open();
  await ready(page);
  await page.keyboard.press('Control+S');
  await page.getByText('Saved in this browser.').waitFor();
  await page.keyboard.press('Control+K');
  await page.getByPlaceholder('What do you want to do?').fill('advance 1 hour');
  await page.keyboard.press('Enter');
  await page.getByText('2026-06-01 01:00:00').waitFor();
});

test('a changed request marks its result as stale', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  await writeScript(page, 'ListTables {}\n');
  await runAll(page);
  await page.keyboard.press('Control+Home');
  await page.locator('[data-editor="full"]').click({ position: { x: 200, y: 12 } });
  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.insertText(' "Limit": 3 ');
  await page.locator('.run-status.stale').waitFor();
});

test('what was typed is there after a reload, and a splitter moved by keyboard stays where it was put', async () => {
  const page = await stage.open();
  await writeScript(page, '# my own words\nListTables {}\n');
  await page.waitForTimeout(900);
  const splitter = page.getByRole('separator', { name: 'Width of the left pane' });
  await splitter.focus();
  const before = Number(await splitter.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowRight');
  const moved = Number(await splitter.getAttribute('aria-valuenow'));
  expect(moved).toBeGreaterThan(before);
  await page.waitForTimeout(300);
  await page.reload();
  await ready(page);
  await fullEditor(page);
  expect(await page.locator('.view-lines').textContent()).toMatch(/my.own.words/);
  expect(Number(await splitter.getAttribute('aria-valuenow'))).toBeCloseTo(moved, 0);
});
