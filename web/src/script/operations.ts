/**
 * Names of the operations of the two DynamoDB services. Source: the Amazon DynamoDB API reference,
 * "Actions". The engine decides what it runs; this list is for typing errors and completion.
 */

const streamOperations = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'] as const;

const databaseOperations = [
  'BatchExecuteStatement',
  'BatchGetItem',
  'BatchWriteItem',
  'CreateBackup',
  'CreateGlobalTable',
  'CreateTable',
  'DeleteBackup',
  'DeleteItem',
  'DeleteResourcePolicy',
  'DeleteTable',
  'DescribeBackup',
  'DescribeContinuousBackups',
  'DescribeContributorInsights',
  'DescribeEndpoints',
  'DescribeExport',
  'DescribeGlobalTable',
  'DescribeGlobalTableSettings',
  'DescribeImport',
  'DescribeKinesisStreamingDestination',
  'DescribeLimits',
  'DescribeTable',
  'DescribeTableReplicaAutoScaling',
  'DescribeTimeToLive',
  'DisableKinesisStreamingDestination',
  'EnableKinesisStreamingDestination',
  'ExecuteStatement',
  'ExecuteTransaction',
  'ExportTableToPointInTime',
  'GetItem',
  'GetResourcePolicy',
  'ImportTable',
  'ListBackups',
  'ListContributorInsights',
  'ListExports',
  'ListGlobalTables',
  'ListImports',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'PutResourcePolicy',
  'Query',
  'RestoreTableFromBackup',
  'RestoreTableToPointInTime',
  'Scan',
  'TagResource',
  'TransactGetItems',
  'TransactWriteItems',
  'UntagResource',
  'UpdateContinuousBackups',
  'UpdateContributorInsights',
  'UpdateGlobalTable',
  'UpdateGlobalTableSettings',
  'UpdateItem',
  'UpdateKinesisStreamingDestination',
  'UpdateTable',
  'UpdateTableReplicaAutoScaling',
  'UpdateTimeToLive',
] as const;

/** Operations that read or write items; every other one manages tables. */
const dataPlane = new Set<string>([
  'BatchExecuteStatement',
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'ExecuteStatement',
  'ExecuteTransaction',
  'GetItem',
  'GetRecords',
  'GetShardIterator',
  'PutItem',
  'Query',
  'Scan',
  'TransactGetItems',
  'TransactWriteItems',
  'UpdateItem',
]);

/** All operation names in alphabetical order. */
export const operationNames: readonly string[] = [...databaseOperations, ...streamOperations].sort();

const known = new Set<string>(operationNames);
const ofStreams = new Set<string>(streamOperations);

export function isOperation(name: string): boolean {
  return known.has(name);
}

/** True for operations that manage tables, backups, …; they may leave a table in transition. */
export function isControlPlane(name: string): boolean {
  return !dataPlane.has(name);
}

/** The service target of an operation, "DynamoDB_20120810.PutItem". */
export function targetOf(name: string): string {
  return `${ofStreams.has(name) ? 'DynamoDBStreams' : 'DynamoDB'}_20120810.${name}`;
}

/** The known operation nearest to a misspelt one, or undefined when none is near. */
export function suggestOperation(name: string): string | undefined {
  const wanted = name.toLowerCase().replace(/[^a-z]/g, '');
  if (wanted.length < 2 || wanted.length > 60) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of operationNames) {
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The nearest of a few words, or undefined. */
export function suggestWord(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = 3;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein distance, given up (as `limit`) once it cannot stay below `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, substitution);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least >= limit) return limit;
    previous = row;
  }
  return previous[b.length]!;
}
