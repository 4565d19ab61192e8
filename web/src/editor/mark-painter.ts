/**
 * Keeps run marks drawn in the full editor. The editor moves what is drawn along with the text, so after an edit nearly
 * all of it already stands where it belongs: only what differs is drawn again.
 */
import type { BlockMark } from './marks';

/** What a mark needs of the editor. Lines count from 1. */
export interface MarkCanvas {
  /** Takes what has these ids away and draws marks, in one step; answers one drawing per mark. */
  replace(old: string[], marks: BlockMark[]): Drawing[];
  /** Whether a drawing stands where its mark belongs in the text as it is now. */
  inPlace(drawing: Drawing, mark: BlockMark): boolean;
}

/** What was drawn for one mark, by the ids the editor gave. */
export type Drawing = string[];

interface Painted {
  mark: BlockMark;
  drawing: Drawing;
}

export class MarkPainter {
  private painted: Painted[] = [];
  private moved = false;

  constructor(private readonly canvas: MarkCanvas) {}

  /** The text changed: where things stand has to be looked at again. */
  textChanged(): void {
    this.moved = true;
  }

  /** Draws `marks`; answers how many had to be drawn. */
  set(marks: BlockMark[]): number {
    const { painted } = this;
    const next = new Array<Painted | undefined>(marks.length);
    const used = new Set<Painted>();
    const keep = (index: number, old: Painted | undefined): boolean => {
      const mark = marks[index]!;
      if (!old || used.has(old) || !this.holds(old, mark)) return false;
      used.add(old);
      next[index] = { mark, drawing: old.drawing };
      return true;
    };
    // A block that came or went shifts those behind it: they are looked for from the end.
    const shift = painted.length - marks.length;
    for (let index = 0; index < marks.length; index++) {
      if (!keep(index, painted[index]) && shift !== 0) keep(index, painted[index + shift]);
    }
    const wanted = marks.filter((_, index) => !next[index]);
    const gone = painted.filter((old) => !used.has(old)).flatMap(({ drawing }) => drawing);
    this.moved = false;
    if (wanted.length > 0 || gone.length > 0) {
      const drawings = this.canvas.replace(gone, wanted);
      let drawn = 0;
      for (let index = 0; index < marks.length; index++) {
        next[index] ??= { mark: marks[index]!, drawing: drawings[drawn++]! };
      }
    }
    this.painted = next as Painted[];
    return wanted.length;
  }

  private holds(old: Painted, mark: BlockMark): boolean {
    if (old.mark !== mark && !looksLike(old.mark, mark)) return false;
    if (!this.moved && old.mark.line === mark.line && old.mark.endLine === mark.endLine) return true;
    return this.canvas.inPlace(old.drawing, mark);
  }
}

function looksLike(a: BlockMark, b: BlockMark): boolean {
  return a.state === b.state && a.status === b.status && a.name === b.name;
}
