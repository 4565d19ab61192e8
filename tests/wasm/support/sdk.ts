/** One walk through an unmodified AWS SDK, for every way to reach an engine with it. */
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';

const TableName = 'Music';
const song = (title: string, year: number) => ({
  Artist: { S: 'Acme Band' },
  SongTitle: { S: title },
  Year: { N: String(year) },
  Cover: { B: new Uint8Array([0, 127, 128, 255]) },
});

/** Creates, fills, reads, changes and deletes a table, and meets the usual errors. */
export async function walkThrough(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [
        { AttributeName: 'Artist', AttributeType: 'S' },
        { AttributeName: 'SongTitle', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'Artist', KeyType: 'HASH' },
        { AttributeName: 'SongTitle', KeyType: 'RANGE' },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 20, minDelay: 1 }, { TableName });
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table).toMatchObject({ TableName, TableStatus: 'ACTIVE', ItemCount: 0 });
  expect(Table!.CreationDateTime).toBeInstanceOf(Date);
  expect((await client.send(new ListTablesCommand({}))).TableNames).toContain(TableName);

  const first = song('Bluebird – ♥', 1999);
  const put = await client.send(new PutItemCommand({ TableName, Item: first, ReturnConsumedCapacity: 'TOTAL' }));
  expect(put.ConsumedCapacity).toEqual({ TableName, CapacityUnits: 1 });
  await client.send(
    new BatchWriteItemCommand({
      RequestItems: {
        [TableName]: ['Alone', 'Cold', 'Dawn'].map((title, i) => ({
          PutRequest: { Item: song(title, 2000 + i) },
        })),
      },
    }),
  );

  const Key = { Artist: first.Artist, SongTitle: first.SongTitle };
  expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(first);
  const page = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'Artist = :a AND SongTitle > :from',
      FilterExpression: '#y < :year',
      ExpressionAttributeNames: { '#y': 'Year' },
      ExpressionAttributeValues: {
        ':a': { S: 'Acme Band' },
        ':from': { S: 'B' },
        ':year': { N: '2002' },
      },
    }),
  );
  expect(page.Items!.map((item) => item.SongTitle!.S)).toEqual(['Bluebird – ♥', 'Cold']);
  expect([page.Count, page.ScannedCount]).toEqual([2, 3]);

  const updated = await client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'ADD Plays :one SET Label = if_not_exists(Label, :none)',
      ExpressionAttributeValues: { ':one': { N: '1' }, ':none': { NULL: true } },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  expect(updated.Attributes).toEqual({ Plays: { N: '1' }, Label: { NULL: true } });
  const scanned = await client.send(new ScanCommand({ TableName, Select: 'COUNT' }));
  expect(scanned.Count).toBe(4);

  await expectErrors(client);

  const deleted = await client.send(new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }));
  expect(deleted.Attributes).toMatchObject(Key);
  expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toBeUndefined();
  await client.send(new DeleteTableCommand({ TableName }));
  await waitUntilTableNotExists({ client, maxWaitTime: 20, minDelay: 1 }, { TableName });
}

async function expectErrors(client: DynamoDBClient): Promise<void> {
  const missing = new GetItemCommand({ TableName: 'Nowhere', Key: { a: { S: 'b' } } });
  await expect(client.send(missing)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Requested resource not found',
  });
  await expect(client.send(missing)).rejects.toBeInstanceOf(ResourceNotFoundException);

  const Item = song('Cold', 1);
  const ConditionExpression = 'attribute_not_exists(Artist)';
  const conditional = client.send(
    new PutItemCommand({
      TableName,
      Item,
      ConditionExpression,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
  const failed: unknown = await conditional.catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(ConditionalCheckFailedException);
  expect((failed as ConditionalCheckFailedException).Item!.Year).toEqual({ N: '2001' });

  const transaction = client.send(
    new TransactWriteItemsCommand({
      TransactItems: [{ Put: { TableName, Item: song('New', 1) } }, { Put: { TableName, Item, ConditionExpression } }],
    }),
  );
  const canceled: unknown = await transaction.catch((error: unknown) => error);
  expect(canceled).toBeInstanceOf(TransactionCanceledException);
  expect((canceled as TransactionCanceledException).CancellationReasons!.map((reason) => reason.Code)).toEqual([
    'None',
    'ConditionalCheckFailed',
  ]);

  const invalid = new PutItemCommand({ TableName, Item: { Artist: { S: '' } } });
  await expect(client.send(invalid)).rejects.toMatchObject({ name: 'ValidationException' });
}
