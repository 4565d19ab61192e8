/** Turns an answer of the service into what a person wants to look at: tables of items, properties, or one sentence. */
import type { BlockResult, DatasetReport, ExplanationArm, Item, Json, TableInfo } from '../../protocol/types';
import { bothBytes, count, keyText, plural, unit } from '../format';
import { waitWords } from '../run-words';

export interface ItemGroup {
  /** Table the items belong to; empty when there is only one group and its name says nothing new. */
  title: string;
  items: Item[];
  /** Attribute names in the order of the columns, key attributes first: those of the index that was read, if any. */
  columns: string[];
  partitionKey?: string;
  sortKey?: string;
  /** The index whose keys these are; absent: the table's. */
  index?: string;
}

export interface Property {
  name: string;
  value: string;
}

export interface ResultShape {
  groups: ItemGroup[];
  properties: Property[];
  /** Said when there is nothing to draw, e.g. after a PutItem. */
  sentence: string;
  /** Things worth a line of their own: more pages, unprocessed keys. */
  notes: string[];
}

type Body = { [key: string]: Json };

/** Reads a successful result; a result with an error gives an empty shape. */
export function shapeOf(result: BlockResult, tables: readonly TableInfo[]): ResultShape {
  const shape: ResultShape = { groups: [], properties: [], sentence: '', notes: [] };
  if (!result.ok) return shape;
  const body = asBody(result.response);
  const table = tableNameOf(result);
  if (result.name.startsWith('@')) return directiveShape(shape, result, body);

  addItems(shape, result, body, table, tables);
  addNotes(shape, body);

  const description = asBody(body.TableDescription ?? body.Table ?? null);
  if (Object.keys(description).length > 0) shape.properties = propertiesOf(description);
  if (Array.isArray(body.TableNames)) {
    shape.properties = body.TableNames.map((name, index) => ({ name: String(index + 1), value: String(name) }));
    if (body.TableNames.length === 0) shape.sentence = 'There are no tables yet.';
  }
  if (shape.groups.length === 0 && shape.properties.length === 0 && shape.sentence === '') {
    const rest = Object.entries(body).filter(([name]) => name !== 'ConsumedCapacity');
    if (rest.length === 0) shape.sentence = doneSentence(result, table);
    else shape.properties = propertiesOf(Object.fromEntries(rest));
  }
  return shape;
}

