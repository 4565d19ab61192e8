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
import type { LessonSlot, LinkState, PlaygroundActions, ResultTab, SidePane, WorkspaceState } from './types';

/** The workspace of somebody who never chose one. */
const mainWorkspace = 'main';
const resultTabs: readonly string[] = ['table', 'json', 'cost', 'path'];
const sidePanes: readonly string[] = ['tables', 'lessons'];

type OpeningActions = Pick<
  PlaygroundActions,
  | 'openFromHash'
  | 'openWorkspace'
  | 'openFile'
  | 'openLesson'
  | 'retryOpen'
  | 'startFresh'
  | 'takeOver'
  | 'keepCopy'
  | 'rename'
>;

/** What an opened workspace brings besides its document. */
interface Extra {
  link?: LinkState;
  lesson?: LessonSlot;
}

export class Opening implements OpeningActions {
  private turn = 0;
  /** Opens once more what was asked for last; with another text, where a text is part of the request. */
  private again: ((script?: string) => Promise<void>) | null = null;
  /** The workspace asked for last got as far as the screen. */
  private reached = false;
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
    const extra = { link: { claim, engineVersion, comparison: null } };
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

  openFile = (file: Uint8Array): Promise<void> => this.open({ workspace: null, file }, 'link');

  openLesson = (slot: LessonSlot, script: string, settings: Partial<WorldSettings> = {}): Promise<void> =>
    this.open(
      { workspace: null, document: { name: slot.id, script, settings: { ...defaultSettings, ...settings } } },
      'lesson',
      { lesson: slot },
    );

  /** Opens once more. A scratch world starts again, with the text as it is on the screen. */
  retryOpen = async (): Promise<void> => {
    const { script, workspace } = this.core.get();
    await this.again?.(this.reached && workspace.id === null ? script : undefined);
  };

  startFresh = async (): Promise<void> => {
    await this.core.guard(async () => this.apply(await this.core.playground.startFresh(), {}));
  };

  takeOver = async (): Promise<void> => {
    await this.core.guard(async () => this.apply(await this.core.playground.takeOver(), {}));
  };

  keepCopy = async (name: string): Promise<void> => {
    const { core } = this;
    await core.guard(async () => {
      const { settings } = core.get().workspace;
      core.documentChanged();
      await core.flushDocument();
      const id = `w${Date.now().toString(36)}`;
      await core.playground.keep(id, name);
      if (core.draftKey !== null) core.services.drafts?.set(core.draftKey, null);
      core.draftKey = `w:${id}`;
      core.set({ workspace: { id, name, kind: 'mine', settings }, link: null });
      this.again = () => this.openWorkspace(id);
      core.tell('info', `Kept as “${name}” in this browser.`);
      core.set({ workspaces: await core.playground.workspaces() });
    });
  };

  rename = (name: string): void => {
    const { workspace } = this.core.get();
    this.core.set({ workspace: { ...workspace, name: name.slice(0, 100) } });
    this.core.documentChanged();
  };

  dispose(): void {
    this.stopListening?.();
    this.core.forgetDocument();
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
    const shown = core.get().script;
    await core.guard(() => core.flushDocument());
    core.forgetDocument();
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
      this.bringBack(report, draftKey, turn > 1 || typed === shown ? null : typed, turn);
      core.set({ workspaces: await core.playground.workspaces().catch(() => []) });
    } catch (error) {
      if (turn === this.turn) core.set({ open: { phase: 'failed', message: (error as Error).message } });
    }
  }

  /** Text that was typed while the page was loading, or shortly before a reload, is put back in its place. */
  private bringBack(report: OpenReport, draftKey: string | null, typed: string | null, turn: number): void {
    const { core } = this;
    const { drafts } = core.services;
    core.draftKey = draftKey;
    if (draftKey === null || report.state === 'refused' || report.ownership !== 'owner') return;
    // A link opened again later shows what it holds; only a reload goes on with what was typed.
    const draft = draftKey.startsWith('link:') && turn > 1 ? null : (drafts?.get(draftKey) ?? null);
    const text = typed ?? draft;
    if (text === null || text === report.document.script) return;
    core.typed(text);
    if (typed === null) core.tell('info', 'The text you typed before the page was reloaded is back.');
  }

  /** Puts an opened workspace on the screen. What belonged to the one before goes. */
  private apply(report: OpenReport, extra: Extra, opened?: { id: string | null; kind: WorkspaceState['kind'] }): void {
    const { core } = this;
    const before = core.get();
    const fresh = initialState();
    const { name, settings, script, view } = report.document;
    const { id, kind } = opened ?? before.workspace;
    core.set({
      open: report.state === 'refused' ? { phase: 'refused', message: report.message } : { phase: 'ready' },
      workspace: { id, name, kind, settings },
      ownership: report.ownership,
      world: report.world,
      blocks: [],
      outcomes: [],
      script: '',
      history: [],
      selected: null,
      tables: [],
      explorer: null,
      partitions: null,
      capacity: null,
      quarantined: [],
      share: fresh.share,
      link: extra.link ?? null,
      lesson: extra.lesson ?? null,
      resultTab: resultTabs.includes(view.tab ?? '') ? (view.tab as ResultTab) : before.resultTab,
      sidePane: extra.lesson ? 'lesson' : sidePanes.includes(view.side ?? '') ? (view.side as SidePane) : 'tables',
    });
    core.setScript(script);
    if (report.state === 'refused') return;
    if (report.state === 'repaired') void this.showQuarantine(report.message);
    else core.tell('warning', report.message);
    if (report.ownership === 'follower') core.tell('warning', 'Another tab is writing this workspace.', 'take-over');
    void core.refresh();
  }

  private async showQuarantine(message: string): Promise<void> {
    const { core } = this;
    await core.guard(async () => {
      const quarantined = await core.playground.quarantined();
      core.set({ quarantined });
      core.tell('warning', message, quarantined.length > 0 ? 'download-quarantine' : undefined);
    });
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
      core.set({ save: change.save });
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
      if (change.ownership === 'follower') core.forgetDocument();
      core.tell(
        change.ownership === 'follower' ? 'warning' : 'info',
        change.message,
        change.ownership === 'follower' ? 'take-over' : undefined,
      );
    } else {
      const { name, settings, script } = change.document;
      core.forgetDocument();
      core.set({ workspace: { ...core.get().workspace, name, settings } });
      core.setScript(script);
      void core.refresh();
    }
  }
}
