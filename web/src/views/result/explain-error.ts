/**
 * Our words about an error of the service: what it means and what to try. The service's own name and text are shown
 * first and untouched; this is what stands below them. The first row whose name and text fit is used.
 */
import type { ServiceFault } from '../../protocol/types';

interface Row {
  name: RegExp;
  text?: RegExp;
  means: string;
  try: string;
}

const ROWS: Row[] = [
  {
    name: /^ResourceNotFoundException$/,
    means: 'There is no table or index with this name in this Region, or the table is still being created.',
    try: 'Compare the name with the list of tables; names are case-sensitive. Run the CreateTable block first.',
  },
  {
    name: /^ResourceInUseException$/,
    means: 'The table exists already, or it is being changed right now and cannot take another change.',
    try: 'Use another name, delete the table first, or advance the clock until its status is ACTIVE.',
  },
  {
    name: /^ConditionalCheckFailedException$/,
    means:
      'The condition was false for the item as it is now, so nothing was written. The check still consumed write units.',
    try: 'Add "ReturnValuesOnConditionCheckFailure": "ALL_OLD" to see the item that failed it.',
  },
  {
    name: /^TransactionCanceledException$/,
    means: 'One of the actions could not be done, so none was. The reasons stand in the order of the actions.',
    try: 'Find the first reason that is not “None” and mend that action.',
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
    name: /^ValidationException$/,
    text: /reserved keyword/i,
    means: 'This word has a meaning of its own in expressions, so it cannot stand there as an attribute name.',
    try: 'Write a placeholder such as #n and explain it in "ExpressionAttributeNames".',
  },
  {
    name: /^ValidationException$/,
    text: /Query condition missed key schema|Query key condition not supported/i,
    means:
      'A Query needs the partition key with “=”; the sort key may follow with =, <, <=, >, >=, BETWEEN or begins_with.',
    try: 'Put the other conditions into "FilterExpression", or ask an index whose key fits.',
  },
  {
    name: /^ValidationException$/,
    text: /provided key element does not match|Missing the key|number of conditions on the keys/i,
    means: 'A key must hold exactly the key attributes of the table, each with the type of its definition.',
    try: 'Compare with the key schema in the list of tables: names, types, and nothing more.',
  },
  {
    name: /^ValidationException$/,
    text: /attribute value .*not defined|attribute name .*not defined|unused in expressions/i,
    means: 'Every placeholder of an expression must be explained, and every explanation must be used.',
    try: 'Compare the # and : words of the expression with "ExpressionAttributeNames" and "ExpressionAttributeValues".',
  },
  {
    name: /^ValidationException$/,
    text: /Syntax error/i,
    means: 'The expression could not be read; the place is named in the text and underlined in the editor.',
    try: 'Look just before the token that is named.',
  },
  {
    name: /^ValidationException$/,
    text: /size has exceeded/i,
    means: 'An item may have 400 KB (409,600 bytes), names included.',
    try: 'Split the item, or keep the large part elsewhere and store a pointer.',
  },
  {
    name: /^ValidationException$/,
    means:
      'The request breaks a rule of the service. It was refused before anything was read or written and costs nothing.',
    try: 'The text above names the member and the rule.',
  },
  {
    name: /^SerializationException$/,
    means: 'A member of the request has the wrong JSON type, for instance a number where a text is expected.',
    try: 'Attribute values are objects with a type: { "S": "text" }, { "N": "42" } with the number as a text.',
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

export interface ErrorHelp {
  means: string;
  try: string;
}

/** Our explanation of an error, or null when we have nothing to add. */
export function explainError(fault: ServiceFault): ErrorHelp | null {
  const row = ROWS.find(({ name, text }) => name.test(fault.name) && (!text || text.test(fault.message)));
  return row ? { means: row.means, try: row.try } : null;
}
