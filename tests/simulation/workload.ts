/**
 * Random requests against the engine and the naive model side by side. Every answer is compared: items, order, paging,
 * consumed units, error names. At random points everything is stored, the engine thrown away, and a new one restored.
 */
import type { AttributeValue, Engine, Item } from '../../wasm/client';
import { canonical, itemSize, type Key, Model, SCHEMA, TABLE } from './model';
import { Random } from './random';

export class Difference extends Error {}

const TEXTS = ['', 'a', 'b', 'é', '\u{1F3B5}', 'zz', 'a\u0000b'];

export class Workload {
  readonly #random: Random;
  readonly #seed: number;
  readonly #newEngine: () => Promise<Engine>;
  readonly #model = new Model();
  readonly #log: string[] = [];
  #engine!: Engine;
  #stored: Uint8Array = new Uint8Array(0);
  #steps = 0;

  private constructor(seed: number, newEngine: () => Promise<Engine>) {
    this.#seed = seed;
    this.#random = new Random(seed);
    this.#newEngine = newEngine;
  }

  static async start(seed: number, newEngine: () => Promise<Engine>): Promise<Workload> {
    const workload = new Workload(seed, newEngine);
    workload.#engine = await newEngine();
    workload.#engine.call('Sortkey_20261120.Configure', '{"TableDelayMillis":0}');
    workload.#request('CreateTable', SCHEMA);
    return workload;
  }

  /** One random step. Throws Difference with the seed and the last requests when engine and model disagree. */
  async step(): Promise<void> {
    this.#steps += 1;
    const kind = this.#random.below(100);
    if (kind < 25) this.#put();
    else if (kind < 45) this.#update();
    else if (kind < 55) this.#delete();
    else if (kind < 65) this.#get();
    else if (kind < 73) this.#queryTable();
    else if (kind < 79) this.#queryLocal();
    else if (kind < 85) this.#queryGlobal();
    else if (kind < 89) this.#scan();
    else if (kind < 93) this.#batchWrite();
    else if (kind < 97) this.#transact();
    else await this.#reload();
  }

  dispose(): void {
    this.#engine.dispose();
  }

  #request(op: string, input: object): { status: number; body: Record<string, never> } {
    const text = JSON.stringify(input);
    this.#log.push(`${op} ${text}`);
    if (this.#log.length > 25) this.#log.shift();
    const answer = this.#engine.call(`DynamoDB_20120810.${op}`, text);
    return { status: answer.status, body: JSON.parse(answer.body) as Record<string, never> };
  }

