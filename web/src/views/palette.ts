/** What the palette lists, and which of it fits what somebody typed, best first. */
import { filledIn, OPERATIONS } from '../editor/vocabulary';
import { whyReadOnly } from './able';
import { appendBlock, commands } from './commands';
import type { PlaygroundContext } from './context';
import { shortcutText } from './shortcuts';

export interface PaletteEntry {
  id: string;
  title: string;
  group: string;
  aliases: readonly string[];
  /** The key that does the same, in words. */
  keys: string;
  destructive: boolean;
  /** Why it cannot be done now; empty when it can. */
  why: string;
  run: () => void;
}

/** Everything that can be done: commands, lessons, tables, and a request of every kind. */
export function paletteEntries(context: PlaygroundContext): PaletteEntry[] {
  const { store, lessons } = context;
  const readOnly = whyReadOnly(store.get());
  const plain = { aliases: [] as string[], keys: '', destructive: false, why: '' };
  return [
    ...commands(context)
      .filter(({ id }) => id !== 'palette')
      .map(({ id, title, group, aliases = [], shortcuts, destructive = false, changes = false, run }) => {
        const why = changes ? readOnly : '';
        return { id, title, group, aliases, keys: shortcutText(shortcuts), destructive, why, run };
      }),
    ...lessons.tracks.tracks.flatMap((track, number) =>
      track.lessons.map((lesson, index) => ({
        ...plain,
        id: `lesson ${lesson.id}`,
        title: `${number + 1}.${index + 1} ${lesson.title}`,
        group: 'Lessons',
        aliases: [`lesson ${lesson.title}`, track.title],
        run: () => void lessons.open(lesson.id),
      })),
    ),
    ...store.get().tables.map((table) => ({
      ...plain,
      id: `table ${table.name}`,
      title: `Items of ${table.name}`,
      group: 'Tables',
      aliases: ['browse', 'explore'],
      run: () => {
        store.actions.setSidePane('tables');
        void store.actions.exploreTable(table.name);
      },
    })),
    ...OPERATIONS.map(({ name, skeleton }) => ({
      ...plain,
      id: `insert ${name}`,
      title: `Insert ${name} …`,
      group: 'Insert a request',
      why: readOnly,
      aliases: [name, ...(/Statement|Transaction$/.test(name) ? ['PartiQL', 'SQL'] : [])],
      run: () => appendBlock(context, `${name} ${filledIn(skeleton)}`),
    })),
  ];
}

/**
 * The entries that fit, best first: every typed word has to begin a word of the title, of an alias or of the group. Letters
 * that merely occur somewhere count for nothing, so that nothing is offered that was not asked for.
 */
export function rank<Entry extends Pick<PaletteEntry, 'title' | 'group' | 'aliases' | 'destructive'>>(
  entries: readonly Entry[],
  typed: string,
): Entry[] {
  const wanted = wordsOf(typed);
  if (wanted.length === 0) return typed.trim() === '' ? [...entries] : [];
  const rated = entries.map((entry) => ({ entry, fit: fitOf(entry, wanted) })).filter(({ fit }) => fit > 0);
  rated.sort((a, b) => b.fit - a.fit || Number(a.entry.destructive) - Number(b.entry.destructive));
  return rated.map(({ entry }) => entry);
}

function fitOf({ title, group, aliases }: Pick<PaletteEntry, 'title' | 'group' | 'aliases'>, wanted: string[]): number {
  const phrase = wanted.join(' ');
  const titles = spellings(title);
  const names = [...titles, ...aliases.flatMap(spellings)];
  const isName = (name: string[]) => name.join(' ') === phrase;
  const beginsName = (name: string[]) => name.join(' ').startsWith(phrase);
  if (names.some(isName)) return 5;
  if (titles.some(beginsName)) return 4;
  if (names.some(beginsName)) return 3;
  const beginWords = (words: string[]) => wanted.every((part) => words.some((word) => word.startsWith(part)));
  if (beginWords(titles.flat())) return 2;
  return beginWords([...names.flat(), ...wordsOf(group)]) ? 1 : 0;
}

/** Its words with `PutItem` as two of them, and as one. */
function spellings(text: string): string[][] {
  return [wordsOf(text), wordsOf(text.toLowerCase())];
}

/** Words in lower case without accents; `PutItem` is two of them. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '');
  return (
    plain
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
