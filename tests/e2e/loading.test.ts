/** Every file of the page is taken away in turn: a named error and a way to try again, never an endless spinner. */
import fs from 'node:fs';
import path from 'node:path';
import { filesBeforeEditor, pageBudget, weightOf } from '../bench/sizes';
import { useStage } from './browser';
import { fullEditor, ready, runAll } from './page';
import { builtPage } from './site';

const stage = useStage();
const assets = fs.readdirSync(path.join(builtPage, 'assets'));
const asset = (pattern: RegExp): string => {
  const found = assets.find((name) => pattern.test(name));
  if (!found) throw new Error(`no asset fits ${String(pattern)}`);
  return found;
};

test('without the engine: its file is named, Retry brings it', async () => {
  stage.expected = [/404|Failed to load|not here/i];
  stage.site.block(/\.wasm$/);
  const page = await stage.open();
  const failed = page.getByTestId('open-failed');
  await failed.waitFor();
  expect(await failed.textContent()).toMatch(/engine|sortkey/i);
  // The example can be read meanwhile.
  expect(await page.locator('[data-editor]').first().textContent()).toContain('CreateTable');
  stage.site.block(null);
  await failed.getByRole('button', { name: 'Retry' }).click();
  await ready(page);
  await runAll(page);
  expect(await page.getByTestId('result-line').textContent()).toContain('3 items');
});

test('without the worker: an error and Retry', async () => {
  stage.expected = [/404|Failed to load/i];
  stage.site.block(new RegExp(asset(/^entry-.*\.js$/)));
  const page = await stage.open();
  const failed = page.getByTestId('open-failed');
  await failed.waitFor();
  stage.site.block(null);
  await failed.getByRole('button', { name: 'Retry' }).click();
  await ready(page);
});

test('without the page’s program: the static page says which file, and offers Retry', async () => {
  stage.expected = [/404|Failed to load/i];
  const program = asset(/^index-.*\.js$/);
  stage.site.block(new RegExp(program));
  const page = await stage.open();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toContain(program);
  stage.site.block(null);
  await alert.getByRole('button', { name: 'Retry' }).click();
  await ready(page);
});

test('without the full editor: everything runs in the light one', async () => {
  stage.expected = [/404|Failed to load|dynamically imported|preload/i];
  stage.site.block(/monaco/);
  const page = await stage.open();
  await ready(page);
  await page.getByText('The full editor did not load').waitFor();
  await runAll(page);
  expect(await page.getByTestId('result-line').textContent()).toContain('3 items');
  stage.site.block(null);
  await page.locator('.foot').getByRole('button', { name: 'Retry' }).click();
  await fullEditor(page);
});

test('the script can be edited before the full editor is there; text and cursor are taken over', async () => {
  stage.site.slow(/monaco.*\.js$/, 4000);
  const page = await stage.open();
  await ready(page);
  const area = page.locator('[data-editor="light"] textarea');
  expect(await area.inputValue()).toContain('CreateTable');
  await area.fill('ListTables {}\n\n# typed early\n');
  await page.keyboard.press('Control+Enter');
  expect(await page.getByTestId('result-line').textContent()).toContain('OK');
  await fullEditor(page);
  expect(await page.locator('.view-lines').textContent()).toMatch(/typed.early/);
  await page.keyboard.type('# and late');
  await page
    .locator('.view-lines')
    .filter({ hasText: /early.*late/ })
    .waitFor();
});

test('the page opens with the files its budget counts, and those are within it', async () => {
  const counted = filesBeforeEditor();
  const names = new Set(counted.map((file) => path.basename(file)));
  const others = assets.filter((name) => !names.has(name) && !/\.wasm$/.test(name));
  expect(others.length).toBeGreaterThan(0);
  stage.expected = [/404|Failed to load|dynamically imported|preload/i];
  stage.site.block(new RegExp(`/(${others.map((name) => name.replace(/[.$+]/g, '\\$&')).join('|')})$`));
  const page = await stage.open();
  await ready(page);
  expect(await page.locator('[data-editor="light"]').textContent()).toContain('CreateTable');
  expect(weightOf(counted)).toBeLessThanOrEqual(pageBudget);
});
