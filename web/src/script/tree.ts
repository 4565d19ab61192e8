/** A request body as a tree whose nodes know where they stand. */
import { parseTree, type Node } from 'jsonc-parser';

/** Null for what is no JSON, and for nesting deeper than the parser's stack. */
export function treeOf(body: string): Node | null {
  try {
    return parseTree(body) ?? null;
  } catch {
    return null;
  }
}

/** All nodes below one, outermost first. */
export function* nodesBelow(root: Node): Generator<Node> {
  const found: Node[] = [root];
  for (let at = 0; at < found.length; at++) {
    for (const child of found[at]!.children ?? []) {
      found.push(child);
      yield child;
    }
  }
}
