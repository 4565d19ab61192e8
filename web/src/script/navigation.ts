/** Finding blocks by position, for running "the block under the cursor". Offsets are into the script text. */
import type { Block } from '../protocol/types';

/** Index of the block that contains an offset (its end included), or null. */
export function blockAt(blocks: readonly Block[], offset: number): number | null {
  const index = lastStartingAtOrBefore(blocks, offset);
  return index >= 0 && offset <= blocks[index]!.to ? index : null;
}

/**
 * Index of the block that Ctrl+Enter runs: the one at the cursor, else the nearest before it, else the
 * first one. Null only for a script without blocks.
 */
export function blockToRun(blocks: readonly Block[], offset: number): number | null {
  if (blocks.length === 0) return null;
  return Math.max(0, lastStartingAtOrBefore(blocks, offset));
}

/** Indices of the blocks a selection touches, in order. */
export function blocksBetween(blocks: readonly Block[], from: number, to: number): number[] {
  const touched: number[] = [];
  blocks.forEach((block, index) => {
    if (block.from < Math.max(to, from + 1) && block.to > from) touched.push(index);
  });
  return touched;
}

/** Index of the first block that starts after an offset, or null. */
export function nextBlock(blocks: readonly Block[], offset: number): number | null {
  const index = lastStartingAtOrBefore(blocks, offset) + 1;
  return index < blocks.length ? index : null;
}

/** Index of the last block that starts before an offset, or null. */
export function previousBlock(blocks: readonly Block[], offset: number): number | null {
  const index = lastStartingAtOrBefore(blocks, offset - 1);
  return index >= 0 ? index : null;
}

/** The text of a block. */
export function blockText(script: string, block: Block): string {
  return script.slice(block.from, block.to);
}

function lastStartingAtOrBefore(blocks: readonly Block[], offset: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle]!.from <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
