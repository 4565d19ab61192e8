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

export class Opening implements OpeningActions {
  private again: (() => Promise<void>) | null = null;
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
    await this.open({ workspace: null, document: { name, script, settings, view } }, 'link', {
      link: { claim, engineVersion, comparison: null },
    });
  };

  openWorkspace = (id: string): Promise<void> => {
    const { welcome } = this.core.services;
    return this.open({ workspace: id, document: welcome ?? { name: 'My workspace', script: '' } }, 'mine');
  };

  openFile = (file: Uint8Array): Promise<void> => this.open({ workspace: null, file }, 'link');

  openLesson = (slot: LessonSlot, script: string, settings: Partial<WorldSettings> = {}): Promise<void> =>
    this.open(
      { workspace: null, document: { name: slot.id, script, settings: { ...defaultSettings, ...settings } } },
      'lesson',
      { lesson: slot },
    );

  retryOpen = async (): Promise<void> => {
    await this.again?.();
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
    extra: { link?: LinkState; lesson?: LessonSlot } = {},
  ): Promise<void> {
    const { core } = this;
    this.again = () => this.open(request, kind, extra);
    await core.guard(() => core.flushDocument());
    core.forgetDocument();
    core.set({
      open: { phase: 'loading', progress: { step: 'engine-download', label: 'Loading the engine' } },
      running: null,
    });
    try {
      await this.listen();
      const report = await core.playground.open(request, (progress) => {
        if (core.get().open.phase === 'loading') core.set({ open: { phase: 'loading', progress } });
      });
      this.apply(report, extra, { id: request.workspace, kind });
      core.set({ workspaces: await core.playground.workspaces().catch(() => []) });
    } catch (error) {
      core.set({ open: { phase: 'failed', message: (error as Error).message } });
    }
  }

  /** Puts an opened workspace on the screen. What belonged to the one before goes. */
  private apply(
    report: OpenReport,
    extra: { link?: LinkState; lesson?: LessonSlot },
    opened?: { id: string | null; kind: WorkspaceState['kind'] },
  ): void {
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
