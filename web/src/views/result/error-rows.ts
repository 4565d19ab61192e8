/**
 * What errors of the service mean and what to try, one row per family, the special ones first. `$1` in a row stands for
 * what its pattern found in the service's text.
 */
export interface ErrorRow {
  name: RegExp;
  text?: RegExp;
  means: string;
  try: string;
}

const validation = /^ValidationException$/;

const expressions: ErrorRow[] = [
  {
    name: validation,
    text: /reserved keyword; reserved keyword: (\w+)/i,
    means: '“$1” is a word of the expression language, so it cannot stand there as an attribute name.',
    try: 'Write #n in its place and add "ExpressionAttributeNames": { "#n": "$1" }.',
  },
  {
    name: validation,
    text: /attribute (?:value|name) used .* not defined; attribute (value|name): (\S+)/i,
    means: 'The expression uses $2, and the request does not say what it stands for.',
    try: 'Add "$2" to "ExpressionAttributeValues" (for :words) or "ExpressionAttributeNames" (for #words).',
  },
  {
    name: validation,
    text: /(ExpressionAttribute(?:Names|Values)) unused in expressions: keys: \{([^}]+)\}/,
    means: 'Every placeholder has to be used, so that a forgotten condition is noticed. Nothing uses $2.',
    try: 'Use it in an expression, or take it out of "$1".',
  },
  {
    name: validation,
    text: /^(\w+) can only be specified when using expressions/,
    means: '"$1" is there, but none of the expressions that could use it.',
    try: 'Check the names of the expression members: one the service does not know is ignored without a word.',
  },
  {
    name: validation,
    text: /Filter Expression can only contain non-primary key attributes: Primary key attribute: (\S+)/,
    means: 'A filter sorts out what was read already, and “$1” decides what is read.',
    try: 'Put the condition on “$1” into "KeyConditionExpression".',
  },
  {
    name: validation,
    text: /missed key schema element: (\S+)/,
    means: 'A Query reads one partition, so the key condition must say “$1 = value”; the sort key may follow it.',
    try: 'Add the condition, ask an index whose partition key you know, or use Scan with a filter.',
  },
  {
    name: validation,
    text: /Query key condition not supported/i,
    means: 'The partition key takes “=” only; the sort key =, <, <=, >, >=, BETWEEN or begins_with, joined by AND.',
    try: 'Put other conditions into "FilterExpression": they apply after reading.',
  },
  {
    name: validation,
    text: /Condition parameter type does not match schema type/,
    means: 'The value has another type than the key: a number is not equal to a text that looks like it.',
    try: 'Compare the type letter (S, N, B) with the table’s key.',
  },
  {
    name: validation,
    text: /Cannot update attribute (\S+?)\. This attribute is part of the key/,
    means: 'The key says which item it is, so “$1” cannot be changed.',
    try: 'Put an item with the new key and delete the old one; TransactWriteItems does both or neither.',
  },
  {
    name: validation,
    text: /refers to an attribute that does not exist in the item/,
    means: 'The expression reads an attribute this item does not have.',
    try: 'Write if_not_exists(name, :start) to begin with a value, or add a condition.',
  },
  {
    name: validation,
    text: /Two document paths (overlap|conflict)/,
    means: 'One update changes the same place twice, or a place and a part of it.',
    try: 'Change each attribute once; several changes of one map can be one SET of the map.',
  },
  {
    name: validation,
    text: /Incorrect operand type for operator or function; operator(?: or function)?: ([^,]+), operand type: (\w+)/,
    means: '“$1” does not work with a value of type $2.',
    try: 'ADD takes numbers and sets, + and - numbers, begins_with texts, size texts, sets, lists and maps.',
  },
  {
    name: validation,
    text: /Invalid function name; function: (\S+)/,
    means: 'There is no function “$1”.',
    try: 'Conditions know attribute_exists, attribute_not_exists, attribute_type, begins_with, contains and size; SET knows if_not_exists and list_append.',
  },
  {
    name: validation,
    text: /Non-expression parameters: \{([^}]+)\}/,
    means: 'Requests from before 2014 used $1; they and expressions cannot stand in one request.',
    try: 'Say it with an expression and take $1 out.',
  },
  {
    name: validation,
    text: /Syntax error/i,
    means: 'The expression cannot be read from the place that is named on; it is underlined in the editor.',
    try: 'Look just before it: values are :words, attribute names stand without quotes, = is written once.',
  },
];

