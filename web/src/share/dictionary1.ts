/**
 * FROZEN. Dictionary number 1 of the link codec: never change, reorder or reformat this text, or every link
 * made with it stops opening; a test compares its checksum. A better one is dictionary 2, in a new file.
 *
 * Deflate refers backwards, and near references are shorter: what scripts use most stands last.
 */
export const dictionary1 = [
  '"ProjectionType": "KEYS_ONLY" "ProjectionType": "INCLUDE", "NonKeyAttributes": ["',
  '"LocalSecondaryIndexes": [{ "IndexName": "StreamSpecification": { "StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES" }',
  '"TimeToLiveSpecification": { "AttributeName": "ExpiresAt", "Enabled": true }',
  '"PointInTimeRecoverySpecification": { "PointInTimeRecoveryEnabled": true }',
  '"BillingMode": "PROVISIONED", "ProvisionedThroughput": { "ReadCapacityUnits": 5, "WriteCapacityUnits": 5 }',
  '@load movies\n@load music\n@load people\n@reset\n@advance 1 hour\n@advance 5 minutes\n@advance 10 seconds\n@advance 35 days\n',
  'DescribeTable {\n  "TableName": "UpdateTable {\n  "TableName": "DeleteTable {\n  "TableName": "ListTables {}\n',
  'UpdateTimeToLive {\n  "TransactGetItems {\n  "TransactItems": [{ "Get": { "TableName": "',
  'TransactWriteItems {\n  "TransactItems": [\n    { "ConditionCheck": { "ClientRequestToken": "',
  'BatchGetItem {\n  "RequestItems": {\n    "Keys": [\n      { "ConsistentRead": true',
  'BatchWriteItem {\n  "RequestItems": {\n    { "PutRequest": { "Item": { { "DeleteRequest": { "Key": { ',
  '"ReturnValuesOnConditionCheckFailure": "ALL_OLD" "ReturnItemCollectionMetrics": "SIZE" "Select": "COUNT"',
  '"ConditionExpression": "attribute_not_exists(attribute_exists(pk) AND contains(size(attribute_type(',
  '"ReturnValues": "UPDATED_NEW" "ALL_NEW" "ALL_OLD" "NONE" REMOVE ADD DELETE SET if_not_exists(list_append(',
  '"ScanIndexForward": false, "Limit": 10, "ExclusiveStartKey": { "FilterExpression": "',
  '"ProjectionExpression": " BETWEEN :from AND :to OR NOT IN (:',
  'CreateTable {\n  "TableName": "Music",\n  "AttributeDefinitions": [\n    { "AttributeName": "Artist", "AttributeType": "S" },\n',
  '    { "AttributeName": "SongTitle", "AttributeType": "S" }\n  ],\n  "KeySchema": [\n    { "AttributeName": "Artist", "KeyType": "HASH" },\n',
  '    { "AttributeName": "SongTitle", "KeyType": "RANGE" }\n  ],\n  "GlobalSecondaryIndexes": [{ "IndexName": "GSI1", "KeySchema": ',
  '"AttributeName": "GSI1PK", "GSI1SK" "Projection": { "ProjectionType": "ALL" } }],\n  "BillingMode": "PAY_PER_REQUEST"\n}\n\n',
  '{ "M": { { "L": [{ { "SS": [" { "NS": [" { "BOOL": true } { "NULL": true } { "B": " "PK": { "S": "CUSTOMER#" }, "SK": { "S": "ORDER#',
  'Scan {\n  "TableName": "DeleteItem {\n  "TableName": "',
  'UpdateItem {\n  "TableName": "Music",\n  "Key": { "UpdateExpression": "SET #',
  'Query {\n  "TableName": "Music",\n  "IndexName": "GSI1",\n  "KeyConditionExpression": "Artist = :a AND begins_with(SongTitle, :s)",\n',
  '  "ExpressionAttributeNames": { "#y": "Year" },\n  "ExpressionAttributeValues": { ":a": { "S": "Acme Band" } },\n',
  '  "ReturnConsumedCapacity": "TOTAL"\n}\n\nGetItem {\n  "TableName": "Music",\n  "Key": { "Artist": { "S": "',
  'PutItem {\n  "TableName": "Music",\n  "Item": {\n    "Artist": { "S": "No One You Know" },\n    "SongTitle": { "S": "Call Me Today" },\n',
  '    "AlbumTitle": { "S": "Somewhat Famous" },\n    "Year": { "N": "2026" }\n  }\n}\n\n',
].join('');
