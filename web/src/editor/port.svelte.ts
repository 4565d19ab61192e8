/** The editor as the rest of the page sees it, whichever of the two is mounted. */
export interface EditorPort {
  focus(): void;
  /** Offset of the cursor in the script. */
  offset(): number;
  /** The selection, `from` = `to` when nothing is selected. */
  selection(): { from: number; to: number };
  /** Puts the cursor at an offset and scrolls there; the focus stays where it is. */
  show(offset: number): void;
  /** Puts the cursor at an offset, scrolls there and focuses. */
  reveal(offset: number): void;
}

/** Where the mounted editor announces itself. */
export class EditorSlot {
  current = $state.raw<EditorPort | null>(null);
  /** Offset of the cursor, kept up to date so that views can follow it. */
  cursor = $state(0);
}
