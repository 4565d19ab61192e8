/** Keeping a copy of an open workspace under a new name. */
import { withReopen, type WorkspaceStore } from '../persistence';
import { PlaygroundError } from './api';
import type { WorkspaceSession } from './session';

/** Stores a copy of a workspace under a new id; refuses an id that is taken. */
export async function storeCopy(
  session: WorkspaceSession,
  store: WorkspaceStore,
  id: string,
  name: string,
): Promise<void> {
  if (await withReopen(store, () => store.load(id))) {
    throw new PlaygroundError('Storage', 'This workspace is kept already.');
  }
  const document = { ...session.document, name };
  const token = await withReopen(store, () => store.claim(id, document));
  const stamp = { clockMillis: session.runner.now, document };
  const snapshot = [...session.snapshot()];
  await withReopen(store, () => store.replace(id, token, snapshot, stamp));
}
