/** How a test came out, in words for the learner. */
export interface Verdict {
  holds: boolean;
  expected: string;
  got: string;
}
