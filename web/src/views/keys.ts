/** The keys of the page: one handler for both editors, driven by the table of commands. */
import { whyReadOnly } from './able';
import { commands, type Command } from './commands';
import type { PlaygroundContext } from './context';
import { isPressed, type KeyPress, type Place } from './shortcuts';

/** Answers a handler that acts on the keys of the commands and keeps them from everybody else. */
export function keyHandler(context: PlaygroundContext): (event: KeyboardEvent) => void {
  const all = commands(context);
  return (event) => {
    if (event.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    const place = placeOf(target);
    // A button of the editor (a run mark) keeps its own Enter.
    if (place === 'editor' && event.key === 'Enter' && target?.tagName === 'BUTTON') return;
    const command = commandFor(all, event, place);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    const why = command.changes ? whyReadOnly(context.store.get()) : '';
    if (why) context.store.actions.tell('info', why);
    else command.run();
  };
}

/** The command whose key was pressed and that has something to do now. */
export function commandFor(all: readonly Command[], event: KeyPress, place: Place): Command | undefined {
  return all.find(
    ({ shortcuts, able }) =>
      shortcuts?.some((shortcut) => isPressed(shortcut, event, place)) && (able === undefined || able()),
  );
}

function placeOf(target: Element | null): Place {
  if (target?.closest('[role="dialog"]')) return 'dialog';
  if (target?.closest('[data-editor]')) return 'editor';
  const typing =
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target?.closest('[contenteditable]');
  return typing ? 'field' : 'page';
}
