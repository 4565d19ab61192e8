/**
 * An engine under hostile requests and memory pressure: every answer is one that the service could give, or that memory
 * is full; what was acknowledged stays, before and after a reload.
 */
import { gzipSync } from 'node:zlib';
import type { Engine, World } from '../../../wasm/client';
import { decodeBody } from '../../../wasm/endpoint/compression';
import { Difference } from '../workload/trial';
import { Random } from '../workload/random';
import { hostileForm } from './mutate';
import { seedsByTarget, type Seed } from './seeds';

const REQUEST_BYTES_MAX = 16 * 1024 * 1024;
/** An error tells what is wrong, not everything that was sent. */
const ERROR_BYTES_MAX = 4 * 1024 * 1024;
/** 16 MB of the smallest values that an answer can hold, as JSON. */
const ANSWER_BYTES_MAX = 128 * 1024 * 1024;

export interface Options {
  seed: number;
  memoryMegabytes: number;
  /** Bytes of the largest requests. */
  requestBytes: number;
  newEngine: () => Promise<Engine>;
}

interface Slowest {
  millis: number;
  target: string;
  bytes: number;
}

export class HostileRun {
  readonly #random: Random;
  readonly #seeds = [...seedsByTarget().entries()];
  /** Text of each item that was acknowledged, by key. */
  readonly #kept = new Map<string, string>();
  #engine!: Engine;
  #stored: Uint8Array[] = [];
  requests = 0;
  refusedAsFull = 0;
  slowest: Slowest = { millis: 0, target: '', bytes: 0 };
  largestAnswer = 0;
  memoryBytes = 0;

  private constructor(readonly options: Options) {
    this.#random = new Random(options.seed);
  }

