/**
 * Work people wait for in the page: a script of many requests, and the JSON of a large answer. Each is compared with the
 * least a page could do, in the same browser and run.
 */
import type { Browser, Page } from 'playwright-core';
import { encodeLink } from '../../web/src/share';
import { defaultSettings } from '../../web/src/protocol/types';
import { limitRow, median, millis, ratio, type Row } from './rows';
import { itemOf, tableName } from './workload';

const puts = 320;
const rounds = 3;

interface Work {
  /** Milliseconds until it was on the screen. */
  shown: number;
  /** Milliseconds until all of it was there. */
  all: number;
  /** The longest task of the main thread meanwhile. */
  longest: number;
  floor: number;
}

const createTable = `CreateTable {
  "TableName": "${tableName}",
  "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }],
  "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }],
  "BillingMode": "PAY_PER_REQUEST"
}
`;

function putScript(): string {
  const blocks = Array.from(
    { length: puts },
    (_, number) => `PutItem {\n  "TableName": "${tableName}",\n  "Item": ${JSON.stringify(itemOf(number))}\n}\n`,
  );
  return [createTable, ...blocks].join('\n');
}

async function openScript(page: Page, url: string, script: string): Promise<void> {
  const link = encodeLink({
    name: 'Bench',
    script,
    settings: { ...defaultSettings },
    engineVersion: 'bench',
    view: {},
    claim: null,
  });
  if (!('hash' in link)) throw new Error('The script of the bench does not fit into a link.');
  await page.goto('about:blank');
  await page.goto(url + link.hash);
  await page.getByTestId('link-banner').waitFor();
  await page.locator('header .run:not(:disabled)').waitFor();
  await page.locator('[data-editor="full"] .view-lines').waitFor();
  // Everything that loads when idle has done so.
  await page.waitForTimeout(1_500);
}

/** Presses Run all; answers when the page says that it is done. */
function runAll(page: Page): Promise<Omit<Work, 'floor'>> {
  return page.evaluate(async () => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: 'longtask' });
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const button = document.querySelector<HTMLButtonElement>('header .run.primary')!;
    const from = performance.now();
    button.click();
    // The summary goes when a run begins and comes when it is over.
    do await frame();
    while (!document.querySelector('[data-testid="run-summary"]') || document.querySelector('.run-glyph.running'));
    const all = performance.now() - from;
    await new Promise((resolve) => setTimeout(resolve, 200));
    observer.disconnect();
    return { shown: all, all, longest };
  });
}

/** The same requests in a page without anything: one message each to a worker that keeps them in a Map, and a line of text. */
function bareRun(page: Page, bodies: string[]): Promise<number> {
  return page.evaluate(async (requests) => {
    const code =
      'const items=new Map();onmessage=({data})=>{const{Item}=JSON.parse(data);items.set(Item.pk.S,Item);postMessage(JSON.stringify({}))}';
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    const ask = (body: string) =>
      new Promise<string>((resolve) => {
        worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
        worker.postMessage(body);
      });
    await ask(requests[0]!);
    const from = performance.now();
    for (const body of requests) {
      const line = document.createElement('p');
      line.textContent = await ask(body);
      document.body.append(line);
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const took = performance.now() - from;
    worker.terminate();
    return took;
  }, bodies);
}

async function putWork(page: Page, url: string): Promise<Work> {
  await page.goto('about:blank');
  const bodies = Array.from({ length: puts }, (_, number) =>
    JSON.stringify({ TableName: tableName, Item: itemOf(number) }),
  );
  const floor = await bareRun(page, bodies);
  await openScript(page, url, putScript());
  const work = await runAll(page);
  const failed = page.locator('.run-status.failed');
  if ((await failed.count()) > 0)
    throw new Error(`The script of the bench failed: ${await failed.first().textContent()}`);
  return { ...work, floor };
}

async function jsonWork(page: Page, url: string): Promise<Work> {
  await openScript(page, url, '@load movies\n\nScan { "TableName": "Movies" }\n');
  await runAll(page);
  return page.evaluate(async () => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: 'longtask' });
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const tab = [...document.querySelectorAll<HTMLElement>('[role="tab"]')].find((one) => one.textContent === 'JSON')!;
    const from = performance.now();
    tab.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    const there = () => document.querySelector('.code-text .tok-key');
    while (!there()) await frame();
    const shown = performance.now() - from;
    while (document.querySelector('.code-text[aria-busy]')) await frame();
    const all = performance.now() - from;
    await new Promise((resolve) => setTimeout(resolve, 200));
    observer.disconnect();

    const pieces = [...document.querySelectorAll('.code-text > .piece')].map((piece) => piece.textContent);
    const answer = JSON.parse(pieces.join('\n')) as { Items: unknown[] };
    if (answer.Items.length < 3_000) throw new Error(`The JSON tab holds ${answer.Items.length} items.`);
    const plain = document.createElement('pre');
    document.querySelector('.code-text')!.replaceWith(plain);
    const start = performance.now();
    plain.textContent = JSON.stringify(answer, null, 2);
    if (plain.offsetHeight === 0) throw new Error('The floor of the bench was not laid out.');
    return { shown, all, longest, floor: performance.now() - start };
  });
}

/** Each round in a profile of its own: what an earlier one left behind would be part of it. */
async function repeat(
  browser: Browser,
  work: (page: Page) => Promise<Work>,
): Promise<{ shown: number; longest: number; ratio: number; all: number }> {
  const done: Work[] = [];
  for (let round = 0; round < rounds; round++) {
    const profile = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    done.push(await work(await profile.newPage()));
    await profile.close();
  }
  return {
    shown: median(done.map(({ shown }) => shown)),
    all: median(done.map(({ all }) => all)),
    // The best of the rounds: a longest task is the first to show what else the machine does.
    longest: Math.min(...done.map(({ longest }) => longest)),
    ratio: median(done.map(({ shown, floor }) => shown / floor)),
  };
}

export async function pageWorkRows(browser: Browser, url: string): Promise<Row[]> {
  const put = await repeat(browser, (page) => putWork(page, url));
  const json = await repeat(browser, (page) => jsonWork(page, url));
  const times = (value: number): string => `${value.toFixed(1)}×`;
  return [
    limitRow(
      `${puts} puts in the page, each with its mark`,
      put.shown,
      2_000,
      millis,
      `${times(put.ratio)} a bare page that sends them to a worker with a Map`,
    ),
    limitRow(
      `${puts} puts in the page, longest task`,
      put.longest,
      50,
      millis,
      'tasks under 50 ms are not reported: 0',
    ),
    limitRow(
      'JSON tab of 3,200 items, shown',
      json.ratio,
      0.5,
      ratio,
      `of JSON.stringify and one text node, laid out; ${millis(json.shown)}, all of it after ${millis(json.all)}`,
    ),
    limitRow('JSON tab of 3,200 items, longest task', json.longest, 100, millis, 'writing the JSON is one task'),
  ];
}
