/**
 * The composition root: the only file that knows everybody. It connects the worker, makes the store, gives the lessons
 * what they need, keeps the address in step, and puts the screen in the place of the static shell.
 */
import { mount } from 'svelte';
import App from './App.svelte';
import { EditorSlot } from './editor/port.svelte';
import type { ProgressStore } from './lessons';
import { loadLesson, trackList } from './lessons/bundle';
import { localProgress, memoryProgress } from './lessons/progress';
import { parseScript } from './script';
import { decodeLink, isLink } from './share';
import { createPlaygroundStore, keptDrafts, type PlaygroundState } from './state';
import { EXAMPLES } from './views/examples';
import { LessonService } from './views/lesson/service.svelte';
import { recall, remember } from './views/memory';
import { Screen } from './views/screen.svelte';
import { connectPlayground } from './worker';

const playground = connectPlayground(
  () => new Worker(new URL('./worker/entry.ts', import.meta.url), { type: 'module', name: 'engine' }),
);
const store = createPlaygroundStore({
  playground,
  pageUrl: location.href.split('#')[0] ?? '',
  drafts: keptDrafts(
    () => sessionStorage,
    () => localStorage,
  ),
  welcome: { name: 'Music', script: EXAMPLES.music },
});
const { actions } = store;

const lessons = new LessonService({
  store,
  tracks: trackList,
  load: loadLesson,
  progress: keptProgress(),
  world: playground,
  prepare,
});

/** A browser that forbids storage throws at the mere name; ticks are then kept until the page goes. */
function keptProgress(): ProgressStore {
  try {
    return localProgress(localStorage);
  } catch {
    return memoryProgress();
  }
}

/** Runs a script that is not the learner's, such as the start state of a step; answers the first thing that went wrong. */
async function prepare(script: string): Promise<string | null> {
  const { blocks, problems } = parseScript(script);
  const wrong = problems.find((problem) => problem.severity === 'error');
  if (wrong) return `line ${wrong.line}: ${wrong.message}`;
  for (const [index, block] of blocks.entries()) {
    const result = await playground.runBlock(block, index);
    if (!result.ok) return `${result.error?.name ?? result.name}: ${result.error?.message ?? ''}`;
  }
  return null;
}

/** What the editor shows while the workspace is still being opened. */
function firstText(): string {
  if (isLink(location.hash)) {
    const link = decodeLink(location.hash);
    return link.ok ? link.content.script : '';
  }
  return recall('script') ?? EXAMPLES.music;
}

async function openHash(): Promise<void> {
  const lesson = /^#lesson:([\w-]{1,80})$/.exec(location.hash)?.[1];
  await (lesson ? lessons.open(lesson) : actions.openFromHash(location.hash));
}

/** The address says what a reload would open: a link, a lesson, a kept workspace, or nothing for the usual one. */
function hashOf({ workspace, lesson }: PlaygroundState): string | null {
  if (workspace.kind === 'link') return null;
  if (workspace.kind === 'lesson') return lesson ? `#lesson:${lesson.id}` : '';
  return workspace.id === null || workspace.id === 'main' ? '' : `#w=${workspace.id}`;
}

function keepAddress(state: PlaygroundState): void {
  if (state.open.phase !== 'ready') return;
  const hash = hashOf(state);
  if (hash === null || hash === location.hash) return;
  const address = hash === '' ? location.pathname + location.search : hash;
  // The way back leads to a link again, and to what was typed over it.
  if (isLink(location.hash)) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}

/** Keeps the files of the page for the next visit without a network, once this visit has what it needs. */
async function keepForOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('./offline.js');
    const { active } = await navigator.serviceWorker.ready;
    // A touch screen never loads the full editor, by far the largest part.
    const touch = matchMedia('(pointer: coarse)').matches;
    active?.postMessage({ without: touch ? ['monaco', 'editor', 'codicon'] : [] });
  } catch {
    // Forbidden or unsupported: the page simply needs the network next time as well.
  }
}

const theme = recall('theme');
if (theme === 'light' || theme === 'dark') actions.setTheme(theme);
actions.editScript(firstText());

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');
target.replaceChildren();
mount(App, { target, props: { context: { store, editor: new EditorSlot(), lessons, screen: new Screen() } } });

// A link pasted over this page's address does not load the page again.
window.addEventListener('hashchange', () => void openHash());
window.addEventListener('pagehide', () => {
  const { workspace, script, open } = store.get();
  if (workspace.id === 'main' && open.phase === 'ready') remember('script', script);
});
void openHash().then(() => {
  store.subscribe(keepAddress);
  setTimeout(() => void keepForOffline(), 4000);
});
