/** What tests do on the page, in the words of a person using it. The one place that knows how the page is built. */
import type { Page } from 'playwright-core';

/** Waits until the engine runs and the workspace is open. */
export async function ready(page: Page): Promise<void> {
  await page.locator('header .run:not(:disabled)').waitFor();
}

/** Waits until the full editor has taken over. */
export async function fullEditor(page: Page): Promise<void> {
  await page.locator('[data-editor="full"] .view-lines').waitFor();
}

/** Runs everything and waits until it is done and shown. */
export async function runAll(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click();
  await settled(page);
}

/** Waits until nothing runs; a run that is over at once has nothing to wait for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(50);
  await page.locator('header .run', { hasText: 'Run all' }).waitFor();
}

/** Replaces the script by typing into whichever editor is there. */
export async function writeScript(page: Page, text: string): Promise<void> {
  await ready(page);
  const touch = await page.evaluate(() => matchMedia('(pointer: coarse)').matches);
  if (!touch) {
    await fullEditor(page);
    await page.locator('[data-editor="full"]').click({ position: { x: 200, y: 12 } });
    await page.keyboard.press('Control+A');
    // Pasted: the editor closes brackets and indents what is typed.
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate((script) => navigator.clipboard.writeText(script), text);
    await page.keyboard.press('Control+V');
  } else {
    await page.locator('[data-editor="light"] textarea').fill(text);
  }
}

/** The whole text of the script, whichever editor holds it. */
export async function scriptText(page: Page): Promise<string> {
  const light = page.locator('[data-editor="light"] textarea');
  if ((await light.count()) > 0) return light.inputValue();
  // The full editor draws only the lines in sight; what is copied is all of it.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.bringToFront();
  await page.locator('[data-editor="full"]').click({ position: { x: 200, y: 12 } });
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press('Control+Home');
  return text;
}

/** The text of a meter: last request, arithmetic, total. */
export function meter(page: Page, kind: 'read' | 'write') {
  return page.getByTestId(`meter-${kind}`);
}

/** Waits until the page says that everything is kept. */
export async function saved(page: Page): Promise<void> {
  await page
    .getByTestId('save-state')
    .filter({ hasText: /^\s*Saved\s*$/ })
    .waitFor();
}

/** Opens the Share dialog and answers the link in it. */
export async function shareLink(page: Page): Promise<string> {
  await page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
  const field = page.getByRole('textbox', { name: /^Link,/ });
  await field.waitFor();
  const link = await field.inputValue();
  await page.keyboard.press('Escape');
  return link;
}

/** Runs `work` and answers how many milliseconds it took. */
export async function took(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
