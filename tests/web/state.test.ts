/** The page's state over the real host: what views will draw after each action. */
import { decodeLink, encodeLink } from '../../web/src/share';
import { blockMarks } from '../../web/src/editor/marks';
import { type PlaygroundStore, type StoreServices } from '../../web/src/state';
import { carryOver } from '../../web/src/state/outcomes';
import { blockText, parseScript } from '../../web/src/script';
import { defaultSettings, type BlockResult } from '../../web/src/protocol/types';
import { faultyStore } from './support/faulty-store';
import { eventually, settle } from './support/tabs';
import { page, pageUrl } from './support/page';
import { browser, bytesOf, createMusic, putSong } from './support/world';
import { MemoryStore } from '../../web/src/persistence';

const scan = 'Scan { "TableName": "Music" }\n';

const linkContent = {
  name: '',
  script: '',
  settings: { ...defaultSettings },
  engineVersion: '0.1.0',
  view: {},
  claim: null,
};
const statuses = (store: PlaygroundStore): string[] => blockMarks(store.get(), () => '').map(({ state }) => state);
const words = (store: PlaygroundStore): string[] => store.get().messages.map(({ text }) => text);

describe('opening', () => {
  test('starts idle, loads with progress, is ready; the state is plain data', async () => {
    const { store, actions } = await page();
    const phases = new Set<string>();
    store.subscribe((state) => phases.add(state.open.phase));
    await actions.openFromHash('');
    await settle();
    expect([...phases]).toEqual(['idle', 'loading', 'ready']);
    const state = store.get();
    expect(state).toMatchObject({
      workspace: { id: 'main', kind: 'mine', name: 'My workspace' },
      script: 'ListTables {}\n',
      ownership: 'owner',
    });
    expect(state.world!.EngineVersion).toMatch(/^\d/);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  test('typed text is saved when typing pauses, and before another workspace is opened', async () => {
    const { world, store, actions, due } = await page();
    await actions.openFromHash('');
    actions.editScript('Scan {}');
    await due();
    actions.rename('Renamed');
    actions.setResultTab('cost');
    actions.editScript('Query {}');
    await actions.openLesson({ id: 'keys', step: 0 }, 'ListTables');
    expect(store.get()).toMatchObject({
      workspace: { kind: 'lesson', id: null },
      lesson: { id: 'keys' },
      sidePane: 'lesson',
    });
    const again = await page(world);
    await again.actions.openFromHash('');
    expect(again.store.get()).toMatchObject({
      script: 'Query {}',
      workspace: { name: 'Renamed' },
      resultTab: 'cost',
    });
    // The first page left "main" for the lesson, and its lock with it.
    expect(again.store.get().ownership).toBe('owner');
  });

  test('text typed while the page is loading stays', async () => {
    const { store, actions } = await page();
    actions.editScript('# shown first');
    const opening = actions.openFromHash('');
    actions.editScript('# typed early');
    await opening;
    expect(store.get().script).toBe('# typed early');
  });

  test('a reload brings typed text back: unsaved text of a workspace, any text of a link', async () => {
    const world = browser();
    const kept = new Map<string, string>();
    const drafts: StoreServices['drafts'] = {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, text: string | null) => void (text === null ? kept.delete(key) : kept.set(key, text)),
    };
    const first = await page(world, [], drafts);
    await first.actions.openFromHash('');
    first.actions.editScript('# saved');
    await first.due();
    expect(kept.size).toBe(0);
    first.actions.editScript('# not yet saved');
    await first.tab.host.close();
    const second = await page(world, [], drafts);
    await second.actions.openFromHash('');
    expect(second.store.get().script).toBe('# not yet saved');
    await second.due();

    const encoded = encodeLink({ ...linkContent, script: '# from a link' });
    const hash = encoded.ok ? encoded.hash : '';
    await second.actions.openFromHash(hash);
    second.actions.editScript('# changed by the reader');
    const third = await page(world, [], drafts);
    await third.actions.openFromHash(hash);
    expect(third.store.get().script).toBe('# changed by the reader');
  });

  test('of two openings in a row the later one counts', async () => {
    const { store, actions } = await page();
    await Promise.all([actions.openFromHash(''), actions.openLesson({ id: 'keys', step: 0 }, '# lesson')]);
    expect(store.get()).toMatchObject({ open: { phase: 'ready' }, workspace: { kind: 'lesson' }, script: '# lesson' });
  });

  test('an engine that is lost ends in a phase with Retry; a scratch world starts again with the text on screen', async () => {
    const { tab, store, actions } = await page();
    const encoded = encodeLink({ ...linkContent, script: 'ListTables {}' });
    await actions.openFromHash(encoded.ok ? encoded.hash : '');
    actions.editScript('ListTables { "Limit": 1 }');
    // What a page sees after its worker died: the next worker has nothing open.
    await tab.host.close();
    await actions.runBlock(0);
    expect(store.get().open).toMatchObject({ phase: 'failed' });
    await actions.retryOpen();
    expect(store.get()).toMatchObject({ open: { phase: 'ready' }, script: 'ListTables { "Limit": 1 }' });
    expect(await actions.runBlock(0)).toBe(true);
  });

  test('a failure to load is a phase with words, and Retry goes on', async () => {
    let fails = true;
    const { createEngine } = await import('./support/world');
    const { store, actions } = await page(browser(), [
      undefined,
      { createEngine: () => (fails ? Promise.reject(new Error('the server answered 404')) : createEngine()) },
    ]);
    await actions.openFromHash('');
    expect(store.get().open).toEqual({ phase: 'failed', message: 'the server answered 404' });
    fails = false;
    await actions.retryOpen();
    expect(store.get().open.phase).toBe('ready');
  });

  test('a damaged workspace is opened, told, and its bytes offered', async () => {
    const first = await page();
    await first.actions.openFromHash('');
    first.actions.editScript(createMusic);
    await first.actions.runAll();
    await settle();
    first.actions.editScript(putSong('A', 'B'));
    await first.actions.runAll();
    await settle();
    const entry = first.world.disk.entries.get('main')!;
    const last = entry.record.nextSequence - 1;
    entry.journal.set(last, entry.journal.get(last)!.slice(0, -2));
    await first.tab.host.close();
    const { store, actions } = await page(first.world);
    await actions.openFromHash('');
    await settle();
    expect(store.get().quarantined).toHaveLength(1);
    expect(store.get().messages).toContainEqual(
      expect.objectContaining({ severity: 'warning', action: 'download-quarantine' }),
    );
  });

  test('a refused workspace: nothing runs, export works', async () => {
    const first = await page();
    await first.actions.openFromHash('');
    await first.tab.host.close();
    first.world.disk.entries.get('main')!.record.format = 9;
    const { store, actions } = await page(first.world);
    await actions.openFromHash('');
    expect(store.get().open).toMatchObject({ phase: 'refused', message: expect.stringContaining('newer version') });
    expect(await actions.runBlock(0)).toBe(false);
    expect(await actions.exportWorkspace()).toBeInstanceOf(Blob);
  });
});

describe('running', () => {
  test('one block, the block at the cursor, all blocks; tables and meters follow', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    const script = createMusic + putSong('A', 'B') + scan;
    actions.editScript(script);
    expect(await actions.runBlock(0)).toBe(true);
    expect(statuses(store)).toEqual(['ok', 'ready', 'ready']);
    expect(store.get().tables).toMatchObject([{ name: 'Music', status: 'ACTIVE' }]);
    expect(await actions.runAtOffset(script.length)).toBe(2);
    expect(store.get().outcomes[store.get().selected!]!.result.response).toMatchObject({ Count: 0 });
    await actions.runAll();
    // CreateTable is refused the second time; the run goes on and marks it.
    expect(statuses(store)).toEqual(['failed', 'ok', 'ok']);
    expect(store.get().outcomes[0]!.result.error!.name).toBe('ResourceInUseException');
    // What has to be looked at is what is shown.
    expect([store.get().selected, store.get().running, store.get().history.length]).toEqual([0, null, 5]);
    expect(store.get().summary).toMatchObject({
      done: 3,
      total: 3,
      failed: 1,
      firstFailed: { name: 'CreateTable', line: 1 },
      existed: true,
      consumed: { read: 0.5, write: 1 },
    });
    expect(store.get().capacity!.Tables[0]).toMatchObject({ ConsumedWriteUnits: 1 });
  });

  test('a script with an error: nothing runs, the line is named; a broken block cannot run alone', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    actions.editScript('ListTables {}\n\nPutItm {}\n');
    await actions.runAll();
    const first = store.get().refusedFor;
    expect(first?.problem).toMatchObject({ line: 3, message: 'PutItm is not an operation. Did you mean PutItem?' });
    expect(await actions.runBlock(1)).toBe(false);
    // Pointed at again, and no message that would outlive its cause.
    expect(store.get().refusedFor).not.toBe(first);
    expect(store.get().refusedFor).toEqual(first);
    expect(words(store)).toEqual([]);
    expect(statuses(store)).toEqual(['ready', 'broken']);
    expect(await actions.runBlock(0)).toBe(true);
  });

  test('results stay with their blocks while the script is edited, and are stale when the text changed', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    actions.editScript(`ListTables {}\n\n${createMusic}\n${scan}`);
    await actions.runAll();
    actions.editScript(`# new\n@advance 1 s\n\nListTables {}\n\n${createMusic}\n${scan}`);
    expect(statuses(store)).toEqual(['ready', 'ok', 'ok', 'ok']);
    expect(store.get().selected).toBe(3);
    actions.editScript(`ListTables { "Limit": 1 }\n\n${createMusic}\n${scan}`);
    expect(statuses(store)).toEqual(['stale', 'ok', 'ok']);
    actions.editScript(`ListTables {}\n\n${createMusic}\n${scan}`);
    expect(statuses(store)).toEqual(['ok', 'ok', 'ok']);
  });

  test('typing during a run keeps the result', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    actions.editScript('ListTables {}\n');
    const running = actions.runBlock(0);
    actions.editScript('@advance 1 s\nListTables {}\n');
    await running;
    expect(statuses(store)).toEqual(['ready', 'ok']);
  });

  test('only one run at a time; cancel stops after the current request', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    actions.editScript(`@load movies\n${'ListTables {}\n'.repeat(3)}`);
    const running = actions.runAll();
    expect(await actions.runBlock(1)).toBe(false);
    await settle();
    actions.cancel();
    await running;
    expect(store.get().outcomes[0]!.result.error!.name).toBe('Cancelled');
    expect(statuses(store).slice(1)).toEqual(['ready', 'ready', 'ready']);
  });

  test('load, advance and reset from buttons', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    await actions.load('movies');
    expect(words(store).at(-1)).toBe('3,200 of 3,201 rows written to Movies; left out: 1 (no title).');
    await actions.exploreTable('Movies');
    expect(store.get().explorer).toMatchObject({ table: 'Movies', loading: false });
    await actions.exploreMore();
    expect(store.get().explorer!.items).toHaveLength(200);
    await actions.showPartitions('Movies');
    expect(store.get().partitions!.Partitions.length).toBeGreaterThan(0);
    const before = store.get().world!.NowMillis;
    await actions.advance(60_000);
    expect(store.get().world!.NowMillis).toBe(before + 60_000);
    await actions.reset();
    expect(store.get()).toMatchObject({
      tables: [],
      explorer: null,
      partitions: null,
      world: { NowMillis: defaultSettings.startMillis },
    });
  });
});

