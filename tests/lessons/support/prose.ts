/** Counting words and judging how hard a text is to read. */

/** Markdown without fences, code, marks and links: what a reader reads as sentences. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`]*`/g, 'Word')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_>#]/g, '')
    .trim();
}

export function wordCount(markdown: string): number {
  return plainText(markdown).match(/[\p{L}\p{N}][\p{L}\p{N}'’.-]*/gu)?.length ?? 0;
}

/** Flesch-Kincaid grade level (0.39 words per sentence + 11.8 syllables per word - 15.59). */
export function readingGrade(markdown: string): number {
  const text = plainText(markdown);
  const sentences = text.split(/[.!?:]+(?=\s|$)|\n\s*(?:[-*]|\d+\.)\s+|\n{2,}/).filter((part) => /\p{L}/u.test(part));
  const words = text.match(/\p{L}[\p{L}'’]*/gu) ?? [];
  if (words.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

/** Groups of vowels, without a silent final e. Good to about one syllable in ten. */
function syllablesOf(word: string): number {
  const groups = word
    .toLowerCase()
    .replace(/(?:[^laeiouy]es|[^laeiouy]e|ed)$/, '')
    .match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 0);
}
