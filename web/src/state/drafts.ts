/**
 * Text that survives a reload at once, before it is saved.
 *
 * - A kept workspace has one writer, so its draft is kept for the whole browser and outlives a closed tab.
 * - What is typed over a link belongs to the tab it was typed in: two tabs with one link do not mix.
 * - A lesson goes on where this tab left it; a new tab starts from what was typed last.
 */
import type { Drafts } from './types';

type Place = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const prefix = 'sortkey.draft.';

/**
 * `tab` and `browser` give sessionStorage and localStorage; either may throw, as a browser that forbids storage does at the
 * mere name. What cannot be kept there stays in memory until the page goes.
 */
export function keptDrafts(tab: () => Place, browser: () => Place): Drafts {
  const memory = new Map<string, string>();
  const placesOf = (key: string): (() => Place)[] =>
    key.startsWith('w:') ? [browser] : key.startsWith('lesson:') ? [tab, browser] : [tab];
  return {
    get(key) {
      const held = memory.get(key);
      if (held !== undefined) return held;
      for (const place of placesOf(key)) {
        try {
          const text = place().getItem(prefix + key);
          if (text !== null) return text;
        } catch {
          // Forbidden: nothing was kept there.
        }
      }
      return null;
    },
    set(key, text) {
      memory.delete(key);
      for (const place of placesOf(key)) {
        if (!write(place, prefix + key, text) && text !== null) memory.set(key, text);
      }
    },
  };
}

/** False when the text is not kept. An older text must not stay behind then: it would come back as the newest. */
function write(place: () => Place, key: string, text: string | null): boolean {
  try {
    if (text === null) place().removeItem(key);
    else place().setItem(key, text);
    return true;
  } catch {
    try {
      place().removeItem(key);
    } catch {
      // Forbidden altogether.
    }
    return false;
  }
}
