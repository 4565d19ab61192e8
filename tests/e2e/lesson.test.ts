/** The first lesson from its start to its end, on a desktop without a mouse and on a phone; and what it says on the way. */
import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { parseLesson } from '../../web/src/lessons/parse';
import { useStage } from './browser';
import { fullEditor, ready, settled } from './page';

jest.setTimeout(180_000);

const stage = useStage();
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const file = path.join(__dirname, '../../lessons/keys-items-writes/partition-and-sort-key/en.md');
const { lesson } = parseLesson(fs.readFileSync(file, 'utf8'));
const steps = lesson!.steps;

const lessonOf = (page: Page) => page.getByRole('article', { name: 'Lesson' });
const goals = (page: Page) => page.getByTestId('checks').locator('li');
const runButton = (page: Page) => lessonOf(page).getByRole('button', { name: 'Run all' });

/** Whether all of it can be seen: nothing covers it and no pane cuts it off. */
function inSight(part: Locator): Promise<boolean> {
  return part.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return [box.top + 2, Math.min(box.bottom - 2, box.top + 60)].every((y) => {
      const seen = document.elementFromPoint(box.left + box.width / 2, y);
      return seen !== null && element.contains(seen);
    });
  });
}

async function open(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'Search all commands' }).waitFor();
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
  await lessonOf(page).waitFor();
  await ready(page);
}

/** Pasted over everything in the editor that has the focus, which would indent what is typed. */
async function replaceText(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((script) => navigator.clipboard.writeText(script), text);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
}

test('by keyboard alone, on a desktop', async () => {
  const page = await stage.open();
  await ready(page);
  await fullEditor(page);
  await open(page, 'Partition key + sort key');
  const view = lessonOf(page);
  expect(await view.textContent()).toContain('DVA-C02 1.3');

  for (const [index, step] of steps.entries()) {
    await view.getByRole('heading', { name: new RegExp(`^Step ${index + 1} `) }).waitFor();
    // Asked first, in sight, and nothing runs before it is answered.
    const question = view.getByRole('group', { name: /^What do you expect/ });
    expect(await inSight(question)).toBe(true);
    expect(await runButton(page).isDisabled()).toBe(true);
    await page.locator('.skip-link').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Alt+Enter');
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    expect(await page.getByTestId('spoken').textContent()).toContain('Answer the question');
    await page.keyboard.press('Space');
    await question.waitFor({ state: 'detached' });

    await page.locator('.skip-link').focus();
    await page.keyboard.press('Enter');
    await replaceText(page, step.solution);
    await page.keyboard.press('Alt+Enter');
    await settled(page);
    await view.getByText('Solved', { exact: true }).waitFor();
    expect(await page.getByTestId('checks').locator('li.wrong').count()).toBe(0);
    // What happened and why comes into sight, and the way on after it.
    expect(await inSight(view.getByText('what happened'))).toBe(true);
    const next = view.getByRole('button', { name: /^(Next|Back to the list)/ });
    const order = await next.evaluate(
      (button, text) =>
        [...document.querySelectorAll('.explain')].every(
          (part) => (part.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING) > 0,
        ) && document.body.textContent?.includes(text),
      'Solved',
    );
    expect(order).toBe(true);
    expect(await view.locator('.button.primary').count()).toBe(1);
    expect(await page.getByRole('banner').locator('.button.primary').count()).toBe(0);
    if (index === 1) {
      // A reload continues where it stopped.
      await page.reload();
      await view.getByRole('heading', { name: /^Step 2/ }).waitFor();
      await ready(page);
    }
    await next.focus();
    await page.keyboard.press('Enter');
  }
  await page.getByText('4 steps solved').waitFor();
});

test('on a phone', async () => {
  const page = await stage.open({ profile: await stage.profile(PHONE), hash: '#lesson:partition-and-sort-key' });
  await ready(page);
  const view = lessonOf(page);
  for (const [index, step] of steps.entries()) {
    await view.getByRole('heading', { name: new RegExp(`^Step ${index + 1} `) }).waitFor();
    expect(await inSight(view.getByRole('group', { name: /^What do you expect/ }))).toBe(true);
    await view.getByRole('button', { name: 'Skip the question' }).click();
    await page.getByRole('tab', { name: 'Editor' }).click();
    await page.locator('[data-editor="light"] textarea').fill(step.solution);
    await page.getByRole('banner').getByRole('button', { name: 'Run all' }).click();
    await settled(page);
    const line = page.getByTestId('goals-line');
    await line.filter({ hasText: /Solved: (\d) of \1 goals/ }).waitFor();
    await line.getByRole('button').click();
    expect(await inSight(view.getByText('Solved', { exact: true }))).toBe(true);
    await view.getByRole('button', { name: /^(Next|Back to the list)/ }).click();
  }
  await page.getByText('4 steps solved').waitFor();
});

test('what is not done yet is grey, what is wrong is red and says why; partitions beside the text; the solution asks', async () => {
  const page = await stage.open({ hash: '#lesson:partition-and-sort-key' });
  const view = lessonOf(page);
  await view.waitFor();
  await ready(page);
  await fullEditor(page);
  await view.getByText('On one', { exact: true }).click();
  // The starter as the task says: one of four songs, and no mistake in it.
  await runButton(page).click();
  await settled(page);
  await view.getByText('1 of 4 so far').waitFor();
  expect(await goals(page).evaluateAll((list) => list.map(({ className }) => className.split(' ')[0]))).toEqual([
    'open',
    'open',
    'passed',
  ]);
  expect(await view.textContent()).not.toMatch(/letter by letter|Expected/);

  await view.getByRole('button', { name: 'partitions of Music' }).click();
  await view.getByRole('group', { name: 'Partitions of Music' }).getByText('Artist = Luna Park').waitFor();
  expect(await view.getByRole('heading', { name: /^Step 1/ }).isVisible()).toBe(true);

  await view.getByRole('button', { name: 'Hint' }).click();
  expect(await view.getByRole('list', { name: 'Hints' }).textContent()).toContain('three more blocks');

  await page.locator('.skip-link').focus();
  await page.keyboard.press('Enter');
  await replaceText(page, steps[0]!.wrong[1]!.script);
  await page.keyboard.press('Alt+Enter');
  await settled(page);
  const wrong = page.getByTestId('checks').locator('li.wrong[data-check="three-titles"]');
  await wrong.waitFor();
  expect(await wrong.textContent()).toMatch(/letter by letter.+Expected .+; got .+/);

  // It asks every time until the answer is yes.
  const ask = view.getByRole('button', { name: 'Show the solution …' });
  await ask.click();
  await view.getByRole('button', { name: 'Not yet' }).click();
  await ask.click();
  expect(await view.getByRole('region', { name: 'Solution' }).count()).toBe(0);
  await view.getByRole('button', { name: 'Show the solution', exact: true }).click();
  const solution = view.getByRole('region', { name: 'Solution' });
  await solution.waitFor();
  expect(await inSight(solution.getByRole('heading'))).toBe(true);
  await view.getByText('Revealed', { exact: true }).waitFor();
});
