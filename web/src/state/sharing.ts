/** Actions around links. */
import { blockText } from '../script';
import {
  compareRehearsal,
  digestResults,
  unknownVersion,
  encodeLink,
  findSecrets,
  insertSetup,
  shareTargets,
  type EncodedLink,
  type LinkClaim,
  type RehearsalReport,
} from '../share';
import type { BlockResult, Rehearsal } from '../protocol/types';
import type { StoreCore } from './core';
import { offersFor, type Offers } from './offers';
import { hasErrors } from './selectors';
import type { PlaygroundActions, PlaygroundState, ShareOffer } from './types';

type SharingActions = Pick<PlaygroundActions, 'prepareShare' | 'skipRehearsal' | 'acceptOffer' | 'closeShare'>;

/** What a rehearsal came to: a report, or words that say why there is none. */
interface Proof {
  report: RehearsalReport | null;
  claim: LinkClaim | null;
  unproved: string;
}

export class Sharing implements SharingActions {
  private turn = 0;
  private abort: AbortController | null = null;

  constructor(private readonly core: StoreCore) {}

  /**
   * Makes the link. Its claims come from a rehearsal in a fresh world, which is what the reader will have, not from the results
   * on the screen, which may come from any order of runs and from tables made elsewhere; where the two differ is told.
   */
  prepareShare = async (): Promise<void> => {
    const { core } = this;
    const turn = ++this.turn;
    const state = core.get();
    this.abort?.abort();
    core.set({ share: { status: 'preparing', progress: { done: 0, total: state.blocks.length, dataset: null } } });
    const proof = await this.rehearse(state, turn);
    if (turn !== this.turn) return;
    const fits = (script: string): boolean => this.encode(state, script, proof.claim).ok;
    const missing = state.tables.filter(({ name }) => proof.report?.missing.includes(name));
    let offers: Offers = { offers: [], tooLarge: [] };
    await core.guard(async () => {
      offers = await offersFor(core.playground, missing, (text, tables) =>
        fits(insertSetup(state.script, state.blocks, text, tables)),
      );
    });
    if (turn === this.turn) this.show(state, proof, offers);
  };

  skipRehearsal = (): void => {
    this.turn++;
    this.abort?.abort();
    const unproved = 'Nothing was run, so the link claims no results.';
    this.show(this.core.get(), { report: null, claim: null, unproved }, { offers: [], tooLarge: [] });
  };

  acceptOffer = async ({ text, tables }: ShareOffer): Promise<void> => {
    const { core } = this;
    const { script, blocks, ownership } = core.get();
    if (ownership === 'follower') return;
    core.typed(insertSetup(script, blocks, text, tables));
    await this.prepareShare();
  };

  closeShare = (): void => {
    this.turn++;
    this.abort?.abort();
    this.core.set({ share: { status: 'closed' } });
  };

  private async rehearse(state: PlaygroundState, turn: number): Promise<Proof> {
    const { core } = this;
    const { blocks, script, outcomes, workspace, tables } = state;
    const without = (unproved: string): Proof => ({ report: null, claim: null, unproved });
    if (blocks.length === 0) return without('');
    if (hasErrors(state)) return without('The script has an error, so nothing was run and the link claims no results.');
    const abort = new AbortController();
    this.abort = abort;
    let rehearsal: Rehearsal;
    try {
      rehearsal = await core.playground.rehearse(blocks, workspace.settings, {
        signal: abort.signal,
        onProgress: (progress) => {
          if (turn === this.turn) core.set({ share: { status: 'preparing', progress } });
        },
      });
    } catch (error) {
      return without(
        `The script could not be tried in an empty world: ${(error as Error).message} The link claims no results.`,
      );
    }
    const { results } = rehearsal;
    const stopped = results.find(notTheScript);
    if (stopped) return without(`${stopped.error!.message} The link claims no results.`);
    const requests = results.map((rehearsed, index) => {
      const outcome = outcomes[index];
      return {
        text: blockText(script, blocks[index]!),
        rehearsed,
        seen: outcome && !outcome.stale ? outcome.result : null,
      };
    });
    const report = compareRehearsal(
      requests,
      tables.map(({ name }) => name),
      rehearsal.tables.map(({ name }) => name),
    );
    return { report, claim: digestResults(results), unproved: '' };
  }

  private show(state: PlaygroundState, { report, claim, unproved }: Proof, { offers, tooLarge }: Offers): void {
    const { core } = this;
    const { pageUrl } = core.services;
    const encoded = this.encode(state, state.script, claim);
    if (!encoded.ok) return core.set({ share: { status: 'failed', message: encoded.fault.message } });
    const url = `${pageUrl}${encoded.hash}`;
    core.set({
      share: {
        status: 'ready',
        url,
        hash: encoded.hash,
        length: url.length,
        targets: shareTargets(url.length),
        secrets: findSecrets(state.script),
        claims: claim?.blocks ?? 0,
        rehearsal: report,
        unproved,
        offers,
        tooLarge,
        lessonUrl: state.lesson ? `${pageUrl}#lesson:${state.lesson.id}` : null,
      },
    });
  }

  private encode(
    { workspace, resultTab, world }: PlaygroundState,
    script: string,
    claim: LinkClaim | null,
  ): EncodedLink {
    return encodeLink({
      name: workspace.name,
      script,
      settings: workspace.settings,
      engineVersion: world?.EngineVersion ?? unknownVersion,
      view: { tab: resultTab },
      claim,
    });
  }
}

/** A failure of this machine or this moment, which a link must not claim. */
function notTheScript({ error, status }: BlockResult): boolean {
  return status === 0 && error !== undefined;
}
