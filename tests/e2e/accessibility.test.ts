/** axe in both themes, with results on screen, on a phone, and in a dialog. */
import fs from 'node:fs';
import type { Page } from 'playwright-core';
import type { AxeResults } from 'axe-core';
import { useStage } from './browser';
import { fullEditor, ready, runAll } from './page';

// axe walks the whole page several times in each test; a busy machine may take minutes over that.
jest.setTimeout(300_000);

const stage = useStage();
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Violations that shut somebody out, as short lines. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 140)).join(' | ')}`);
}

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test('the page before and after a run, each tab of the result, and a dialog', async () => {
    const page = await stage.open({ profile: await stage.profile({ colorScheme, reducedMotion: 'reduce' }) });
    await ready(page);
    await fullEditor(page);
    expect(await violations(page)).toEqual([]);
    await runAll(page);
    await page.getByRole('button', { name: 'Items', exact: true }).click();
    await page.getByRole('button', { name: 'Partitions' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'JSON' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Cost' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Lessons' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
    await page.getByRole('textbox', { name: /^Link,/ }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('a phone, with an error on screen', async () => {
    const profile = await stage.profile({
      colorScheme,
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const page = await stage.open({ profile });
    await ready(page);
    await page
      .locator('[data-editor="light"] textarea')
      .fill('Query { "TableName": "Missing", "KeyConditionExpression": "a = :a" }\n');
    await runAll(page);
    await page.getByTestId('error-name').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('the static page', async () => {
    stage.expected = [/404|Failed to load/i];
    stage.site.block(/index-.*\.js$/);
    const page = await stage.open({ profile: await stage.profile({ colorScheme }) });
    await page.getByRole('alert').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
