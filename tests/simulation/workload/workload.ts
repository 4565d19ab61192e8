/** Random steps of one trial, drawn by weight. */
import type { Engine } from '../../../wasm/client';
import { batchGet, batchWrite } from './batches';
import { queryIndex, queryTable, scan } from './pages';
import { executeBatch, executeTransaction, executeWrite, selectItem, selectMany } from './partiql';
import { reload } from './reload';
import { get, put, remove, update } from './single';
import { readStream } from './streams';
import { advance, readMeter } from './time';
import { transactGet, transactWrite } from './transactions';
import { Trial } from './trial';

type Step = (trial: Trial) => void | Promise<void>;

const STEPS: readonly (readonly [weight: number, step: Step])[] = [
  [20, put],
  [20, update],
  [8, remove],
  [6, get],
  [6, queryTable],
  [6, queryIndex],
  [2, scan],
  [4, batchWrite],
  [3, batchGet],
  [6, transactWrite],
  [3, transactGet],
  [6, executeWrite],
  [3, executeBatch],
  [3, executeTransaction],
  [4, selectItem],
  [2, selectMany],
  [1, readStream],
  [1, advance],
  [2, readMeter],
  [3, reload],
];

const ALL = STEPS.flatMap(([weight, step]) => Array<Step>(weight).fill(step));

export class Workload {
  readonly #trial: Trial;

  private constructor(trial: Trial) {
    this.#trial = trial;
  }

  static async start(seed: number, newEngine: () => Promise<Engine>): Promise<Workload> {
    return new Workload(await Trial.start(seed, newEngine));
  }

  /** One random step. Throws Difference with the seed and the last requests when engine and model disagree. */
  async step(): Promise<void> {
    this.#trial.steps += 1;
    await this.#trial.random.pick(ALL)(this.#trial);
  }

  dispose(): void {
    this.#trial.dispose();
  }
}
