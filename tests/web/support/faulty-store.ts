/** A store that fails on command, around a real one. */
import { StoreError, type StoreErrorCode, type WorkspaceStore } from '../../../web/src/persistence';

export interface Faults {
  /** Fails this many calls of reading or writing methods with this code. */
  next: { count: number; code: StoreErrorCode } | null;
  /** Fails although the work was done: the answer was lost. */
  afterWork: boolean;
  /** Every call waits for this. */
  gate: Promise<void> | null;
  reopened: number;
  /** Names of the calls that reached the store. */
  calls: string[];
  /** Only calls of these methods fail; null: any. */
  only: string | null;
}

export function faultyStore(inner: WorkspaceStore): { store: WorkspaceStore; faults: Faults } {
  const faults: Faults = { next: null, afterWork: false, gate: null, reopened: 0, calls: [], only: null };
  const through =
    <A extends unknown[], R>(name: string, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await faults.gate;
      const fails = faults.next !== null && faults.next.count > 0 && (faults.only ?? name) === name;
      const code = faults.next?.code ?? 'unavailable';
      if (fails) faults.next!.count--;
      if (fails && !faults.afterWork) throw new StoreError(code, 'the handle is dead');
      faults.calls.push(name);
      const answer = await work(...args);
      if (fails) throw new StoreError(code, 'the answer was lost');
      return answer;
    };
  const store: WorkspaceStore = {
    list: through('list', () => inner.list()),
    load: through('load', (id) => inner.load(id)),
    claim: through('claim', (id, initial) => inner.claim(id, initial)),
    append: through('append', (...args) => inner.append(...args)),
    replace: through('replace', (...args) => inner.replace(...args)),
    quarantined: through('quarantined', (id) => inner.quarantined(id)),
    quarantinedPiece: through('quarantinedPiece', (...args) => inner.quarantinedPiece(...args)),
    discard: through('discard', (...args) => inner.discard(...args)),
    async reopen() {
      faults.reopened++;
      await inner.reopen();
    },
    close: () => inner.close(),
  };
  return { store, faults };
}
