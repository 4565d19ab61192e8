/**
 * What the editor offers while typing: operations with the members of their requests, and a skeleton for each.
 * Names and order follow the DynamoDB API Reference; required members come first.
 */
export interface OperationWords {
  name: string;
  about: string;
  members: string[];
  /** Body with `${n:…}` stops, as editors know them. */
  skeleton: string;
}

const READ = ['ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames', 'ReturnConsumedCapacity'];
const WRITE = [
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValues',
  'ReturnValuesOnConditionCheckFailure',
  'ReturnConsumedCapacity',
  'ReturnItemCollectionMetrics',
];
const LISTING = [
  'IndexName',
  'FilterExpression',
  'ProjectionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'Limit',
  'ExclusiveStartKey',
  'Select',
  'ConsistentRead',
  'ReturnConsumedCapacity',
];

const TABLE = '"TableName": "${1:Music}"';
const KEY = '"Key": {\n    "${2:Artist}": { "S": "${3}" }\n  }';

export const OPERATIONS: OperationWords[] = [
  {
    name: 'CreateTable',
    about: 'Creates a table; it becomes ACTIVE after a few virtual seconds.',
    members: [
      'TableName',
      'AttributeDefinitions',
      'KeySchema',
      'BillingMode',
      'ProvisionedThroughput',
      'GlobalSecondaryIndexes',
      'LocalSecondaryIndexes',
      'StreamSpecification',
      'SSESpecification',
      'TableClass',
      'DeletionProtectionEnabled',
      'OnDemandThroughput',
      'WarmThroughput',
      'Tags',
    ],
    skeleton: `{\n  ${TABLE},\n  "AttributeDefinitions": [\n    { "AttributeName": "\${2:Artist}", "AttributeType": "S" },\n    { "AttributeName": "\${3:SongTitle}", "AttributeType": "S" }\n  ],\n  "KeySchema": [\n    { "AttributeName": "\${2:Artist}", "KeyType": "HASH" },\n    { "AttributeName": "\${3:SongTitle}", "KeyType": "RANGE" }\n  ],\n  "BillingMode": "PAY_PER_REQUEST"\n}`,
  },
  {
    name: 'DescribeTable',
    about: 'A table’s definition, status and counts.',
    members: ['TableName'],
    skeleton: `{ ${TABLE} }`,
  },
  {
    name: 'UpdateTable',
    about: 'Changes billing, capacity, indexes or protection of a table.',
    members: [
      'TableName',
      'AttributeDefinitions',
      'BillingMode',
      'ProvisionedThroughput',
      'GlobalSecondaryIndexUpdates',
      'StreamSpecification',
      'SSESpecification',
      'TableClass',
      'DeletionProtectionEnabled',
      'OnDemandThroughput',
      'WarmThroughput',
    ],
    skeleton: `{\n  ${TABLE},\n  "BillingMode": "\${2:PAY_PER_REQUEST}"\n}`,
  },
  {
    name: 'DeleteTable',
    about: 'Deletes a table and all its items.',
    members: ['TableName'],
    skeleton: `{ ${TABLE} }`,
  },
  {
    name: 'ListTables',
    about: 'Names of the tables, in order.',
    members: ['ExclusiveStartTableName', 'Limit'],
    skeleton: '{}',
  },
  {
    name: 'PutItem',
    about: 'Writes a whole item; an item with the same key is replaced.',
    members: ['TableName', 'Item', ...WRITE],
    skeleton: `{\n  ${TABLE},\n  "Item": {\n    "\${2:Artist}": { "S": "\${3}" },\n    "\${4:SongTitle}": { "S": "\${5}" }\n  }\n}`,
  },
  {
    name: 'GetItem',
    about: 'Reads one item by its whole primary key.',
    members: ['TableName', 'Key', ...READ],
    skeleton: `{\n  ${TABLE},\n  ${KEY}\n}`,
  },
  {
    name: 'UpdateItem',
    about: 'Changes attributes of one item, creating it if it is missing.',
    members: ['TableName', 'Key', 'UpdateExpression', ...WRITE],
    skeleton: `{\n  ${TABLE},\n  ${KEY},\n  "UpdateExpression": "SET \${4:Plays} = :\${5:v}",\n  "ExpressionAttributeValues": { ":\${5:v}": { "N": "\${6:1}" } },\n  "ReturnValues": "ALL_NEW"\n}`,
  },
  {
    name: 'DeleteItem',
    about: 'Deletes one item by its whole primary key.',
    members: ['TableName', 'Key', ...WRITE],
    skeleton: `{\n  ${TABLE},\n  ${KEY}\n}`,
  },
  {
    name: 'Query',
    about: 'Reads the items of one partition key, in sort-key order.',
    members: ['TableName', 'KeyConditionExpression', ...LISTING, 'ScanIndexForward'],
    skeleton: `{\n  ${TABLE},\n  "KeyConditionExpression": "\${2:Artist} = :\${3:a}",\n  "ExpressionAttributeValues": { ":\${3:a}": { "S": "\${4}" } }\n}`,
  },
  {
    name: 'Scan',
    about: 'Reads the whole table or index, a megabyte at a time.',
    members: ['TableName', ...LISTING, 'Segment', 'TotalSegments'],
    skeleton: `{ ${TABLE} }`,
  },
  {
    name: 'BatchGetItem',
    about: 'Up to 100 single reads in one call.',
    members: ['RequestItems', 'ReturnConsumedCapacity'],
    skeleton:
      '{\n  "RequestItems": {\n    "${1:Music}": {\n      "Keys": [\n        { "${2:Artist}": { "S": "${3}" } }\n      ]\n    }\n  }\n}',
  },
  {
    name: 'BatchWriteItem',
    about: 'Up to 25 single puts and deletes in one call; not one transaction.',
    members: ['RequestItems', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'],
    skeleton:
      '{\n  "RequestItems": {\n    "${1:Music}": [\n      { "PutRequest": { "Item": { "${2:Artist}": { "S": "${3}" } } } }\n    ]\n  }\n}',
  },
  {
    name: 'TransactGetItems',
    about: 'Up to 100 reads as one consistent picture, at twice the units.',
    members: ['TransactItems', 'ReturnConsumedCapacity'],
    skeleton:
      '{\n  "TransactItems": [\n    { "Get": { "TableName": "${1:Music}", "Key": { "${2:Artist}": { "S": "${3}" } } } }\n  ]\n}',
  },
  {
    name: 'TransactWriteItems',
    about: 'Up to 100 writes that all happen or none, at twice the units.',
    members: ['TransactItems', 'ClientRequestToken', 'ReturnConsumedCapacity', 'ReturnItemCollectionMetrics'],
    skeleton:
      '{\n  "TransactItems": [\n    { "Put": { "TableName": "${1:Music}", "Item": { "${2:Artist}": { "S": "${3}" } } } }\n  ]\n}',
  },
  {
    name: 'ExecuteStatement',
    about: 'One PartiQL statement: SELECT, INSERT, UPDATE or DELETE.',
    members: [
      'Statement',
      'Parameters',
      'ConsistentRead',
      'Limit',
      'NextToken',
      'ReturnConsumedCapacity',
      'ReturnValuesOnConditionCheckFailure',
    ],
    skeleton: `{\n  "Statement": "SELECT * FROM \\\\"\${1:Music}\\\\" WHERE \${2:Artist} = ?",\n  "Parameters": [{ "S": "\${3}" }]\n}`,
  },
  {
    name: 'BatchExecuteStatement',
    about: 'Up to 25 PartiQL statements in one call; not one transaction.',
    members: ['Statements', 'ReturnConsumedCapacity'],
    skeleton: `{\n  "Statements": [\n    { "Statement": "SELECT * FROM \\\\"\${1:Music}\\\\" WHERE \${2:Artist} = '\${3}'" }\n  ]\n}`,
  },
  {
    name: 'ExecuteTransaction',
    about: 'Up to 100 PartiQL statements that all happen or none.',
    members: ['TransactStatements', 'ClientRequestToken', 'ReturnConsumedCapacity'],
    skeleton: `{\n  "TransactStatements": [\n    { "Statement": "DELETE FROM \\\\"\${1:Music}\\\\" WHERE \${2:Artist} = '\${3}'" }\n  ]\n}`,
  },
  {
    name: 'UpdateTimeToLive',
    about: 'Names the attribute that says when an item expires.',
    members: ['TableName', 'TimeToLiveSpecification'],
    skeleton: `{\n  ${TABLE},\n  "TimeToLiveSpecification": { "Enabled": true, "AttributeName": "\${2:expires}" }\n}`,
  },
  {
    name: 'DescribeTimeToLive',
    about: 'Whether items of a table expire.',
    members: ['TableName'],
    skeleton: `{ ${TABLE} }`,
  },
  {
    name: 'ListStreams',
    about: 'Streams of tables that have one.',
    members: ['TableName', 'Limit', 'ExclusiveStartStreamArn'],
    skeleton: '{}',
  },
  {
    name: 'DescribeStream',
    about: 'Shards of a stream.',
    members: ['StreamArn', 'Limit', 'ExclusiveStartShardId'],
    skeleton: '{ "StreamArn": "${1}" }',
  },
  {
    name: 'GetShardIterator',
    about: 'A place in a shard to read records from.',
    members: ['StreamArn', 'ShardId', 'ShardIteratorType', 'SequenceNumber'],
    skeleton: '{\n  "StreamArn": "${1}",\n  "ShardId": "${2}",\n  "ShardIteratorType": "TRIM_HORIZON"\n}',
  },
  {
    name: 'GetRecords',
    about: 'Changes of items, in order.',
    members: ['ShardIterator', 'Limit'],
    skeleton: '{ "ShardIterator": "${1}" }',
  },
  {
    name: 'TagResource',
    about: 'Puts tags on a table.',
    members: ['ResourceArn', 'Tags'],
    skeleton: '{\n  "ResourceArn": "${1}",\n  "Tags": [{ "Key": "${2}", "Value": "${3}" }]\n}',
  },
  {
    name: 'UntagResource',
    about: 'Takes tags off a table.',
    members: ['ResourceArn', 'TagKeys'],
    skeleton: '{ "ResourceArn": "${1}", "TagKeys": ["${2}"] }',
  },
  {
    name: 'ListTagsOfResource',
    about: 'Tags of a table.',
    members: ['ResourceArn', 'NextToken'],
    skeleton: '{ "ResourceArn": "${1}" }',
  },
  { name: 'DescribeLimits', about: 'Capacity limits of the account and of a table.', members: [], skeleton: '{}' },
];

/** A skeleton as plain text: stops replaced by what they suggest. In a skeleton, two backslashes stand for one. */
export function filledIn(skeleton: string): string {
  return skeleton.replace(/\$\{\d+:?([^}]*)\}/g, '$1').replace(/\\\\/g, '\\');
}

