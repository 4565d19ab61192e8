/**
 * Every action of the page by name: the palette, the shortcut list and the key handler all read this one table,
 * so an action cannot have a key that the list does not mention.
 */
import { datasetCards } from '../datasets/catalog';
import { nextBlock, previousBlock } from '../script';
import type { PlaygroundContext } from './context';
import { EXAMPLES } from './examples';
import { count, plural } from './format';
import { saveAs } from './save';
import { ANYWHERE, MOD, type Shortcut } from './shortcuts';

export { MOD };

export interface Command {
  id: string;
  title: string;
  group: 'Run' | 'Edit' | 'Time' | 'Data' | 'Workspace' | 'View';
  /** Other words somebody may look for. */
  aliases?: readonly string[];
  shortcuts?: readonly Shortcut[];
  /** Takes something away. It asks before it does, and other commands that fit as well are offered first. */
  destructive?: true;
  /** False while there is nothing for its key to do; the key then keeps its usual meaning. */
  able?: () => boolean;
  /** It changes the workspace: nothing for a tab that only looks. */
  changes?: boolean;
  run: () => void;
}

/**
 * In a lesson whose question is still open, goes to the question instead of running and answers true: who has seen the result
 * predicts nothing.
 */
export function asksFirst({ store, lessons, screen }: PlaygroundContext): boolean {
  if (!lessons.asking || store.get().sidePane !== 'lesson') return false;
  if (screen.narrow.current) store.actions.setNarrowPane('lesson');
  screen.spoken = 'Answer the question of this step first, or skip it.';
  screen.answerFirst++;
  return true;
}

/** Runs every request, in order. */
export async function runEverything(context: PlaygroundContext): Promise<void> {
  if (!asksFirst(context)) await context.store.actions.runAll();
}

/** Runs the selection if it spans several blocks, else the block at the cursor. */
export async function runHere(context: PlaygroundContext, moveOn = false): Promise<void> {
  if (asksFirst(context)) return;
  const { store, editor } = context;
  const { from, to } = editor.current?.selection() ?? { from: 0, to: 0 };
  const { blocks } = store.get();
  const inside = blocks.flatMap((block, index) => (block.from < to && block.to > from ? [index] : []));
  if (to > from && inside.length > 1) {
    await store.actions.runBlocks(inside);
    return;
  }
  const index = await store.actions.runAtOffset(from);
  const next = index === null ? undefined : store.get().blocks[index + 1];
  if (moveOn && next) editor.current?.reveal(next.from);
}

/** Runs all requests in a world emptied before. The user's own world is not emptied without a question. */
export function runFresh({ store, screen }: PlaygroundContext): void {
  const { workspace, tables, blocks } = store.get();
  const run = () => void store.actions.runFresh();
  if (workspace.kind !== 'mine' || tables.length === 0) {
    run();
    return;
  }
  const items = tables.reduce((sum, table) => sum + table.items, 0);
  const names = tables.slice(0, 5).map(({ name }) => name);
  screen.question = {
    title: 'Run all from an empty world?',
    text:
      `This deletes ${plural(tables.length, 'table')} with ${plural(items, 'item')} (${names.join(', ')}${
        tables.length > names.length ? ' …' : ''
      }), sets the clock back to its start and runs ${plural(blocks.length, 'request')}. ` +
      'The script stays. It cannot be undone; a file keeps a copy.',
    yes: 'Delete and run all',
    run,
  };
}

/** Puts the cursor on the next or previous block. */
export function jump({ store, editor }: PlaygroundContext, forward: boolean): void {
  const offset = editor.current?.offset() ?? 0;
  const { blocks } = store.get();
  const index = forward ? nextBlock(blocks, offset) : previousBlock(blocks, offset);
  const target = index === null || index === undefined ? undefined : blocks[index];
  if (target) editor.current?.reveal(target.from);
}

/** Saving is automatic; the key makes it happen now and refreshes the link of a workspace that came from one. */
export async function saveNow({ store, screen }: PlaygroundContext): Promise<void> {
  const { actions } = store;
  if (store.get().workspace.kind !== 'link') {
    await actions.retrySave();
    const { save } = store.get();
    actions.tell(
      save.state === 'not-saved' ? 'warning' : 'info',
      save.state === 'not-saved' ? save.reason : 'Saved in this browser.',
    );
    return;
  }
  screen.quietShare = true;
  await actions.prepareShare();
  const { share } = store.get();
  if (share.status === 'ready') {
    history.replaceState(null, '', share.hash);
    actions.tell('info', 'The link in the address bar now holds your changes.');
  } else if (share.status === 'failed') {
    actions.tell('warning', share.message);
  }
  actions.closeShare();
  screen.quietShare = false;
}

