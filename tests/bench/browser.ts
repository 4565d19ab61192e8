/** The page in a real browser: when it paints with a warm cache, when a request can be run, and work people wait for. */
import fs from 'node:fs';
import { chromium } from 'playwright-core';
import { pageWorkRows } from './page-work';
import { limitRow, median, millis, missingRow, type Row } from './rows';

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** @param url where the built page is served */
export async function browserRows(url: string): Promise<Row[]> {
  const paints = 'First paint, warm cache';
  const runnable = 'First request can be run, warm cache';
  const executablePath = candidates.find((candidate) => candidate && fs.existsSync(candidate));
  if (!executablePath) return [missingRow(paints, 'no Chromium'), missingRow(runnable, 'no Chromium')];
  const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const paint: number[] = [];
    const ready: number[] = [];
    for (let visit = 0; visit < 6; visit++) {
      await page.goto('about:blank');
      await page.goto(url, { waitUntil: 'commit' });
      await page.locator('header .run:not(:disabled)').waitFor();
      const [painted, now] = await page.evaluate(() => [
        performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
        performance.now(),
      ]);
      // The first visit fills the cache.
      if (visit === 0) continue;
      paint.push(painted!);
      ready.push(now!);
    }
    return [
      limitRow(paints, median(paint), 1000, millis),
      limitRow(runnable, median(ready), 1000, millis, 'from navigation to the Run button being enabled'),
      ...(await pageWorkRows(browser, url)),
    ];
  } finally {
    await browser.close();
  }
}
