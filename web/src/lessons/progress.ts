/** Progress stores: one over localStorage, one in memory. */
import type { LessonProgress, ProgressStore } from './types';

/** The part of `Storage` used, so that tests need no browser. */
export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'sortkey.lesson.';

/** Progress kept for this page's life only. */
export function memoryProgress(): ProgressStore {
  const kept = new Map<string, LessonProgress>();
  return {
    load: (id) => structuredClone(kept.get(id)),
    save: (id, progress) => void kept.set(id, structuredClone(progress)),
    remove: (id) => void kept.delete(id),
    list: () => [...kept.keys()],
  };
}

/**
 * Progress in localStorage, one entry per lesson. A full or forbidden storage
 * keeps the progress in memory instead: a lesson never stops for a tick mark.
 * An entry that cannot be read counts as none and is overwritten at the next save.
 */
export function localProgress(storage: KeyValueStore): ProgressStore {
  const fallback = memoryProgress();
  const attempt = <T>(action: () => T, otherwise: T): T => {
    try {
      return action();
    } catch {
      return otherwise;
    }
  };
  return {
    load: (id) =>
      attempt(() => {
        const text = storage.getItem(prefix + id);
        return text === null ? undefined : readProgress(JSON.parse(text));
      }, undefined) ?? fallback.load(id),
    save: (id, progress) => {
      const saved = attempt(() => {
        storage.setItem(prefix + id, JSON.stringify(progress));
        return true;
      }, false);
      if (saved) fallback.remove(id);
      else fallback.save(id, progress);
    },
    remove: (id) => {
      fallback.remove(id);
      attempt(() => storage.removeItem(prefix + id), undefined);
    },
    list: () => {
      const stored = attempt(() => {
        const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
        return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
      }, []);
      return [...new Set([...stored, ...fallback.list()])];
    },
  };
}

/** Only the shape this version writes is accepted. */
function readProgress(value: unknown): LessonProgress | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const { format, current, steps } = value as Partial<LessonProgress>;
  if (format !== 1 || typeof current !== 'string' || steps === null || typeof steps !== 'object') return undefined;
  return value as LessonProgress;
}
