/** Attribute values in the JSON of a request: where they stand, and the first one that is not as the service wants it. */
import type { Node } from 'jsonc-parser';

/** Members that hold attributes by name, each with a typed value. */
const holders = new Set(['Item', 'Key', 'ExclusiveStartKey', 'ExpressionAttributeValues', 'M', 'Expected']);
const listsOfHolders = new Set(['Keys']);

/** What JSON a value of each type is written as. */
const written: Record<string, (node: Node) => boolean> = {
  S: ({ type }) => type === 'string',
  N: ({ type }) => type === 'string',
  B: ({ type }) => type === 'string',
  BOOL: ({ type }) => type === 'boolean',
  NULL: ({ type }) => type === 'boolean',
  SS: isSet,
  NS: isSet,
  BS: isSet,
  M: ({ type }) => type === 'object',
  L: ({ type }) => type === 'array',
};

function isSet({ type, children = [] }: Node): boolean {
  const values = children.map((child) => String(child.value));
  return (
    type === 'array' &&
    children.length > 0 &&
    children.every((child) => child.type === 'string') &&
    new Set(values).size === values.length
  );
}

/** Objects whose members are attributes, in the order they are written. */
export function* attributeHolders(root: Node): Generator<Node> {
  const todo: Node[] = [root];
  for (let node = todo.pop(); node; node = todo.pop()) {
    const children = node.children ?? [];
    for (let at = children.length - 1; at >= 0; at--) todo.push(children[at]!);
    if (node.type !== 'property') continue;
    const [name, held] = children;
    if (holders.has(String(name?.value)) && held?.type === 'object') yield held;
    if (listsOfHolders.has(String(name?.value)) && held?.type === 'array') {
      yield* (held.children ?? []).filter(({ type }) => type === 'object');
    }
  }
}

/** The first attribute value that is no value: untyped, of no or two types, or written as other JSON than its type wants. */
export function firstBadValue(root: Node): Node | undefined {
  for (const holder of attributeHolders(root)) {
    for (const { children } of holder.children ?? []) {
      const bad = children?.[1] && badPart(children[1]);
      if (bad) return bad;
    }
  }
  return undefined;
}

function badPart(node: Node): Node | undefined {
  const types = node.children ?? [];
  if (node.type !== 'object' || types.length !== 1) return node;
  const [name, held] = types[0]!.children ?? [];
  const fits = written[String(name?.value)];
  if (!fits) return name;
  if (!held || !fits(held)) return held ?? name;
  // A map is a holder of its own; a list is not.
  if (name?.value !== 'L') return undefined;
  for (const child of held.children ?? []) {
    const bad = badPart(child);
    if (bad) return bad;
  }
  return undefined;
}