  #same(what: string, got: unknown, wanted: unknown): void {
    if (canonical(got ?? null) === canonical(wanted ?? null)) return;
    throw new Difference(
      `seed ${this.#seed}, step ${this.#steps}: ${what}\n got    ${canonical(got ?? null)}\n wanted ${canonical(
        wanted ?? null,
      )}\n${this.#log.join('\n')}`,
    );
  }

  #key(): Key {
    return { pk: { S: `p${this.#random.below(6)}` }, sk: { N: String(this.#random.below(40) - 20) } };
  }

  #value(): AttributeValue {
    const r = this.#random;
    switch (r.below(7)) {
      case 0:
        return { S: r.pick(TEXTS).repeat(1 + r.below(60)) };
      case 1:
        return { N: r.pick(['0', '-1.5', '100', '12345.678', '0.001', '-99']) };
      case 2:
        return { BOOL: r.chance(2) };
      case 3:
        return { NULL: true };
      case 4:
        return { SS: [...new Set([r.pick(TEXTS), r.pick(TEXTS)])].sort(byBytes) };
      case 5:
        return { L: [{ S: r.pick(TEXTS) }, { N: String(r.below(9)) }] };
      default:
        return { M: { x: { S: 'y'.repeat(r.below(2000)) } } };
    }
  }

  #item(key: Key): Item {
    const item: Item = { ...key };
    const r = this.#random;
    if (r.chance(2)) item['ls'] = { S: r.pick(TEXTS.slice(1)) };
    if (r.chance(2)) item['gk'] = { S: `g${r.below(4)}` };
    if (r.chance(2)) item['gs'] = { N: String(r.below(10)) };
    if (r.chance(2)) item['note'] = this.#value();
    if (r.chance(3)) item['count'] = { N: String(r.below(100)) };
    return item;
  }

  #consumed(answer: { body: Record<string, never> }, units: number): void {
    const consumed = answer.body['ConsumedCapacity'] as { CapacityUnits: number } | undefined;
    this.#same('consumed units', consumed?.CapacityUnits, units);
  }

  #put(): void {
    const key = this.#key();
    const item = this.#item(key);
    const before = this.#model.get(key);
    const onlyNew = this.#random.chance(4);
    const answer = this.#request('PutItem', {
      TableName: TABLE,
      Item: item,
      ReturnValues: 'ALL_OLD',
      ReturnConsumedCapacity: 'TOTAL',
      ...(onlyNew ? { ConditionExpression: 'attribute_not_exists(pk)' } : {}),
    });
    if (onlyNew && before) {
      this.#same('a refused put', String(answer.body['__type']).split('#')[1], 'ConditionalCheckFailedException');
      return;
    }
    this.#same('old item', answer.body['Attributes'], before);
    this.#consumed(answer, this.#model.put(key, item));
  }

  #update(): void {
    const key = this.#key();
    const before = this.#model.get(key);
    const after: Item = { ...(before ?? key) };
    const change = this.#random.below(3);
    let expression = '';
    let values: Record<string, AttributeValue> | undefined;
    if (change === 0) {
      const note = this.#value();
      after['note'] = note;
      expression = 'SET note = :n';
      values = { ':n': note };
    } else if (change === 1) {
      const count = (before?.['count'] as { N: string } | undefined)?.N ?? '0';
      after['count'] = { N: String(Number(count) + 7) };
      expression = 'ADD #c :seven';
      values = { ':seven': { N: '7' } };
    } else {
      delete after['gk'];
      expression = 'REMOVE gk';
    }
    const answer = this.#request('UpdateItem', {
      TableName: TABLE,
      Key: key,
      UpdateExpression: expression,
      ...(values ? { ExpressionAttributeValues: values } : {}),
      ...(change === 1 ? { ExpressionAttributeNames: { '#c': 'count' } } : {}),
      ReturnValues: 'ALL_NEW',
      ReturnConsumedCapacity: 'TOTAL',
    });
    if (change === 2 && !before) {
      this.#same('nothing is created by REMOVE', answer.body['Attributes'], undefined);
      return;
    }
    this.#same('new item', answer.body['Attributes'], after);
    this.#consumed(answer, this.#model.put(key, after));
  }

  #delete(): void {
    const key = this.#key();
    const before = this.#model.get(key);
    const answer = this.#request('DeleteItem', {
      TableName: TABLE,
      Key: key,
      ReturnValues: 'ALL_OLD',
      ReturnConsumedCapacity: 'TOTAL',
    });
    this.#same('deleted item', answer.body['Attributes'], before);
    this.#consumed(answer, this.#model.put(key, undefined));
  }

  #get(): void {
    const key = this.#key();
    const wanted = this.#model.get(key);
    const answer = this.#request('GetItem', { TableName: TABLE, Key: key, ReturnConsumedCapacity: 'TOTAL' });
    this.#same('item', answer.body['Item'], wanted);
    this.#consumed(answer, this.#model.readUnits(wanted ? [wanted] : []));
  }

  /** All pages of a query or scan, with a random limit; checks that every page is charged for what it read. */
  #pages(op: string, input: object): Item[] {
    const items: Item[] = [];
    const limit = this.#random.chance(3) ? undefined : 1 + this.#random.below(7);
    let start: unknown;
    for (;;) {
      const answer = this.#request(op, {
        TableName: TABLE,
        ...input,
        ...(limit ? { Limit: limit } : {}),
        ...(start ? { ExclusiveStartKey: start } : {}),
        ReturnConsumedCapacity: 'TOTAL',
      });
      const page = answer.body['Items'] as unknown as Item[];
      items.push(...page);
      this.#same('count', answer.body['Count'], page.length);
      this.#consumed(answer, this.#model.readUnits(page));
      start = answer.body['LastEvaluatedKey'];
      if (start === undefined) return items;
    }
  }

  #queryTable(): void {
    const pk = `p${this.#random.below(6)}`;
    const forward = this.#random.chance(2);
    const from = this.#random.below(40) - 20;
    const wanted = this.#model.query(pk).filter((item) => Number((item['sk'] as { N: string }).N) >= from);
    const got = this.#pages('Query', {
      KeyConditionExpression: 'pk = :p AND sk >= :from',
      ExpressionAttributeValues: { ':p': { S: pk }, ':from': { N: String(from) } },
      ScanIndexForward: forward,
    });
    this.#same('query', got, forward ? wanted : wanted.reverse());
  }

  #queryLocal(): void {
    const pk = `p${this.#random.below(6)}`;
    const got = this.#pages('Query', {
      IndexName: 'local',
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: pk } },
    });
    const wanted = this.#model.local(pk);
    this.#same(
      'order of the local index',
      got.map((item) => item['ls']),
      wanted.map((item) => item['ls']),
    );
    this.#same('local index', sorted(got), sorted(wanted));
  }

  #queryGlobal(): void {
    const gk = `g${this.#random.below(4)}`;
    const got = this.#pages('Query', {
      IndexName: 'global',
      KeyConditionExpression: 'gk = :g',
      ExpressionAttributeValues: { ':g': { S: gk } },
    });
    const wanted = this.#model.global(gk);
    this.#same(
      'order of the global index',
      got.map((item) => item['gs']),
      wanted.map((item) => item['gs']),
    );
    this.#same('global index', sorted(got), sorted(wanted));
  }

  #scan(): void {
    const total = 1 + this.#random.below(5);
    const got: Item[] = [];
    for (let segment = 0; segment < total; segment += 1)
      got.push(...this.#pages('Scan', { Segment: segment, TotalSegments: total }));
    this.#same('scan', sorted(got), sorted([...this.#model.items.values()]));
  }

  #distinctKeys(count: number): Key[] {
    const keys = new Map<string, Key>();
    while (keys.size < count) {
      const key = this.#key();
      keys.set(canonical(key), key);
    }
    return [...keys.values()];
  }

  #batchWrite(): void {
    const changes = this.#distinctKeys(1 + this.#random.below(25)).map((key) => ({
      key,
      item: this.#random.chance(3) ? undefined : this.#item(key),
    }));
    const answer = this.#request('BatchWriteItem', {
      RequestItems: {
        [TABLE]: changes.map(({ key, item }) =>
          item ? { PutRequest: { Item: item } } : { DeleteRequest: { Key: key } },
        ),
      },
      ReturnConsumedCapacity: 'TOTAL',
    });
    this.#same('unprocessed', answer.body['UnprocessedItems'], {});
    let units = 0;
    for (const { key, item } of changes) units += this.#model.put(key, item);
    const consumed = answer.body['ConsumedCapacity'] as unknown as { CapacityUnits: number }[];
    this.#same('consumed units of the batch', consumed[0]?.CapacityUnits, units);
  }

  /** Puts guarded by one condition that holds or not: all of it happens or nothing. */
  #transact(): void {
    const keys = this.#distinctKeys(2 + this.#random.below(5));
    const guard = keys[0]!;
    const puts = keys.slice(1).map((key) => ({ key, item: this.#item(key) }));
    const exists = this.#model.get(guard) !== undefined;
    const answer = this.#request('TransactWriteItems', {
      TransactItems: [
        { ConditionCheck: { TableName: TABLE, Key: guard, ConditionExpression: 'attribute_exists(pk)' } },
        ...puts.map(({ item }) => ({ Put: { TableName: TABLE, Item: item } })),
      ],
    });
    this.#same('transaction', answer.status, exists ? 200 : 400);
    if (exists) for (const { key, item } of puts) this.#model.put(key, item);
  }

  async #reload(): Promise<void> {
    const drained = this.#engine.drainJournal(this.#random.chance(4));
    const whole = drained.length > 0 && this.#log.length > 0 && startsWithState(drained);
    this.#stored = whole ? drained : concat(this.#stored, drained);
    const before = this.#engine.call('Sortkey_20261120.StateDigest', '{}').body;
    if (!this.#random.chance(2)) return;
    this.#engine.dispose();
    this.#engine = await this.#newEngine();
    const report = this.#engine.restore(this.#stored);
    this.#same('restore report', report.damage, null);
    this.#same('state after restore', this.#engine.call('Sortkey_20261120.StateDigest', '{}').body, before);
    const world = JSON.parse(this.#engine.call('Sortkey_20261120.DescribeWorld', '{}').body) as { Bytes: number };
    const bytes = [...this.#model.items.values()].reduce((sum, item) => sum + itemSize(item), 0);
    this.#same('bytes after restore', world.Bytes, bytes);
  }
}

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const sorted = (items: Item[]) => items.map(canonical).sort();

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The first record of a complete state is Z, right behind the twelve bytes of the frame's header. */
const startsWithState = (frames: Uint8Array) => frames[12] === 'Z'.charCodeAt(0);