/** The table a request names, or the empty string. */
export function tableNameOf(result: BlockResult): string {
  // A PartiQL statement names its table inside the statement; the engine tells.
  const name = asBody(result.request.input).TableName ?? result.explanation?.TableName;
  return typeof name === 'string' ? name.replace(/^arn:.*:table\//, '') : '';
}

/** The index a request reads, or the empty string. */
export function indexNameOf(result: BlockResult): string {
  const name = asBody(result.request.input).IndexName;
  if (typeof name === 'string') return name;
  // A PartiQL statement names it inside the statement, and an index that was read has an arm of its own.
  if (result.name !== 'ExecuteStatement') return '';
  return result.explanation?.Arms?.find((arm) => arm.Kind === 'Read' && arm.IndexType)?.Arm ?? '';
}

function addItems(
  shape: ResultShape,
  result: BlockResult,
  body: Body,
  table: string,
  tables: readonly TableInfo[],
): void {
  const add = (title: string, name: string, items: Item[], index = '') =>
    shape.groups.push(groupOf(title, name, index, items, tables));
  if (Array.isArray(body.Items)) {
    if (body.Items.length > 0) add('', table, body.Items as unknown as Item[], indexNameOf(result));
    else if (result.name === 'ExecuteStatement') shape.sentence = statementSentence(result);
    else shape.sentence = noneSentence(result, body);
  } else if (result.name === 'Query' || result.name === 'Scan') {
    shape.sentence = `${plural(Number(body.Count ?? 0), 'item')} counted.`;
  }
  if (result.name === 'GetItem') {
    if (body.Item) add('', table, [body.Item as unknown as Item]);
    else
      shape.sentence =
        'There is no item with this key. The answer has no “Item” member; reading nothing still costs one block.';
  }
  if (body.Attributes) add('Attributes returned', table, [body.Attributes as unknown as Item]);
  const responses = body.Responses;
  if (Array.isArray(responses)) {
    const found = responses.flatMap((entry) => (asBody(entry).Item ? [asBody(entry).Item as unknown as Item] : []));
    if (found.length > 0) add('', '', found);
    shape.notes.push(`${plural(found.length, 'item')} found for ${plural(responses.length, 'key')}.`);
  } else if (responses && typeof responses === 'object') {
    for (const [name, items] of Object.entries(responses)) add(name, name, items as unknown as Item[]);
  }
}

function addNotes(shape: ResultShape, body: Body): void {
  const counted = Number(body.Count ?? 0);
  const scanned = Number(body.ScannedCount ?? counted);
  if (scanned > counted) {
    shape.notes.push(
      `${plural(scanned, 'item')} ${scanned === 1 ? 'was' : 'were'} read and paid for; the filter kept ${counted === 0 ? 'none' : count(counted)} of them.`,
    );
  }
  if (body.LastEvaluatedKey) {
    shape.notes.push(
      'There is more: “LastEvaluatedKey” is where this page ended. Send it as “ExclusiveStartKey” for the next page.',
    );
  }
  if (body.NextToken) {
    shape.notes.push(
      'There is more: “NextToken” is where this page ended. Send the same statement with it for the next page.',
    );
  }
  for (const member of ['UnprocessedItems', 'UnprocessedKeys']) {
    const left = Object.keys(asBody(body[member] ?? null)).length;
    if (left > 0) shape.notes.push(`“${member}” is not empty: part of the batch has to be sent again.`);
  }
}

function groupOf(
  title: string,
  table: string,
  indexName: string,
  items: Item[],
  tables: readonly TableInfo[],
): ItemGroup {
  const info = tables.find((candidate) => candidate.name === table);
  const index = info?.indexes?.find((candidate) => candidate.name === indexName);
  const { partitionKey, sortKey } = index ?? info ?? {};
  const names = new Set<string>();
  for (const item of items) for (const name of Object.keys(item)) names.add(name);
  const keys = [partitionKey, sortKey, index && info?.partitionKey, index && info?.sortKey]
    .flatMap((key) => (key ? [key.name] : []))
    .filter((name, at, all) => names.has(name) && all.indexOf(name) === at);
  for (const key of keys) names.delete(key);
  return {
    title,
    items,
    columns: [...keys, ...names],
    partitionKey: partitionKey?.name,
    sortKey: sortKey?.name,
    ...(index ? { index: index.name } : {}),
  };
}

function directiveShape(shape: ResultShape, result: BlockResult, body: Body): ResultShape {
  shape.properties = result.name === '@load' ? loadProperties(body as unknown as DatasetReport) : [];
  if (result.name === '@reset')
    shape.sentence = 'The workspace is empty: all tables are gone, the clock and the script stay.';
  if (result.name === '@advance' && result.events.length === 0)
    shape.sentence = 'The clock moved. Nothing else happened on the way.';
  return shape;
}

/** What `@load` did, as sentences' worth of rows. */
function loadProperties(report: DatasetReport): Property[] {
  return [
    { name: 'Table', value: report.tableCreated ? `${report.table} (created)` : report.table },
    { name: 'Rows in the data set', value: count(report.rows) },
    { name: 'Items written', value: count(report.written) },
    ...report.leftOut.map(({ reason, rows }) => ({ name: `Left out: ${reason}`, value: plural(rows, 'row') })),
    ...report.repaired.map(({ what, rows }) => ({ name: `Repaired: ${what}`, value: plural(rows, 'row') })),
  ];
}

/** Nested members as dotted names, so that a description reads from top to bottom. */
export function propertiesOf(body: Body, prefix = ''): Property[] {
  return Object.entries(body).flatMap(([name, value]): Property[] => {
    const path = prefix + name;
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return propertiesOf(value, `${path}.`);
    if (Array.isArray(value)) {
      const simple = value.every((entry) => entry === null || typeof entry !== 'object');
      if (simple) return [{ name: path, value: value.join(', ') || '(none)' }];
      return value.flatMap((entry, index) =>
        entry !== null && typeof entry === 'object' && !Array.isArray(entry)
          ? [{ name: `${path}[${index}]`, value: flat(entry) }]
          : [{ name: `${path}[${index}]`, value: JSON.stringify(entry) }],
      );
    }
    return [{ name: path, value: readable(name, value) }];
  });
}

function flat(body: Body): string {
  return Object.values(body)
    .map((value) => (value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value)))
    .join(' · ');
}

/** The service writes times as epoch seconds; people read dates. */
function readable(name: string, value: Json): string {
  if (typeof value === 'number' && /DateTime$/.test(name)) {
    return `${new Date(value * 1000).toISOString().replace('T', ' ').replace('.000Z', '')} UTC`;
  }
  return typeof value === 'number' ? count(value) : String(value);
}

/** Without a condition nothing can match or not: there were no items to read. */
function noneSentence(result: BlockResult, body: Body): string {
  const read = Number(body.ScannedCount ?? 0);
  const where = result.name === 'Scan' && read === 0 ? 'There was nothing to read.' : 'No items match.';
  return `${where} ${plural(read, 'item')} read.`;
}

