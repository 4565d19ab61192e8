/** A place to run scripts and look at what they did. The real one is engine-lab.ts. */
import type { Exchange, StateReader } from '../../../web/src/lessons';

export interface Lab {
  /** Empties the world and gives it a seed. */
  fresh(seed: number): Promise<void>;
  /** Runs every block of a script, in order, errors included. Throws on a script that does not parse. */
  run(script: string): Promise<Exchange[]>;
  /** The world as it is now. */
  world(): StateReader;
  /** Digest over every table's definition and items. */
  digest(): Promise<string>;
}