/** Offers everything in the workspace as a file. */
export async function exportFile({ store }: PlaygroundContext): Promise<void> {
  const file = await store.actions.exportWorkspace();
  if (file) saveAs(file, `${store.get().workspace.name || 'workspace'}.sortkey`);
}

/** Lets somebody choose a workspace file and opens it beside their own. */
export function openFile({ store }: PlaygroundContext): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.sortkey';
  input.addEventListener('change', () => {
    void input.files?.[0]?.arrayBuffer().then((bytes) => store.actions.openFile(new Uint8Array(bytes)));
  });
  input.click();
}

/** Adds a block to the end of the script and puts the cursor in it. */
export function appendBlock({ store, editor, screen }: PlaygroundContext, block: string): void {
  const script = store.get().script.trimEnd();
  const text = script === '' ? `${block}\n` : `${script}\n\n${block}\n`;
  store.actions.editScript(text);
  if (screen.narrow.current) store.actions.setNarrowPane('editor');
  setTimeout(() => editor.current?.reveal(text.length - block.length - 1), 0);
}

/** Puts an example in the place of the script; asks first when that would lose something somebody wrote. */
export function openExample({ store, screen }: PlaygroundContext, script: string): void {
  const replace = () => store.actions.editScript(script);
  const text = store.get().script.trim();
  if (text === '' || Object.values(EXAMPLES).some((example) => example.trim() === text)) {
    replace();
    return;
  }
  screen.question = {
    title: 'Replace the script?',
    text: 'The example takes the place of the requests you wrote. Tables and items stay.',
    yes: 'Replace the script',
    run: replace,
  };
}