/** A statement without items in its answer: nothing was found, or it was a write. */
function statementSentence(result: BlockResult): string {
  return isSelect(result) ? 'No items match.' : `The ${verbOf(result)} is done. It returns no items.`;
}

function verbOf(result: BlockResult): string {
  const statement = String(asBody(result.request.input).Statement ?? '');
  return /^\s*(\w+)/.exec(statement)?.[1]?.toUpperCase() ?? '';
}

const isSelect = (result: BlockResult): boolean => verbOf(result) === 'SELECT';

/** What is so now, after a write whose answer holds nothing. */
function doneSentence(result: BlockResult, table: string): string {
  const where = table ? ` in ${table}` : '';
  switch (result.name) {
    case 'PutItem':
    case 'UpdateItem':
      return `${storedWords(result, where)} ${returnWords(result)}`;
    case 'DeleteItem':
      return chargedFor(result).includes('AbsentItem')
        ? `There was no item with this key${where}, so none was deleted. That is no error.`
        : `The item is deleted${where}. ${returnWords(result)}`;
    case 'TransactWriteItems':
      return 'All writes of the transaction are done.';
    default:
      return 'Done. The answer is empty.';
  }
}

/** "Stored in Music: Artist = Luna Park, 41 B." */
function storedWords(result: BlockResult, where: string): string {
  const item = result.explanation?.Items[0];
  return item?.Key ? `Stored${where}: ${keyText(item.Key)}, ${bothBytes(item.Bytes)}.` : `The item is stored${where}.`;
}

/** Why the answer is empty: nobody asked for more, or there was nothing of that kind. */
function returnWords({ name, request }: BlockResult): string {
  const asked = asBody(request.input).ReturnValues;
  if (typeof asked === 'string' && asked !== 'NONE')
    return `There was nothing to return for “ReturnValues”: “${asked}”.`;
  if (name === 'UpdateItem') return 'Add “ReturnValues”: “ALL_NEW” to see the item.';
  return `Add “ReturnValues”: “ALL_OLD” to see the item it ${name === 'PutItem' ? 'replaces, if there is one' : 'deletes'}.`;
}

function chargedFor(result: BlockResult): string[] {
  return result.explanation?.Arms.flatMap((arm) => arm.Parts.map(({ What }) => What)) ?? [];
}

function asBody(value: Json | undefined): Body {
  return value !== null && value !== undefined && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

/** The short line beside a request in the editor and over its result. */
export function summaryOf(result: BlockResult): string {
  if (!result.ok) return result.error?.name ?? `status ${result.status}`;
  const body = asBody(result.response);
  const parts: string[] = [];
  const items = itemCount(result, body);
  if (items !== null) parts.push(items === 0 ? 'no items' : plural(items, 'item'));
  const { read, write } = result.consumed;
  if (read > 0) parts.push(`${unit(read)} RCU`);
  if (write > 0) parts.push(`${unit(write)} WCU`);
  if (result.name === '@load' && typeof body.written === 'number')
    parts.push(`${plural(body.written, 'item')} written`);
  const wait = waitWords(result);
  if (wait) parts.push(wait);
  return parts.join(' · ') || 'done';
}

/** How many items an answer carries or counts; null where it is not about items. */
function itemCount(result: BlockResult, body: Body): number | null {
  if (typeof body.Count === 'number') return body.Count;
  if (result.name === 'GetItem') return body.Item ? 1 : 0;
  if (Array.isArray(body.Items)) return body.Items.length > 0 || isSelect(result) ? body.Items.length : null;
  const { Responses } = body;
  if (Array.isArray(Responses)) {
    const found = Responses.filter((entry) => asBody(entry).Item).length;
    return found > 0 || result.name === 'TransactGetItems' ? found : null;
  }
  if (Responses && typeof Responses === 'object')
    return Object.values(Responses).reduce<number>((sum, items) => sum + (Array.isArray(items) ? items.length : 0), 0);
  return null;
}

/** When to add up before rounding: said where both could be meant. Empty for a request about one item. */
export function roundingRule(arms: readonly ExplanationArm[]): string {
  const rows = arms.some((arm) => arm.Parts.some((part) => part.What === 'Rows'));
  const each = arms.some((arm) => arm.Rounding === 'Each');
  if (rows && each)
    return 'Rows of a Query or Scan are added up first and rounded once for each range of keys; items fetched one by one are rounded one by one.';
  if (rows && arms.some((arm) => arm.Items > 1))
    return 'Query and Scan add up the bytes of all rows first, then round once. Batches and transactions round each item.';
  return each
    ? 'Batches and transactions round each item, and an index each entry. Query and Scan add up first, then round once.'
    : '';
}
