/** Looks at a page with axe, in both themes, and writes down everything it finds, of whatever severity. */
import fs from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

async function run(page: Page, options: RunOptions): Promise<AxeResults> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate((wanted) => {
    return (window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(wanted);
  }, options);
}

const short = (html: string) => html.replace(/\s+/g, ' ').slice(0, 160);

/**
 * Violations of every rule in the theme that is shown, and of the contrast rule in the other one: themes differ in colours
 * alone. One line each, starting with `state`. `undecided` collects the text whose ground axe could not tell.
 */
export async function violations(page: Page, state: string, undecided: string[] = []): Promise<string[]> {
  const found: string[] = [];
  // In forced colours axe takes some text to have the colour the page asked for; the colours are the reader's own there.
  const forced = await page.evaluate(() => matchMedia('(forced-colors: active)').matches);
  for (const [colorScheme, options] of [
    ['dark', { runOnly: ['color-contrast'] }],
    ['light', forced ? { rules: { 'color-contrast': { enabled: false } } } : {}],
  ] as const) {
    if (forced && colorScheme === 'dark') continue;
    await page.emulateMedia({ colorScheme });
    // The page draws a new theme in its next frame, the full editor takes it over after that.
    await page.waitForFunction((dark) => {
      const brightness = (color: string) => Number(/\d+/.exec(color)?.[0]);
      const editor = document.querySelector('.monaco-editor-background');
      return [document.body, ...(editor ? [editor] : [])].every(
        (ground) => brightness(getComputedStyle(ground).backgroundColor) < 128 === dark,
      );
    }, colorScheme === 'dark');
    // Half a fade is a colour nobody is meant to read.
    await page.waitForFunction(() => document.getAnimations().every((one) => !(one instanceof CSSTransition)));
    const results = await run(page, { resultTypes: ['violations', 'incomplete'], ...options } as RunOptions);
    for (const { id, impact, nodes } of results.violations) {
      for (const { html, any } of nodes)
        found.push(`${state}, ${colorScheme}: ${id} (${impact}): ${short(html)}: ${any[0]?.message ?? ''}`);
    }
    for (const { id, nodes } of results.incomplete) {
      for (const { html, any } of nodes)
        undecided.push(`${state}, ${colorScheme}: ${id}: ${any[0]?.message ?? ''}: ${short(html)}`);
    }
  }
  return found;
}
