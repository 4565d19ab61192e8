/** Actions around links. */
import { digestResults, encodeLink, findSecrets, shareTargets, type LinkClaim } from '../share';
import type { StoreCore } from './core';
import { hasErrors } from './selectors';
import type { PlaygroundActions } from './types';

export class Sharing implements Pick<PlaygroundActions, 'prepareShare' | 'closeShare'> {
  private turn = 0;

  constructor(private readonly core: StoreCore) {}

  /**
   * Makes the link. Its claims come from a rehearsal in a fresh world, which is what the reader will have, not from the results
   * on the screen, which may come from any order of runs.
   */
  prepareShare = async (): Promise<void> => {
    const { core } = this;
    const turn = ++this.turn;
    core.set({ share: { status: 'preparing' } });
    const { workspace, script, blocks, resultTab, world } = core.get();
    let claim: LinkClaim | null = null;
    if (blocks.length > 0 && !hasErrors(core.get())) {
      try {
        claim = digestResults(await core.playground.rehearse(blocks, workspace.settings));
      } catch (error) {
        core.tell('warning', `The link claims no results: ${(error as Error).message}`);
      }
    }
    if (turn !== this.turn) return;
    const encoded = encodeLink({
      name: workspace.name,
      script,
      settings: workspace.settings,
      engineVersion: world?.EngineVersion ?? 'unknown',
      view: { tab: resultTab },
      claim,
    });
    if (!encoded.ok) return core.set({ share: { status: 'failed', message: encoded.fault.message } });
    const url = `${core.services.pageUrl}${encoded.hash}`;
    core.set({
      share: {
        status: 'ready',
        url,
        hash: encoded.hash,
        length: url.length,
        targets: shareTargets(url.length),
        secrets: findSecrets(script),
        claims: claim?.blocks ?? 0,
      },
    });
  };

  closeShare = (): void => {
    this.turn++;
    this.core.set({ share: { status: 'closed' } });
  };
}
