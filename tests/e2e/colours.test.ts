/** What is coloured how: both editors alike, and everything readable when the machine forces its own colours. */
import type { Page } from 'playwright-core';
import { useStage } from './browser';
import { fullEditor, ready, runAll, writeScript } from './page';

const stage = useStage();

const corpus = `### a heading
# a comment with "text" and 12
// another @one
PutItem { "TableName": "Music", "n1": -12.5e3, "ok": true } # behind
  Scan
{ "a": null, "x": "it's \\"so\\"" }
@advance 35 days // later
@load movies
SELECT JOIN1, year2020 FROM "Music"."by-year" WHERE a = 'it''s' LIMIT 3
select
  * FROM Music JOIN Other
INSERT INTO Music VALUE {'pk': 'a', 'n': 1e3}
/* a comment
  PutItem { "still": "a comment" }
*/ Query { "open: 1
plain JOIN_ER COUNTS andOR OR 12ab ab12 x12.5
`;

/** Colour of every character, line by line, blanks left out; of the text of a bare page and of the pieces of colour in it. */
async function colours(page: Page, lines: string): Promise<string[][]> {
  return page.evaluate((selector) => {
    const rows = [...document.querySelectorAll<HTMLElement>(selector)].sort(
      (a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top,
    );
    const found: string[][] = [[]];
    for (const row of rows) {
      const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement!.closest('[class*="run-status"], .under')) continue;
        const { color } = getComputedStyle(node.parentElement!);
        for (const character of node.textContent!.replaceAll('\u00a0', ' ')) {
          if (character === '\n') found.push([]);
          else if (character !== ' ') found.at(-1)!.push(`${character} ${color}`);
        }
      }
      found.push([]);
    }
    return found.filter((line) => line.length > 0);
  }, lines);
}

test('the full and the light editor give every character the same colour', async () => {
  const page = await stage.open();
  await writeScript(page, corpus);
  await page.waitForTimeout(600);
  const full = await colours(page, '[data-editor="full"] .view-line');

  const touch = await stage.profile({ viewport: { width: 1200, height: 900 }, hasTouch: true, isMobile: true });
  const other = await stage.open({ profile: touch });
  await writeScript(other, corpus);
  const light = await colours(other, '[data-editor="light"] .shown .piece');

  expect(light.map((line) => line.join('\n'))).toEqual(full.map((line) => line.join('\n')));
  // And they are colours, not one.
  expect(new Set(full.flat().map((entry) => entry.slice(2))).size).toBeGreaterThan(6);
  const word = (text: string) =>
    full.find((line) =>
      line
        .map((entry) => entry[0])
        .join('')
        .includes(text),
    )!;
  const names = word('JOIN1,year2020').map((entry) => entry.slice(2));
  // A word is one colour, whatever stands in it.
  expect(new Set(names.slice(6, 'SELECTJOIN1,year2020'.length)).size).toBe(1);
});

/** Text nodes in sight whose colour is the ground they stand on, as the browser paints them. */
async function unreadable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const groundOf = (element: Element | null): string => {
      for (let at = element; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (!/rgba\(.*, 0\)|transparent/.test(backgroundColor)) return backgroundColor;
      }
      return 'none';
    };
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement!;
      if (!node.textContent!.trim() || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        continue;
      // Drawn by others: the browser's own for what is typed over its coloured copy, and what only screen readers get.
      if (parent.closest('textarea, .visually-hidden, script, style, .under, svg')) continue;
      if (getComputedStyle(parent).color === groundOf(parent))
        found.push(`${parent.className}: ${node.textContent!.trim().slice(0, 40)}`);
    }
    return found;
  });
}

test.each(['dark', 'light'] as const)(
  'forced colours (%s): nothing is written in the colour of its ground',
  async (scheme) => {
    const profile = await stage.profile({ colorScheme: scheme, forcedColors: 'active' });
    const page = await stage.open({ profile });
    await ready(page);
    expect(await unreadable(page)).toEqual([]);
    await fullEditor(page);
    await runAll(page);
    await page.locator('.run-status.ok').first().waitFor();
    expect(await unreadable(page)).toEqual([]);
    const editor = page.locator('[data-editor="full"] .monaco-editor').first();
    expect(await editor.getAttribute('class')).toMatch(scheme === 'dark' ? /hc-black/ : /hc-light/);
    for (const tab of ['JSON', 'Cost']) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
      await page.waitForTimeout(300);
      expect(await unreadable(page)).toEqual([]);
    }
  },
);

test('forced colours come and go while the page is open', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  const kind = () => page.locator('[data-editor="full"] .monaco-editor').first().getAttribute('class');
  expect(await kind()).not.toMatch(/hc-/);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.locator('.monaco-editor.hc-light, .monaco-editor.hc-black').first().waitFor();
  await page.emulateMedia({ forcedColors: 'none' });
  await page.locator('.monaco-editor.vs').first().waitFor();
  expect(await kind()).not.toMatch(/hc-/);
});

test('forced colours on a phone: the light editor is readable', async () => {
  const profile = await stage.profile({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    forcedColors: 'active',
    colorScheme: 'dark',
  });
  const page = await stage.open({ profile });
  await ready(page);
  await page.locator('[data-editor="light"] .piece').first().waitFor();
  expect(await unreadable(page)).toEqual([]);
  // The text is seen once: through the area it is typed into, not in it.
  const [area, shown] = await page.evaluate(() => [
    getComputedStyle(document.querySelector('[data-editor="light"] textarea')!).color,
    getComputedStyle(document.querySelector('[data-editor="light"] .piece')!).color,
  ]);
  expect(area).toMatch(/, 0\)$/);
  expect(shown).not.toBe(area);
});
