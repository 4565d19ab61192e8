/** Where a link fits: limits of the places people paste links into. */

export interface ShareTarget {
  name: string;
  /** Characters. */
  limit: number;
  fits: 'yes' | 'tight' | 'no';
  /** What the limit is. */
  note: string;
}

const limits: Omit<ShareTarget, 'fits'>[] = [
  { name: 'Discord', limit: 2000, note: 'a message holds 2,000 characters' },
  { name: 'Slack', limit: 4000, note: 'longer messages are split' },
  { name: 'GitHub', limit: 8192, note: 'a prefilled issue; a comment holds 65,536 characters' },
  { name: 'Stack Overflow', limit: 30_000, note: 'a post holds 30,000 characters' },
];

/** Traffic lights for a URL of so many characters; tight from 80 % of the limit. */
export function shareTargets(characters: number): ShareTarget[] {
  return limits.map((target) => ({
    ...target,
    fits: characters > target.limit ? 'no' : characters > target.limit * 0.8 ? 'tight' : 'yes',
  }));
}
