/**
 * Every action of the page by name: the palette, the shortcut list and the key handlers all read this one table,
 * so an action cannot have a key that the list does not mention.
 */
import { nextBlock, previousBlock } from '../script';
import type { PlaygroundContext } from './context';
import { EXAMPLES } from './examples';
import { saveAs } from './save';

export interface Command {
  id: string;
  title: string;
  group: 'Run' | 'Edit' | 'Time' | 'Data' | 'Workspace' | 'View';
  /** Shown beside it, in the words of this machine's keyboard. */
  keys?: string;
  run: () => void;
}

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** The name of the command key on this machine. */
export const MOD = mac ? '⌘' : 'Ctrl';

/** Runs the selection if it spans several blocks, else the block at the cursor. */
export async function runHere({ store, editor }: PlaygroundContext, moveOn = false): Promise<void> {
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

export function commands(context: PlaygroundContext): Command[] {
  const { store, editor, screen } = context;
  const { actions } = store;
  const step = (millis: number) => () => void actions.advance(millis);
  return [
    {
      id: 'run',
      group: 'Run',
      title: 'Run the request at the cursor',
      keys: `${MOD} Enter`,
      run: () => void runHere(context),
    },
    {
      id: 'run-next',
      group: 'Run',
      title: 'Run and go to the next request',
      keys: 'Shift Enter',
      run: () => void runHere(context, true),
    },
    { id: 'run-all', group: 'Run', title: 'Run all requests', keys: 'Alt Enter', run: () => void actions.runAll() },
    { id: 'stop', group: 'Run', title: 'Stop the run', keys: 'Esc', run: () => actions.cancel() },
    { id: 'next', group: 'Edit', title: 'Go to the next request', keys: `${MOD} ↓`, run: () => jump(context, true) },
    {
      id: 'previous',
      group: 'Edit',
      title: 'Go to the previous request',
      keys: `${MOD} ↑`,
      run: () => jump(context, false),
    },
    { id: 'editor', group: 'Edit', title: 'Go to the editor', run: () => editor.current?.focus() },
    { id: 'plus-1s', group: 'Time', title: 'Advance the clock by 1 second', run: step(1000) },
    { id: 'plus-1m', group: 'Time', title: 'Advance the clock by 1 minute', run: step(60_000) },
    { id: 'plus-1h', group: 'Time', title: 'Advance the clock by 1 hour', run: step(3_600_000) },
    { id: 'plus-1d', group: 'Time', title: 'Advance the clock by 1 day', run: step(86_400_000) },
    { id: 'plus', group: 'Time', title: 'Advance the clock by …', run: () => (screen.advance = true) },
    { id: 'music', group: 'Data', title: 'Load the Music data set', run: () => void actions.load('music') },
    {
      id: 'movies',
      group: 'Data',
      title: 'Load the Movies data set (3,201 films)',
      run: () => void actions.load('movies'),
    },
    { id: 'people', group: 'Data', title: 'Load the People data set', run: () => void actions.load('people') },
    { id: 'example', group: 'Data', title: 'Open the Music example', run: () => actions.editScript(EXAMPLES.music) },
    { id: 'save', group: 'Workspace', title: 'Save now', keys: `${MOD} S`, run: () => void saveNow(context) },
    { id: 'share', group: 'Workspace', title: 'Share as a link', run: () => void actions.prepareShare() },
    { id: 'rename', group: 'Workspace', title: 'Rename the workspace', run: () => (screen.rename = true) },
    {
      id: 'export',
      group: 'Workspace',
      title: 'Download the workspace as a file',
      run: () => void exportFile(context),
    },
    { id: 'open-file', group: 'Workspace', title: 'Open a workspace file …', run: () => openFile(context) },
    { id: 'reset', group: 'Workspace', title: 'Delete all tables …', run: () => (screen.reset = true) },
    { id: 'tables', group: 'View', title: 'Show tables', run: () => actions.setSidePane('tables') },
    { id: 'lessons', group: 'View', title: 'Show lessons', run: () => actions.setSidePane('lessons') },
    { id: 'view-table', group: 'View', title: 'Show the result as a table', run: () => actions.setResultTab('table') },
    { id: 'view-json', group: 'View', title: 'Show the result as JSON', run: () => actions.setResultTab('json') },
    { id: 'view-cost', group: 'View', title: 'Show why it cost that', run: () => actions.setResultTab('cost') },
    { id: 'light', group: 'View', title: 'Light theme', run: () => actions.setTheme('light') },
    { id: 'dark', group: 'View', title: 'Dark theme', run: () => actions.setTheme('dark') },
    { id: 'system', group: 'View', title: 'Theme of the system', run: () => actions.setTheme('system') },
    { id: 'palette', group: 'View', title: 'All commands', keys: `${MOD} K · F1`, run: () => (screen.palette = true) },
    { id: 'keys', group: 'View', title: 'Keyboard shortcuts', keys: '?', run: () => (screen.shortcuts = true) },
  ];
}
