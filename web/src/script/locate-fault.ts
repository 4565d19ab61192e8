/**
 * Where in a request the service's complaint is about, read from its words. The engine tells the place of errors inside
 * expressions itself; here are those about members, keys and values. What is found is underlined in the editor.
 */
import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import type { Block, Json, Range, ServiceFault } from '../protocol/types';
import { attributeHolders, firstBadValue } from './attribute-values';
import { nodesBelow, treeOf } from './tree';

/** Answers of the service that say what the data is like; the request itself has no fault that could be underlined. */
const outcomes =
  /^(ConditionalCheckFailed|ProvisionedThroughputExceeded|Throttling|RequestLimitExceeded|TransactionConflict|ItemCollectionSizeLimitExceeded)/;

type Finder = (root: Node, match: RegExpMatchArray) => Node | undefined;

/** The first row whose pattern fits and whose place is there decides. */
const rows: [RegExp, Finder][] = [
  [/unused in expressions: keys: \{([^,}]+)/, (root, [, name]) => property(root, name!)],
  [/^(\w+) can only be specified when using expressions/, (root, [, name]) => property(root, name!)],
  [/Non-expression parameters: \{(\w+)/, (root, [, name]) => property(root, name!)],
  [/Type mismatch for (?:Index )?key (\S+)/i, (root, [, name]) => inHolder(root, name!)],
  [/empty (?:string|binary) value\. (?:Key|IndexName): (\S+)/, (root, [, name]) => inHolder(root, name!)],
  [/Missing the key \S+ in the item/, (root) => property(root, 'Item')],
  [/provided starting key|exclusive start key/i, (root) => property(root, 'ExclusiveStartKey')],
  [/key element does not match|number of conditions on the keys/i, (root) => property(root, 'Key', 'Keys', 'Item')],
  [/numeric value: (.*)$|Attempting to store more than 38|Number overflow|Number underflow/, badNumber],
  [
    /Unexpected value type|AttributeValue|_VALUE cannot be converted|set\s+may not be empty|contains duplicates\.$/,
    (root) => firstBadValue(root),
  ],
  [/(NUMBER|STRING|TRUE|FALSE)_VALUE cannot be converted to (\w+)/, wrongType],
  [/\bat '([\w.]+)' failed/, (root, [, path]) => atPath(root, path!)],
  [/specified index: |index: \S+ does not exist/, (root) => value(root, 'IndexName')],
  [/Consistent reads are not supported/, (root) => property(root, 'ConsistentRead')],
  [/Primary key attribute: (\S+)/, (root, [, name]) => mention(root, 'FilterExpression', name!)],
  [/Cannot update attribute (\S+?)\. /, (root, [, name]) => mention(root, 'UpdateExpression', name!)],
  [/Query condition missed|Query key condition/, (root) => value(root, 'KeyConditionExpression', 'KeyConditions')],
  [/Keys: \[(\w+)/, (root, [, name]) => text(root, 'AttributeName', name!)],
  [/keys contains duplicates/, (root) => property(root, 'Keys', 'RequestItems', 'TransactItems')],
  [/Requested resource not found|Table already exists|Table .*not found/, soleTable],
];

/** Place of a fault as offsets into the script, or null when its words name none. */
export function locateFault(block: Block, { name, message, fields }: ServiceFault): Range | null {
  if (outcomes.test(name) || block.body === undefined) return null;
  if (block.bodyFrom === undefined) return { from: block.from, to: block.from + firstWord(block) };
  const root = treeOf(block.body);
  if (!root) return null;
  const node =
    name === 'TransactionCanceledException'
      ? inTransaction(root, fields)
      : (inBody(root, message) ?? named(root, message));
  if (node) return { from: block.bodyFrom + node.offset, to: block.bodyFrom + node.offset + node.length };
  if (name === 'TransactionCanceledException') return null;
  return { from: block.from, to: block.from + block.name.length };
}

function inBody(root: Node, message: string): Node | undefined {
  for (const [pattern, find] of rows) {
    const match = pattern.exec(message);
    const node = match && find(root, match);
    if (node) return node;
  }
  return undefined;
}

/** A member of the request that the message happens to name. */
function named(root: Node, message: string): Node | undefined {
  for (const [word] of message.matchAll(/\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b/g)) {
    const node = property(root, word);
    if (node) return node;
  }
  return undefined;
}

/** The first action with a reason, and the place in it that the reason is about. */
function inTransaction(root: Node, fields: ServiceFault['fields']): Node | undefined {
  const reasons = Array.isArray(fields.CancellationReasons) ? fields.CancellationReasons : [];
  const at = reasons.findIndex((reason) => codeOf(reason).Code !== 'None' && codeOf(reason).Code !== undefined);
  const action =
    findNodeAtLocation(root, ['TransactItems', at]) ?? findNodeAtLocation(root, ['TransactStatements', at]);
  if (at < 0 || !action) return undefined;
  return inBody(action, String(codeOf(reasons[at]).Message ?? '')) ?? action.children?.[0]?.children?.[0];
}

function codeOf(reason: Json | undefined): { [key: string]: Json } {
  return reason !== null && typeof reason === 'object' && !Array.isArray(reason) ? reason : {};
}

function firstWord(block: Block): number {
  const statement = (JSON.parse(block.body!) as { Statement?: string }).Statement ?? '';
  return Math.max(1, /^\w*/.exec(statement)![0].length);
}

// ---------------------------------------------------------------- looking into the body

/** All properties, outermost first. */
function* properties(root: Node): Generator<Node> {
  for (const node of nodesBelow(root)) if (node.type === 'property' && node.children?.length === 2) yield node;
}

function find(root: Node, names: readonly string[]): Node | undefined {
  for (const name of names) {
    for (const node of properties(root)) if (node.children![0]!.value === name) return node;
  }
  return undefined;
}

/** The name of a member, wherever it is. */
function property(root: Node, ...names: string[]): Node | undefined {
  return find(root, names)?.children?.[0];
}

/** The value of a member, wherever it is. */
function value(root: Node, ...names: string[]): Node | undefined {
  return find(root, names)?.children?.[1];
}

/** An attribute of an item or a key. */
function inHolder(root: Node, name: string): Node | undefined {
  for (const holder of attributeHolders(root)) {
    const found = holder.children?.find((child) => child.children?.[0]?.value === name);
    if (found) return found;
  }
  return undefined;
}

/** A member with this very text as its value. */
function text(root: Node, member: string, wanted: string): Node | undefined {
  for (const { children } of properties(root)) {
    if (children![0]!.value === member && children![1]?.value === wanted) return children![1];
  }
  return undefined;
}

function badNumber(root: Node, [, wanted]: RegExpMatchArray): Node | undefined {
  for (const { children } of properties(root)) {
    const [name, held] = children!;
    const texts = name!.value === 'N' ? [held] : name!.value === 'NS' ? (held?.children ?? []) : [];
    const found = texts.find((node) => (wanted === undefined ? isLong(node) : node?.value === wanted));
    if (found) return found;
  }
  return undefined;
}

function isLong(node: Node | undefined): boolean {
  const digits = String(node?.value ?? '').replace(/\D/g, '');
  return digits.length > 38 || /e[+-]?\d{3}/i.test(String(node?.value));
}

const integers =
  /^(Limit|Segment|TotalSegments|(Read|Write)CapacityUnits|Max(Read|Write)RequestUnits|.*UnitsPerSecond)$/;
const booleans = /^(ConsistentRead|ScanIndexForward|DeletionProtectionEnabled|StreamEnabled|Enabled|BOOL|NULL)$/;

function wrongType(root: Node, [, token, wanted]: RegExpMatchArray): Node | undefined {
  const has = { NUMBER: 'number', STRING: 'string', TRUE: 'boolean', FALSE: 'boolean' }[token!];
  for (const { children } of properties(root)) {
    const [name, held] = children!;
    const member = String(name!.value);
    const wants = integers.test(member) ? 'Integer' : booleans.test(member) ? 'Boolean' : 'String';
    if (held?.type === has && (wants === wanted || (wanted === 'Long' && wants === 'Integer'))) return held;
  }
  return undefined;
}

/** "attributeDefinitions.1.member.attributeType": names in lower camel case, places counted from 1. */
function atPath(root: Node, path: string): Node | undefined {
  let node: Node | undefined = root;
  for (const part of path.split('.')) {
    if (part === 'member' || !node) continue;
    const index: number = /^\d+$/.test(part) ? Number(part) - 1 : -1;
    node =
      index >= 0
        ? node.children?.[index]
        : node.children?.find((child) => String(child.children?.[0]?.value).toLowerCase() === part.toLowerCase())
            ?.children?.[1];
  }
  return node ?? (path.includes('.') ? atPath(root, path.split('.')[0]!) : property(root, path));
}

/** A name inside an expression, written out or as a placeholder; else the whole expression. */
function mention(root: Node, member: string, name: string): Node | undefined {
  const expression = value(root, member);
  if (!expression) return undefined;
  const names = value(root, 'ExpressionAttributeNames');
  const placeholder = names && Object.entries(getNodeValue(names) as object).find(([, is]) => is === name)?.[0];
  for (const word of [name, placeholder]) {
    const at = word ? String(expression.value).search(new RegExp(`(?<![\\w#])${escape(word)}(?!\\w)`)) : -1;
    // Without escapes, places in the value are places in the text.
    if (at >= 0 && expression.length === String(expression.value).length + 2) {
      return { ...expression, offset: expression.offset + 1 + at, length: word!.length };
    }
  }
  return expression;
}

function escape(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The table, if the request names one only. */
function soleTable(root: Node): Node | undefined {
  const held = value(root, 'RequestItems');
  const names = [...properties(root)].filter(({ children }) => children![0]!.value === 'TableName');
  const tables = held
    ? (held.children ?? []).map(({ children }) => children![0]!)
    : names.map(({ children }) => children![1]!);
  return new Set(tables.map((node) => String(node.value))).size === 1 ? tables[0] : undefined;
}
