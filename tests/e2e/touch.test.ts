/** A phone: one pane at a time, the light editor, the same run marks. */
import { useStage } from './browser';
import { ready, settled } from './page';

const stage = useStage();

test('on a phone the example runs, and its result and cost can be read', async () => {
  const profile = await stage.profile({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
  });
  const page = await stage.open({ profile });
  await ready(page);
  const area = page.locator('[data-editor="light"] textarea');
  await area.waitFor();
  // The full editor never comes to a touch screen.
  await page.waitForTimeout(1500);
  expect(await page.locator('[data-editor="full"]').count()).toBe(0);

  await page.getByRole('button', { name: 'Run CreateTable, line 4' }).tap();
  await settled(page);
  expect(await page.getByRole('tab', { name: 'Result' }).getAttribute('aria-selected')).toBe('true');
  await page.getByRole('tab', { name: 'Editor' }).tap();
  await area.fill(
    'PutItem {\n  "TableName": "Music",\n  "Item": { "Artist": { "S": "Luna Park" }, "SongTitle": { "S": "Tap" } }\n}\n',
  );
  await page.getByRole('button', { name: 'Run PutItem, line 1' }).tap();
  await settled(page);
  expect(await page.getByTestId('meter-write').textContent()).toMatch(/1\s*WCU/);

  await page.getByRole('tab', { name: 'Tables, lessons' }).tap();
  expect(await page.getByTestId('tables-summary').textContent()).toContain('1 table · 1 item');

  // Nothing sticks out to the side.
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
});
