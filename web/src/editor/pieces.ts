/**
 * Long text in pieces of whole lines, so that only those in sight have to be laid out and coloured. The pieces stay text
 * in the page: finding, selecting and reading aloud reach all of it.
 */
import type { Problem } from '../protocol/types';
import type { GrammarState } from './grammar';
import { stateAfter } from './highlight';

export interface Piece {
  /** Without the break behind its last line. */
  text: string;
  /** Offset of its first character. */
  from: number;
  lines: number;
  /** What the grammar is in at its start. */
  state: GrammarState;
}

export const pieceLines = 50;
/** Lines can be long: a piece ends early when it has this much. */
const pieceCharacters = 20_000;

/** Cuts `text` into pieces that, joined by line breaks, give it again. */
export function cutIntoPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let state: GrammarState = 'root';
  for (let from = 0; ;) {
    let lines = 1;
    let end = text.indexOf('\n', from);
    while (end >= 0 && lines < pieceLines && end - from < pieceCharacters) {
      lines++;
      end = text.indexOf('\n', end + 1);
    }
    const part = text.slice(from, end < 0 ? text.length : end);
    pieces.push({ text: part, from, lines, state });
    if (end < 0) return pieces;
    state = stateAfter(part, state);
    from = end + 1;
  }
}

export interface Stretch {
  text: string;
  severity: Problem['severity'] | '';
}

/** The text of a piece with its problems, which are in order; empty when it has none. Where two overlap, the first is shown. */
export function underlinesOf({ text, from }: Piece, problems: readonly Problem[]): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  for (const problem of problems) {
    if (problem.from - from > text.length) break;
    const start = Math.max(problem.from - from, 0);
    const end = Math.min(Math.max(problem.to, problem.from + 1) - from, text.length);
    if (start < at || problem.to <= from) continue;
    stretches.push({ text: text.slice(at, start), severity: '' });
    // At the end of a line there is nothing to underline but a blank.
    stretches.push({ text: text.slice(start, end) || ' ', severity: problem.severity });
    at = Math.max(start, end);
  }
  return stretches;
}

/** Width of the longest line in columns, wide characters counted as two. */
export function columnsOf(text: string): number {
  let longest = 0;
  for (let from = 0; from <= text.length;) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    if ((to - from) * 2 > longest) {
      const line = text.slice(from, to);
      longest = Math.max(longest, line.length + (line.match(/[\t\u1100-\uffff]/g)?.length ?? 0));
    }
    from = to + 1;
  }
  return longest;
}
