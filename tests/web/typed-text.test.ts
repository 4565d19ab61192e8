/** What is typed and what came out survive: drafts, the save mark, and results after a reload. */
import { encodeLink } from '../../web/src/share';
import { keptDrafts } from '../../web/src/state';
import { keepResults, readResults } from '../../web/src/state/results';
import { parseScript } from '../../web/src/script';
import { defaultSettings, type BlockResult, type SaveState } from '../../web/src/protocol/types';
import { MemoryStore } from '../../web/src/persistence';
import { faultyStore } from './support/faulty-store';
import { keptTexts, page } from './support/page';
import { settle } from './support/tabs';
import { browser, createMusic, putSong, runScript, scratchHost } from './support/world';

const scan = 'Scan { "TableName": "Music" }\n';

function linkTo(script: string): string {
  const content = { name: '', script, settings: { ...defaultSettings }, engineVersion: '0.1.0', view: {}, claim: null };
  const encoded = encodeLink(content);
  return encoded.ok ? encoded.hash : '';
}

describe('drafts', () => {
  /** A browser's two storages; `closed` throws at every touch. */
  const storage = (closed = false) => {
    const map = new Map<string, string>();
    const touch = <T>(work: () => T): T => {
      if (closed) throw new Error('SecurityError');
      return work();
    };
    return {
      map,
      getItem: (key: string) => touch(() => map.get(key) ?? null),
      setItem: (key: string, text: string) => touch(() => void map.set(key, text)),
      removeItem: (key: string) => touch(() => void map.delete(key)),
    };
  };

  test('a workspace’s text is there for the next tab, a link’s is not, a lesson’s goes with its own tab first', () => {
    const disk = storage();
    const [one, two] = [0, 1].map(() => {
      const tab = storage();
      return keptDrafts(
        () => tab,
        () => disk,
      );
    });
    one!.set('w:main', 'mine');
    one!.set('link:#1', 'over a link');
    one!.set('lesson:keys:0', 'solution one');
    expect([two!.get('w:main'), two!.get('link:#1'), two!.get('lesson:keys:0')]).toEqual([
      'mine',
      null,
      'solution one',
    ]);
    two!.set('lesson:keys:0', 'solution two');
    expect([one!.get('lesson:keys:0'), two!.get('lesson:keys:0')]).toEqual(['solution one', 'solution two']);
    one!.set('w:main', null);
    expect(two!.get('w:main')).toBeNull();
  });

  test('where storage is forbidden, text stays while the page does', () => {
    const blocked = keptDrafts(
      () => storage(true),
      () => {
        throw new Error('SecurityError');
      },
    );
    blocked.set('w:main', 'typed');
    blocked.set('link:#1', 'typed too');
    expect([blocked.get('w:main'), blocked.get('link:#1')]).toEqual(['typed', 'typed too']);
    blocked.set('w:main', null);
    expect(blocked.get('w:main')).toBeNull();
  });

  test('a full storage keeps no older text that would come back as the newest', () => {
    const full = storage();
    const drafts = keptDrafts(
      () => full,
      () => ({
        ...full,
        setItem: (_key: string, text: string) => {
          if (text.length > 5) throw new Error('QuotaExceededError');
          full.setItem(_key, text);
        },
      }),
    );
    drafts.set('w:main', 'short');
    drafts.set('w:main', 'too long for it');
    expect(drafts.get('w:main')).toBe('too long for it');
    expect([...full.map.values()]).toEqual([]);
  });
});

