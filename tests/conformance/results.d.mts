export interface StaleList {
  suite: string;
  commit: string;
  stale: { reason: string; wordings: string[]; tests: string[] }[];
}
export type Status = 'pass' | 'fail' | 'other';

export function readResults(text: string): Map<string, Status>;
export function staleTests(list: StaleList, wording: string): Set<string>;
export function differences(list: StaleList, wording: string, results: Map<string, Status>): string[];
