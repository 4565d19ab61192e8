/** One learner going through one lesson: history, results, status, hints, reveal. */
import { evaluate, evaluateTest } from './checks/evaluate';
import { diffLines } from './diff';
import type {
  CheckResult,
  Exchange,
  Lesson,
  LessonProgress,
  LessonRunner,
  ProgressStore,
  Reveal,
  RunnerState,
  StateReader,
  Step,
  StepProgress,
  StepView,
} from './types';

/** Continues from stored progress. Steps the lesson no longer has are dropped, new ones start untouched. */
export function createRunner(lesson: Lesson, store: ProgressStore): LessonRunner {
  return new Runner(lesson, store);
}

/** What lives only as long as the page: the step's requests and their verdicts. */
interface Attempt {
  exchanges: Exchange[];
  results: CheckResult[];
}

class Runner implements LessonRunner {
  private readonly progress: LessonProgress;
  private readonly attempts = new Map<string, Attempt>();
  private readonly listeners = new Set<(state: RunnerState) => void>();
  /** Counts resets, so that a verdict computed on forgotten history is dropped. */
  private epoch = 0;

  constructor(
    readonly lesson: Lesson,
    private readonly store: ProgressStore,
  ) {
    const kept = store.load(lesson.id);
    const steps: Record<string, StepProgress> = {};
    for (const step of lesson.steps) {
      const old = kept?.steps[step.id];
      steps[step.id] = {
        status: 'untouched',
        ...old,
        hints: (old?.hints ?? []).filter((index) => index < step.hints.length),
      };
    }
    const first = lesson.steps[0].id;
    const current = kept && Object.hasOwn(steps, kept.current) ? kept.current : first;
    this.progress = { format: 1, current, steps };
  }

  state(): RunnerState {
    const steps = this.lesson.steps.map((step) => this.view(step));
    return {
      lessonId: this.lesson.id,
      current: this.progress.current,
      steps,
      solved: steps.filter((step) => step.status === 'solved').length,
      total: steps.length,
    };
  }

  subscribe(listener: (state: RunnerState) => void): () => void {
    this.listeners.add(listener);
    listener(this.state());
    return () => void this.listeners.delete(listener);
  }

  startScript(stepId: string = this.progress.current): string {
    const before = this.lesson.steps.slice(0, this.indexOf(stepId));
    const parts = ['@reset', this.lesson.fixture ? `@load ${this.lesson.fixture}` : '', this.lesson.setup];
    return [...parts, ...before.map((step) => step.solution)]
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join('\n\n')
      .concat('\n');
  }

  goTo(stepId: string): void {
    this.indexOf(stepId);
    this.progress.current = stepId;
    this.changed();
  }

  predict(choice: number): void {
    const step = this.current();
    if (!step.predict?.choices[choice]) throw new Error(`step "${step.id}" has no choice ${choice}`);
    const progress = this.of(step);
    if (progress.predicted !== undefined) return;
    progress.predicted = choice;
    this.changed();
  }

  skipQuestion(): void {
    this.of(this.current()).skipped = true;
    this.changed();
  }

  async onResults(exchanges: Exchange[], world: StateReader): Promise<StepView> {
    const step = this.current();
    const attempt = this.attempt(step);
    const epoch = this.epoch;
    attempt.exchanges.push(...exchanges);
    // A copy: more results may arrive while the world is being read.
    const history = [...attempt.exchanges];
    const results = await evaluate(step.checks, history, world);
    const passed = results.every((result) => result.passed || result.severity !== 'essential');
    const proved = passed ? await provedChoice(step, history, world) : undefined;
    if (epoch !== this.epoch) return this.view(step);
    attempt.results = results;
    const progress = this.of(step);
    // What one has seen one no longer predicts.
    if (step.predict && progress.predicted === undefined) progress.skipped = true;
    if (proved !== undefined) progress.proved = proved;
    if (passed && progress.status !== 'revealed') progress.status = 'solved';
    else if (progress.status === 'untouched') progress.status = 'tried';
    this.changed();
    return this.view(step);
  }

  hint(): string | undefined {
    const step = this.current();
    const next = this.nextHint(step);
    if (next === undefined) return undefined;
    this.of(step).hints.push(next);
    this.changed();
    return step.hints[next].say;
  }

  reveal(current: string, confirmed: boolean): Reveal {
    const step = this.current();
    const progress = this.of(step);
    const settled = progress.status === 'solved' || progress.status === 'revealed';
    if (!settled && !confirmed) {
      const message = 'Show the solution? The step will be marked as revealed, not as solved.';
      return { kind: 'confirm', message };
    }
    if (!settled) progress.status = 'revealed';
    this.changed();
    return { kind: 'solution', script: step.solution, diff: diffLines(current, step.solution) };
  }

  resetStep(): string {
    const step = this.current();
    this.attempts.delete(step.id);
    this.epoch++;
    const progress = this.of(step);
    if (progress.status === 'tried') progress.status = 'untouched';
    this.changed();
    return this.startScript(step.id);
  }

  /** Hints for a check that is wrong come first, because they answer what just happened; then the levels in order. */
  private nextHint(step: Step): number | undefined {
    const shown = new Set(this.of(step).hints);
    const failed = new Set(
      this.attempt(step)
        .results.filter((result) => result.wrong)
        .map((result) => result.id),
    );
    const open = step.hints.map((hint, index) => ({ hint, index })).filter(({ index }) => !shown.has(index));
    const fitting = open.find(({ hint }) => hint.when !== undefined && failed.has(hint.when.failed));
    return (fitting ?? open.find(({ hint }) => hint.when === undefined))?.index;
  }

  private view(step: Step): StepView {
    const progress = this.of(step);
    return {
      ...progress,
      hints: [...progress.hints],
      id: step.id,
      title: step.title,
      results: this.attempts.get(step.id)?.results ?? [],
      shownHints: progress.hints.map((index) => step.hints[index].say),
      moreHints: this.nextHint(step) !== undefined,
    };
  }

  private attempt(step: Step): Attempt {
    let attempt = this.attempts.get(step.id);
    if (!attempt) this.attempts.set(step.id, (attempt = { exchanges: [], results: [] }));
    return attempt;
  }

  private indexOf(stepId: string): number {
    const index = this.lesson.steps.findIndex((step) => step.id === stepId);
    if (index < 0) throw new Error(`lesson "${this.lesson.id}" has no step "${stepId}"`);
    return index;
  }

  private current(): Step {
    return this.lesson.steps[this.indexOf(this.progress.current)];
  }

  private of(step: Step): StepProgress {
    return this.progress.steps[step.id];
  }

  private changed(): void {
    this.store.save(this.lesson.id, this.progress);
    const state = this.state();
    for (const listener of this.listeners) listener(state);
  }
}

/** The engine is the key: the choice whose condition holds on what really happened. */
export async function provedChoice(
  step: Step,
  history: readonly Exchange[],
  world: StateReader,
): Promise<number | undefined> {
  for (const [index, choice] of (step.predict?.choices ?? []).entries()) {
    if ((await evaluateTest(choice.when, history, world)).holds) return index;
  }
  return undefined;
}
