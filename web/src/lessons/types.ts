/**
 * The vocabulary of lessons. Everything here is plain, serialisable data; the
 * format it mirrors is described field by field in lessons/schema/lesson.schema.json.
 */

/** A DynamoDB attribute value in wire form, e.g. `{ S: 'Luna Park' }`. */
export type WireValue = Record<string, unknown>;
export type WireItem = Record<string, WireValue>;

/** A value as lesson authors write it: plain (`"1"` is S, `1` is N) or wire form (`{N: "1"}`). */
export type PlainValue = string | number | boolean | null | PlainValue[] | { [name: string]: PlainValue };

// ---------------------------------------------------------------- lesson data

export interface Track {
  id: string;
  title: string;
  /** In teaching order. The file is lessons/<track id>/<lesson id>/en.md. */
  lessons: LessonEntry[];
}

/** What a list of lessons shows before any of them is loaded; title and minutes repeat the front matter. */
export interface LessonEntry {
  id: string;
  title: string;
  minutes: number;
}

export interface Lesson {
  format: 1;
  /** Stable for ever: it is the progress key and the folder name. */
  id: string;
  title: string;
  minutes: number;
  /** One sentence: what the learner can do afterwards. */
  goal: string;
  /** Ideas this lesson introduces. */
  concepts: string[];
  /** Lesson ids to finish first. */
  requires: string[];
  /** Exam tasks, e.g. `DVA-C02/1.3`. */
  exam: string[];
  /** Question ids of the drill queue, e.g. `Q01`. */
  drill: string[];
  /** Named data set loaded before the setup script. */
  fixture?: 'music' | 'movies' | 'people';
  /** Seeds the lesson's own solutions are also verified with. */
  altSeeds: number[];
  /** Markdown shown before the first step. */
  intro: string;
  /** Request script that builds the start state. Empty when the fixture is enough. */
  setup: string;
  steps: Step[];
}

export interface Step {
  id: string;
  title: string;
  /** Markdown: what to do. */
  prose: string;
  /** Markdown shown once the step is solved or revealed: why it came out that way. */
  explain: string;
  predict?: Predict;
  /** Script the editor opens with. */
  starter: string;
  solution: string;
  /** Scripts that must fail exactly the named checks (verified, never shown). */
  wrong: { fails: string[]; script: string }[];
  /** Other right answers (verified, never shown). */
  alsoRight: string[];
  /** The starter may already pass: nothing to solve, only to watch. */
  demo: boolean;
  checks: Check[];
  hints: Hint[];
}

/** A question to answer before running. No answer is stored: the choice whose `when` holds after the run is right. */
export interface Predict {
  ask: string;
  choices: { say: string; when: Test }[];
}

export type HintLevel = 'nudge' | 'partial' | 'full';
/** A plain hint has a level; a conditional one is offered while the named check is wrong. */
export interface Hint {
  level?: HintLevel;
  when?: { failed: string };
  say: string;
}

// ------------------------------------------------------------------- checks

/** essential blocks the step; advice is shown but never blocks; celebrate is shown only when it passes. */
export type Severity = 'essential' | 'advice' | 'celebrate';

/** A number, or bounds on it. `equals` may name another number of the same exchange. */
export type NumberTest = number | { equals?: number | 'count' | 'scannedCount'; min?: number; max?: number };

/** What one request and its answer must look like. All fields given must hold. */
export interface ExchangeMatch {
  op?: string;
  table?: string;
  /** Index name, or `none` for the table itself. */
  index?: string;
  /** Request members that must be present, e.g. `KeyConditionExpression`. */
  has?: string[];
  lacks?: string[];
  /** Part of the request body, wire form, open world. */
  input?: { [name: string]: PlainValue };
  count?: NumberTest;
  scannedCount?: NumberTest;
  /** Answered items, each given in part. */
  items?: { [name: string]: PlainValue }[];
  /** `exact` (default): this sequence; `any`: this set; `within`: at least these, in any order. */
  order?: 'exact' | 'any' | 'within';
  /** Exception name, or `none` for a success. */
  error?: string;
  /** Text the exception's message must contain. */
  message?: string;
  lastEvaluatedKey?: 'present' | 'absent';
  read?: NumberTest;
  write?: NumberTest;
}

/** Which exchanges of the step must match: the newest, at least one, or every one. */
export type Which = 'last' | 'any' | 'every';

/** `where` chooses the exchanges looked at (all when absent); the other fields are what they must fulfil. */
export interface RequestTest extends Pick<ExchangeMatch, 'op' | 'table' | 'index' | 'has' | 'lacks' | 'input'> {
  on: `request.${Which}`;
  where?: ExchangeMatch;
}
export interface ResponseTest extends Pick<
  ExchangeMatch,
  'count' | 'scannedCount' | 'items' | 'order' | 'error' | 'message' | 'lastEvaluatedKey'
