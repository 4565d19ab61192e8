/** Puts the store together: core and groups of actions. */
import { explorerPage, StoreCore } from './core';
import { Opening } from './opening';
import { Running } from './running';
import { SettingAside } from './setting-aside';
import { Sharing } from './sharing';
import type { PlaygroundActions, PlaygroundStore, StoreServices } from './types';

/**
 * Makes the page's store. It starts idle: call actions.openFromHash. Actions that reach the playground are
 * serialised by it; state changes are synchronous and notified once per change.
 */
export function createPlaygroundStore(services: StoreServices): PlaygroundStore {
  const core = new StoreCore(services);
  const opening = new Opening(core);
  const running = new Running(core);
  const sharing = new Sharing(core);
  const { openFromHash, openWorkspace, openFile, openLesson, showLessonStep, showOriginal } = opening;
  const { retryOpen, startFresh, takeOver, keepCopy, rename } = opening;
  const { runBlock, runAtOffset, runBlocks, runAll, runFresh, cancel, select, advance, load, reset } = running;
  const { prepareShare, skipRehearsal, acceptOffer, closeShare } = sharing;
  const { setAsideFile, openSetAside, discardSetAside } = new SettingAside(core, opening.tryFile);

  const actions: PlaygroundActions = {
    openFromHash,
    openWorkspace,
    openFile,
    openLesson,
    showLessonStep,
    showOriginal,
    retryOpen,
    startFresh,
    takeOver,
    keepCopy,
    rename,
    runBlock,
    runAtOffset,
    runBlocks,
    runAll,
    runFresh,
    cancel,
    select,
    hideSummary: () => core.set({ summary: null }),
    advance,
    load,
    reset,
    setAsideFile,
    openSetAside,
    discardSetAside,
    prepareShare,
    skipRehearsal,
    acceptOffer,
    closeShare,

    editScript(text) {
      // A follower shows the owner's text; what is typed here would be lost.
      if (core.get().ownership === 'follower' || core.get().script === text) return;
      core.typed(text);
    },
    async changeSettings(settings) {
      const { workspace } = core.get();
      core.set({ workspace: { ...workspace, settings: { ...workspace.settings, ...settings } } });
      core.keeping.changed();
      await core.guard(() => core.keeping.flush());
      await core.refresh();
    },
    refresh: () => core.refresh(),
    async exploreTable(table) {
      await core.guard(() => core.explore(table));
    },
    async exploreMore() {
      const { explorer } = core.get();
      if (!explorer?.next || explorer.loading) return;
      core.set({ explorer: { ...explorer, loading: true } });
      await core.guard(async () => {
        const { items, next } = await core.playground.items(explorer.table, explorerPage, explorer.next);
        const now = core.get().explorer;
        if (now?.table !== explorer.table) return;
        core.set({ explorer: { table: now.table, items: [...now.items, ...items], next, loading: false } });
      });
    },
    async showPartitions(table) {
      await core.guard(async () =>
        core.set({ partitions: table === null ? null : await core.playground.partitions(table) }),
      );
    },
    async retrySave() {
      await core.guard(async () => {
        await core.keeping.flush();
        await core.playground.retrySave();
      });
    },
    async exportWorkspace() {
      return (
        (await core.guard(async () => {
          await core.keeping.flush();
          return core.playground.exportWorkspace();
        })) ?? null
      );
    },
    setTheme: (theme) => core.set({ theme }),
    setResultTab(resultTab) {
      core.set({ resultTab });
      core.keeping.changed();
    },
    setNarrowPane: (narrowPane) => core.set({ narrowPane }),
    setSidePane(sidePane) {
      core.set({ sidePane });
      core.keeping.changed();
    },
    setLesson: (lesson) => core.set({ lesson }),
    tell: (severity, text, action) => core.tell(severity, text, action),
    dismiss(messageId) {
      core.set({ messages: core.get().messages.filter(({ id }) => id !== messageId) });
    },
  };
  return { ...core.readable, actions, get: () => core.get(), dispose: () => opening.dispose() };
}
