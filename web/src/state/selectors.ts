/** Questions to the state that more than one view asks. Pure functions. */
import type { BlockOutcome, PlaygroundState } from './types';

export type BlockStatus = 'idle' | 'running' | 'ok' | 'failed' | 'stale';

/** What the mark beside a block shows. */
export function blockStatus(state: PlaygroundState, index: number): BlockStatus {
  if (state.running?.block === index) return 'running';
  const outcome = state.outcomes[index];
  if (!outcome) return 'idle';
  if (outcome.stale) return 'stale';
  return outcome.result.ok ? 'ok' : 'failed';
}

/** The outcome the result pane shows. */
export function selectedOutcome(state: PlaygroundState): BlockOutcome | null {
  return state.selected === null ? null : (state.outcomes[state.selected] ?? null);
}

/** True when requests may be sent. */
export function canRun(state: PlaygroundState): boolean {
  return state.open.phase === 'ready' && state.running === null && state.ownership === 'owner';
}

/** True when the script has an error, so that "Run all" is refused. */
export function hasErrors(state: PlaygroundState): boolean {
  return state.problems.some((problem) => problem.severity === 'error');
}

/** Units consumed by the results on the screen. */
export function consumedTotal(state: PlaygroundState): { read: number; write: number } {
  let read = 0;
  let write = 0;
  for (const outcome of state.outcomes) {
    read += outcome?.result.consumed.read ?? 0;
    write += outcome?.result.consumed.write ?? 0;
  }
  return { read, write };
}