describe('links', () => {
  const script = createMusic + putSong('Acme Band', 'Happy Day') + scan;

  test('share, open elsewhere, run: reproduced; nothing of one’s own is touched', async () => {
    const author = await page();
    await author.actions.openFromHash('');
    author.actions.editScript(script);
    // Runs in any order on screen do not matter: the claim comes from a fresh world.
    await author.actions.runBlock(0);
    await author.actions.runBlock(0);
    await author.actions.prepareShare();
    const { share } = author.store.get();
    if (share.status !== 'ready') throw new Error(share.status);
    expect(share).toMatchObject({ claims: 3, length: share.url.length, secrets: [] });
    expect(share.url.startsWith(`${pageUrl}#1.`)).toBe(true);
    expect(share.targets[0]).toMatchObject({ name: 'Discord', fits: 'yes' });

    const reader = await page();
    await reader.actions.openFromHash('');
    reader.actions.editScript('Scan { "TableName": "Precious" }');
    await reader.actions.openFromHash(share.hash);
    expect(reader.store.get()).toMatchObject({
      workspace: { kind: 'link', id: null },
      script,
      tables: [],
      link: { comparison: null },
    });
    expect(reader.world.disk.entries.get('main')!.record.document.script).toBe('Scan { "TableName": "Precious" }');
    await reader.actions.runAll();
    expect(reader.store.get().link!.comparison).toEqual({
      state: 'reproduced',
      blocks: 3,
      errors: 0,
      differences: [],
    });
    await reader.actions.keepCopy('Kept');
    expect(reader.store.get()).toMatchObject({ workspace: { kind: 'mine', name: 'Kept' }, link: null });
    expect(reader.store.get().workspaces.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Kept', 'My workspace']),
    );
    expect(reader.store.get().tables).toMatchObject([{ name: 'Music', items: 1 }]);
  });

  test('block by block in order counts as a run; a changed script or another order does not', async () => {
    const author = await page();
    await author.actions.openFromHash('');
    author.actions.editScript(script);
    await author.actions.prepareShare();
    const { share } = author.store.get();
    const hash = share.status === 'ready' ? share.hash : '';
    const reader = await page();
    await reader.actions.openFromHash(hash);
    for (const index of [0, 1, 2]) await reader.actions.runBlock(index);
    expect(reader.store.get().link!.comparison!.state).toBe('reproduced');
    const other = await page();
    await other.actions.openFromHash(hash);
    await other.actions.runBlock(2);
    await other.actions.runAll();
    expect(other.store.get().link!.comparison).toBeNull();
    // After a reset the world is fresh again.
    await other.actions.reset();
    await other.actions.runAll();
    expect(other.store.get().link!.comparison!.state).toBe('reproduced');
  });

  test('a false claim is shown block by block', async () => {
    const encoded = encodeLink({
      name: '',
      script,
      settings: { ...defaultSettings },
      engineVersion: '0.1.0',
      view: {},
      claim: { digests: ['AAAA', 'AAAA', 'AAAA'], blocks: 3, group: 1 },
    });
    const { store, actions } = await page();
    await actions.openFromHash(encoded.ok ? encoded.hash : '');
    await actions.runAll();
    expect(store.get().link!.comparison).toMatchObject({
      state: 'differs',
      differences: [{ block: 0 }, { block: 1 }, { block: 2 }],
    });
  });

  test('a cut link says so and opens one’s own workspace', async () => {
    const { store, actions } = await page();
    const encoded = encodeLink({
      name: '',
      script,
      settings: { ...defaultSettings },
      engineVersion: '0.1.0',
      view: {},
      claim: null,
    });
    await actions.openFromHash((encoded.ok ? encoded.hash : '').slice(0, 60));
    expect(store.get()).toMatchObject({ open: { phase: 'ready' }, workspace: { id: 'main' } });
    expect(words(store)[0]).toMatch(/^This link was cut: 59 of \d+ characters arrived\.$/);
  });

  test('settings and tab travel; a script with errors is shared without claims; keys are noticed', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    await actions.changeSettings({ seed: 5, wording: 'older' });
    actions.setResultTab('json');
    actions.editScript('PutItm {} # AKIAABCDEFGHIJKLMNOP');
    await actions.prepareShare();
    const { share } = store.get();
    if (share.status !== 'ready') throw new Error(share.status);
    expect([share.claims, share.secrets.length]).toEqual([0, 1]);
    expect(decodeLink(share.hash)).toMatchObject({
      content: { settings: { seed: 5, wording: 'older' }, view: { tab: 'json' } },
    });
    actions.closeShare();
    expect(store.get().share).toEqual({ status: 'closed' });
  });

  test('a file opens as scratch', async () => {
    const { store, actions } = await page();
    await actions.openFromHash('');
    actions.editScript(script);
    await actions.runAll();
    const file = await bytesOf((await actions.exportWorkspace())!);
    const other = await page();
    await other.actions.openFile(file);
    await other.actions.refresh();
    expect(other.store.get()).toMatchObject({ workspace: { id: null }, script, tables: [{ name: 'Music', items: 1 }] });
    await other.actions.openFile(new Uint8Array([1]));
    // What was open stays open.
    expect(other.store.get()).toMatchObject({ open: { phase: 'ready' }, tables: [{ name: 'Music', items: 1 }] });
    expect(other.store.get().messages).toContainEqual(
      expect.objectContaining({ severity: 'error', text: 'This is not a workspace file.' }),
    );
    expect(store.get().open.phase).toBe('ready');
  });
});