const values: ErrorRow[] = [
  {
    name: validation,
    text: /provided key element does not match|number of conditions on the keys/i,
    means: 'A key holds exactly the key attributes of the table, each of the type it was defined with.',
    try: 'Compare names and types with the table in the left pane. Other attributes do not belong into "Key".',
  },
  {
    name: validation,
    text: /Missing the key (\S+) in the item/,
    means: 'An item must hold the whole key, and “$1” is not in it.',
    try: 'Add “$1”; names are case-sensitive.',
  },
  {
    name: validation,
    text: /Type mismatch for (?:Index )?key (\S+) expected: (\w+) actual: (\w+)/i,
    means: '“$1” is a key of the table or an index, which says it is of type $2. Here it is $3.',
    try: 'Write { "$2": "…" }. A number is written as a text, too: { "N": "42" }.',
  },
  {
    name: validation,
    text: /cannot contain an empty (?:string|binary) value\. (?:Key|IndexName): (\S+)/,
    means: 'Key attributes may not be empty, because they are how an item is found.',
    try: 'Give “$1” a value, or leave it out where it is the key of an index only.',
  },
  {
    name: validation,
    text: /AttributeValue (?:is empty|has more than one)/,
    means: 'An attribute value is an object with exactly one type.',
    try: 'Write { "S": "text" }, { "N": "42" }, { "BOOL": true }, { "L": [ … ] } or { "M": { … } }.',
  },
  {
    name: validation,
    text: /numeric value: (.*)|38 significant digits|Number (?:overflow|underflow)/,
    means: 'A number is written in decimal digits, at most 38 of them, up to 9.99…E+125.',
    try: 'Use { "S": "…" } for what is no number.',
  },
  {
    name: validation,
    text: /set\s+may not be empty|contains duplicates/,
    means: 'A set holds at least one value, and each value once.',
    try: 'Leave the attribute out when there is nothing in it, or use a list (L), which may be empty and repeat.',
  },
  {
    name: validation,
    text: /size has exceeded/i,
    means: 'An item may have 400 KB (409,600 bytes), names included.',
    try: 'Split the item, or keep the large part elsewhere and store a pointer.',
  },
  {
    name: validation,
    text: /item keys contains duplicates/,
    means: 'One batch may name each item once, whether it is put or deleted.',
    try: 'Take one of the two out, or send two requests.',
  },
  {
    name: /^SerializationException$/,
    text: /Unexpected value type in payload/,
    means: 'There is plain JSON where a value with a type belongs; the place is underlined.',
    try: 'Write { "S": "pop" } instead of "pop", and { "N": "3" } instead of 3.',
  },
  {
    name: /^SerializationException$/,
    text: /NUMBER_VALUE cannot be converted to String/,
    means: 'A number stands where a text is expected. Numbers travel as text, so that no digit is lost on the way.',
    try: 'Put quotes around it: { "N": "42" }.',
  },
  {
    name: /^SerializationException$/,
    means: 'A member of the request has the wrong JSON type, for instance a number where a text is expected.',
    try: 'Attribute values are objects with a type: { "S": "text" }, { "N": "42" } with the number as a text.',
  },
];

const requests: ErrorRow[] = [
  {
    name: validation,
    text: /at '([\w.]+)' failed to satisfy constraint: Member must (?:satisfy enum value set: \[([^\]]+)\])/,
    means: 'This member takes one of a few words, and they are case-sensitive.',
    try: 'Write one of $2.',
  },
  {
    name: validation,
    text: /at '([\w.]+)' failed to satisfy constraint: Member must not be null/,
    means: 'The operation needs this member, and the request does not have it.',
    try: 'Add it. The editor offers the members of an operation with Ctrl+Space, the needed ones first.',
  },
  {
    name: validation,
    text: /at '([\w.]+)' failed to satisfy constraint: (Member must .*)/,
    means: 'The member is there, but its value is out of bounds. $2.',
    try: 'Change the value that is underlined.',
  },
  {
    name: validation,
    text: /(\w+) can only be (.+)/,
    means: '"$1" has other values in other operations; here it is $2.',
    try: 'Write one of these. UpdateItem is the operation that can answer with the new item.',
  },
  {
    name: validation,
    text: /specified index: (\S+)/,
    means: 'The table has no index “$1”.',
    try: 'The left pane lists its indexes; names are case-sensitive. UpdateTable can add one.',
  },
  {
    name: validation,
    text: /Consistent reads are not supported on global secondary indexes/,
    means: 'A global index is brought up to date after the table, so it cannot promise the newest state.',
    try: 'Drop "ConsistentRead", or read the table or a local index.',
  },
  {
    name: validation,
    text: /(AttributeDefinitions|KeySchema)/,
    means: 'AttributeDefinitions names the attributes of all keys, of the table and of its indexes, and no others.',
    try: 'Define each key attribute once. Other attributes are never declared: items bring them along.',
  },
  {
    name: validation,
    text: /ProvisionedThroughput|ReadCapacityUnits|WriteCapacityUnits|BillingMode/,
    means: 'A provisioned table or index says how many units it may use; one on demand says none.',
    try: 'Write "BillingMode": "PAY_PER_REQUEST", or give "ProvisionedThroughput" with both units.',
  },
];