describe('typed text', () => {
  test('going back to a link shows what was typed over it; its own text can be had again', async () => {
    const { drafts, kept } = keptTexts();
    const { store, actions } = await page(browser(), [], drafts);
    const [first, second] = [linkTo('# one'), linkTo('# two')];
    await actions.openFromHash(first);
    actions.editScript('# over one');
    await actions.openFromHash(second);
    expect(store.get().script).toBe('# two');
    await actions.openFromHash(first);
    expect(store.get().script).toBe('# over one');
    expect(store.get().messages).toContainEqual(expect.objectContaining({ action: 'original-text' }));
    actions.showOriginal();
    expect(store.get().script).toBe('# one');
    expect(store.get().messages).toEqual([]);
    expect(kept.size).toBe(0);
  });

  test('each step of a lesson keeps its text; the starter is no draft', async () => {
    const { drafts, kept } = keptTexts();
    const { store, actions } = await page(browser(), [], drafts);
    await actions.openLesson({ id: 'keys', step: 0 }, '# starter 1');
    expect(kept.size).toBe(0);
    actions.editScript('# solved 1');
    actions.showLessonStep({ id: 'keys', step: 1 }, '# starter 2');
    expect(store.get()).toMatchObject({ script: '# starter 2', lesson: { step: 1 } });
    actions.showLessonStep({ id: 'keys', step: 0 }, '# starter 1');
    expect(store.get().script).toBe('# solved 1');
    actions.editScript('# starter 1');
    expect(kept.size).toBe(0);
    const again = await page(browser(), [], drafts);
    actions.editScript('# solved again');
    await again.actions.openLesson({ id: 'keys', step: 0 }, '# starter 1');
    expect(again.store.get().script).toBe('# solved again');
  });

  test('tables of a link’s world that went with its page are told of once', async () => {
    const { drafts } = keptTexts();
    const hash = linkTo(createMusic);
    const first = await page(browser(), [], drafts);
    await first.actions.openFromHash(hash);
    await first.actions.runAll();
    const second = await page(browser(), [], drafts);
    await second.actions.openFromHash(hash);
    expect(second.store.get().messages).toMatchObject([
      { severity: 'warning', text: expect.stringContaining('The table made here before is gone') },
    ]);
    const third = await page(browser(), [], drafts);
    await third.actions.openFromHash(hash);
    expect(third.store.get().messages).toEqual([]);
  });

  test('what was said of one place goes with it', async () => {
    const { drafts } = keptTexts();
    const hash = linkTo(createMusic);
    const first = await page(browser(), [], drafts);
    await first.actions.openFromHash(hash);
    await first.actions.runAll();
    const second = await page(browser(), [], drafts);
    await second.actions.openFromHash(hash);
    expect(second.store.get().messages).toHaveLength(1);
    await second.actions.openFromHash(linkTo('ListTables {}\n'));
    expect(second.store.get().messages).toEqual([]);
  });

  test('after a takeover the last moments of the other tab’s typing are there', async () => {
    const { drafts } = keptTexts();
    const world = browser();
    const one = await page(world, [], drafts);
    await one.actions.openFromHash('');
    one.actions.editScript('# not saved yet');
    const two = await page(world, [], drafts);
    await two.actions.openFromHash('');
    await two.actions.takeOver();
    await settle();
    expect(two.store.get()).toMatchObject({ ownership: 'owner', script: '# not saved yet' });
  });
});

describe('the save mark', () => {
  test('counts the text: saving from the first key until its transaction completed', async () => {
    const { store, actions, due } = await page();
    await actions.openFromHash('');
    await settle();
    expect(store.get().save).toEqual({ state: 'saved' });
    const seen: SaveState['state'][] = [];
    store.subscribe(({ save }) => void (seen.at(-1) === save.state || seen.push(save.state)));
    actions.editScript('ListTables {}\n# a');
    expect(store.get().save).toEqual({ state: 'saving' });
    await due();
    expect(store.get().save).toEqual({ state: 'saved' });
    expect(seen).toEqual(['saved', 'saving', 'saved']);
  });

  test('stays “saving” while the transaction has not completed, and a draft stays with it', async () => {
    const world = browser();
    const { kept, drafts } = keptTexts();
    const { store: disk, faults } = faultyStore(new MemoryStore(world.disk));
    const { store, actions, due } = await page(world, [disk], drafts);
    await actions.openFromHash('');
    await settle();
    let open: () => void = () => undefined;
    faults.gate = new Promise((resolve) => (open = resolve));
    actions.editScript('# slow');
    await due();
    expect(store.get().save).toEqual({ state: 'saving' });
    expect(kept.get('w:main')).toBe('# slow');
    open();
    await settle();
    expect(store.get().save).toEqual({ state: 'saved' });
    expect(kept.size).toBe(0);
  });

  test('steady typing is saved as well: the pause is not waited for without end', async () => {
    const waiting = new Set<{ work: () => void; millis: number }>();
    const { createPlaygroundStore } = await import('../../web/src/state');
    const tab = await browser().tab();
    const store = createPlaygroundStore({
      playground: tab.host,
      pageUrl: '',
      later: (work, millis) => {
        const entry = { work, millis };
        waiting.add(entry);
        return () => void waiting.delete(entry);
      },
    });
    await store.actions.openFromHash('');
    store.actions.editScript('# 1');
    const [bound] = [...waiting].filter(({ millis }) => millis > 400);
    for (let key = 2; key < 30; key++) store.actions.editScript(`# ${key}`);
    // The same bound still stands, however often the pause began anew.
    expect([...waiting]).toContain(bound);
    expect(bound!.millis).toBeLessThanOrEqual(2000);
    bound!.work();
    await settle();
    expect(store.get().save).toEqual({ state: 'saved' });
    store.dispose();
  });
});

