/**
 * What only the screen knows and nobody keeps: open dialogs, width, and the sentence read aloud after a run.
 * Everything that survives a reload is in the store instead.
 */
import { MediaQuery } from 'svelte/reactivity';

/** Something to be sure about before it is done. */
export interface Question {
  title: string;
  text: string;
  /** The button that does it. */
  yes: string;
  run: () => void;
}

export class Screen {
  palette = $state(false);
  shortcuts = $state(false);
  advance = $state(false);
  reset = $state(false);
  rename = $state(false);
  about = $state(false);
  /** The list of what could not be read and was set aside. */
  setAside = $state(false);
  question = $state.raw<Question | null>(null);
  /** Counts how often somebody wanted to run before answering a lesson's question; the question then takes the focus. */
  answerFirst = $state(0);
  /** What the live region says; set it to have it read. */
  spoken = $state('');
  /** Prepare a link without showing the dialog (Ctrl+S in a workspace that came from a link). */
  quietShare = $state(false);

  closeAll(): void {
    this.palette = this.shortcuts = this.advance = this.reset = this.rename = this.about = this.setAside = false;
    this.question = null;
  }

  /** Lesson / Editor / Result one at a time. */
  readonly narrow = new MediaQuery('(max-width: 800px)', false);
  /** A finger, not a mouse: the light editor stays. */
  readonly touch = new MediaQuery('(pointer: coarse)', false);
  /** What the system asks for; the page follows while no theme was chosen. */
  readonly dark = new MediaQuery('(prefers-color-scheme: dark)', false);
}
