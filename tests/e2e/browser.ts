/**
 * One browser per file, one profile per test. Every page is watched: an error on the console or a violation of the
 * content security policy fails the test that caused it, wherever it looked.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { serveSite, type Site } from './site';

export const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of this machine: CHROMIUM_PATH, Chromium or Chrome. */
export function browserPath(): string {
  const candidates = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = candidates.find((candidate) => candidate && fs.existsSync(candidate));
  if (!found) throw new Error('no Chromium found; set CHROMIUM_PATH');
  return found;
}

export interface Stage {
  site: Site;
  browser: Browser;
  /** A fresh profile. */
  profile(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A profile on disk, in a browser of its own, with these preferences of Chromium. */
  profileWith(preferences: object): Promise<BrowserContext>;
  /** A watched page, in its own profile unless one is given. Opens the site unless told otherwise. */
  open(options?: { profile?: BrowserContext; hash?: string; go?: boolean }): Promise<Page>;
  /** Things the browser may complain about in this test, because the test causes them. */
  expected: RegExp[];
}

/** Sets the stage for a file of tests and clears it after each. */
export function useStage(): Stage {
  const stage = { expected: [] as RegExp[] } as Stage;
  let profiles: BrowserContext[] = [];
  let folders: string[] = [];
  let complaints: string[] = [];

  const watch = (page: Page): void => {
    page.on('console', (message) => {
      if (message.type() === 'error' || /Content Security Policy/i.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  };

  beforeAll(async () => {
    stage.site = await serveSite();
    stage.browser = await chromium.launch({ executablePath: browserPath(), args: FLAGS });
  });

  afterEach(async () => {
    stage.site.block(null);
    stage.site.slow(null);
    await Promise.all(profiles.map((profile) => profile.close()));
    profiles = [];
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    folders = [];
    const unexpected = complaints.filter((text) => !stage.expected.some((pattern) => pattern.test(text)));
    complaints = [];
    stage.expected = [];
    expect(unexpected).toEqual([]);
  });

  afterAll(async () => {
    await stage.browser?.close();
    await stage.site?.close();
  });

  stage.profile = async (options = {}) => {
    const profile = await stage.browser.newContext({
      viewport: { width: 1440, height: 900 },
      // The offline store would hide that a file is missing; the test of it says that it wants one.
      serviceWorkers: 'block',
      ...options,
    });
    profile.setDefaultTimeout(20_000);
    profiles.push(profile);
    return profile;
  };

  stage.profileWith = async (preferences) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sortkey-profile-'));
    folders.push(folder);
    fs.mkdirSync(path.join(folder, 'Default'));
    fs.writeFileSync(path.join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
    const profile = await chromium.launchPersistentContext(folder, {
      executablePath: browserPath(),
      args: FLAGS,
      viewport: { width: 1440, height: 900 },
    });
    profile.setDefaultTimeout(20_000);
    profiles.push(profile);
    return profile;
  };

  stage.open = async ({ profile, hash = '', go = true } = {}) => {
    const page = await (profile ?? (await stage.profile())).newPage();
    watch(page);
    if (go) await page.goto(stage.site.url + hash);
    return page;
  };

  return stage;
}
