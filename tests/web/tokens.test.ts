/**
 * Every ink on every ground it is used on has a contrast of at least 4.5:1, in both themes. axe measures what it can see on
 * the page; this covers the text whose ground it cannot tell (editor overlays, panes that scroll).
 */
import fs from 'node:fs';
import path from 'node:path';

const css = fs.readFileSync(path.join(__dirname, '../../web/src/styles/tokens.css'), 'utf8');

/** Name → [light, dark], for the tokens that are plain colours. */
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name!,
    [light!, dark!] as const,
  ]),
);

const GROUNDS = ['paper', 'surface', 'surface-2', 'surface-3', 'hover', 'selected'];
const INKS = ['ink', 'ink-2', 'ink-3', 'accent', 'read', 'write', 'ok', 'error', 'warn'];
const CODE = ['code-op', 'code-directive', 'code-key', 'code-string', 'code-number', 'code-comment'];
const SOFT = ['accent', 'read', 'write', 'ok', 'error', 'warn'];

const pairs: [ink: string, ground: string][] = [
  ...INKS.flatMap((ink) => GROUNDS.map((ground): [string, string] => [ink, ground])),
  ...CODE.flatMap((ink) => ['surface', 'surface-2'].map((ground): [string, string] => [ink, ground])),
  ...SOFT.flatMap((name): [string, string][] => [name, 'ink', 'ink-2'].map((ink) => [ink, `${name}-soft`])),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-2'],
];

/** Relative luminance as WCAG 2 defines it. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(ink: string, ground: string): number {
  const [high, low] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}

test('the formula gives the known contrasts', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test.each([
  ['light', 0],
  ['dark', 1],
] as const)('%s', (_theme, which) => {
  const weak = pairs
    .map(([ink, ground]) => {
      const colors = [tokens.get(ink), tokens.get(ground)];
      if (!colors[0] || !colors[1]) throw new Error(`no token ${ink} or ${ground}`);
      return { ink, ground, ratio: contrast(colors[0][which], colors[1][which]) };
    })
    .filter(({ ratio }) => ratio < 4.5);
  expect(weak.map(({ ink, ground, ratio }) => `${ink} on ${ground}: ${ratio.toFixed(2)}`)).toEqual([]);
});