describe('results after a reload', () => {
  test('come back with marks, selection and meters; a changed text makes them stale', async () => {
    const world = browser();
    const first = await page(world);
    await first.actions.openFromHash('');
    first.actions.editScript(createMusic + putSong('A', 'B') + scan);
    await first.actions.runAll();
    await settle();
    const { outcomes, history, selected } = first.store.get();
    await first.tab.host.close();

    const second = await page(world);
    await second.actions.openFromHash('');
    const state = second.store.get();
    expect(state.outcomes).toEqual(outcomes);
    expect(state.history).toEqual(history);
    expect(state.selected).toBe(selected);
    expect([first.store.get().openedAt, state.openedAt]).toEqual([null, state.world!.NowMillis]);
    second.actions.editScript(createMusic + putSong('A', 'C') + scan);
    expect(second.store.get().outcomes.map((outcome) => outcome?.stale)).toEqual([false, true, false]);
  });

  test('a reset takes them away for good', async () => {
    const world = browser();
    const first = await page(world);
    await first.actions.openFromHash('');
    first.actions.editScript(createMusic);
    await first.actions.runAll();
    await first.actions.reset();
    await first.due();
    await first.tab.host.close();
    const second = await page(world);
    await second.actions.openFromHash('');
    expect(second.store.get()).toMatchObject({ outcomes: [null], history: [], selected: null });
  });

  test('are bounded, and what is too large is counted', async () => {
    const big = 'x'.repeat(70_000);
    const script = `ListTables {}\n${putSong('A', 'B', `"Note": {"S": "${big}"}`)}`;
    const host = await scratchHost();
    const results = await runScript(host, createMusic + script);
    const { blocks } = parseScript(createMusic + script);
    const outcomes = results.map((result, index) => ({
      result,
      text: (createMusic + script).slice(blocks[index]!.from, blocks[index]!.to),
      stale: false,
    }));
    const text = keepResults({ outcomes, history: results, selected: 1 })!;
    expect(text.length).toBeLessThan(70_000);
    const read = readResults(text, createMusic + script, blocks);
    expect(read.leftOut).toBe(1);
    expect(read.outcomes.map((outcome) => outcome?.result.name ?? null)).toEqual(['CreateTable', 'ListTables', null]);
    expect(read.selected).toBe(1);
    const many = Array.from({ length: 300 }, (_, block) => ({ ...results[1]!, block }));
    const kept = keepResults({
      outcomes: many.map((result) => ({ result, text: 'ListTables {}', stale: false })),
      history: many,
      selected: null,
    })!;
    const lines = 'ListTables {}\n'.repeat(300);
    const back = readResults(kept, lines, parseScript(lines).blocks);
    // The newest two hundred.
    expect(back.outcomes.findIndex((outcome) => outcome !== null)).toBe(100);
    expect(back.history).toHaveLength(200);
  });

  test('anything else that is stored there is left out, never trusted', async () => {
    const script = 'ListTables {}\n';
    const { blocks } = parseScript(script);
    const [good] = await runScript(await scratchHost(), script);
    const entry = (result: unknown, block: unknown = 0, text: unknown = 'ListTables {}') =>
      JSON.stringify({ format: 1, selected: 0, leftOut: 0, results: [{ block, text, result }] });
    const broken = (patch: Partial<Record<keyof BlockResult, unknown>>) => entry({ ...good, ...patch });
    expect(readResults(entry(good), script, blocks).outcomes[0]).toMatchObject({ result: { raw: good!.raw } });
    const bad = [
      undefined,
      '',
      'not JSON',
      '[]',
      '{"format":2,"results":[]}',
      '{"format":1,"results":{}}',
      entry(null),
      entry(good, 5),
      entry(good, '0'),
      entry(good, 0, 7),
      broken({ name: 'Scan' }),
      broken({ status: '200' }),
      broken({ events: [null] }),
      broken({ error: { name: 'X' } }),
      broken({ explanation: { Operation: 'ListTables', Arms: [1], Items: [] } }),
      broken({ consumed: { read: null, write: 0 } }),
    ];
    for (const text of bad) {
      expect(readResults(text, script, blocks)).toMatchObject({ outcomes: [null], history: [], selected: null });
    }
  });
});
