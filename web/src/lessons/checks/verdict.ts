/** How a test came out, in words for the learner. */
export interface Verdict {
  holds: boolean;
  expected: string;
  got: string;
  /** What was run makes it impossible for the test to hold later. */
  final?: boolean;
  /** How far it has come, such as "1 of 3". */
  progress?: string;
}