const statements: ErrorRow[] = [
  {
    name: validation,
    text: /Unsupported clause: (\w+)/,
    means: 'PartiQL for DynamoDB has no $1.',
    try: 'How many items are read is a member of the request: ExecuteStatement { "Statement": "…", "Limit": 3 }.',
  },
  {
    name: validation,
    text: /WHERE clause in the statement when using ORDER BY|ORDER BY/,
    means: 'Items are sorted within one partition only, by the sort key.',
    try: `Name the partition: WHERE "Artist" = 'Luna Park' ORDER BY "SongTitle" DESC.`,
  },
  {
    name: validation,
    text: /mandatory equality on all key attributes/,
    means: 'UPDATE and DELETE change one item, so WHERE must give its whole key with “=”.',
    try: 'Name partition key and sort key; texts stand in single quotes.',
  },
  {
    name: validation,
    text: /Only select from a single table/,
    means: 'A statement reads one table or one index; there are no joins.',
    try: 'Keep together in one table what is read together, or run two statements.',
  },
  {
    name: validation,
    text: /Unexpected path component|Unexpected token after expression|Unexpected keyword|Unexpected term|Statement wasn't well formed/,
    means: 'The statement cannot be read from the underlined place on. PartiQL here is a small part of SQL.',
    try: `Texts stand in 'single', names in "double" quotes. There is no JOIN, GROUP BY, COUNT, LIKE, LIMIT or DISTINCT; INSERT INTO "Music" VALUE {'Artist': '…'}.`,
  },
];

const rest: ErrorRow[] = [
  {
    name: /^ResourceNotFoundException$/,
    text: /stream|shard/i,
    means: 'There is no stream or shard of this name, or its 24 hours are over.',
    try: 'Take the ARN from DescribeTable, "LatestStreamArn".',
  },
  {
    name: /^ResourceNotFoundException$/,
    means: 'There is no table or index with this name in this Region, or the table is still being created.',
    try: 'Compare the name with the list of tables; names are case-sensitive. Run the CreateTable block first.',
  },
  {
    name: /^ResourceInUseException$/,
    text: /already exists/i,
    means: 'There is a table of this name. A second run of a script meets the tables of the first.',
    try: 'Run the script from an empty world, delete the table first, or use another name.',
  },
  {
    name: /^ResourceInUseException$/,
    means: 'The table is being changed right now and cannot take another change.',
    try: 'Advance the clock until its status is ACTIVE.',
  },
  {
    name: /^ConditionalCheckFailedException$/,
    means:
      'The condition was false for the item as it is now, so nothing was written. The check still consumed write units.',
    try: 'Add "ReturnValuesOnConditionCheckFailure": "ALL_OLD" to see the item that failed it.',
  },
  {
    name: /^TransactionCanceledException$/,
    means: 'One of the actions could not be done, so none was. The reasons are in the order of the actions.',
    try: 'Find the first reason that is not “None”: that action is underlined in the editor.',
  },
  {
    name: /^IdempotentParameterMismatchException$/,
    means: 'The same ClientRequestToken was sent within ten minutes with another transaction.',
    try: 'Use a new token for a new transaction.',
  },
  {
    name: /^(ProvisionedThroughputExceededException|ThrottlingException)$/,
    means: 'More units were asked for than the table may use in this second and has saved up.',
    try: 'Advance the clock, send fewer requests per second, or raise the capacity.',
  },
  {
    name: /^ItemCollectionSizeLimitExceededException$/,
    means: 'All items with one partition key, together with their local index entries, may take at most 10 GB.',
    try: 'Choose a partition key with more values.',
  },
  {
    name: validation,
    means: 'The request breaks a rule of the service. Nothing was read or written, and it costs nothing.',
    try: 'The place is underlined in the editor. The Insert menu has a request of every operation that runs as it is: compare with it.',
  },
  {
    name: /^UnknownOperationException$/,
    means: 'This operation is not part of the engine in this version.',
    try: 'The completion list of the editor (Ctrl+Space) names what there is.',
  },
  {
    name: /^LimitExceededException$/,
    means: 'Too many changes of tables at one time, or a limit of the account is reached.',
    try: 'Advance the clock until the changes under way are done, then send the request again.',
  },
  {
    name: /^ScriptError$/,
    means: 'The request could not be sent as it is written.',
    try: 'The place is underlined in the editor.',
  },
  {
    name: /^NotOwner$/,
    means: 'Another tab is writing this workspace, so this one only shows it.',
    try: 'Take over, then run again.',
  },
  {
    name: /^Cancelled$/,
    means: 'You stopped it. What was written before stays.',
    try: 'Run it again to go on; rows already there are replaced.',
  },
  {
    name: /^LoadFailed$/,
    means: 'The file of the data set did not arrive.',
    try: 'Check the connection and run it again.',
  },
];

export const ERROR_ROWS: readonly ErrorRow[] = [...expressions, ...values, ...statements, ...requests, ...rest];
