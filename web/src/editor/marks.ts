/**
 * What stands beside the text in either editor: a run mark per request, its outcome after its last line, and the places
 * that are underlined. Pure: computed from the state, drawn by the editors. What did not change keeps its identity, so
 * that drawing costs what changed and not what is there.
 */
import type { BlockResult, Problem } from '../protocol/types';
import type { PlaygroundState } from '../state';

export interface BlockMark {
  index: number;
  name: string;
  line: number;
  endLine: number;
  state: 'ready' | 'broken' | 'running' | 'ok' | 'failed' | 'stale';
  /** What stands after the block: "✓ 3 items · 0.5 RCU"; empty before the first run. */
  status: string;
}

type Summary = (result: BlockResult) => string;
type Marked = Pick<PlaygroundState, 'blocks' | 'outcomes' | 'running'>;
type Underlined = Pick<PlaygroundState, 'script' | 'blocks' | 'outcomes' | 'problems'>;

/** A mark per block. Given the marks of the moment before, equal ones are the same objects, and an equal list is the same list. */
export function blockMarks(state: Marked, summary: Summary, before: BlockMark[] = []): BlockMark[] {
  return keepEqual(
    before,
    state.blocks.map((_, index) => markOf(state, index, summary)),
  );
}

function markOf({ blocks, outcomes, running }: Marked, index: number, summary: Summary): BlockMark {
  const block = blocks[index]!;
  const outcome = outcomes[index] ?? null;
  const mark = {
    index,
    name: (block.kind === 'directive' ? '@' : '') + block.name,
    line: block.line,
    endLine: block.endLine,
  };
  if (running?.block === index) return { ...mark, state: 'running', status: '… running' };
  if (block.broken) return { ...mark, state: 'broken', status: '' };
  if (!outcome) return { ...mark, state: 'ready', status: '' };
  const { ok } = outcome.result;
  const text = `${ok ? '✓' : '✗'} ${summaryFor(outcome.result, summary)}`;
  if (outcome.stale) return { ...mark, state: 'stale', status: `${text} (before your change)` };
  return { ...mark, state: ok ? 'ok' : 'failed', status: text };
}

/** A result never changes, so its summary is made once. */
const summaries = new WeakMap<BlockResult, string>();

function summaryFor(result: BlockResult, summary: Summary): string {
  const known = summaries.get(result);
  if (known !== undefined) return known;
  const made = summary(result);
  summaries.set(result, made);
  return made;
}

/** Problems of the script, and the places in requests the service complained about. */
export function underlined(state: Underlined, before: Problem[] = []): Problem[] {
  const { script, blocks, outcomes, problems } = state;
  const fromResults = outcomes.flatMap((outcome, index): Problem[] => {
    const block = blocks[index];
    if (!outcome || !block) return [];
    const { error, errorRange } = outcome.result;
    if (outcome.stale || !error || !errorRange) return [];
    // The place is told from the start of the block: where the block stands now does not matter.
    const from = block.from + errorRange.from;
    return [
      {
        from,
        to: block.from + errorRange.to,
        line: block.line + lineBreaks(script, block.from, from),
        severity: 'error',
        message: `${error.name}: ${error.message}`,
      },
    ];
  });
  return keepEqual(before, fromResults.length === 0 ? problems : [...problems, ...fromResults]);
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** `next`, with the objects of `before` wherever they say the same; `before` itself when all of them do. */
function keepEqual<T extends object>(before: T[], next: T[]): T[] {
  let same = before.length === next.length;
  const kept = next.map((value, index) => {
    const old = before[index];
    if (old && equal(old, value)) return old;
    same = false;
    return value;
  });
  return same ? before : kept;
}

function equal<T extends object>(a: T, b: T): boolean {
  return a === b || (Object.keys(b) as (keyof T)[]).every((name) => a[name] === b[name]);
}