> {
  on: `response.${Which}`;
  where?: ExchangeMatch;
}
/** `capacity.step` adds up the chosen exchanges of the step. */
export interface CapacityTest {
  on: `capacity.${Which | 'step'}`;
  where?: ExchangeMatch;
  read?: NumberTest;
  write?: NumberTest;
}
/** The world after the run. Open world: what is not named is free, unless `exact`. */
export interface StateTest {
  on: 'state';
  table: string;
  exists?: boolean;
  /** In key order, e.g. `["Artist S", "SongTitle S"]`. */
  keys?: string[];
  count?: NumberTest;
  /** Items that must be there, each given in part. */
  items?: { [name: string]: PlainValue }[];
  absent?: { [name: string]: PlainValue }[];
  /** With `items`: no other items in the table. */
  exact?: boolean;
  /** How many storage partitions the table has. */
  partitions?: NumberTest;
  /** On how many of them the items of one partition key lie. */
  spread?: { key: { [name: string]: PlainValue }; over: NumberTest };
}
/** The history of the step. */
export interface TraceTest {
  on: 'trace';
  never?: ExchangeMatch;
  eventually?: ExchangeMatch;
  /** Matches in this order, other exchanges may lie between. */
  sequence?: ExchangeMatch[];
  /** How many exchanges match `of` (all when absent). */
  count?: NumberTest;
  of?: ExchangeMatch;
}
export type Test =
  { all: Test[] } | { any: Test[] } | { not: Test } | RequestTest | ResponseTest | CapacityTest | StateTest | TraceTest;

export type Check = Test & {
  id: string;
  /** What is wanted, shown in the list of checks. */
  want: string;
  /** Shown when it is wrong: what went wrong and where to look. */
  fail: string;
  /** When not holding is a mistake rather than not done yet: while this holds, or always. */
  wrong?: true | Test;
  severity?: Severity;
};

// ------------------------------------------------------------------ evidence

/** One request of the learner and its answer. */
export interface Exchange {
  /** `PutItem`, `Query`, … without the service prefix. */
  op: string;
  table?: string;
  input: Record<string, unknown>;
  /** Parsed body of a success. */
  response?: Record<string, unknown>;
  error?: { name: string; message: string };
  /** From ExplainRequest; the units are read from here. */
  explanation?: { ReadCapacityUnits?: number; WriteCapacityUnits?: number } | null;
  /** Virtual time, epoch milliseconds. */
  at?: number;
}

/** What a lesson may ask about the world; see `stateReader()` for the one over the engine. */
export interface StateReader {
  /** Undefined when there is no such table. */
  keys(table: string): Promise<{ name: string; type: string; role: 'HASH' | 'RANGE' }[] | undefined>;
  items(table: string): Promise<WireItem[]>;
  partitions(table: string): Promise<{ id: number; items: number; keys: WireItem[] }[]>;
}

export interface CheckResult {
  id: string;
  passed: boolean;
  severity: Severity;
  /** What is wanted. */
  want: string;
  /** It does not hold because of something that was done, not because something is still to be done. */
  wrong: boolean;
  /** It cannot hold any more in this step, whatever is run now; `wrong` as well. */
  final: boolean;
  /** Prose for the learner; empty unless wrong. */
  fail: string;
  /** How far it has come, such as "1 of 3"; empty where that cannot be counted. */
  progress: string;
  /** One line each: what was looked for, what was found. */
  expected: string;
  got: string;
}

// ------------------------------------------------------------------ progress

/** `revealed` is never counted as solved. */
export type StepStatus = 'untouched' | 'tried' | 'solved' | 'revealed';

export interface StepProgress {
  status: StepStatus;
  /** Index of the choice committed to; the first one stays. */
  predicted?: number;
  /** The question was passed over, or something was run before it was answered. */
  skipped?: boolean;
  /** Index of the choice the engine proved right, known after a solved run. */
  proved?: number;
  /** Indices into step.hints, in the order shown. */
  hints: number[];
}
export interface LessonProgress {
  format: 1;
  /** Step the learner was on. */
  current: string;
  steps: Record<string, StepProgress>;
}

/** Where progress is kept. Synchronous and never throwing: losing a tick mark must not stop a lesson. */
export interface ProgressStore {
  load(lessonId: string): LessonProgress | undefined;
  save(lessonId: string, progress: LessonProgress): void;
  remove(lessonId: string): void;
  /** Ids of all lessons with progress. */
  list(): string[];
}

// ------------------------------------------------------------------- runner

export interface StepView extends StepProgress {
  id: string;
  title: string;
  /** Results of the last run of this step, in the lesson's order; empty before it. */
  results: CheckResult[];
  /** Hints shown so far. */
  shownHints: string[];
  /** Whether another hint can be asked for now. */
  moreHints: boolean;
}
export interface RunnerState {
  lessonId: string;
  current: string;
  steps: StepView[];
  solved: number;
  total: number;
}
export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  text: string;
}
export type Reveal = { kind: 'confirm'; message: string } | { kind: 'solution'; script: string; diff: DiffLine[] };

/**
 * One learner going through one lesson. No DOM, no engine: the page runs the
 * scripts and hands back exchanges. `subscribe` follows the Svelte store
 * contract, so a view can write `$runner`.
 */
export interface LessonRunner {
  readonly lesson: Lesson;
  state(): RunnerState;
  subscribe(listener: (state: RunnerState) => void): () => void;
  /** Script that builds the start state of `stepId` (default: the current step) in any workspace: reset, fixture, setup, solutions of earlier steps. */
  startScript(stepId?: string): string;
  /** Makes `stepId` current. The world is left as it is. */
  goTo(stepId: string): void;
  /** Commits to a choice of the current step's question; the first answer stays. */
  predict(choice: number): void;
  /** Passes over the question of the current step. */
  skipQuestion(): void;
  /** Adds what the learner ran to the current step's history and evaluates its checks. */
  onResults(exchanges: Exchange[], world: StateReader): Promise<StepView>;
  /** Next hint that fits the last results, or undefined when none is left. */
  hint(): string | undefined;
  /** Asks until `confirmed`, then gives the solution and marks the step revealed. `current` is the learner's text, for the diff. */
  reveal(current: string, confirmed: boolean): Reveal;
  /** Forgets the step's history and returns the script that restores its start state. A solved step stays solved. */
  resetStep(): string;
}
