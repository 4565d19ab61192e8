/**
 * What stands beside the text in either editor: a run mark per request, its outcome after its last line, and the places
 * that are underlined. Pure: computed from the state, drawn by the editors.
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
type Needed = Pick<PlaygroundState, 'script' | 'blocks' | 'outcomes' | 'running' | 'problems'>;

export function blockMarks(state: Needed, summary: Summary): BlockMark[] {
  return state.blocks.map((block, index) => {
    const outcome = state.outcomes[index] ?? null;
    const mark = {
      index,
      name: (block.kind === 'directive' ? '@' : '') + block.name,
      line: block.line,
      endLine: block.endLine,
    };
    if (state.running?.block === index) return { ...mark, state: 'running', status: '… running' };
    if (block.broken) return { ...mark, state: 'broken', status: '' };
    if (!outcome) return { ...mark, state: 'ready', status: '' };
    const sign = outcome.result.ok ? '✓' : '✗';
    if (outcome.stale)
      return { ...mark, state: 'stale', status: `${sign} ${summary(outcome.result)} (before your change)` };
    return { ...mark, state: outcome.result.ok ? 'ok' : 'failed', status: `${sign} ${summary(outcome.result)}` };
  });
}

/** Where a block began when its result came: errors point into the text of that moment. */
const startedAt = new WeakMap<BlockResult, number>();

/** Problems of the script, and the places in expressions the service complained about. */
export function underlined(state: Needed): Problem[] {
  const fromResults = state.outcomes.flatMap((outcome, index): Problem[] => {
    const block = state.blocks[index];
    if (!outcome || !block) return [];
    const { result } = outcome;
    if (!startedAt.has(result)) startedAt.set(result, block.from);
    if (outcome.stale || !result.error || !result.errorRange) return [];
    const shift = block.from - startedAt.get(result)!;
    const { from, to } = result.errorRange;
    const line = block.line + state.script.slice(block.from, from + shift).split('\n').length - 1;
    return [
      {
        from: from + shift,
        to: to + shift,
        line,
        severity: 'error',
        message: `${result.error.name}: ${result.error.message}`,
      },
    ];
  });
  return [...state.problems, ...fromResults];
}