export interface DirectiveWords {
  name: string;
  about: string;
  skeleton: string;
}

export const DIRECTIVES: DirectiveWords[] = [
  {
    name: '@advance',
    about: 'Moves the virtual clock, e.g. @advance 35 days',
    skeleton: '@advance ${1:10} ${2:seconds}',
  },
  { name: '@load', about: 'Loads a data set: music, movies or people', skeleton: '@load ${1|music,movies,people|}' },
  { name: '@reset', about: 'Empties the whole workspace', skeleton: '@reset' },
];

const INDEX = ['IndexName', 'KeySchema', 'Projection', 'ProvisionedThroughput', 'OnDemandThroughput', 'WarmThroughput'];
const CONDITION = [
  'ConditionExpression',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'ReturnValuesOnConditionCheckFailure',
];

/** Members of nested objects by the member that holds them; where one name has two meanings, with the member around it. */
export const NESTED_MEMBERS: Record<string, string[]> = {
  AttributeDefinitions: ['AttributeName', 'AttributeType'],
  KeySchema: ['AttributeName', 'KeyType'],
  ProvisionedThroughput: ['ReadCapacityUnits', 'WriteCapacityUnits'],
  OnDemandThroughput: ['MaxReadRequestUnits', 'MaxWriteRequestUnits'],
  WarmThroughput: ['ReadUnitsPerSecond', 'WriteUnitsPerSecond'],
  GlobalSecondaryIndexes: INDEX,
  LocalSecondaryIndexes: ['IndexName', 'KeySchema', 'Projection'],
  GlobalSecondaryIndexUpdates: ['Create', 'Update', 'Delete'],
  'GlobalSecondaryIndexUpdates.Create': INDEX,
  'GlobalSecondaryIndexUpdates.Update': ['IndexName', 'ProvisionedThroughput', 'OnDemandThroughput', 'WarmThroughput'],
  'GlobalSecondaryIndexUpdates.Delete': ['IndexName'],
  SSESpecification: ['Enabled', 'SSEType', 'KMSMasterKeyId'],
  Projection: ['ProjectionType', 'NonKeyAttributes'],
  StreamSpecification: ['StreamEnabled', 'StreamViewType'],
  TransactItems: ['Put', 'Update', 'Delete', 'ConditionCheck', 'Get'],
  Put: ['TableName', 'Item', ...CONDITION],
  Update: ['TableName', 'Key', 'UpdateExpression', ...CONDITION],
  Delete: ['TableName', 'Key', ...CONDITION],
  ConditionCheck: ['TableName', 'Key', ...CONDITION],
  Get: ['TableName', 'Key', 'ProjectionExpression', 'ExpressionAttributeNames'],
  PutRequest: ['Item'],
  TimeToLiveSpecification: ['Enabled', 'AttributeName'],
  Statements: ['Statement', 'Parameters', 'ConsistentRead', 'ReturnValuesOnConditionCheckFailure'],
  TransactStatements: ['Statement', 'Parameters', 'ReturnValuesOnConditionCheckFailure'],
  Tags: ['Key', 'Value'],
  DeleteRequest: ['Key'],
};

