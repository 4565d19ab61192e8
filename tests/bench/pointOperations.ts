/**
 * GetItem and PutItem through the real module against plain JavaScript on the same strings: parse the request, look
 * into a Map, write the answer. Both sides take turns in the same run, so that whatever else the machine does meets
 * both; the median of the rounds' ratios is reported.
 */
import { limitRow, median, ratio, type Row } from './rows';
import { assertItemSize, createTable, fill, getRequest, openEngine, putRequest, target } from './workload';

const items = 10_000;
const roundOperations = 4_000;
const warmUpRounds = 6;
const rounds = 41;

interface Request {
  Item?: Record<string, { S?: string }>;
  Key?: Record<string, { S?: string }>;
}

/** What a page without Sortkey would write to keep items by key. */
class PlainStore {
  readonly #items = new Map<string, object>();

  put(body: string): string {
    const { Item } = JSON.parse(body) as Request;
    this.#items.set(Item!.pk!.S!, Item!);
    return JSON.stringify({});
  }

  get(body: string): string {
    const { Key } = JSON.parse(body) as Request;
    return JSON.stringify({ Item: this.#items.get(Key!.pk!.S!) });
  }
}

// Answers are looked at, or a compiler could leave out making them.
let seen = 0;

function time(work: (body: string) => string, requests: string[], from: number): number {
  const start = process.hrtime.bigint();
  for (let i = 0; i < roundOperations; i++) seen += work(requests[(from + i) % requests.length]!).length;
  return Number(process.hrtime.bigint() - start);
}

/** The median over the rounds of (time of ours / time of theirs). */
function compare(ours: (body: string) => string, theirs: (body: string) => string, requests: string[]) {
  const ratios: number[] = [];
  const nanos: number[] = [];
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    const from = (round * 1_237) % requests.length;
    let a: number;
    let b: number;
    // Whoever goes first finds colder caches; take turns at that too.
    if (round % 2) {
      a = time(ours, requests, from);
      b = time(theirs, requests, from);
    } else {
      b = time(theirs, requests, from);
      a = time(ours, requests, from);
    }
    if (round < warmUpRounds) continue;
    ratios.push(a / b);
    nanos.push(a / roundOperations);
  }
  return { ratio: median(ratios), micros: median(nanos) / 1000 };
}

export async function pointOperationRows(): Promise<Row[]> {
  const engine = await openEngine();
  createTable(engine);
  assertItemSize(engine);
  fill(engine, items);
  const plain = new PlainStore();
  for (let number = 0; number < items; number++) plain.put(putRequest(number));

  // In no order the caches could foresee; puts replace items by versions that differ.
  const order = Array.from({ length: items }, (_, i) => (i * 7_919) % items);
  const gets = order.map(getRequest);
  const puts = order.map((number, i) => putRequest(number, i));

  const getTarget = target('GetItem');
  const putTarget = target('PutItem');
  const same = JSON.stringify(JSON.parse(engine.call(getTarget, gets[0]!).body));
  if (same.length !== plain.get(gets[0]!).length) throw new Error('The two sides of the bench answer differently.');

  const get = compare(
    (body) => engine.call(getTarget, body).body,
    (body) => plain.get(body),
    gets,
  );
  const put = compare(
    (body) => engine.call(putTarget, body).body,
    (body) => plain.put(body),
    puts,
  );
  engine.dispose();
  if (seen === 0) throw new Error('Nothing was answered.');
  return [
    limitRow('GetItem, 200 B, against plain JavaScript', get.ratio, 1.5, ratio, `${get.micros.toFixed(2)} µs each`),
    limitRow('PutItem, 200 B, against plain JavaScript', put.ratio, 2, ratio, `${put.micros.toFixed(2)} µs each`),
  ];
}
