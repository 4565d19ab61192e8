/** The commands of the page: what a typed word finds first, and what a key does. */
import { commands, type Command } from '../../web/src/views/commands';
import type { PlaygroundContext } from '../../web/src/views/context';
import { EXAMPLES } from '../../web/src/views/examples';
import { commandFor } from '../../web/src/views/keys';
import { paletteEntries, rank } from '../../web/src/views/palette';
import { isPressed, shortcutText, type KeyPress, type Place } from '../../web/src/views/shortcuts';

/** A page with two tables and one lesson; what commands ask of it is written down. */
function page() {
  const asked: string[] = [];
  const state = { script: EXAMPLES.blank as string, running: null as object | null, tables: [{ name: 'Music' }] };
  const actions = new Proxy(
    {},
    { get: (_, name) => (argument: unknown) => void asked.push(`${String(name)} ${String(argument ?? '')}`) },
  );
  const screen = { palette: false, shortcuts: false, reset: false, question: null, narrow: { current: false } };
  const lesson = { id: 'partition-and-sort-key', title: 'Partition key + sort key', minutes: 12 };
  const context = {
    store: { actions, get: () => state },
    editor: { current: null },
    screen,
    lessons: {
      lesson: null,
      tracks: { format: 1, tracks: [{ id: 'keys', title: 'Keys, items and writes', lessons: [lesson] }] },
      open: (id: string) => void asked.push(`lesson ${id}`),
    },
  } as unknown as PlaygroundContext;
  return { context, asked, state, screen: screen as { reset: boolean; question: { run(): void } | null } };
}

const first = (typed: string) => rank(paletteEntries(page().context), typed)[0]?.title;
const all = (typed: string) => rank(paletteEntries(page().context), typed).map(({ title }) => title);

describe('what is typed in the palette', () => {
  test.each([
    ['dark', 'Theme: dark'],
    ['light', 'Theme: light'],
    ['theme', 'Theme: dark'],
    ['system', 'Theme: as the system'],
    ['tables', 'Show tables'],
    ['lessons', 'Show lessons'],
    ['reset', 'Delete all tables …'],
    ['clear', 'Delete all tables …'],
    ['delete all', 'Delete all tables …'],
    ['query', 'Insert Query …'],
    ['put', 'Insert PutItem …'],
    ['put item', 'Insert PutItem …'],
    ['putitem', 'Insert PutItem …'],
    ['deleteit', 'Insert DeleteItem …'],
    ['transact write', 'Insert TransactWriteItems …'],
    ['partiql', 'Insert ExecuteStatement …'],
    ['sql', 'Insert ExecuteStatement …'],
    ['run', 'Run the request at the cursor'],
    ['run all', 'Run all requests'],
    ['stop', 'Stop the run'],
    ['movies', 'Load the Movies data set (3,200 films)'],
    ['load mus', 'Load the Music data set'],
    ['items', 'Items of Music'],
    ['partition', '1.1 Partition key + sort key'],
    ['share', 'Share as a link'],
    ['link', 'Share as a link'],
    ['export', 'Download the workspace as a file'],
    ['import', 'Open a workspace file …'],
    ['clock', 'Advance the clock by 1 second'],
    ['hour', 'Advance the clock by 1 hour'],
    ['json', 'Show the result as JSON'],
    ['cost', 'Show why it cost that'],
    ['help', 'Keyboard shortcuts'],
    ['Keyboard', 'Keyboard shortcuts'],
    ['THEME', 'Theme: dark'],
  ])('%s finds first: %s', (typed, title) => expect(first(typed)).toBe(title));

  test.each([
    ['dark', /Download/],
    ['delete', /People|Load/],
    ['theme', /Advance/],
    ['tables', /Delete/],
    ['table', /Delete/],
    ['all', /Delete/],
    ['item', /Delete/],
    ['load', /Download/],
    ['day', /Delete|Load/],
  ])('%s does not find first: %s', (typed, title) => expect(first(typed)).not.toMatch(title));

  test.each(['xyzzy', 'ark', 'teme', 'dak', 'dlt', '…', '!?'])('%s finds nothing', (typed) => {
    expect(all(typed)).toEqual([]);
  });

  test('nothing typed lists everything, in groups that stay together', () => {
    const entries = rank(paletteEntries(page().context), '  ');
    const groups = entries.map(({ group }) => group).filter((group, index, list) => group !== list[index - 1]);
    expect(new Set(groups).size).toBe(groups.length);
    expect(entries.filter(({ group }) => group === 'Insert a request').length).toBeGreaterThanOrEqual(28);
  });

  test('every title finds its own entry first', () => {
    for (const { title } of paletteEntries(page().context)) expect(first(title)).toBe(title);
  });
});