/** What the service takes as well but nobody should be offered: the time before expressions, and what is not simulated. */
export const UNOFFERED_MEMBERS: Record<string, string[]> = {
  CreateTable: ['ResourcePolicy', 'GlobalTableSourceArn', 'GlobalTableSettingsReplicationMode'],
  UpdateTable: [
    'ReplicaUpdates',
    'MultiRegionConsistency',
    'GlobalTableWitnessUpdates',
    'GlobalTableSettingsReplicationMode',
  ],
  PutItem: ['Expected', 'ConditionalOperator'],
  DeleteItem: ['Expected', 'ConditionalOperator'],
  UpdateItem: ['AttributeUpdates', 'Expected', 'ConditionalOperator'],
  GetItem: ['AttributesToGet'],
  Query: ['KeyConditions', 'QueryFilter', 'ConditionalOperator', 'AttributesToGet'],
  Scan: ['ScanFilter', 'ConditionalOperator', 'AttributesToGet'],
  DescribeStream: ['ShardFilter'],
};

/** Values a member can have, offered inside its quotes. */
export const MEMBER_VALUES: Record<string, string[]> = {
  BillingMode: ['PAY_PER_REQUEST', 'PROVISIONED'],
  KeyType: ['HASH', 'RANGE'],
  AttributeType: ['S', 'N', 'B'],
  ReturnConsumedCapacity: ['TOTAL', 'INDEXES', 'NONE'],
  ReturnValues: ['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'],
  ReturnValuesOnConditionCheckFailure: ['ALL_OLD', 'NONE'],
  ReturnItemCollectionMetrics: ['SIZE', 'NONE'],
  Select: ['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES', 'COUNT'],
  ProjectionType: ['ALL', 'KEYS_ONLY', 'INCLUDE'],
  StreamViewType: ['NEW_AND_OLD_IMAGES', 'NEW_IMAGE', 'OLD_IMAGE', 'KEYS_ONLY'],
  ShardIteratorType: ['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER'],
  TableClass: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'],
};

/** The value types an attribute may have, as in `{ "S": "text" }`. */
export const VALUE_TYPES = ['S', 'N', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS', 'B'];
