/** Questions to the state that more than one action asks. Pure functions. */
import type { PlaygroundState } from './types';

/** True when the script has an error, so that "Run all" is refused. */
export function hasErrors(state: PlaygroundState): boolean {
  return state.problems.some((problem) => problem.severity === 'error');
}
