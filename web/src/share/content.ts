/** What a link carries, whatever its codec. */
import type { WorldSettings } from '../protocol/types';

/** Digests of results: `digests[i]` covers the `group` blocks from `i * group`. */
export interface LinkClaim {
  digests: string[];
  /** How many blocks were run. */
  blocks: number;
  /** Blocks per digest; more than 1 only for long scripts. */
  group: number;
}

/** Everything a link carries. */
export interface LinkContent {
  name: string;
  script: string;
  settings: WorldSettings;
  engineVersion: string;
  /** Selected tab and the like. */
  view: { [key: string]: string };
  claim: LinkClaim | null;
}