  static async start(options: Options): Promise<HostileRun> {
    const run = new HostileRun(options);
    run.#engine = await options.newEngine();
    run.#ask('Sortkey_20261120.Configure', {
      TableDelayMillis: 0,
      MemoryLimitMegabytes: options.memoryMegabytes,
    });
    run.#ask('DynamoDB_20120810.CreateTable', {
      TableName: 'Kept',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    });
    run.#drain(true);
    return run;
  }

  /** One random step: a hostile request most of the time, or a write whose fate is remembered. */
  async step(): Promise<void> {
    if (this.#random.chance(3)) this.#write();
    else await this.#attack();
    if (this.#random.chance(4)) this.#drain(false);
    if (this.#random.chance(150)) await this.check();
  }

  /** Writes until memory is full. */
  fill(): void {
    for (let refused = this.refusedAsFull; this.refusedAsFull === refused;) this.#write();
  }

  /** Compares what is there with what was acknowledged; now and in an engine that read what was stored. */
  async check(): Promise<void> {
    this.#drain(false);
    this.#compare();
    const before = this.#text('Sortkey_20261120.StateDigest', '{}');
    const again = await this.options.newEngine();
    const report = again.restore(Buffer.concat(this.#stored));
    if (report.damage !== null) this.#fail(`the journal was not read back: ${JSON.stringify(report.damage)}`);
    this.#engine.dispose();
    this.#engine = again;
    this.#ask('Sortkey_20261120.Configure', { MemoryLimitMegabytes: this.options.memoryMegabytes });
    if (this.#text('Sortkey_20261120.StateDigest', '{}') !== before)
      this.#fail('the journal was read back differently');
    this.#compare();
    this.#drain(true);
  }

  dispose(): void {
    this.#engine.dispose();
  }

  async #attack(): Promise<void> {
    const random = this.#random;
    const [target, seeds] = random.pick(this.#seeds) as [string, Seed[]];
    const limit = this.options.requestBytes;
    const bytes = random.chance(30) ? limit : random.chance(8) ? limit >> 5 : random.pick([16, 200, 3000, 30_000]);
    // A little more than is read at all.
    const form = hostileForm(random, random.pick(seeds).input, bytes).subarray(0, REQUEST_BYTES_MAX + 1000);
    let body: Uint8Array = form;
    if (random.chance(2)) {
      const decoded = await decodeBody(gzipSync(form), 'gzip', 2 * REQUEST_BYTES_MAX);
      if (typeof decoded === 'string') this.#fail(`gzip could not be undone: ${decoded}`);
      body = decoded;
    }
    const watched = random.chance(20) ? this.#text('Sortkey_20261120.StateDigest', '{}') : null;
    const { status } = this.#send(target, body);
    if (watched !== null && status !== 200 && this.#text('Sortkey_20261120.StateDigest', '{}') !== watched) {
      this.#fail(`a refused ${target} changed something`);
    }
  }

  /** Runs a request and looks at its answer. */
  #send(target: string, body: Uint8Array): { status: number; text: string } {
    const from = performance.now();
    const answer = this.#engine.callBytes(target, body);
    const millis = performance.now() - from;
    this.requests += 1;
    if (millis > this.slowest.millis) this.slowest = { millis, target, bytes: body.length };
    this.largestAnswer = Math.max(this.largestAnswer, answer.body.length);
    const { status } = answer;
    if (answer.body.length > (status === 200 ? ANSWER_BYTES_MAX : ERROR_BYTES_MAX)) {
      this.#fail(`${target} answered ${status} with ${answer.body.length} bytes to ${body.length}`);
    }
    const text = Buffer.from(answer.body).toString();
    let parsed: { __type?: string; message?: string } = {};
    try {
      if (text !== '') parsed = JSON.parse(text) as typeof parsed;
    } catch {
      this.#fail(`${target} answered no JSON: ${text.slice(0, 500)}`);
    }
    if (status === 500 && parsed.message?.startsWith("This engine's memory is full (")) this.refusedAsFull += 1;
    else if (status !== 200 && !(status === 400 && parsed.__type?.includes('#'))) {
      this.#fail(`${target} answered ${status} ${text.slice(0, 500)}`);
    }
    return { status, text };
  }

  #write(): void {
    const random = this.#random;
    const id = String(random.below(2000));
    if (random.chance(5)) {
      this.#send('DynamoDB_20120810.DeleteItem', Buffer.from(`{"TableName":"Kept","Key":{"id":{"S":"${id}"}}}`));
      this.#kept.delete(id);
      return;
    }
    const filler = 'x'.repeat(random.pick([10, 300, 5000, 60_000, 390_000]));
    const put = `{"TableName":"Kept","Item":{"id":{"S":"${id}"},"v":{"S":"${this.requests}${filler}"}}}`;
    const { status } = this.#send('DynamoDB_20120810.PutItem', Buffer.from(put));
    if (status === 200) this.#kept.set(id, `${this.requests - 1}${filler}`);
    else if (status !== 500) this.#fail(`a sound write was answered ${status}`);
  }

  #compare(): void {
    const found = new Map<string, string>();
    let from: object | undefined;
    do {
      const page = this.#ask('DynamoDB_20120810.Scan', { TableName: 'Kept', ExclusiveStartKey: from }) as {
        Items: { id: { S: string }; v: { S: string } }[];
        LastEvaluatedKey?: object;
      };
      for (const item of page.Items) found.set(item.id.S, item.v.S);
      from = page.LastEvaluatedKey;
    } while (from);
    for (const [id, value] of this.#kept) {
      if (found.get(id) !== value) this.#fail(`item ${id} is not what was acknowledged`);
    }
    if (found.size !== this.#kept.size) this.#fail(`${found.size} items instead of ${this.#kept.size}`);
    this.memoryBytes = (this.#ask('Sortkey_20261120.DescribeWorld', {}) as World).MemoryBytes;
  }

  #drain(whole: boolean): void {
    if (!whole) {
      this.#stored.push(this.#engine.drainJournal());
      return;
    }
    this.#stored = [this.#engine.drainJournal(true, 1 << 20)];
    while (this.#engine.moreToDrain) this.#stored.push(this.#engine.drainJournal('rest', 1 << 20));
  }

  #text(target: string, body: string): string {
    return this.#engine.call(target, body).body;
  }

  #ask(target: string, input: object): unknown {
    const answer = this.#engine.call(target, JSON.stringify(input));
    if (answer.status !== 200) this.#fail(`${target} answered ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body);
  }

  #fail(reason: string): never {
    throw new Difference(`seed ${this.options.seed}, request ${this.requests}: ${reason}`);
  }
}
