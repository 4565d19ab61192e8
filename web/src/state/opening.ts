/** Actions that open, keep and leave workspaces. */
import { decodeLink, isLink } from '../share';
import {
  defaultSettings,
  type OpenReport,
  type OpenRequest,
  type StatusChange,
  type WorldSettings,
} from '../protocol/types';
import type { StoreCore } from './core';
import { initialState } from './initial';
import { tablesKey } from './keeping';
import { readResults } from './results';
import type { LessonSlot, LinkState, PlaygroundActions, ResultTab, SidePane, WorkspaceState } from './types';

/** The workspace of somebody who never chose one. */
const mainWorkspace = 'main';
const resultTabs: readonly string[] = ['table', 'json', 'cost'];
const sidePanes: readonly string[] = ['tables', 'lessons'];

type OpeningActions = Pick<
  PlaygroundActions,
  | 'openFromHash'
  | 'openWorkspace'
  | 'openFile'
  | 'openLesson'
  | 'showLessonStep'
  | 'retryOpen'
  | 'startFresh'
  | 'takeOver'
  | 'keepCopy'
  | 'rename'
  | 'showOriginal'
>;

/** What an opened workspace brings besides its document. */
interface Extra {
  link?: LinkState;
  lesson?: LessonSlot;
}

export class Opening implements OpeningActions {
  private turn = 0;
  /** What was last said of the place that is open. */
  private saidHere = '';
  /** Opens once more what was asked for last; with another text, where a text is part of the request. */
  private again: ((script?: string) => Promise<void>) | null = null;
  /** The workspace asked for last got as far as the screen. */
  private reached = false;
  /** Why what was asked for last did not open. */
  private failure: { code?: string; message: string } | null = null;
  private stopListening: (() => void) | null = null;
  private subscribed = false;

  constructor(private readonly core: StoreCore) {}

  openFromHash = async (hash: string): Promise<void> => {
    const kept = /^#?w=([\w-]{1,64})$/.exec(hash)?.[1];
    if (!isLink(hash)) return this.openWorkspace(kept ?? mainWorkspace);
    const decoded = decodeLink(hash);
    if (!decoded.ok) {
      await this.openWorkspace(mainWorkspace);
      this.core.tell('error', decoded.fault.message);
      return;
    }
    const { name, script, settings, view, claim, engineVersion } = decoded.content;
    const extra = { link: { claim, engineVersion, comparison: null, script } };
    await this.open({ workspace: null, document: { name, script, settings, view } }, 'link', extra, `link:${hash}`);
  };

  openWorkspace = (id: string): Promise<void> => {
    const { welcome } = this.core.services;
    return this.open(
      { workspace: id, document: welcome ?? { name: 'My workspace', script: '' } },
      'mine',
      {},
      `w:${id}`,
    );
  };

  openFile = async (file: Uint8Array): Promise<void> => this.core.tell('error', await this.tryFile(file));

  /** Opens a file as a scratch workspace; answers why it did not, and what was open stays. Empty when it did. */
  tryFile = async (file: Uint8Array): Promise<string> => {
    const { open } = this.core.get();
    const { again, reached } = this;
    const { draftKey, original } = this.core.keeping;
    const shown = open.phase === 'ready' || open.phase === 'refused';
    await this.open({ workspace: null, file }, 'link');
    if (this.failure === null) return '';
    const { code, message } = this.failure as { code?: string; message: string };
    if (code !== 'BadFile' || !shown) return message;
    this.again = again;
    this.reached = reached;
    Object.assign(this.core.keeping, { draftKey, original });
    this.core.set({ open });
    return message;
  };

  openLesson = (slot: LessonSlot, script: string, settings: Partial<WorldSettings> = {}): Promise<void> =>
    this.open(
      { workspace: null, document: { name: slot.id, script, settings: { ...defaultSettings, ...settings } } },
      'lesson',
      { lesson: slot },
      lessonKey(slot),
    );

  showLessonStep = (slot: LessonSlot, starter: string): void => {
    const { keeping } = this.core;
    keeping.draftKey = lessonKey(slot);
    keeping.original = starter;
    this.core.set({ lesson: slot });
    const draft = this.core.services.drafts?.get(keeping.draftKey) ?? null;
    this.core.setScript(draft ?? starter);
    keeping.changed();
    if (draft !== null && draft !== starter) this.core.tell('info', 'The text you typed in this step before is back.');
  };

  showOriginal = (): void => {
    const { link } = this.core.get();
    if (link) this.core.typed(link.script);
    this.forgetPlace();
  };

