/**
 * The lesson on screen: opens one, keeps its runner, and hands what the learner ran to the checks. What it needs of the
 * playground is given by main.ts; it knows neither worker nor storage.
 */
import type {
  Lesson,
  LessonPlace,
  LessonRunner,
  ProgressStore,
  Reveal,
  RunnerState,
  Step,
  StepView,
  TrackList,
  WorldClient,
} from '../../lessons';
import type * as lessonsModule from '../../lessons';
import { nextLesson } from '../../lessons/catalog';
import type { BlockResult } from '../../protocol/types';
import type { PlaygroundState, PlaygroundStore } from '../../state';

export interface LessonNeeds {
  store: PlaygroundStore;
  tracks: TrackList;
  load(lessonId: string): Promise<Lesson>;
  progress: ProgressStore;
  world: WorldClient;
  /** Runs a script that is not in the editor, such as a lesson's start state; answers what went wrong, if anything. */
  prepare(script: string): Promise<string | null>;
}

type Judge = Pick<typeof lessonsModule, 'createRunner' | 'stateReader' | 'toExchange'>;

export class LessonService {
  readonly tracks: TrackList;
  lesson = $state.raw<Lesson | null>(null);
  progress = $state.raw<RunnerState | null>(null);
  /** Id of the lesson that is being opened, and the words for the screen when that failed. */
  opening = $state<string | null>(null);
  failed = $state<{ id: string; message: string } | null>(null);
  reveal = $state.raw<Reveal | null>(null);

  #needs: LessonNeeds;
  #runner: LessonRunner | null = null;
  /** The part that judges, loaded with the first lesson. */
  #judge: Judge | null = null;
  #unsubscribe: (() => void) | null = null;
  /** The newest result already judged; results after it in the history are new. */
  #judged: BlockResult | null = null;

  constructor(needs: LessonNeeds) {
    this.#needs = needs;
    this.tracks = needs.tracks;
    needs.store.subscribe((state) => this.#onState(state));
  }

  get step(): Step | null {
    return this.lesson?.steps.find((step) => step.id === this.progress?.current) ?? null;
  }

  get view(): StepView | null {
    return this.progress?.steps.find((step) => step.id === this.progress?.current) ?? null;
  }

  /** The question of the step waits for an answer; running waits for it. */
  get asking(): boolean {
    const { step, view } = this;
    if (!step?.predict || !view) return false;
    return view.predicted === undefined && !view.skipped && (view.status === 'untouched' || view.status === 'tried');
  }

  /** Goals of the step that are reached, of those it has; null outside lessons. */
  get goals(): { reached: number; total: number; wrong: number } | null {
    const { step, view } = this;
    if (!step || !view) return null;
    const goals = step.checks.filter(({ severity }) => severity !== 'celebrate');
    const results = goals.map(({ id }) => view.results.find((result) => result.id === id));
    return {
      reached: results.filter((result) => result?.passed).length,
      total: goals.length,
      wrong: results.filter((result) => result?.wrong).length,
    };
  }

  get next(): LessonPlace | undefined {
    return this.lesson ? nextLesson(this.tracks, this.lesson.id) : undefined;
  }

  /** How far a lesson has come, for the list: solved steps, or null when it was never opened. */
  solvedSteps(lessonId: string): number | null {
    const kept = this.#needs.progress.load(lessonId);
    return kept ? Object.values(kept.steps).filter((step) => step.status === 'solved').length : null;
  }

  async open(lessonId: string): Promise<void> {
    const { store } = this.#needs;
    this.failed = null;
    this.opening = lessonId;
    try {
      const [lesson, judge] = await Promise.all([this.#needs.load(lessonId), import('../../lessons')]);
      this.#judge = judge;
      this.#forget();
      const runner = judge.createRunner(lesson, this.#needs.progress);
      const current = runner.state().current;
      const index = lesson.steps.findIndex((step) => step.id === current);
      await store.actions.openLesson({ id: lesson.id, step: index }, lesson.steps[index]?.starter ?? '');
      store.actions.rename(lesson.title);
      this.#runner = runner;
      this.lesson = lesson;
      this.#unsubscribe = runner.subscribe((state) => (this.progress = state));
      store.actions.setSidePane('lesson');
      store.actions.setNarrowPane('lesson');
      await this.#build(runner.startScript());
    } catch (error) {
      this.failed = { id: lessonId, message: error instanceof Error ? error.message : String(error) };
    } finally {
      this.opening = null;
    }
  }

  /** Back to the list and to the learner's own workspace. */
  async leave(): Promise<void> {
    const { actions } = this.#needs.store;
    this.#forget();
    actions.setLesson(null);
    await actions.openFromHash('');
    // Opening shows what that workspace showed last.
    actions.setSidePane('lessons');
    actions.setNarrowPane('lesson');
  }

  /** Goes to a step; a jump (not simply the next one) also rebuilds the world that step starts from. */
  async goTo(stepId: string, rebuild: boolean): Promise<void> {
    const { store } = this.#needs;
    const step = this.lesson?.steps.findIndex((candidate) => candidate.id === stepId) ?? -1;
    if (!this.#runner || !this.lesson || step < 0) return;
    this.reveal = null;
    this.#runner.goTo(stepId);
    store.actions.showLessonStep({ id: this.lesson.id, step }, this.lesson.steps[step]?.starter ?? '');
    if (rebuild) await this.#build(this.#runner.startScript());
  }

  async reset(): Promise<void> {
    if (!this.#runner) return;
    this.reveal = null;
    const script = this.#runner.resetStep();
    this.#needs.store.actions.editScript(this.step?.starter ?? '');
    await this.#build(script);
  }

  predict(choice: number): void {
    this.#runner?.predict(choice);
  }

  skipQuestion(): void {
    this.#runner?.skipQuestion();
  }

  hint(): void {
    this.#runner?.hint();
  }

  /** Asks before it shows the solution; `confirmed` is the answer yes. */
  askReveal(confirmed = false): void {
    this.reveal = this.#runner?.reveal(this.#needs.store.get().script, confirmed) ?? null;
  }

  async #build(script: string): Promise<void> {
    const problem = await this.#needs.prepare(script);
    const { actions } = this.#needs.store;
    if (problem) actions.tell('error', `The start of this step could not be prepared: ${problem}`);
    await actions.refresh();
  }

  #forget(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#runner = null;
    this.lesson = null;
    this.progress = null;
    this.reveal = null;
  }

  #onState(state: PlaygroundState): void {
    const newest = state.history.at(-1) ?? null;
    // Judged once per run, not once per request: an unfinished run would fail checks it is about to pass.
    if (newest === this.#judged || state.running) return;
    const from = this.#judged ? state.history.lastIndexOf(this.#judged) + 1 : 0;
    this.#judged = newest;
    const runner = this.#runner;
    const judge = this.#judge;
    if (!runner || !judge || state.workspace.kind !== 'lesson') return;
    const exchanges = state.history.slice(from).flatMap((result) => judge.toExchange(result) ?? []);
    if (exchanges.length === 0) return;
    runner.onResults(exchanges, judge.stateReader(this.#needs.world)).catch((error: unknown) => {
      this.#needs.store.actions.tell(
        'error',
        `The checks could not be evaluated: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  }
}
