/**
 * The declared answers of the second namespace against real ones. A list below has exactly the members of its type, or it
 * does not compile; real answers have exactly the members of the lists, or a test fails. So neither side can move alone.
 */
import type {
  AdvanceEvent,
  AdvanceReport,
  CapacityReport,
  Configuration,
  Damage,
  Explanation,
  ExplanationArm,
  ExplanationPart,
  PartitionsReport,
  ReadItems,
  RestoreReport,
  StateDigest,
  World,
} from '../../wasm/client/types';
import { type Engine, InProcessClient } from '../../wasm/client';
import { openEngine } from './support/engine';

type Members<T> = { [Name in keyof Required<T>]: true };
type Element<T> = T extends (infer E)[] ? E : never;

const world: Members<World> = {
  NowMillis: true,
  Seed: true,
  Region: true,
  TableDelayMillis: true,
  TimeToLiveDelayMillis: true,
  TimeToLiveSweepMillis: true,
  TableStatisticsMillis: true,
  TransactionMillis: true,
  Wording: true,
  Journal: true,
  EngineVersion: true,
  JournalFormat: true,
  Tables: true,
  Items: true,
  Bytes: true,
  MemoryBytes: true,
  MemoryLimitBytes: true,
  PendingEvents: true,
};
const pendingEvent: Members<Element<World['PendingEvents']>> = {
  AtMillis: true,
  Kind: true,
  TableName: true,
  Detail: true,
};
const explanation: Members<Explanation> = {
  Operation: true,
  TableName: true,
  Error: true,
  ErrorPosition: true,
  ReadCapacityUnits: true,
  WriteCapacityUnits: true,
  Arms: true,
  Items: true,
};
const arm: Members<ExplanationArm> = {
  Arm: true,
  IndexType: true,
  TableName: true,
  Kind: true,
  Bytes: true,
  BlockBytes: true,
  Blocks: true,
  Factor: true,
  Units: true,
  Items: true,
  Rounding: true,
  Text: true,
  Note: true,
  Parts: true,
  PartsLeftOut: true,
};
const part: Members<ExplanationPart> = {
  What: true,
  Key: true,
  Bytes: true,
  Blocks: true,
  Units: true,
  Text: true,
};
const item: Members<Element<Explanation['Items']>> = { Key: true, Bytes: true, Attributes: true };
const attribute: Members<Element<Element<Explanation['Items']>['Attributes']>> = { Name: true, Bytes: true };
const fault: Members<NonNullable<Explanation['Error']>> = { Name: true, Message: true };
const place: Members<NonNullable<Explanation['ErrorPosition']>> = { Parameter: true, Offset: true, Length: true };
const capacity: Members<CapacityReport> = { NowMillis: true, Tables: true };
const tableCapacity: Members<Element<CapacityReport['Tables']>> = {
  TableName: true,
  BillingMode: true,
  ReadCapacityUnits: true,
  WriteCapacityUnits: true,
  ConsumedReadUnits: true,
  ConsumedWriteUnits: true,
  Seconds: true,
};
const second: Members<Element<Element<CapacityReport['Tables']>['Seconds']>> = {
  AtMillis: true,
  Read: true,
  Write: true,
};
const partitions: Members<PartitionsReport> = {
  TableName: true,
  Items: true,
  Bytes: true,
  PartitionCount: true,
  Partitions: true,
};
const partition: Members<Element<PartitionsReport['Partitions']>> = {
  Id: true,
  HashFrom: true,
  HashTo: true,
  Items: true,
  Bytes: true,
  Keys: true,
};
const sampledKey: Members<Element<Element<PartitionsReport['Partitions']>['Keys']>> = { Key: true, Hash: true };
const readItems: Members<ReadItems> = { Items: true, LastEvaluatedKey: true };
const stateDigest: Members<StateDigest> = { Digest: true };
const advanceReport: Members<AdvanceReport> = { now: true, events: true, stopped: true };
const advanceEvent: Members<AdvanceEvent> = { at: true, kind: true, table: true, detail: true };
const restoreReport: Members<RestoreReport> = {
  ok: true,
  format: true,
  bytes: true,
  bytesRead: true,
  bytesSkipped: true,
  frames: true,
  framesSkipped: true,
  records: true,
  recordsSkipped: true,
  damage: true,
  damages: true,
};
const damage: Members<Damage> = { offset: true, bytes: true, reason: true };
const configuration: Members<Configuration> = {
  TableDelayMillis: true,
  TimeToLiveDelayMillis: true,
  TimeToLiveSweepMillis: true,
  TableStatisticsMillis: true,
  TransactionMillis: true,
  Seed: true,
  Wording: true,
  Journal: true,
  MemoryLimitMegabytes: true,
  NowMillis: true,
};

