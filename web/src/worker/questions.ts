/** What the page asks about a world: tables as the explorer shows them. Asking changes nothing in the world. */
import type { IndexInfo, Item, ItemsPage, Json, KeyInfo, PartitionsReport, TableInfo } from '../protocol/types';
import { inspectEngine, type EngineDoor } from './engine-door';
import { faultOf, ServiceRefusal } from './faults';

interface KeySchemaElement {
  AttributeName: string;
  KeyType: 'HASH' | 'RANGE';
}

interface IndexDescription {
  IndexName: string;
  IndexStatus?: string;
  KeySchema: KeySchemaElement[];
  Projection?: { ProjectionType?: string };
}

interface TableDescription {
  TableName: string;
  TableStatus: string;
  KeySchema: KeySchemaElement[];
  AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[];
  BillingModeSummary?: { BillingMode?: string };
  ProvisionedThroughput?: { ReadCapacityUnits?: number; WriteCapacityUnits?: number };
  GlobalSecondaryIndexes?: IndexDescription[];
  LocalSecondaryIndexes?: IndexDescription[];
  StreamSpecification?: { StreamEnabled?: boolean };
}

type Namespace = 'DynamoDB_20120810' | 'Sortkey_20261120';

/** A request without cost in virtual time, for the page's own needs. Throws ServiceRefusal. */
function ask<T>(engine: EngineDoor, target: `${Namespace}.${string}`, input: Json): T {
  const { status, body } = engine.call(target, JSON.stringify(input));
  const answer = JSON.parse(body) as Json;
  if (status !== 200) throw new ServiceRefusal(faultOf(answer), status);
  return answer as T;
}

/** All tables in name order. */
export function tablesOf(engine: EngineDoor): TableInfo[] {
  const names: string[] = [];
  for (let after: string | undefined; ;) {
    const page = ask<{ TableNames: string[]; LastEvaluatedTableName?: string }>(
      engine,
      'DynamoDB_20120810.ListTables',
      after === undefined ? {} : { ExclusiveStartTableName: after },
    );
    names.push(...page.TableNames);
    after = page.LastEvaluatedTableName;
    if (after === undefined) break;
  }
  return names.map((name) => tableOf(engine, name));
}

function tableOf(engine: EngineDoor, name: string): TableInfo {
  const { Table } = ask<{ Table: TableDescription }>(engine, 'DynamoDB_20120810.DescribeTable', { TableName: name });
  // DescribeTable counts items as the service does, every few hours; the partitions know the number now.
  const now = inspectEngine<PartitionsReport>(engine, 'DescribePartitions', { TableName: name, KeysPerPartition: 0 });
  const types = new Map(
    Table.AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]),
  );
  const keysOf = (schema: KeySchemaElement[]): { partitionKey: KeyInfo; sortKey?: KeyInfo } => {
    const key = (kind: 'HASH' | 'RANGE'): KeyInfo | undefined => {
      const element = schema.find(({ KeyType }) => KeyType === kind);
      return element && { name: element.AttributeName, type: types.get(element.AttributeName) ?? 'S' };
    };
    const sortKey = key('RANGE');
    return { partitionKey: key('HASH')!, ...(sortKey ? { sortKey } : {}) };
  };
  const indexOf = (kind: IndexInfo['kind'], index: IndexDescription): IndexInfo => ({
    name: index.IndexName,
    kind,
    ...keysOf(index.KeySchema),
    projection: index.Projection?.ProjectionType ?? 'ALL',
    ...(index.IndexStatus ? { status: index.IndexStatus } : {}),
  });
  const billingMode = Table.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  const info: TableInfo = {
    name,
    status: Table.TableStatus,
    ...keysOf(Table.KeySchema),
    items: now.Items,
    bytes: now.Bytes,
    billingMode,
    indexes: [
      ...(Table.LocalSecondaryIndexes ?? []).map((index) => indexOf('LSI', index)),
      ...(Table.GlobalSecondaryIndexes ?? []).map((index) => indexOf('GSI', index)),
    ],
    streamEnabled: Table.StreamSpecification?.StreamEnabled === true,
    description: Table as unknown as Json,
  };
  const { TimeToLiveDescription: expiry } = ask<{
    TimeToLiveDescription?: { TimeToLiveStatus?: string; AttributeName?: string };
  }>(engine, 'DynamoDB_20120810.DescribeTimeToLive', { TableName: name });
  if (expiry?.TimeToLiveStatus?.startsWith('ENABL') && expiry.AttributeName) info.timeToLive = expiry.AttributeName;
  if (billingMode === 'PROVISIONED' && Table.ProvisionedThroughput) {
    const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = Table.ProvisionedThroughput;
    info.provisioned = { read: ReadCapacityUnits, write: WriteCapacityUnits };
  }
  return info;
}

/** One page of a table's items in stored order; a look, not a read: nothing is charged and nothing moves. */
export function itemsOf(engine: EngineDoor, table: string, limit: number, after: Item | null): ItemsPage {
  const page = ask<{ Items: Item[]; LastEvaluatedKey?: Item }>(engine, 'Sortkey_20261120.ReadItems', {
    TableName: table,
    Limit: limit,
    ...(after ? { ExclusiveStartKey: after as unknown as Json } : {}),
  });
  return { items: page.Items, next: page.LastEvaluatedKey ?? null };
}
