/** Keys as data: what a key press means, and how it is written for this machine's keyboard. */

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

/** The name of the command key on this machine. */
export const MOD = mac ? '⌘' : 'Ctrl';

/** Where a key press can happen: a press inside a dialog is the dialog's, one in a text field is typing. */
export type Place = 'page' | 'editor' | 'field' | 'dialog';

export interface Shortcut {
  /** As `KeyboardEvent.key` has it; letters in lower case. */
  key: string;
  /** Ctrl, or Command on a Mac. */
  mod?: true;
  shift?: true;
  alt?: true;
  places: readonly Place[];
}

export const ANYWHERE: readonly Place[] = ['page', 'editor', 'field', 'dialog'];

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** Whether a key press at a place is this shortcut, with exactly its modifiers. */
export function isPressed(shortcut: Shortcut, event: KeyPress, place: Place): boolean {
  const { key, mod = false, shift = false, alt = false, places } = shortcut;
  const named = key.length > 1 || /[a-z]/.test(key);
  return (
    places.includes(place) &&
    (key.length > 1 ? event.key === key : event.key.toLowerCase() === key) &&
    (event.ctrlKey || event.metaKey) === mod &&
    event.altKey === alt &&
    // A sign such as "?" needs Shift on some keyboards and not on others.
    (!named || event.shiftKey === shift)
  );
}

const SIGNS: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

/** "Ctrl Enter", "Ctrl K · F1"; empty when there is none. */
export function shortcutText(shortcuts: readonly Shortcut[] = []): string {
  return shortcuts
    .map(({ key, mod, shift, alt }) =>
      [mod && MOD, alt && 'Alt', shift && 'Shift', SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)]
        .filter(Boolean)
        .join(' '),
    )
    .join(' · ');
}
