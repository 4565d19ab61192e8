/** From a place in a request parameter to a place in the script, so that an expression error is underlined exactly. */
import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { Block, Range } from '../protocol/types';
import { nodesBelow, treeOf } from './tree';

/**
 * Where `length` bytes from `offset` (UTF-8 bytes, as the engine counts) of the text of a parameter lie
 * in the script. `parameter` is a path: "FilterExpression", "TransactItems[0].Put.ConditionExpression".
 * Null when the block has no such text.
 */
export function locateParameter(block: Block, parameter: string, offset: number, length: number): Range | null {
  if (block.body === undefined) return null;
  if (block.bodyFrom === undefined) return inStatement(block, parameter, offset, length);
  const root = treeOf(block.body);
  const path = parameter.split(/[.[\]]/).filter((part) => part !== '');
  const node =
    root &&
    (findNodeAtLocation(
      root,
      path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    ) ??
      onlyOne(root, parameter));
  if (!node || node.type !== 'string') return null;
  const literal = block.body.slice(node.offset + 1, node.offset + node.length - 1);
  const base = block.bodyFrom + node.offset + 1;
  const from = literalIndex(literal, offset);
  const to = literalIndex(literal, offset + length);
  // An error "at the end" still gets one visible character.
  return { from: base + from, to: base + Math.max(to, from + 1) };
}

/** The value of a member of this name inside the actions of a transaction or batch, when there is one only. */
function onlyOne(root: Node, name: string): Node | undefined {
  const found: Node[] = [];
  for (const { type, children } of nodesBelow(root)) {
    if (type === 'property' && children?.[0]?.value === name && children[1]) found.push(children[1]);
  }
  return found.length === 1 ? found[0] : undefined;
}

/** A statement that stands in the script as it is: its text is the parameter. */
function inStatement(block: Block, parameter: string, offset: number, length: number): Range | null {
  if (parameter !== 'Statement') return null;
  const { Statement: statement = '' } = JSON.parse(block.body!) as { Statement?: string };
  const bytes = new TextEncoder().encode(statement);
  const decode = (count: number) => new TextDecoder().decode(bytes.subarray(0, count)).length;
  const from = Math.min(decode(offset), Math.max(0, statement.length - 1));
  return { from: block.from + from, to: block.from + Math.max(decode(offset + length), from + 1) };
}

/** Index into the text of a JSON string literal of the character that starts at a UTF-8 byte offset of its value. */
function literalIndex(literal: string, byteOffset: number): number {
  let bytes = 0;
  let at = 0;
  while (at < literal.length && bytes < byteOffset) {
    const code = literal.charCodeAt(at);
    let unit = code;
    let width = 1;
    if (code === 0x5c) {
      const escaped = literal[at + 1];
      width = escaped === 'u' ? 6 : 2;
      unit = escaped === 'u' ? Number.parseInt(literal.slice(at + 2, at + 6), 16) : 0x20;
    }
    // Each half of a surrogate pair stands for two of the four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
    at += width;
  }
  return Math.min(at, literal.length);
}
