/**
 * What can stand at the cursor. Pure: text, offset and tables in, suggestions out; the editor only turns them into its
 * own form. The script may be half written, so this reads tolerantly and never needs the text to parse.
 */
import type { TableInfo } from '../protocol/types';
import { plural } from '../protocol/words';
import { endOfComment } from '../script/body';
import { DIRECTIVES, MEMBER_VALUES, NESTED_MEMBERS, OPERATIONS, VALUE_TYPES } from './vocabulary';

export interface Suggestion {
  label: string;
  kind: 'operation' | 'directive' | 'member' | 'table' | 'attribute' | 'value' | 'type';
  about: string;
  insert: string;
  /** `insert` has `${n:…}` stops. */
  snippet: boolean;
  /** Ask for suggestions again right after inserting, because the next word is known as well. */
  again: boolean;
}

export interface Completions {
  /** The stretch of text a suggestion replaces. */
  from: number;
  to: number;
  suggestions: Suggestion[];
}

interface Frame {
  kind: '{' | '[';
  /** The member whose value this object or list is. */
  owner: string;
  /** The member being written in this object. */
  key: string;
  /** The members written before it. */
  used: string[];
  afterColon: boolean;
  /** The table this object names, as far as it was written before the cursor. */
  table: string | null;
}

/** Members that hold items or keys: their members are attribute names, each with a typed value. */
const ITEM_HOLDERS = new Set(['Item', 'Key', 'Keys', 'ExclusiveStartKey', 'ExpressionAttributeValues', 'M']);
const BOOLEANS = new Set([
  'ConsistentRead',
  'ScanIndexForward',
  'DeletionProtectionEnabled',
  'StreamEnabled',
  'Enabled',
  'BOOL',
  'NULL',
]);

export function completionsAt(text: string, offset: number, tables: readonly TableInfo[]): Completions {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  const directive = /^\s*@([A-Za-z]*)$/.exec(before);
  if (directive) {
    return found(
      offset - directive[1]!.length - 1,
      offset,
      DIRECTIVES.map((word) => suggestion(word.name, 'directive', word.about, word.skeleton, true)),
    );
  }
  const head = operationBefore(text, offset);
  const place = head ? readBody(text, head.bodyFrom, offset) : null;
  if (!head || !place || place.stack.length === 0) {
    const word = /[A-Za-z]*$/.exec(before)![0];
    if (before.trim() !== word) return found(offset, offset, []);
    return found(offset - word.length, offset, operations());
  }
  return inBody(text, offset, head.name, place, tables);
}

function operations(): Suggestion[] {
  return OPERATIONS.map((word) =>
    suggestion(word.name, 'operation', word.about, `${word.name} ${word.skeleton}`, true),
  );
}

function found(from: number, to: number, suggestions: Suggestion[]): Completions {
  return { from, to, suggestions };
}

function suggestion(
  label: string,
  kind: Suggestion['kind'],
  about: string,
  insert: string,
  snippet = false,
  again = false,
): Suggestion {
  return { label, kind, about, insert, snippet, again };
}

/** The last operation name at the start of a line before `offset`, and where its body begins. */
function operationBefore(text: string, offset: number): { name: string; bodyFrom: number } | null {
  const heads = /^[ \t]*([A-Z][A-Za-z]+)[ \t]*(?:\n[ \t]*)?\{/gm;
  let last: { name: string; bodyFrom: number } | null = null;
  for (let match = heads.exec(text); match && match.index < offset; match = heads.exec(text)) {
    const bodyFrom = match.index + match[0].length - 1;
    if (bodyFrom < offset) last = { name: match[1]!, bodyFrom };
  }
  return last;
}

interface Place {
  stack: Frame[];
  /** Offset of the opening quote when the cursor is inside a string. */
  quote: number | null;
  comment: boolean;
}

/** Where in the JSON a cursor stands. An empty stack means: outside, the body was closed before. */
function readBody(text: string, from: number, offset: number): Place {
  const stack: Frame[] = [];
  let at = from;
  while (at < offset) {
    const top = stack.at(-1);
    const character = text[at]!;
    const commentEnd = endOfComment(text, at);
    if (commentEnd > at) {
      // A cursor right behind the last character of a line comment is still in it; behind a closed block comment it is not.
      const closed = text.startsWith('/*', at) && text.startsWith('*/', commentEnd - 2);
      if (commentEnd > offset || (commentEnd === offset && !closed)) return { stack, quote: null, comment: true };
      at = commentEnd;
    } else if (character === '"') {
      const end = stringEnd(text, at, offset);
      if (end === null) return { stack, quote: at, comment: false };
      const word = text.slice(at + 1, end - 1);
      if (top?.kind === '{' && !top.afterColon) {
        top.key = word;
        top.used.push(word);
      } else if (top?.key === 'TableName') {
        top.table = word;
      }
      at = end;
    } else {
      if (character === '{' || character === '[') {
        stack.push({
          kind: character,
          owner: top ? (top.kind === '{' ? top.key : top.owner) : '',
          key: '',
          used: [],
          afterColon: false,
          table: null,
        });
      } else if (character === '}' || character === ']') {
        stack.pop();
        if (stack.length === 0) return { stack, quote: null, comment: false };
      } else if (character === ':' && top) {
        top.afterColon = true;
      } else if (character === ',' && top) {
        top.afterColon = false;
        top.key = '';
      }
      at += 1;
    }
  }
  return { stack, quote: null, comment: false };
}

/** The table the object at the cursor is about: the one it names itself, before or behind the cursor, or one around it does. */
function tableNamed(text: string, offset: number, { stack }: Place): string | null {
  for (let at = stack.length - 1; at >= 0; at -= 1) {
    const frame = stack[at]!;
    if (frame.table !== null) return frame.table;
    if (frame.owner === 'RequestItems' && frame.key !== '') return frame.key;
  }
  const rest = text.slice(offset, offset + restCharacters);
  const next = nextHead.exec(rest);
  return /"TableName"\s*:\s*"([^"\\\n]+)"/.exec(next ? rest.slice(0, next.index) : rest)?.[1] ?? null;
}

