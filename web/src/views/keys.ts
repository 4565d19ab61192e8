/** The keys of the page. One handler for both editors, so that a key means the same in either. */
import { jump, runHere, saveNow } from './commands';
import type { PlaygroundContext } from './context';

/** Acts on a key press and keeps it from everybody else, or leaves it alone. */
export function handleKey(event: KeyboardEvent, context: PlaygroundContext): void {
  if (event.isComposing) return;
  const action = actionOf(event, context);
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function actionOf(event: KeyboardEvent, context: PlaygroundContext): (() => void) | null {
  const { store, screen } = context;
  const { actions } = store;
  const target = event.target instanceof Element ? event.target : null;
  const mod = event.ctrlKey || event.metaKey;
  const dialog = target?.closest('[role="dialog"]') !== null && target !== null;

  if (mod && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 's') return () => void saveNow(context);
  if (event.key === 'F1' || (mod && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k')) {
    return () => (screen.palette = !screen.palette);
  }
  if (dialog) return null;
  if (event.key === 'Escape' && store.get().running) return () => actions.cancel();

  if (target?.closest('[data-editor]')) {
    // A button of the editor (a run mark) keeps its own Enter.
    if (event.key === 'Enter' && target.tagName !== 'BUTTON') {
      if (event.altKey && !mod) return () => void actions.runAll();
      if (mod) return () => void runHere(context);
      if (event.shiftKey) return () => void runHere(context, true);
    }
    if (mod && !event.shiftKey && !event.altKey && event.key === 'ArrowDown') return () => jump(context, true);
    if (mod && !event.shiftKey && !event.altKey && event.key === 'ArrowUp') return () => jump(context, false);
    return null;
  }
  const typing =
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target?.closest('[contenteditable]');
  if (event.key === '?' && !typing) return () => (screen.shortcuts = true);
  if (event.key === 'Enter' && event.altKey && !typing) return () => void actions.runAll();
  return null;
}
