/**
 * The composition root: the only file that knows everybody. It connects the worker, makes the store, gives the lessons
 * what they need, and puts the screen in the place of the static shell.
 */
import { mount } from 'svelte';
import App from './App.svelte';
import { EditorSlot } from './editor/port.svelte';
import { localProgress, memoryProgress, type ProgressStore } from './lessons';
import { loadLesson, trackList } from './lessons/bundle';
import { parseScript } from './script';
import { createPlaygroundStore } from './state';
import { EXAMPLES } from './views/examples';
import { LessonService } from './views/lesson/service.svelte';
import { Screen } from './views/screen.svelte';
import { connectPlayground } from './worker';

const playground = connectPlayground(
  () => new Worker(new URL('./worker/entry.ts', import.meta.url), { type: 'module', name: 'engine' }),
);
const store = createPlaygroundStore({
  playground,
  pageUrl: location.href.split('#')[0] ?? '',
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

/** Runs a script that is not the learner's, such as the start state of a step; answers the first thing that went wrong. */
async function prepare(script: string): Promise<string | null> {
  const { blocks, problems } = parseScript(script);
  const wrong = problems.find((problem) => problem.severity === 'error');
  if (wrong) return `line ${wrong.line}: ${wrong.message}`;
  for (const [index, block] of blocks.entries()) {
    const result = await playground.runBlock(block, index);
    // A refusal by the service is no problem here: solutions of earlier steps provoke some on purpose.
    const ran = result.status === 200 || result.status === 400;
    if (!ran) return `${result.error?.name ?? result.name}: ${result.error?.message ?? ''}`;
  }
  return null;
}

/** A browser that forbids storage throws at the mere name; ticks are then kept until the page goes. */
function keptProgress(): ProgressStore {
  try {
    return localProgress(localStorage);
  } catch {
    return memoryProgress();
  }
}

const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');
const screen = new Screen();
target.replaceChildren();
mount(App, { target, props: { context: { store, editor: new EditorSlot(), lessons, screen } } });

// A link pasted over this page's address does not load the page again.
window.addEventListener('hashchange', () => void actions.openFromHash(location.hash));
void actions.openFromHash(location.hash);