describe('saving and tabs', () => {
  test('trouble with storage is told once and cleared when it is over', async () => {
    const world = browser();
    const { store: disk, faults } = faultyStore(new MemoryStore(world.disk));
    const { store, actions } = await page(world, [disk]);
    await actions.openFromHash('');
    faults.next = { count: 1000, code: 'full' };
    await actions.runBlock(0);
    await settle();
    expect(store.get().save).toMatchObject({ state: 'not-saved' });
    expect(store.get().messages).toContainEqual(expect.objectContaining({ severity: 'error', action: 'retry-save' }));
    faults.next = null;
    await actions.retrySave();
    expect(store.get().save).toEqual({ state: 'saved' });
  });

  test('a second tab follows, cannot type or run, and takes over', async () => {
    const one = await page();
    await one.actions.openFromHash('');
    const two = await page(one.world);
    await two.actions.openFromHash('');
    expect(two.store.get()).toMatchObject({ ownership: 'follower', messages: [] });
    two.actions.editScript('typed in vain');
    expect(await two.actions.runBlock(0)).toBe(false);
    one.actions.editScript(createMusic);
    await one.due();
    await one.actions.runAll();
    await eventually(() => expect(two.store.get()).toMatchObject({ script: createMusic, tables: [{ name: 'Music' }] }));
    await two.actions.takeOver();
    await eventually(() =>
      expect([two.store.get().ownership, one.store.get().ownership]).toEqual(['owner', 'follower']),
    );
    two.actions.editScript(`${createMusic}${putSong('A', 'B')}`);
    expect(await two.actions.runBlock(1)).toBe(true);
    expect(one.store.get().ownership).toBe('follower');
    await eventually(() => expect(one.store.get().tables).toMatchObject([{ name: 'Music', items: 1 }]));
  });
});

test('outcomes move with their blocks through any edit', () => {
  const outcome = (name: string, text: string) => ({ result: { name } as BlockResult, text, stale: false });
  const texts = ['ListTables {}', 'Scan {"TableName":"A"}', 'Scan {"TableName":"B"}'];
  const outcomes = [outcome('ListTables', texts[0]!), outcome('Scan', texts[1]!), outcome('Scan', texts[2]!)];
  const after = (script: string) => {
    const { blocks } = parseScript(script);
    return carryOver(texts, outcomes, script, blocks).map((carried, index) =>
      carried
        ? `${texts.indexOf(carried.text)}${carried.stale ? ' stale' : ''} ${blockText(script, blocks[index]!)}`
        : null,
    );
  };
  expect(after('Scan {"TableName":"B"}\nListTables {}')).toEqual(['2 Scan {"TableName":"B"}', '0 ListTables {}']);
  expect(after('ListTables {}\nScan {"TableName":"X"}\nScan {"TableName":"B"}')[1]).toBe(
    '1 stale Scan {"TableName":"X"}',
  );
  expect(after('')).toEqual([]);
  expect(after('PutItem {}')).toEqual([null]);
});
