/** The table's stream: its records are exactly the changes, in order for each item, and whose doing they were. */
import type { Item } from '../../../wasm/client';
import type { Change } from '../model/model';
import { identity, type Key, keyOf, TABLE } from '../model/schema';
import { canonical } from '../model/values';
import type { Trial } from './trial';

const TARGET = 'DynamoDBStreams_20120810';

interface StreamRecord {
  eventName: string;
  userIdentity?: object;
  dynamodb: { Keys: Key; OldImage?: Item; NewImage?: Item; SequenceNumber: string };
}

function shardsOf(trial: Trial, arn: string): string[] {
  const shards: string[] = [];
  let from: string | undefined;
  do {
    const { StreamDescription } = trial.request(
      'DescribeStream',
      { StreamArn: arn, ...(from ? { ExclusiveStartShardId: from } : {}) },
      TARGET,
    ).body;
    shards.push(...StreamDescription.Shards.map(({ ShardId }: { ShardId: string }) => ShardId));
    from = StreamDescription.LastEvaluatedShardId;
  } while (from);
  return shards;
}

/** Records of a shard behind the one read last, a random number at a time. */
function readShard(trial: Trial, arn: string, shard: string): StreamRecord[] {
  const last = trial.readUpTo.get(shard);
  const place = last
    ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: last }
    : { ShardIteratorType: 'TRIM_HORIZON' };
  const records: StreamRecord[] = [];
  let iterator: string | undefined = trial.request(
    'GetShardIterator',
    { StreamArn: arn, ShardId: shard, ...place },
    TARGET,
  ).body.ShardIterator;
  const limit = 1 + trial.random.below(200);
  while (iterator) {
    const { body } = trial.request('GetRecords', { ShardIterator: iterator, Limit: limit }, TARGET);
    const page = body.Records as StreamRecord[];
    records.push(...page);
    // An open shard has no end: the first short page is as far as one gets now.
    iterator = page.length === limit ? body.NextShardIterator : undefined;
  }
  const newest = records.at(-1);
  if (newest) trial.readUpTo.set(shard, newest.dynamodb.SequenceNumber);
  return records;
}

const changeOf = ({ eventName, userIdentity, dynamodb }: StreamRecord) => ({
  eventName,
  userIdentity,
  before: dynamodb.OldImage,
  after: dynamodb.NewImage,
});

const recordOf = ({ before, after, expired }: Change) => ({
  eventName: !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE',
  userIdentity: expired ? { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } : undefined,
  before,
  after,
});

/** What happened to each item, in order. */
function byItem<T extends { before?: Item | undefined; after?: Item | undefined }>(changes: T[]): Record<string, T[]> {
  const items: Record<string, T[]> = {};
  for (const change of changes) (items[identity(keyOf((change.after ?? change.before)!))] ??= []).push(change);
  return items;
}

export function readStream(trial: Trial): void {
  const { Streams } = trial.request('ListStreams', { TableName: TABLE }, TARGET).body;
  const arn: string = Streams[0].StreamArn;
  const records = shardsOf(trial, arn).flatMap((shard) => readShard(trial, arn, shard));
  for (const { dynamodb } of records)
    trial.same('keys of a record', dynamodb.Keys, keyOf((dynamodb.NewImage ?? dynamodb.OldImage)!));
  const got = byItem(records.map(changeOf));
  const wanted = byItem(trial.model.unread.map(recordOf));
  trial.same('items in the stream', Object.keys(got).sort(), Object.keys(wanted).sort());
  for (const [item, changes] of Object.entries(wanted)) trial.same(`changes of ${canonical(item)}`, got[item], changes);
  trial.model.unread = [];
}
