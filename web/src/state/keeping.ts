/**
 * Keeps what is typed: as a draft at once, in storage when typing pauses, and the save mark says "saved" only when the
 * transaction with the newest text has completed.
 */
import type { SaveState, WorkspaceDocument } from '../protocol/types';
import type { StoreCore } from './core';

/** Typing is saved when it pauses this long, and under steady typing at least this often. */
const pauseMillis = 400;
const longestMillis = 2000;

export class Keeping {
  /** Where the text being typed is kept until it is saved; null: nowhere. */
  draftKey: string | null = null;
  /** The text this place shows when nothing was typed over it; a draft of it would say nothing. */
  original: string | null = null;
  /** What storage says; it does not know of text that has not reached it. */
  private storage: SaveState = { state: 'not-saved', reason: 'No workspace is open.', memoryOnly: true };
  /** typed: not handed to storage yet. handed: storage has it, its transaction has not completed. */
  private due: 'nothing' | 'typed' | 'handed' = 'nothing';
  /** Why the newest text could not be handed over; empty when it could. */
  private refusal = '';
  private handed: { document: WorkspaceDocument; key: string | null } | null = null;
  private dropPause: (() => void) | null = null;
  private dropLongest: (() => void) | null = null;

  constructor(private readonly core: StoreCore) {}

  /** What the mark in the header shows. */
  get mark(): SaveState {
    if (this.due === 'nothing' || this.storage.state !== 'saved') return this.storage;
    return this.refusal === '' ? { state: 'saving' } : { state: 'not-saved', reason: this.refusal, memoryOnly: false };
  }

  /** Storage has something to say. */
  hear(save: SaveState): void {
    this.storage = save;
    if (save.state === 'saved' && this.due === 'handed' && this.handed) this.settle(this.handed);
    this.show();
  }

  /** The user typed `text`: from now on a reload brings it back. */
  draft(text: string): void {
    const { drafts } = this.core.services;
    if (this.draftKey !== null) drafts?.set(this.draftKey, text === this.original ? null : text);
  }

  /** The open scratch world became a kept one: what was noted for the old place is not needed any more. */
  moveTo(draftKey: string): void {
    if (this.draftKey !== null) this.core.services.drafts?.set(this.draftKey, null);
    if (this.draftKey !== null) this.core.services.drafts?.set(tablesKey(this.draftKey), null);
    this.draftKey = draftKey;
    this.original = null;
  }

  /** How many tables a scratch world has, so that a page loaded anew can say what went. */
  noteTables(tables: number): void {
    if (this.draftKey === null || this.core.get().workspace.id !== null) return;
    this.core.services.drafts?.set(tablesKey(this.draftKey), tables > 0 ? String(tables) : null);
  }

  /** Text, name, settings or view changed; they are saved when typing pauses. */
  changed(): void {
    const { core } = this;
    const save = () => void core.guard(() => this.flush());
    this.due = 'typed';
    this.dropPause?.();
    this.dropPause = core.later(save, pauseMillis);
    this.dropLongest ??= core.later(save, longestMillis);
    this.show();
  }

  /** Hands the document to storage now, if that is due. */
  async flush(): Promise<void> {
    const { core } = this;
    if (this.due !== 'typed') return;
    this.dropTimers();
    const { open, ownership, workspace } = core.get();
    if (open.phase !== 'ready' || ownership !== 'owner') return this.forget();
    const handed = { document: core.document(), key: this.draftKey };
    this.due = 'handed';
    this.handed = null;
    try {
      await core.playground.saveDocument(handed.document);
    } catch (error) {
      if (this.due === 'handed') this.due = 'typed';
      this.refusal = (error as Error).message;
      this.show();
      throw error;
    }
    this.refusal = '';
    // Typed again meanwhile, or another workspace is open.
    if (this.due !== 'handed') return;
    // A scratch world is not kept by saving, so its draft stays.
    if (workspace.id === null) this.due = 'nothing';
    // Storage said "saving" before it answered: "saved" now means that this document is.
    else if (this.storage.state === 'saved') this.settle(handed);
    else this.handed = handed;
    this.show();
  }

  /** Drops a save that is due: the text on screen is no longer ours to write. */
  forget(): void {
    this.dropTimers();
    this.due = 'nothing';
    this.handed = null;
    this.refusal = '';
    this.show();
  }

  private settle({ document, key }: { document: WorkspaceDocument; key: string | null }): void {
    this.due = 'nothing';
    this.handed = null;
    if (key !== null && key === this.draftKey && this.core.get().script === document.script) {
      this.core.services.drafts?.set(key, null);
    }
  }

  private dropTimers(): void {
    this.dropPause?.();
    this.dropLongest?.();
    this.dropPause = this.dropLongest = null;
  }

  private show(): void {
    const { mark } = this;
    const { save } = this.core.get();
    if (mark !== save && JSON.stringify(mark) !== JSON.stringify(save)) this.core.set({ save: mark });
  }
}

/** Where is noted how many tables a scratch world had when it went with its page. */
export function tablesKey(draftKey: string): string {
  return `${draftKey}#tables`;
}