export function commands(context: PlaygroundContext): Command[] {
  const { store, editor, screen } = context;
  const { actions } = store;
  const step = (millis: number) => () => void actions.advance(millis);
  const time = ['clock', 'time', 'wait'];
  const inEditor = (key: string, modifiers: Partial<Shortcut> = {}): Shortcut[] => [
    { key, ...modifiers, places: ['editor'] },
  ];
  return [
    {
      id: 'run',
      changes: true,
      group: 'Run',
      title: 'Run the request at the cursor',
      aliases: ['execute'],
      shortcuts: inEditor('Enter', { mod: true }),
      run: () => void runHere(context),
    },
    {
      id: 'run-next',
      changes: true,
      group: 'Run',
      title: 'Run and go to the next request',
      shortcuts: inEditor('Enter', { shift: true }),
      run: () => void runHere(context, true),
    },
    {
      id: 'run-all',
      changes: true,
      group: 'Run',
      title: 'Run all requests',
      shortcuts: [{ key: 'Enter', alt: true, places: ['editor', 'page'] }],
      run: () => void runEverything(context),
    },
    {
      id: 'run-fresh',
      changes: true,
      group: 'Run',
      title: 'Run all from an empty world',
      aliases: ['again', 'rerun', 'fresh'],
      destructive: true,
      run: () => runFresh(context),
    },
    {
      id: 'stop',
      group: 'Run',
      title: 'Stop the run',
      aliases: ['cancel'],
      shortcuts: [{ key: 'Escape', places: ['editor', 'field', 'page'] }],
      able: () => store.get().running !== null,
      run: () => actions.cancel(),
    },
    {
      id: 'next',
      group: 'Edit',
      title: 'Go to the next request',
      shortcuts: inEditor('ArrowDown', { mod: true }),
      run: () => jump(context, true),
    },
    {
      id: 'previous',
      group: 'Edit',
      title: 'Go to the previous request',
      shortcuts: inEditor('ArrowUp', { mod: true }),
      run: () => jump(context, false),
    },
    { id: 'editor', group: 'Edit', title: 'Go to the editor', run: () => editor.current?.focus() },
    {
      id: 'plus-1s',
      changes: true,
      group: 'Time',
      title: 'Advance the clock by 1 second',
      aliases: time,
      run: step(1000),
    },
    {
      id: 'plus-1m',
      changes: true,
      group: 'Time',
      title: 'Advance the clock by 1 minute',
      aliases: time,
      run: step(60_000),
    },
    {
      id: 'plus-1h',
      changes: true,
      group: 'Time',
      title: 'Advance the clock by 1 hour',
      aliases: time,
      run: step(3_600_000),
    },
    {
      id: 'plus-1d',
      changes: true,
      group: 'Time',
      title: 'Advance the clock by 1 day',
      aliases: time,
      run: step(86_400_000),
    },
    {
      id: 'plus',
      changes: true,
      group: 'Time',
      title: 'Advance the clock by …',
      aliases: time,
      run: () => (screen.advance = true),
    },
    {
      id: 'music',
      changes: true,
      group: 'Data',
      title: 'Load the Music data set',
      run: () => void actions.load('music'),
    },
    {
      id: 'movies',
      changes: true,
      group: 'Data',
      title: `Load the Movies data set (${count(datasetCards.movies.items)} films)`,
      run: () => void actions.load('movies'),
    },
    {
      id: 'people',
      changes: true,
      group: 'Data',
      title: 'Load the People data set',
      run: () => void actions.load('people'),
    },
    {
      id: 'example',
      changes: true,
      group: 'Data',
      title: 'Open the Music example',
      run: () => openExample(context, EXAMPLES.music),
    },
    {
      id: 'save',
      group: 'Workspace',
      title: 'Save now',
      shortcuts: [{ key: 's', mod: true, places: ANYWHERE }],
      run: () => void saveNow(context),
    },
    {
      id: 'share',
      group: 'Workspace',
      title: 'Share as a link',
      aliases: ['url', 'copy'],
      run: () => void actions.prepareShare(),
    },
    {
      id: 'rename',
      changes: true,
      group: 'Workspace',
      title: 'Rename the workspace',
      run: () => (screen.rename = true),
    },
    {
      id: 'export',
      group: 'Workspace',
      title: 'Download the workspace as a file',
      aliases: ['export', 'save as', 'backup'],
      run: () => void exportFile(context),
    },
    {
      id: 'open-file',
      group: 'Workspace',
      title: 'Open a workspace file …',
      aliases: ['import', 'upload'],
      run: () => openFile(context),
    },
    {
      id: 'reset',
      changes: true,
      group: 'Workspace',
      title: 'Delete all tables …',
      aliases: ['reset', 'clear', 'empty', 'drop', 'remove', 'start over'],
      destructive: true,
      run: () => (screen.reset = true),
    },
    { id: 'tables', group: 'View', title: 'Show tables', run: () => actions.setSidePane('tables') },
    {
      id: 'lessons',
      group: 'View',
      title: 'Show lessons',
      aliases: ['learn'],
      run: () => actions.setSidePane(context.lessons.lesson ? 'lesson' : 'lessons'),
    },
    { id: 'view-table', group: 'View', title: 'Show the result as a table', run: () => actions.setResultTab('table') },
    { id: 'view-json', group: 'View', title: 'Show the result as JSON', run: () => actions.setResultTab('json') },
    {
      id: 'view-cost',
      group: 'View',
      title: 'Show why it cost that',
      aliases: ['cost', 'capacity', 'price', 'rcu', 'wcu'],
      run: () => actions.setResultTab('cost'),
    },
    { id: 'dark', group: 'View', title: 'Theme: dark', aliases: ['night'], run: () => actions.setTheme('dark') },
    { id: 'light', group: 'View', title: 'Theme: light', aliases: ['day'], run: () => actions.setTheme('light') },
    {
      id: 'system',
      group: 'View',
      title: 'Theme: as the system',
      aliases: ['automatic'],
      run: () => actions.setTheme('system'),
    },
    {
      id: 'palette',
      group: 'View',
      title: 'All commands',
      shortcuts: [
        { key: 'k', mod: true, places: ANYWHERE },
        { key: 'F1', places: ANYWHERE },
      ],
      run: () => (screen.palette = !screen.palette),
    },
    {
      id: 'keys',
      group: 'View',
      title: 'Keyboard shortcuts',
      aliases: ['help', 'hotkeys'],
      shortcuts: [{ key: '?', places: ['page'] }],
      run: () => (screen.shortcuts = true),
    },
    {
      id: 'about',
      group: 'View',
      title: 'About Sortkey',
      aliases: ['version', 'licence', 'license', 'trademark'],
      run: () => (screen.about = true),
    },
  ];
}
