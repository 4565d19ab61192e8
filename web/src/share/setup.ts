/**
 * Writes a table as requests that make it: CreateTable with everything that is defined, UpdateTimeToLive, and its items in
 * BatchWriteItem. Pure; a script with these blocks needs nothing that is not in it.
 */
import type { Block, Item, Json, TableInfo } from '../protocol/types';
import { names } from './rehearsal';

/** Items of one BatchWriteItem, as many as the service takes. */
const batchMax = 25;
/** Characters of a line of a definition. */
const lineMax = 76;

type Body = { [key: string]: Json };

/** Blocks, in the order they have to run. */
export function tableAsRequests(table: TableInfo, items: readonly Item[]): string {
  const blocks = [`CreateTable ${laidOut(createTableOf(table))}`];
  if (table.timeToLive !== undefined) {
    const specification = { AttributeName: table.timeToLive, Enabled: true };
    const body: Body = { TableName: table.name, TimeToLiveSpecification: specification };
    blocks.push(`UpdateTimeToLive ${laidOut(body)}`);
  }
  for (let at = 0; at < items.length; at += batchMax) blocks.push(batchOf(table.name, items.slice(at, at + batchMax)));
  return `${blocks.join('\n\n')}\n`;
}

/** One line per item: a table reads best as one. */
function batchOf(table: string, items: readonly Item[]): string {
  const lines = items.map((item) => `      { "PutRequest": { "Item": ${onOneLine(item as unknown as Json)} } }`);
  return `BatchWriteItem {\n  "RequestItems": {\n    ${JSON.stringify(table)}: [\n${lines.join(',\n')}\n    ]\n  }\n}`;
}

/** JSON as people write requests: a member per line, and on one line what fits there. */
function laidOut(value: Json, indent = ''): string {
  const line = onOneLine(value);
  if (value === null || typeof value !== 'object' || (indent !== '' && indent.length + line.length <= lineMax))
    return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => inner + laidOut(item, inner))
    : Object.entries(value).map(([name, item]) => `${inner}${JSON.stringify(name)}: ${laidOut(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const members = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${onOneLine(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** DescribeTable says more than CreateTable takes; what CreateTable takes is copied. */
function createTableOf({ name, billingMode, description }: TableInfo): Body {
  const table = asBody(description);
  const provisioned = billingMode === 'PROVISIONED';
  const body: Body = {
    TableName: name,
    AttributeDefinitions: table.AttributeDefinitions ?? [],
    KeySchema: table.KeySchema ?? [],
    BillingMode: billingMode,
  };
  if (provisioned) body.ProvisionedThroughput = unitsOf(table.ProvisionedThroughput);
  const indexes = (member: string, global: boolean): void => {
    if (!Array.isArray(table[member])) return;
    const list = (table[member] as Json[]).map(asBody).filter((index) => index.IndexStatus !== 'DELETING');
    if (list.length === 0) return;
    body[member] = list.map((index) => ({
      IndexName: index.IndexName ?? '',
      KeySchema: index.KeySchema ?? [],
      Projection: index.Projection ?? { ProjectionType: 'ALL' },
      ...(global && provisioned ? { ProvisionedThroughput: unitsOf(index.ProvisionedThroughput) } : {}),
      ...(global && !provisioned ? limitOf(index) : {}),
    }));
  };
  indexes('LocalSecondaryIndexes', false);
  indexes('GlobalSecondaryIndexes', true);
  const stream = asBody(table.StreamSpecification);
  if (stream.StreamEnabled === true) body.StreamSpecification = stream;
  if (!provisioned) Object.assign(body, limitOf(table));
  if (table.DeletionProtectionEnabled === true) body.DeletionProtectionEnabled = true;
  const tableClass = asBody(table.TableClassSummary).TableClass;
  if (typeof tableClass === 'string' && tableClass !== 'STANDARD') body.TableClass = tableClass;
  return body;
}

function unitsOf(throughput: Json | undefined): Body {
  const { ReadCapacityUnits = 1, WriteCapacityUnits = 1 } = asBody(throughput);
  return { ReadCapacityUnits, WriteCapacityUnits };
}

/** The ceiling of an on-demand table or index, where one is set. */
function limitOf({ OnDemandThroughput }: Body): Body {
  return OnDemandThroughput === undefined ? {} : { OnDemandThroughput };
}

function asBody(value: Json | undefined): Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/**
 * The script with `text` before the first request that names one of the tables: behind the last @reset on the way there, else
 * at the beginning, below the comment that heads the script.
 */
export function insertSetup(script: string, blocks: readonly Block[], text: string, tables: readonly string[]): string {
  const first = blocks.findIndex((block) => tables.some((table) => names(script.slice(block.from, block.to), table)));
  const before = blocks
    .slice(0, first < 0 ? 0 : first)
    .filter(({ name, kind }) => kind === 'directive' && name === 'reset');
  const reset = before.at(-1);
  const at = reset ? reset.to : headingEnd(script, blocks[0]?.from ?? script.length);
  const head = script.slice(0, at).trimEnd();
  const rest = script.slice(at).trimStart();
  return `${head}${head === '' ? '' : '\n\n'}${text.trim()}\n\n${rest}`;
}

/** Where the opening comment ends: comment lines with an empty line behind them, before the first block. */
function headingEnd(script: string, firstBlock: number): number {
  const opening = /^(?:[ \t]*(?:#(?!##)|\/\/)[^\n]*\n)+(?=[ \t]*\n)/.exec(script);
  return opening && opening[0].length <= firstBlock ? opening[0].length : 0;
}