  /** Opens once more. A scratch world starts again, with the text as it is on the screen. */
  retryOpen = async (): Promise<void> => {
    const { script, workspace } = this.core.get();
    await this.again?.(this.reached && workspace.id === null ? script : undefined);
  };

  startFresh = async (): Promise<void> => {
    await this.core.guard(async () => this.apply(await this.core.playground.startFresh(), {}));
  };

  takeOver = async (): Promise<void> => {
    await this.core.guard(async () => {
      const report = await this.core.playground.takeOver();
      this.apply(report, {});
      // What the other tab's last moments of typing left.
      this.bringBack(report, null);
    });
  };

  keepCopy = async (name: string): Promise<void> => {
    const { core } = this;
    await core.guard(async () => {
      const { settings } = core.get().workspace;
      core.keeping.changed();
      await core.keeping.flush();
      const id = `w${Date.now().toString(36)}`;
      await core.playground.keep(id, name);
      core.keeping.moveTo(`w:${id}`);
      core.set({ workspace: { id, name, kind: 'mine', settings }, link: null });
      this.forgetPlace();
      this.again = () => this.openWorkspace(id);
      core.tell('info', `Kept as “${name}” in this browser.`);
      core.set({ workspaces: await core.playground.workspaces() });
    });
  };

  rename = (name: string): void => {
    const { workspace } = this.core.get();
    this.core.set({ workspace: { ...workspace, name: name.slice(0, 100) } });
    this.core.keeping.changed();
  };

  dispose(): void {
    this.stopListening?.();
    this.core.keeping.forget();
  }

  private async open(
    request: OpenRequest,
    kind: WorkspaceState['kind'],
    extra: Extra = {},
    draftKey: string | null = null,
  ): Promise<void> {
    const { core } = this;
    const turn = ++this.turn;
    this.again = (script) => {
      const document = script === undefined ? request.document : { ...request.document, script };
      return this.open({ ...request, ...(document ? { document } : {}) }, kind, extra, draftKey);
    };
    this.reached = false;
    this.failure = null;
    const shown = core.get().script;
    await core.guard(() => core.keeping.flush());
    core.keeping.forget();
    core.keeping.draftKey = draftKey;
    core.keeping.original = null;
    core.set({
      open: { phase: 'loading', progress: { step: 'engine-download', label: 'Loading the engine' } },
      running: null,
    });
    try {
      await this.listen();
      const report = await core.playground.open(request, (progress) => {
        if (turn === this.turn) core.set({ open: { phase: 'loading', progress } });
      });
      // Something else was opened meanwhile; its own answer follows.
      if (turn !== this.turn) return;
      const typed = core.get().script;
      this.apply(report, extra, { id: request.workspace, kind });
      this.reached = true;
      // Only the first text on the page was meant for what is being opened.
      this.bringBack(report, turn > 1 || typed === shown ? null : typed);
      core.set({ workspaces: await core.playground.workspaces().catch(() => []) });
    } catch (error) {
      if (turn !== this.turn) return;
      this.failure = error as { code?: string; message: string };
      core.set({ open: { phase: 'failed', message: this.failure.message } });
    }
  }

  /** Text that was typed while the page was loading, or before the page or the place was left, is put back. */
  private bringBack(report: OpenReport, typed: string | null): void {
    const { core } = this;
    const { drafts } = core.services;
    const { draftKey } = core.keeping;
    if (draftKey === null || report.state === 'refused' || report.ownership !== 'owner') return;
    const text = typed ?? drafts?.get(draftKey) ?? null;
    const gone = drafts?.get(tablesKey(draftKey)) ?? null;
    drafts?.set(tablesKey(draftKey), null);
    const back = text !== null && text !== report.document.script;
    if (back) core.typed(text);
    else drafts?.set(draftKey, null);
    const said = [
      ...(back && typed === null ? ['The text you typed here before is back.'] : []),
      ...(gone === null ? [] : [goneWords(draftKey, Number(gone))]),
    ];
    const link = draftKey.startsWith('link:');
    this.saidHere = said.join(' ');
    core.tell(link && gone !== null ? 'warning' : 'info', this.saidHere, link && back ? 'original-text' : undefined);
  }

  /** What was said of the text and the tables "here", and the offer to show a link's own text, are meant for one place. */
  private forgetPlace(): void {
    const { messages } = this.core.get();
    const { saidHere } = this;
    this.core.set({
      messages: messages.filter(({ action, text }) => action !== 'original-text' && text !== saidHere),
    });
  }

