/**
 * Texts made to be slow. A link holds up to a megabyte of them in a few hundred characters, so whatever the page does
 * with a script has to take time that grows with its length and not with the square of it.
 */
import { deflateSync } from 'node:zlib';
import { completionsAt } from '../../web/src/editor/completion';
import { tokenize } from '../../web/src/editor/highlight';
import { blockMarks, underlined } from '../../web/src/editor/marks';
import { columnsOf, cutIntoPieces, underlinesOf } from '../../web/src/editor/pieces';
import { parseScript } from '../../web/src/script';
import { carryOver } from '../../web/src/state/outcomes';

const size = 400_000;
const fill = (piece: string) => piece.repeat(Math.ceil(size / piece.length));

/** A square of this size is 10 minutes of work; a straight line a fraction of a second, on a busy machine a few. */
const budgetMillis = 5_000;

const texts: [string, string][] = [
  ['unknown names', fill('Qx\n')],
  ['unknown names, each another', Array.from({ length: 60_000 }, (_, i) => `Q${i.toString(26)}x\n`).join('')],
  ['operations without a body', fill('Scan\n')],
  ['unclosed bodies', fill('Scan {\n')],
  ['bodies in bodies', `Scan ${fill('{"a":')}`],
  ['lists in lists', `Scan {"a":${fill('[')}`],
  ['bodies without a name', fill('{\n')],
  ['unclosed comments', fill('/* \n')],
  ['comment after comment', fill('Scan /**/ ')],
  ['hash signs', `Scan { "a": ${fill('x#')}`],
  ['a line of digits', fill('1 ')],
  ['lines of digits', fill('1 1 1 1 1\n')],
  ['double quotes', fill('"')],
  ['single quotes in a statement', `select ${fill("'")}`],
  ['unclosed names in statements', fill('select "\n\n')],
  ['a statement with a long word', `select *\nA${fill('a')} !\n`],
  ['a statement with a long gap', `select *\nAa${fill(' ')}!\n`],
  ['statements of one word', fill('select\n')],
  ['a duration with a long gap', `@advance 1 s${fill(' ')}!\n`],
  ['a duration of digits', `@advance ${fill('1')}!\n`],
  ['a duration of many parts', `@advance ${fill('1ms')}\n`],
  ['an operation with a long gap', `Scan${fill(' ')}!\n`],
  ['directives', fill('@a\n')],
  ['a long word', fill('A')],
  ['a CLI command of many lines', `aws dynamodb scan ${fill('\\\n')}`],
  ['wide characters', fill('日本')],
  ['blanks', fill(' \t')],
  ['nothing but line breaks', fill('\n')],
  ['keys without values', `Scan {${fill('"a" ')}`],
  ['escapes', `Scan {"a": "${fill('\\')}`],
];

test.each(texts)('%s', (_name, text) => {
  const start = performance.now();
  const parsed = parseScript(text);
  const state = { script: text, ...parsed, outcomes: [], running: null };
  const marks = blockMarks(state, () => '');
  expect(blockMarks(state, () => '', marks)).toBe(marks);
  const problems = underlined(state);
  const pieces = cutIntoPieces(text);
  columnsOf(text);
  for (const piece of pieces.slice(0, 20)) underlinesOf(piece, problems);
  expect(
    tokenize(text)
      .map((token) => token.text)
      .join('').length,
  ).toBe(text.length);
  completionsAt(text, text.length, []);
  completionsAt(text, text.length >> 1, []);
  expect(performance.now() - start).toBeLessThan(budgetMillis);
});

test('such texts fit into short links, which is why they matter', () => {
  const short = texts.filter(([, text]) => deflateSync(text).length < 2_000);
  expect(short.length).toBeGreaterThan(20);
});

test('a script of thousands of results is replaced by another one', () => {
  const result = { name: 'Scan' } as never;
  const old = Array.from({ length: 30_000 }, (_, i) => `Scan {"a":${i}}`);
  const script = Array.from({ length: 30_000 }, (_, i) => `Scan {"b":${i}}`).join('\n');
  const outcomes = old.map((text) => ({ result, text, stale: false }));
  const start = performance.now();
  const carried = carryOver(old, outcomes, script, parseScript(script).blocks);
  expect(carried.every((outcome) => outcome?.stale)).toBe(true);
  expect(new Set(carried).size).toBe(30_000);
  expect(performance.now() - start).toBeLessThan(budgetMillis);
});

test('pieces give the text again, end early when lines are long, and know when a comment is open', () => {
  const text = `Scan {}\n${'/*\n'.repeat(120)}*/ Scan {}\n${'1'.repeat(30_000)}\n\nlast\n`;
  const pieces = cutIntoPieces(text);
  expect(pieces.map((piece) => piece.text).join('\n')).toBe(text);
  expect(pieces.reduce((sum, { lines }) => sum + lines, 0)).toBe(text.split('\n').length);
  for (const piece of pieces) {
    expect(text.slice(piece.from, piece.from + piece.text.length)).toBe(piece.text);
    expect(piece.lines).toBe(piece.text.split('\n').length);
  }
  expect(pieces[1]!.state).toBe('comment');
  expect(pieces.at(-1)!.state).toBe('root');
});

test('what is coloured is bounded, whatever the text', () => {
  expect(tokenize('1,'.repeat(5_000), 'root', 300).length).toBeLessThanOrEqual(301);
});

test('problems are underlined in the pieces they reach into', () => {
  const text = `${'\n'.repeat(49)}ab\ncd`;
  const [first, second] = cutIntoPieces(text);
  const problem = { line: 1, message: '', severity: 'error' as const };
  const shown = (piece: typeof first, from: number, to: number) =>
    underlinesOf(piece!, [{ ...problem, from, to }])
      .filter(({ severity }) => severity)
      .map((stretch) => stretch.text);
  expect(shown(first, 50, 51)).toEqual(['b']);
  expect(shown(second, 50, 51)).toEqual([]);
  expect(shown(first, 50, 53)).toEqual(['b']);
  expect(shown(second, 50, 53)).toEqual(['c']);
  expect(shown(second, 53, 53)).toEqual(['d']);
  expect(shown(second, 54, 55)).toEqual([' ']);
});
