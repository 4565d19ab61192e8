/** Keeps results beside their blocks while the script is edited. Pure functions. */
import type { Block, BlockResult } from '../protocol/types';
import { blockText } from '../script';
import type { BlockOutcome } from './types';

type Outcomes = (BlockOutcome | null)[];

/**
 * Outcomes for the blocks of a new text. A block with the same text keeps its outcome wherever it moved (in order); one whose
 * text changed keeps the outcome of the block that stood in its place, marked stale.
 */
export function carryOver(
  oldTexts: readonly string[],
  outcomes: Outcomes,
  script: string,
  blocks: readonly Block[],
): Outcomes {
  const texts = blocks.map((block) => blockText(script, block));
  const carried: Outcomes = new Array<BlockOutcome | null>(texts.length).fill(null);
  // Most edits touch one place: what stands before and behind it stays.
  let head = 0;
  while (head < oldTexts.length && head < texts.length && oldTexts[head] === texts[head]) {
    carried[head] = outcomes[head] ?? null;
    head++;
  }
  let tail = 0;
  while (
    tail < oldTexts.length - head &&
    tail < texts.length - head &&
    oldTexts[oldTexts.length - 1 - tail] === texts[texts.length - 1 - tail]
  ) {
    carried[texts.length - 1 - tail] = outcomes[outcomes.length - 1 - tail] ?? null;
    tail++;
  }
  const left = outcomes.slice(head, oldTexts.length - tail).filter((outcome) => outcome !== null);
  const used = new Set<BlockOutcome>();
  const open: number[] = [];
  const take = takerOf(left, (outcome) => outcome.text, used);
  for (let index = head; index < texts.length - tail; index++) {
    const match = take(texts[index]!);
    if (match) carried[index] = match;
    else open.push(index);
  }
  // What remains on both sides is taken as edited in place, as far as the operation is still the same.
  const takeEdited = takerOf(left, (outcome) => outcome.result.name, used);
  for (const index of open) carried[index] = takeEdited(nameOf(blocks[index]!));
  return carried.map((outcome, index) => withStale(outcome, texts[index]!));
}

/** Hands out outcomes by a key, in order, each once. A look-up costs no walk: a text may have thousands of blocks. */
function takerOf(
  outcomes: readonly BlockOutcome[],
  keyOf: (outcome: BlockOutcome) => string,
  used: Set<BlockOutcome>,
): (key: string) => BlockOutcome | null {
  const byKey = new Map<string, BlockOutcome[]>();
  // From the end, so that the next one of a key is the last of its list.
  for (const outcome of [...outcomes].reverse()) {
    const list = byKey.get(keyOf(outcome));
    if (list) list.push(outcome);
    else byKey.set(keyOf(outcome), [outcome]);
  }
  return (key) => {
    const list = byKey.get(key);
    for (let outcome = list?.pop(); outcome; outcome = list?.pop()) {
      if (used.has(outcome)) continue;
      used.add(outcome);
      return outcome;
    }
    return null;
  };
}

/** Puts a new result beside its block, wherever that is by now. Answers the outcomes and the index, or null when the block is gone. */
export function place(
  outcomes: Outcomes,
  script: string,
  blocks: readonly Block[],
  index: number,
  text: string,
  result: BlockResult,
): { outcomes: Outcomes; index: number | null } {
  const at =
    blocks[index] && blockText(script, blocks[index]) === text
      ? index
      : blocks.findIndex((block) => blockText(script, block) === text);
  const found = at >= 0 ? at : blocks[index] && nameOf(blocks[index]) === result.name ? index : -1;
  if (found < 0) return { outcomes, index: null };
  const next = [...outcomes];
  next[found] = withStale({ result, text, stale: false }, blockText(script, blocks[found]!));
  return { outcomes: next, index: found };
}

function withStale<T extends BlockOutcome | null>(outcome: T, text: string): T {
  if (outcome === null) return outcome;
  const stale = outcome.text !== text;
  return outcome.stale === stale ? outcome : { ...outcome, stale };
}

function nameOf(block: Block): string {
  return block.kind === 'directive' ? `@${block.name}` : block.name;
}