/** Names seen in real answers, by list. */
const seen = new Map<object, Set<string>>();

/** Notes the members of an answer; fails at once on one that is not declared. */
function note<T extends object>(members: { [Name in keyof Required<T>]: true }, answer: T | null | undefined): T {
  const names = seen.get(members) ?? new Set<string>();
  seen.set(members, names);
  for (const name of Object.keys(answer ?? {})) {
    names.add(name);
    expect(Object.keys(members)).toContain(name);
  }
  return answer!;
}

function noteAll<T extends object>(members: { [Name in keyof Required<T>]: true }, answers: readonly T[]): void {
  for (const answer of answers) note(members, answer);
}

let engine: Engine;
let client: InProcessClient;

async function request(operation: string, input: unknown): Promise<void> {
  await client.request(operation, input as never);
  const answer = note(explanation, await client.inspect<Explanation>('ExplainRequest'));
  if (answer.Error) note(fault, answer.Error);
  if (answer.ErrorPosition) note(place, answer.ErrorPosition);
  noteAll(arm, answer.Arms);
  noteAll(
    part,
    answer.Arms.flatMap(({ Parts }) => Parts),
  );
  noteAll(item, answer.Items);
  noteAll(
    attribute,
    answer.Items.flatMap(({ Attributes }) => Attributes),
  );
}

async function look(): Promise<void> {
  const now = note(world, await client.inspect<World>('DescribeWorld'));
  noteAll(pendingEvent, now.PendingEvents);
  const meters = note(capacity, await client.inspect<CapacityReport>('DescribeCapacity'));
  noteAll(tableCapacity, meters.Tables);
  noteAll(
    second,
    meters.Tables.flatMap(({ Seconds }) => Seconds),
  );
  note(stateDigest, await client.inspect<StateDigest>('StateDigest'));
}

beforeAll(async () => {
  engine = await openEngine();
  client = new InProcessClient(engine);
});

test('answers have the members that are declared, and no others', async () => {
  note(world, await client.inspect<World>('Configure', { TableDelayMillis: 1000 }));
  const keys = [{ AttributeName: 'pk', KeyType: 'HASH' }];
  const string = (name: string) => ({ AttributeName: name, AttributeType: 'S' });
  await request('CreateTable', {
    TableName: 'Tab',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [string('pk')],
    KeySchema: keys,
  });
  await look();
  const moved = note(
    advanceReport,
    engine.advance(Number((await client.inspect<World>('DescribeWorld')).NowMillis) + 5000),
  );
  noteAll(advanceEvent, moved.events);
  await request('UpdateTable', {
    TableName: 'Tab',
    AttributeDefinitions: [string('pk'), string('state')],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'byState',
          KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      },
    ],
  });
  await look();
  const built = note(advanceReport, engine.advance(moved.now + 3_600_000));
  noteAll(advanceEvent, built.events);
  for (const pk of ['a', 'b']) {
    await request('PutItem', { TableName: 'Tab', Item: { pk: { S: pk }, state: { S: 'new' } } });
  }
  await request('GetItem', { TableName: 'Tab', Key: { pk: { S: 'none' } } });
  await request('Scan', { TableName: 'Tab' });
  await request('PutItem', { TableName: 'Tab', Item: { pk: { S: 'c' } }, ConditionExpression: 'a = = b' });
  await look();
  const report = note(partitions, await client.inspect<PartitionsReport>('DescribePartitions', { TableName: 'Tab' }));
  noteAll(partition, report.Partitions);
  noteAll(
    sampledKey,
    report.Partitions.flatMap(({ Keys }) => Keys),
  );
  note(readItems, await client.inspect<ReadItems>('ReadItems', { TableName: 'Tab', Limit: 1 }));

  const stored = engine.drainJournal(true);
  note(restoreReport, engine.restore(stored));
  await look();
  const cut = note(restoreReport, engine.restore(stored.slice(0, -3)));
  expect(cut.damage).not.toBeNull();
  note(damage, cut.damage);

  for (const [members, names] of seen) expect([...names].sort()).toEqual(Object.keys(members).sort());
  expect(seen.size).toBe(21);
});

test('every declared setting is one', async () => {
  const fresh = new InProcessClient(await openEngine());
  for (const name of Object.keys(configuration)) {
    // A list is never a setting's value; a member nobody knows would be ignored.
    const { error } = await fresh.request('Sortkey_20261120.Configure', { [name]: [] });
    expect({ name, error: error?.name }).toEqual({ name, error: 'SerializationException' });
  }
});
