/** What every view can reach: the store, the editor that is mounted, the lessons, and what only the screen knows. */
import { getContext, setContext } from 'svelte';
import type { EditorSlot } from '../editor/port.svelte';
import type { PlaygroundStore } from '../state';
import type { LessonService } from './lesson/service.svelte';
import type { Screen } from './screen.svelte';

export interface PlaygroundContext {
  store: PlaygroundStore;
  editor: EditorSlot;
  lessons: LessonService;
  screen: Screen;
}

const KEY = Symbol('playground');

export function providePlayground(context: PlaygroundContext): void {
  setContext(KEY, context);
}

/** The context of the surrounding App; only while a component is being set up. */
export function usePlayground(): PlaygroundContext {
  return getContext<PlaygroundContext>(KEY);
}
