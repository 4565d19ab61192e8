/**
 * One run: an engine and the naive model side by side. Every answer is compared; a difference ends the run with the seed
 * and the last requests.
 */
import type { Engine, Item } from '../../../wasm/client';
import { type Arms, Model, total } from '../model/model';
import { EXPIRY, INDEXES, SCHEMA, TABLE } from '../model/schema';
import { canonical } from '../model/values';
import { Random } from './random';

export class Difference extends Error {}

export interface Answer {
  status: number;
  // What an answer holds is compared with what the model says, never trusted.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export class Trial {
  readonly random: Random;
  readonly model = new Model();
  /** Units charged since the table was made, as the model adds them up. */
  readonly spent = { read: 0, write: 0 };
  engine!: Engine;
  /** What was drained so far: enough to restore. */
  stored: Uint8Array = new Uint8Array(0);
  /** Sequence numbers up to which shards of the stream were read. */
  readonly readUpTo = new Map<string, string>();
  steps = 0;
  /** Epoch milliseconds of the virtual clock. */
  now = 0;
  readonly #seed: number;
  readonly #log: string[] = [];

  private constructor(
    seed: number,
    readonly newEngine: () => Promise<Engine>,
  ) {
    this.#seed = seed;
    this.random = new Random(seed);
  }

  static async start(seed: number, newEngine: () => Promise<Engine>): Promise<Trial> {
    const trial = new Trial(seed, newEngine);
    trial.engine = await newEngine();
    trial.engine.call('Sortkey_20261120.Configure', '{"TableDelayMillis":0}');
    trial.request('CreateTable', SCHEMA);
    trial.request('UpdateTimeToLive', EXPIRY);
    trial.now = trial.request('DescribeWorld', {}, 'Sortkey_20261120').body.NowMillis;
    return trial;
  }

  request(op: string, input: object, target = 'DynamoDB_20120810'): Answer {
    const text = JSON.stringify(input);
    this.#log.push(`${op} ${text}`);
    if (this.#log.length > 25) this.#log.shift();
    const answer = this.engine.call(`${target}.${op}`, text);
    return { status: answer.status, body: JSON.parse(answer.body || '{}') };
  }

  note(line: string): void {
    this.#log.push(line);
  }

  same(what: string, got: unknown, wanted: unknown): void {
    const is = canonical(got ?? null);
    const should = canonical(wanted ?? null);
    if (is === should) return;
    throw new Difference(
      `seed ${this.#seed}, step ${this.steps}: ${what}\n got    ${is}\n wanted ${should}\n${this.#log.join('\n')}`,
    );
  }

  sameItems(what: string, got: Item[], wanted: Item[]): void {
    this.same(what, got.map(canonical).sort(), wanted.map(canonical).sort());
  }

  failed(what: string, answer: Answer, exception: string): void {
    this.same(what, String(answer.body.__type).split('#')[1], exception);
    this.same(what, answer.status, 400);
  }

  /** Compares ConsumedCapacity with ReturnConsumedCapacity=INDEXES of a write, and adds it to what was spent. */
  wrote(consumed: unknown, arms: Arms, transactional = false): void {
    this.spent.write += total(arms);
    const units = (value: number) => ({
      CapacityUnits: value,
      ...(transactional ? { WriteCapacityUnits: value } : {}),
    });
    const of = (global: boolean) => {
      const charged = INDEXES.filter(({ name, global: is }) => is === global && arms[name] !== undefined);
      return charged.length ? Object.fromEntries(charged.map(({ name }) => [name, units(arms[name]!)])) : undefined;
    };
    this.same('consumed by the write', consumed, {
      TableName: TABLE,
      ...units(total(arms)),
      Table: units(arms['']!),
      LocalSecondaryIndexes: of(false),
      GlobalSecondaryIndexes: of(true),
    });
  }

  /** Compares ConsumedCapacity with ReturnConsumedCapacity=TOTAL of a read, and adds it to what was spent. */
  read(consumed: unknown, units: number, transactional = false): void {
    this.spent.read += units;
    this.same('consumed by the read', consumed, {
      TableName: TABLE,
      CapacityUnits: units,
      ...(transactional ? { ReadCapacityUnits: units } : {}),
    });
  }

  /** A write that was refused after it was priced: charged, though the answer does not say so. */
  refused(units: number): void {
    this.spent.write += units;
  }

  meter(): { read: number; write: number } {
    const { body } = this.request('DescribeCapacity', {}, 'Sortkey_20261120');
    return { read: body.Tables[0].ConsumedReadUnits, write: body.Tables[0].ConsumedWriteUnits };
  }

  dispose(): void {
    this.engine.dispose();
  }
}