  /** Puts an opened workspace on the screen. What belonged to the one before goes. */
  private apply(report: OpenReport, extra: Extra, opened?: { id: string | null; kind: WorkspaceState['kind'] }): void {
    const { core } = this;
    const before = core.get();
    const fresh = initialState();
    const { name, settings, script, view } = report.document;
    const { id, kind } = opened ?? before.workspace;
    core.keeping.original = id === null ? script : null;
    this.forgetPlace();
    core.set({
      open: report.state === 'refused' ? { phase: 'refused', message: report.message } : { phase: 'ready' },
      workspace: { id, name, kind, settings },
      ownership: report.ownership,
      world: report.world,
      blocks: [],
      outcomes: [],
      script: '',
      history: [],
      summary: null,
      clockMove: null,
      selected: null,
      tables: [],
      explorer: null,
      partitions: null,
      capacity: null,
      openedAt: report.restore ? (report.world?.NowMillis ?? null) : null,
      quarantined: [],
      share: fresh.share,
      link: extra.link ?? null,
      lesson: extra.lesson ?? null,
      resultTab: resultTabs.includes(view.tab ?? '') ? (view.tab as ResultTab) : before.resultTab,
      sidePane: extra.lesson ? 'lesson' : sidePanes.includes(view.side ?? '') ? (view.side as SidePane) : 'tables',
    });
    core.setScript(script);
    // Results of a damaged world, or those a file claims, are not what would come out now.
    if (id !== null && report.state === 'opened') this.showResults(view.results);
    void this.showQuarantine(report);
    if (report.state !== 'refused') void core.refresh();
  }

  private showResults(kept: string | undefined): void {
    const { core } = this;
    const { script, blocks } = core.get();
    const { outcomes, history, selected, leftOut } = readResults(kept, script, blocks);
    core.set({ outcomes, history, selected });
    if (leftOut > 0) core.tell('info', `Results too large to keep were left out: ${leftOut}. Run again to see them.`);
  }

  /** What was set aside, now or at an earlier visit, and what the opening had to say. */
  private async showQuarantine({ state, message }: OpenReport): Promise<void> {
    const { core } = this;
    const quarantined = await core.playground.quarantined().catch(() => []);
    core.set({ quarantined });
    if (state === 'refused') return;
    core.tell('warning', message, state === 'repaired' && quarantined.length > 0 ? 'download-quarantine' : undefined);
  }

  private async listen(): Promise<void> {
    if (this.subscribed) return;
    this.subscribed = true;
    this.stopListening = await this.core.playground.subscribe((change) => this.hear(change));
  }

  private hear(change: StatusChange): void {
    const { core } = this;
    if (change.kind === 'save') {
      const before = core.get().save;
      core.keeping.hear(change.save);
      // Said once; the mark in the header stays until it is saved.
      if (
        change.save.state === 'not-saved' &&
        !change.save.memoryOnly &&
        before.state !== 'not-saved' &&
        core.get().ownership === 'owner'
      ) {
        core.tell('error', `Not saved: ${change.save.reason}`, 'retry-save');
      }
    } else if (change.kind === 'ownership') {
      core.set({ ownership: change.ownership });
      if (change.ownership === 'follower') core.keeping.forget();
      core.tell(change.ownership === 'follower' ? 'warning' : 'info', change.message);
    } else {
      const { name, settings, script, view } = change.document;
      core.keeping.forget();
      // The other tab ran since: what this one said of its own last run is over, and its meters start anew.
      core.set({ workspace: { ...core.get().workspace, name, settings }, summary: null, clockMove: null });
      core.setScript(script);
      this.showResults(view.results);
      void core.refresh().then(() => core.set({ openedAt: core.get().world?.NowMillis ?? null }));
    }
  }
}

function lessonKey({ id, step }: LessonSlot): string {
  return `lesson:${id}:${step}`;
}

/** A scratch world ends with its page; whoever made tables there is told. */
function goneWords(draftKey: string, tables: number): string {
  const which = tables === 1 ? 'The table' : `The ${tables} tables`;
  return draftKey.startsWith('lesson:')
    ? 'What you ran in this step before is gone: its world was built anew.'
    : `${which} made here before ${tables === 1 ? 'is' : 'are'} gone: the world of a link starts empty. Run all makes ${tables === 1 ? 'it' : 'them'} again; “Keep a copy” keeps ${tables === 1 ? 'it' : 'them'}.`;
}
