/** A page without a screen: the store over the real host. */
import { createPlaygroundStore, type StoreServices } from '../../../web/src/state';
import { settle } from './tabs';
import { browser } from './world';

export const pageUrl = 'https://sortkey.test/';

/** A page: a store over a tab of a browser. `due` runs delayed work (saving of typed text). */
export async function page(
  world = browser(),
  more: Parameters<ReturnType<typeof browser>['tab']> = [],
  drafts?: StoreServices['drafts'],
) {
  const tab = await world.tab(...more);
  const waiting = new Set<() => void>();
  const store = createPlaygroundStore({
    playground: tab.host,
    pageUrl,
    ...(drafts ? { drafts } : {}),
    welcome: { name: 'My workspace', script: 'ListTables {}\n' },
    later: (work) => {
      waiting.add(work);
      return () => void waiting.delete(work);
    },
  });
  const due = async (): Promise<void> => {
    for (const work of [...waiting]) {
      waiting.delete(work);
      work();
    }
    await settle();
  };
  return { world, tab, store, actions: store.actions, due };
}

/** sessionStorage and localStorage of one tab, in memory. */
export function keptTexts() {
  const kept = new Map<string, string>();
  const drafts: NonNullable<StoreServices['drafts']> = {
    get: (key) => kept.get(key) ?? null,
    set: (key, text) => void (text === null ? kept.delete(key) : kept.set(key, text)),
  };
  return { kept, drafts };
}
