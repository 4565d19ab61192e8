/**
 * Hostile forms of a request. A request is a tree of JSON values in which some places hold text instead: what stands
 * there need not be JSON, and can be far larger than a tree could be.
 */
import type { Random } from '../workload/random';
import type { Json } from './seeds';

/** Text that is put into the request as it is. */
class Raw {
  constructor(readonly text: string) {}
}

type Tree = null | boolean | number | string | Tree[] | { [name: string]: Tree } | Raw;

type Forge = (random: Random, bytes: number, was: string) => string;

const listOf = (element: string, bytes: number): string =>
  `[${`${element},`.repeat(Math.max(1, Math.floor(bytes / (element.length + 1)))).slice(0, -1)}]`;

/** Values for any place of a request, of about `bytes` bytes; `was` is what stood there. */
const FORGES: readonly Forge[] = [
  (random, bytes) => listOf(random.pick(['{}', '[]', '""', 'null', '0', 'true', '[{}]', '{"":{}}']), bytes),
  (random, bytes) => listOf(random.pick(['{"S":"x"}', '{"N":"1"}', '{"NULL":true}', '{"L":[]}', '{"M":{}}']), bytes),
  (_, bytes, was) => listOf(was, bytes),
  (random, bytes) => {
    const type = random.pick(['SS', 'NS', 'BS']);
    return `{"${type}":${listOf(random.pick(['"1"', '"AA=="', '"\\u0001"']), bytes)}}`;
  },
  (random, bytes) => {
    const type = random.pick(['SS', 'NS']);
    const members = Array.from({ length: Math.min(20_000, Math.max(1, bytes >> 3)) }, (_, i) => `"${i}"`);
    return `{"${type}":[${members.join(',')}]}`;
  },
  (random, bytes) =>
    `"${random.pick(['x', 'é', '\u{1f3b5}', '\\u0001', '\\ud800', '\\"', '%', '(']).repeat(bytes >> 2)}"`,
  (random, bytes) =>
    `{"${random.pick(['S', 'N', 'B'])}":"${random.pick(['x', '9', 'A', '\\u0000']).repeat(bytes >> 1)}"}`,
  (random, bytes) => {
    const [open, close] = random.pick([
      ['[', ']'],
      ['{"a":', '}'],
      ['{"L":[', ']}'],
      ['{"M":{"a":', '}}'],
    ]);
    const levels = random.pick([30, 33, 100, 480, 999, 2000, bytes]);
    const middle = random.pick(['1', '{"S":"x"}', '[]']);
    return open!.repeat(levels) + middle + (random.chance(4) ? '' : close!.repeat(levels));
  },
  (random, bytes, was) =>
    `{${`"${random.pick(['a', 'S', 'L', 'TableName', ''])}":${was},`.repeat(Math.max(1, Math.floor(bytes / (was.length + 8))))}"S":"x"}`,
  (random, bytes) =>
    `{"${random
      .pick(['n', 'é', '#', ':'])
      .repeat(bytes >> 1)}":${random.pick(['{"S":"x"}', '1', '{}', '[{},{},{}]'])}}`,
  (_, bytes) => {
    const names = Array.from({ length: Math.min(50_000, Math.max(1, bytes >> 4)) }, (_unused, i) => `"n${i}":{"S":""}`);
    return `{${names.join(',')}}`;
  },
  (random, bytes) =>
    random.pick(['9'.repeat(bytes), '-1e400', '1e-400', '0.0000001', '-0', `1${'0'.repeat(400)}`, '1e9999999']),
  (random) =>
    random.pick([
      'null',
      'true',
      '0',
      '-1',
      '1e308',
      '"x"',
      '""',
      '[]',
      '{}',
      '{"S":null}',
      '{"S":"a","N":"1"}',
      '[[]]',
      '2147483648',
      '9223372036854775808',
    ]),
];

function text(tree: Tree): string {
  if (tree instanceof Raw) return tree.text;
  if (Array.isArray(tree)) return `[${tree.map(text).join(',')}]`;
  if (typeof tree === 'object' && tree !== null) {
    return `{${Object.entries(tree)
      .map(([name, value]) => `${JSON.stringify(name)}:${text(value)}`)
      .join(',')}}`;
  }
  return JSON.stringify(tree);
}

/** The tree with one place in it replaced. */
function forged(random: Random, bytes: number, tree: Tree): Tree {
  const children = typeof tree === 'object' && tree !== null && !(tree instanceof Raw) ? Object.keys(tree) : [];
  if (children.length === 0 || random.chance(4)) return new Raw(random.pick(FORGES)(random, bytes, text(tree)));
  const chosen = random.pick(children);
  const copy = (Array.isArray(tree) ? [...tree] : { ...(tree as object) }) as Record<string, Tree>;
  copy[chosen] = forged(random, bytes, copy[chosen]!);
  return copy as Tree;
}

/** Bytes that are no text, a text that ends early, or one that goes on. */
function broken(random: Random, bytes: Buffer): Buffer {
  switch (random.below(3)) {
    case 0:
      return bytes.subarray(0, random.below(bytes.length + 1));
    case 1:
      return Buffer.concat([bytes, bytes]);
    default: {
      const copy = Buffer.from(bytes);
      for (let i = 0; i < 3 && copy.length > 0; i += 1) {
        copy[random.below(copy.length)] = random.pick([0xff, 0xc0, 0x80, 0xed, 0x00, 0x22, 0x5c]);
      }
      return copy;
    }
  }
}

/** A hostile form of the request, of about `bytes` bytes at most where it is made large. */
export function hostileForm(random: Random, input: Json, bytes: number): Buffer {
  let tree: Tree = input;
  if (typeof input === 'object' && input !== null && Object.keys(input).length > 0) {
    const members = { ...input } as Record<string, Tree>;
    const name = random.pick(Object.keys(members));
    members[name] = forged(random, bytes, members[name]!);
    tree = members;
  } else {
    tree = new Raw(random.pick(FORGES)(random, bytes, '{}'));
  }
  const whole = Buffer.from(text(tree));
  return random.chance(6) ? broken(random, whole) : whole;
}