describe('what takes something away asks first', () => {
  test('deleting all tables opens the question and deletes nothing', () => {
    const { context, asked, screen } = page();
    rank(paletteEntries(context), 'reset')[0]!.run();
    expect(screen.reset).toBe(true);
    expect(asked).toEqual([]);
  });

  test('an example replaces an example at once, and a script somebody wrote only after a yes', () => {
    const { context, asked, state, screen } = page();
    const open = commands(context).find(({ id }) => id === 'example')!;
    open.run();
    expect(asked).toEqual([`editScript ${EXAMPLES.music}`]);
    state.script = 'ListTables {}\n# mine';
    open.run();
    expect(asked).toHaveLength(1);
    screen.question!.run();
    expect(asked).toHaveLength(2);
  });
});

describe('keys', () => {
  const press = (key: string, modifiers = ''): KeyPress => ({
    key,
    ctrlKey: modifiers.includes('c'),
    metaKey: modifiers.includes('m'),
    shiftKey: modifiers.includes('s'),
    altKey: modifiers.includes('a'),
  });
  const PLACES: Place[] = ['page', 'editor', 'field', 'dialog'];

  test.each<[string, KeyPress, Place[], string]>([
    ['Ctrl Enter', press('Enter', 'c'), ['editor'], 'run'],
    ['⌘ Enter', press('Enter', 'm'), ['editor'], 'run'],
    ['Shift Enter', press('Enter', 's'), ['editor'], 'run-next'],
    ['Alt Enter', press('Enter', 'a'), ['editor', 'page'], 'run-all'],
    ['Ctrl S', press('s', 'c'), PLACES, 'save'],
    ['Ctrl K', press('K', 'c'), PLACES, 'palette'],
    ['F1', press('F1'), PLACES, 'palette'],
    ['Ctrl ↓', press('ArrowDown', 'c'), ['editor'], 'next'],
    ['Ctrl ↑', press('ArrowUp', 'c'), ['editor'], 'previous'],
    ['?', press('?', 's'), ['page'], 'keys'],
    ['? without Shift', press('?'), ['page'], 'keys'],
    ['Enter', press('Enter'), [], ''],
    ['Ctrl Shift S', press('s', 'cs'), [], ''],
    ['Ctrl Alt K', press('k', 'ca'), [], ''],
    ['k', press('k'), [], ''],
  ])('%s', (_, event, places, id) => {
    const list = commands(page().context);
    for (const place of PLACES) {
      expect([place, commandFor(list, event, place)?.id]).toEqual([place, places.includes(place) ? id : undefined]);
    }
  });

  test('Escape stops a run, and is left alone while nothing runs or a dialog is open', () => {
    const { context, state } = page();
    const list = commands(context);
    expect(commandFor(list, press('Escape'), 'page')).toBeUndefined();
    state.running = {};
    expect(commandFor(list, press('Escape'), 'editor')?.id).toBe('stop');
    expect(commandFor(list, press('Escape'), 'dialog')).toBeUndefined();
  });

  test('a key is written as it is pressed, and no two commands share one', () => {
    const list = commands(page().context);
    const text = (id: string) => shortcutText(list.find((command) => command.id === id)?.shortcuts);
    expect(text('palette')).toBe('Ctrl K · F1');
    expect(text('next')).toBe('Ctrl ↓');
    expect(text('run-all')).toBe('Alt Enter');
    expect(text('music')).toBe('');
    const rivals = (one: Command) =>
      list.filter((other) =>
        one.shortcuts?.some(({ key, mod, shift, alt, places }) =>
          other.shortcuts?.some((mine) =>
            places.some((place) =>
              isPressed(mine, press(key, `${mod ? 'c' : ''}${shift ? 's' : ''}${alt ? 'a' : ''}`), place),
            ),
          ),
        ),
      );
    for (const command of list.filter(({ shortcuts }) => shortcuts)) expect(rivals(command)).toEqual([command]);
  });
});
