/** Why something cannot be done now: the same words on every button that would do it. */
import type { PlaygroundState } from '../state';

/** The element that says it in full; buttons name it as their description. */
export const readOnlyId = 'read-only-reason';
export const readOnlyWords = 'Read-only: another tab is writing this workspace.';

/** In words why nothing can be changed here; empty when it can, or when there is nothing to say about it. */
export function whyReadOnly({ ownership, open }: Pick<PlaygroundState, 'ownership' | 'open'>): string {
  return ownership === 'follower' && open.phase === 'ready' ? readOnlyWords : '';
}
