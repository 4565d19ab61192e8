/** Small things of this browser that are no workspace: the theme, the text to show first. Losing them costs nothing. */
const PREFIX = 'sortkey.';
/** Storage of this kind is read before the first paint and has to stay small. */
const MAX_CHARACTERS = 200_000;

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** The same for what needs a whole Storage, such as the sizes of panes. */
export const paneSizes = {
  getItem(name: string): string | null {
    return recall(name.replace(PREFIX, ''));
  },
  setItem(name: string, value: string): void {
    remember(name.replace(PREFIX, ''), value);
  },
};

export function remember(name: string, value: string | null): void {
  try {
    if (value === null || value.length > MAX_CHARACTERS) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // Forbidden or full: the next visit starts without it.
  }
}
