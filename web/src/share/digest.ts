/**
 * Digests of results: what a link claims, and whether it came true. Taken of status and exact
 * response text, so nothing that varies between machines (durations) is in them.
 */
import { strToU8 } from 'fflate';
import type { BlockResult } from '../protocol/types';
import { alphabet } from './base64url';
import { crc32 } from './crc32';
import type { LinkClaim } from './content';

/** Longer scripts put several blocks under one digest, so that claims never fill the link. */
const digestsMax = 64;

export interface ResultDifference {
  /** First block that may differ, and how many blocks the digest covers. */
  block: number;
  blocks: number;
  /** missing: the block was not run, or the link's script had fewer blocks. */
  kind: 'differs' | 'missing';
}

export interface ResultComparison {
  /** reproduced: every block gave the same bytes. */
  state: 'reproduced' | 'differs';
  blocks: number;
  /** How many of the results here are errors. A link can claim an error, and then it is one that is reproduced. */
  errors: number;
  differences: ResultDifference[];
}

type Answer = Pick<BlockResult, 'status' | 'raw'>;

const succeeded = 200;

/** What the results claim; null when there are none. Results are in block order, one per block. */
export function digestResults(results: readonly Answer[]): LinkClaim | null {
  if (results.length === 0) return null;
  const group = Math.ceil(results.length / digestsMax);
  const digests: string[] = [];
  for (let at = 0; at < results.length; at += group) digests.push(digestOf(results.slice(at, at + group)));
  return { digests, blocks: results.length, group };
}

/** Compares a claim with what came out. `null` in `got` stands for a block that did not run. */
export function compareResults(claim: LinkClaim, got: readonly (Answer | null)[]): ResultComparison {
  const differences: ResultDifference[] = [];
  claim.digests.forEach((digest, index) => {
    const block = index * claim.group;
    const blocks = Math.min(claim.group, claim.blocks - block);
    const answers = got.slice(block, block + blocks).filter((answer) => answer !== null);
    if (answers.length < blocks) differences.push({ block, blocks, kind: 'missing' });
    else if (digestOf(answers) !== digest) differences.push({ block, blocks, kind: 'differs' });
  });
  if (got.length > claim.blocks) {
    differences.push({ block: claim.blocks, blocks: got.length - claim.blocks, kind: 'missing' });
  }
  const errors = got.filter((answer) => answer !== null && answer.status !== succeeded).length;
  return { state: differences.length === 0 ? 'reproduced' : 'differs', blocks: claim.blocks, errors, differences };
}

/** The upper 24 bits of a CRC-32: enough to notice that something changed, short enough for a link. */
function digestOf(answers: readonly Answer[]): string {
  const value = crc32(strToU8(answers.map(({ status, raw }) => `${status}\n${raw}`).join('\n\n')));
  return [26, 20, 14, 8].map((shift) => alphabet[(value >>> shift) & 63]).join('');
}
