/** Two tabs, one workspace: one writes, the other looks on calmly and can take over, and nothing is lost. */
import type { Page } from 'playwright-core';
import { useStage } from './browser';
import { fullEditor, ready, runAll, saved, writeScript } from './page';

const stage = useStage();
const readOnly = 'Read-only: another tab is writing this workspace.';

/** Everything that would write is disabled, and says why. */
async function looksOn(page: Page): Promise<void> {
  const banner = page.getByTestId('follower');
  await banner.waitFor();
  expect(await banner.textContent()).toContain(readOnly);
  await page.getByTestId('save-state').filter({ hasText: 'Read-only' }).waitFor();
  // One banner, and nothing to retry.
  expect(await page.locator('.banners > .banner').count()).toBe(1);
  expect(await page.getByRole('button', { name: /Retry|Try again/ }).count()).toBe(0);
  for (const name of ['Run all', 'Run request', 'Insert', 'Load data', '+1 min: advance the clock by 1 minute']) {
    const button = page.getByRole('button', { name }).first();
    await expect(button.isDisabled()).resolves.toBe(true);
    expect([name, await button.getAttribute('title')]).toEqual([name, readOnly]);
    expect(
      await button.evaluate(
        (node) => document.getElementById(node.getAttribute('aria-describedby') ?? '')?.textContent,
      ),
    ).toBe(readOnly);
  }
  await page.keyboard.press('Control+k');
  const entry = page.getByRole('option', { name: 'Load the Music data set' });
  expect([await entry.getAttribute('aria-disabled'), await entry.getAttribute('title')]).toEqual(['true', readOnly]);
  expect(await page.getByRole('option', { name: 'Share as a link' }).getAttribute('aria-disabled')).toBeNull();
  await page.keyboard.press('Escape');
  await page.locator('.panel-title').first().click();
  await page.keyboard.press('Alt+Enter');
  await page.locator('.toast').filter({ hasText: readOnly }).waitFor();
}

test('a second tab shows what the first saved, and takes over without losing a write', async () => {
  const profile = await stage.profile();
  const first = await stage.open({ profile });
  await ready(first);
  await runAll(first);
  await saved(first);

  const second = await stage.open({ profile });
  await looksOn(second);
  await second.getByTestId('tables-summary').filter({ hasText: '4 items' }).waitFor();

  const banner = second.getByTestId('follower');
  await banner.getByRole('button', { name: 'Take over' }).click();
  await banner.waitFor({ state: 'detached' });
  await looksOn(first);

  await writeScript(
    second,
    'PutItem { "TableName": "Music", "Item": { "Artist": { "S": "New" }, "SongTitle": { "S": "Owner" } } }\n',
  );
  await runAll(second);
  await second.getByTestId('tables-summary').filter({ hasText: '5 items' }).waitFor();
  await saved(second);
  await first.getByTestId('tables-summary').filter({ hasText: '5 items' }).waitFor();
});

test('text that comes from another tab has its marks in their places, and no words of this tab’s own run', async () => {
  const profile = await stage.profile();
  const first = await stage.open({ profile });
  await ready(first);
  await fullEditor(first);
  await runAll(first);
  await saved(first);
  const second = await stage.open({ profile });
  await looksOn(second);
  await second.getByTestId('follower').getByRole('button', { name: 'Take over' }).click();
  await looksOn(first);
  await fullEditor(second);
  await second.locator('[data-editor="full"]').click({ position: { x: 200, y: 12 } });
  await second.keyboard.press('Control+Home');
  // Nothing of the requests changes, so their marks stay the same: only where they belong does not.
  await second.keyboard.type('# ');
  await first.locator('.view-line', { hasText: '# # Music' }).waitFor();
  await first.locator('.view-line', { hasText: '} ✓ clock advanced 5 s until the table was ACTIVE' }).waitFor();
  expect(await first.getByTestId('run-summary').count()).toBe(0);
  await first
    .getByRole('region', { name: 'Capacity' })
    .filter({ hasText: 'Nothing since the tables were loaded' })
    .waitFor();
});
