/**
 * What stands beside the text in either editor: a run mark per request, its outcome after its last line, and the places
 * that are underlined. Pure: computed from the state, drawn by the editors. What did not change keeps its identity, so
 * that drawing costs what changed and not what is there.
 */
import type { Block, BlockResult, Problem } from '../protocol/types';
import type { BlockOutcome, PlaygroundState } from '../state';

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
  const marks = state.blocks.map((_, index) => markOf(state, index, summary));
  return keepEqual(before, marks, sameMark);
}

function markOf({ blocks, outcomes, running }: Marked, index: number, summary: Summary): BlockMark {
  const block = blocks[index]!;
  const outcome = outcomes[index] ?? null;
  const { line, endLine } = block;
  const name = block.kind === 'directive' ? `@${block.name}` : block.name;
  const [state, status] = saidOf(block, outcome, running?.block === index, summary);
  return { index, name, line, endLine, state, status };
}

function saidOf(
  block: Block,
  outcome: BlockOutcome | null,
  running: boolean,
  summary: Summary,
): [BlockMark['state'], string] {
  if (running) return ['running', '… running'];
  if (block.broken) return ['broken', ''];
  if (!outcome) return ['ready', ''];
  const { ok } = outcome.result;
  const text = `${ok ? '✓' : '✗'} ${summaryFor(outcome.result, summary)}`;
  if (outcome.stale) return ['stale', `${text} (before your change)`];
  return [ok ? 'ok' : 'failed', text];
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

/** Problems of the script and the places in requests the service complained about, in order of position. */
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
  const inOrder = [...problems, ...fromResults].sort((a, b) => a.from - b.from);
  return keepEqual(before, inOrder, sameProblem);
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** `next`, with the objects of `before` wherever they say the same; `before` itself when all of them do. */
function keepEqual<T>(before: T[], next: T[], equal: (a: T, b: T) => boolean): T[] {
  let same = before.length === next.length;
  for (let index = 0; index < next.length; index++) {
    const old = before[index];
    if (old !== undefined && equal(old, next[index]!)) next[index] = old;
    else same = false;
  }
  return same ? before : next;
}

function sameMark(a: BlockMark, b: BlockMark): boolean {
  return (
    a.line === b.line &&
    a.endLine === b.endLine &&
    a.state === b.state &&
    a.status === b.status &&
    a.name === b.name &&
    a.index === b.index
  );
}

function sameProblem(a: Problem, b: Problem): boolean {
  return a === b || (a.from === b.from && a.to === b.to && a.message === b.message && a.severity === b.severity);
}