/** A name is looked for this far behind the cursor, and not beyond the next block. */
const restCharacters = 20_000;
const nextHead = /^[ \t]*[A-Z][A-Za-z]+[ \t]*(?:\n[ \t]*)?\{/m;

/** Offset after the closing quote, or null when the string is still open at `offset` or at the end of its line. */
function stringEnd(text: string, from: number, offset: number): number | null {
  for (let at = from + 1; at < offset; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
    else if (text[at] === '\n') return at;
  }
  return null;
}

function inBody(
  text: string,
  offset: number,
  operation: string,
  place: Place,
  tables: readonly TableInfo[],
): Completions {
  if (place.comment) return found(offset, offset, []);
  const word = /[A-Za-z]*$/.exec(text.slice(Math.max(0, offset - 60), offset))![0];
  const from = place.quote ?? offset - word.length;
  const rest = /^[^"\n]*"/.exec(text.slice(offset));
  const to = place.quote !== null && rest && /^[\w.-]*"$/.test(rest[0]) ? offset + rest[0].length : offset;
  const top = place.stack.at(-1)!;
  const named = tableNamed(text, offset, place);
  const table = tables.find(({ name }) => name === named);
  if (top.kind === '{' && !top.afterColon) {
    const colon = /^\s*:/.test(text.slice(to));
    return found(
      from,
      to,
      members(operation, place.stack, tables, table)
        .filter(({ label }) => !top.used.includes(label))
        .map((member) => ({
          ...member,
          insert: `${JSON.stringify(member.label)}${colon ? '' : ': '}`,
          again:
            !colon &&
            (Object.hasOwn(MEMBER_VALUES, member.label) || member.label === 'TableName' || BOOLEANS.has(member.label)),
        })),
    );
  }
  return found(from, to, values(top.kind === '{' ? top.key : top.owner, tables, table, place.quote !== null));
}

function members(
  operation: string,
  stack: readonly Frame[],
  tables: readonly TableInfo[],
  table?: TableInfo,
): Suggestion[] {
  const top = stack.at(-1)!;
  const outer = stack.at(-2);
  if (stack.length === 1) {
    const words = OPERATIONS.find(({ name }) => name === operation);
    return (words?.members ?? []).map((name) => suggestion(name, 'member', `${operation} parameter`, name));
  }
  if (top.owner === 'RequestItems')
    return tables.map(({ name, items }) => suggestion(name, 'table', plural(items, 'item'), name));
  if (outer && ITEM_HOLDERS.has(outer.owner) && outer.kind === '{') {
    return VALUE_TYPES.map((name) => suggestion(name, 'type', 'type of the value', name));
  }
  if (ITEM_HOLDERS.has(top.owner)) {
    return keyAttributes(table ? [table] : tables).map(({ name, type }) =>
      suggestion(name, 'attribute', `key attribute, ${type}`, name),
    );
  }
  const nested = own(NESTED_MEMBERS, `${outer?.owner}.${top.owner}`);
  const names = nested.length > 0 ? nested : own(NESTED_MEMBERS, top.owner);
  return names.map((name) => suggestion(name, 'member', `member of ${top.owner}`, name));
}

function values(
  member: string,
  tables: readonly TableInfo[],
  table: TableInfo | undefined,
  quoted: boolean,
): Suggestion[] {
  const asString = (label: string, kind: Suggestion['kind'], about: string) =>
    suggestion(label, kind, about, JSON.stringify(label));
  if (member === 'TableName') return tables.map(({ name, items }) => asString(name, 'table', plural(items, 'item')));
  if (member === 'IndexName')
    return (table ? [table] : tables).flatMap(({ indexes }) =>
      indexes.map(({ name, kind }) => asString(name, 'table', kind)),
    );
  if (member === 'AttributeName')
    return keyAttributes(tables).map(({ name, type }) => asString(name, 'attribute', type));
  if (BOOLEANS.has(member) && !quoted)
    return ['true', 'false'].map((label) => suggestion(label, 'value', member, label));
  return own(MEMBER_VALUES, member).map((label) => asString(label, 'value', member));
}

/** What a list of words has under a name somebody typed; nothing under "constructor", which every object inherits. */
function own(lists: Record<string, string[]>, name: string): string[] {
  return (Object.hasOwn(lists, name) ? lists[name] : undefined) ?? [];
}

function keyAttributes(tables: readonly TableInfo[]): { name: string; type: string }[] {
  const all = tables.flatMap((table) =>
    [table, ...table.indexes].flatMap((holder) => [holder.partitionKey, holder.sortKey]),
  );
  const seen = new Map<string, { name: string; type: string }>();
  for (const key of all) if (key && !seen.has(key.name)) seen.set(key.name, key);
  return [...seen.values()];
}
