/**
 * What is odd in a request though it can run: members the service does not know and therefore ignores, and SQL that
 * DynamoDB reads otherwise. Warnings only. Pure; the same body gives the same hints.
 */
import type { Node } from 'jsonc-parser';
import type { Block, Problem } from '../protocol/types';
import { suggestWord } from '../script/operations';
import { treeOf } from '../script/tree';
import { sqlTraps } from './sql-traps';
import { NESTED_MEMBERS, OPERATIONS, UNOFFERED_MEMBERS } from './vocabulary';

/** A hint in a block; places are counted from the block's start, so that it holds wherever the block moves. */
interface Hint {
  from: number;
  to: number;
  message: string;
}

/** Members whose own members are names the user chose. */
const free = new Set([
  'Item',
  'Key',
  'ExclusiveStartKey',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
  'Expected',
  'AttributeUpdates',
  'KeyConditions',
  'QueryFilter',
  'ScanFilter',
]);

const BATCH_MEMBERS: Record<string, string[]> = {
  BatchGetItem: ['Keys', 'ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames', 'AttributesToGet'],
  BatchWriteItem: ['PutRequest', 'DeleteRequest'],
};

/** Hints of blocks seen before, by text: typing changes one block at a time. */
const known = new Map<string, Hint[]>();
const knownMax = 2_000;
/** A body longer than this is data; looking at all of it at every key would be felt. */
const bodyCharactersMax = 50_000;
const hintsMax = 200;

/** The hints for a script, in order of position. */
export function hintsOf(script: string, blocks: readonly Block[]): Problem[] {
  const problems: Problem[] = [];
  for (const block of blocks) {
    if (problems.length >= hintsMax) break;
    if (block.broken || block.kind !== 'operation' || !block.body || block.body.length > bodyCharactersMax) continue;
    const text = script.slice(block.from, block.to);
    let hints = known.get(text);
    if (!hints) {
      if (known.size >= knownMax) known.clear();
      hints = hintsOfBlock(block, text);
      known.set(text, hints);
    }
    for (const { from, to, message } of hints) {
      const line = block.line + text.slice(0, from).split('\n').length - 1;
      problems.push({ from: block.from + from, to: block.from + to, line, message, severity: 'warning' });
    }
  }
  return problems;
}

function hintsOfBlock(block: Block, text: string): Hint[] {
  if (block.bodyFrom === undefined) {
    return block.name === 'ExecuteStatement' ? sqlTraps(text) : [];
  }
  const root = treeOf(block.body!);
  if (!root) return [];
  const shift = block.bodyFrom - block.from;
  return [...unknownMembers(block.name, root), ...inStatements(root, block.body!)].map(({ from, to, message }) => ({
    from: from + shift,
    to: to + shift,
    message,
  }));
}

function unknownMembers(operation: string, root: Node): Hint[] {
  const words = OPERATIONS.find(({ name }) => name === operation);
  if (!words) return [];
  const hints: Hint[] = [];
  const visit = (node: Node | undefined, owner: string, around: string, allowed: string[] | undefined): void => {
    for (const element of node?.type === 'array' ? (node.children ?? []) : []) visit(element, owner, around, allowed);
    if (node?.type !== 'object' || !allowed) return;
    for (const { children } of node.children ?? []) {
      const [key, value] = children ?? [];
      const name = String(key?.value);
      if (key && !allowed.includes(name)) {
        hints.push({ from: key.offset, to: key.offset + key.length, message: unknown(name, owner, allowed) });
      } else if (name === 'RequestItems') {
        for (const table of value?.children ?? []) visit(table.children?.[1], name, owner, BATCH_MEMBERS[operation]);
      } else if (!free.has(name)) {
        visit(value, name, owner, NESTED_MEMBERS[`${owner}.${name}`] ?? NESTED_MEMBERS[name]);
      }
    }
  };
  visit(root, operation, '', [...words.members, ...(UNOFFERED_MEMBERS[operation] ?? [])]);
  return hints;
}

function unknown(name: string, owner: string, allowed: readonly string[]): string {
  const near =
    allowed.find((member) => member.toLowerCase() === name.toLowerCase()) ?? suggestWord(name.slice(0, 60), allowed);
  return `${name.slice(0, 60)} is no member of ${owner}; the service ignores it.${near ? ` Did you mean ${near}?` : ''}`;
}

/** Statements inside a body: only texts without escapes, whose places are the script's. */
function inStatements(node: Node, body: string): Hint[] {
  const [key, value] = node.type === 'property' ? (node.children ?? []) : [];
  if (key?.value === 'Statement' && value?.type === 'string') {
    const raw = body.slice(value.offset + 1, value.offset + value.length - 1);
    // An escaped quote is two characters; a blank outside of what it encloses keeps every place.
    let opening = false;
    const text = raw.replaceAll('\\"', () => ((opening = !opening) ? ' "' : '" '));
    if (text.includes('\\')) return [];
    return sqlTraps(text).map(({ from, to, message }) => ({
      from: value.offset + 1 + from - (raw[from - 1] === '\\' ? 1 : 0),
      to: value.offset + 1 + to + (raw[to - 1] === '\\' ? 1 : 0),
      message,
    }));
  }
  return (node.children ?? []).flatMap((child) => inStatements(child, body));
}
