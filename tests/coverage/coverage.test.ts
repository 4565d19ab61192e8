// Every message and number of the service has a case, or stands in a list of what has none, with the reason.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Area, type Case, type Fact, gaps, type TestFile } from './gaps';

const ROOT = path.resolve(__dirname, '../..');

function filesOf(folder: string, ending: RegExp): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .sort();
}

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const areas: Area[] = filesOf('tests/coverage', /\.json$/).map((name) => ({
  name,
  facts: (JSON.parse(read(`tests/coverage/${name}`)) as { facts: Fact[] }).facts,
}));

const cases: Case[] = filesOf('tests/cases', /\.json$/).flatMap((file) =>
  (JSON.parse(read(`tests/cases/${file}`)) as { name: string; steps: Case['steps'] }[]).map(({ name, steps }) => ({
    title: `${file.replace(/\.json$/, '')}: ${name}`,
    steps,
  })),
);

const tests: TestFile[] = ['tests/engine', 'tests/wasm', 'tests/simulation'].flatMap((folder) =>
  filesOf(folder, /(_test\.cc|\.test\.ts)$/).map((file) => {
    const whole = `${folder}/${file}`;
    return { path: whole, text: read(whole) };
  }),
);

test('there are facts and cases', () => {
  expect(areas.flatMap((area) => area.facts).length).toBeGreaterThan(0);
  expect(cases.length).toBeGreaterThan(100);
});

test.each(areas)('$name is covered', (area) => {
  expect(gaps([area], cases, tests)).toEqual([]);
});

test('no area contradicts another', () => {
  expect(gaps(areas, cases, tests)).toEqual([]);
});

// The check itself: each invented mistake must be reported, or the tests above prove nothing.
describe('a mistake is reported', () => {
  const shown: Case = {
    title: 'put_item: too large',
    steps: [
      { message: 'Item is too large: 12 bytes' },
      { outIncludes: { CancellationReasons: [{ Code: 'None' }, { Message: 'Inside (a) list.' }] } },
      { out: { Message: '*' } },
    ],
  };
  const code: TestFile[] = [
    { path: 'tests/engine/a_test.cc', text: 'TEST_F(Suite, Name) {}' },
    { path: 'tests/wasm/a.test.ts', text: "test('a title', () => {});\ntest.each([1])('each %s', () => {});" },
  ];
  const check = (...facts: Fact[]) => gaps([{ name: 'area', facts }], [shown], code);
  const about = (fact: Partial<Fact>): Fact => ({ section: 'S', ...fact });

  test('but not where there is none', () => {
    expect(
      check(
        about({ message: 'Item is too large: <size> bytes' }),
        about({ message: 'Inside (a) list.' }),
        about({ message: 'Nobody says this', notCovered: 'not built' }),
        about({ number: '1', cases: ['put_item: too large'] }),
        about({ number: '2', cases: ['tests/engine/a_test.cc: Suite.Name', 'tests/wasm/a.test.ts: a title'] }),
        about({ number: '2 of each', cases: ['tests/wasm/a.test.ts: each %s'] }),
        about({ number: '3', notCovered: 'not built' }),
      ),
    ).toEqual([]);
  });

  const mistakes: [what: string, fact: Partial<Fact>, report: RegExp][] = [
    ['a message nobody answers', { message: 'Item is' }, /S: Item is is answered by no case/],
    ['only a part of a message', { message: 'too large: <size> bytes' }, /answered by no case/],
    ['a pattern is text', { message: 'Inside .a. list.' }, /answered by no case/],
    ['any answer at all', { message: '*' }, /answered by no case/],
    ['anything', { message: '<anything>' }, /nothing but a placeholder/],
    ['a case that does not exist', { number: '1', cases: ['put_item: other'] }, /does not exist: put_item: other/],
    [
      'a native test that does not exist',
      { number: '1', cases: ['tests/engine/a_test.cc: Suite.N'] },
      /does not exist/,
    ],
    ['a test that does not exist', { number: '1', cases: ['tests/wasm/a.test.ts: a tit'] }, /does not exist/],
    ['a number without a case', { number: '1' }, /names no case/],
    ['a number with an empty list', { number: '1', cases: [] }, /names no case/],
    ['both at once', { number: '1', cases: ['put_item: too large'], notCovered: 'x' }, /both covered and not/],
    ['a reason left out', { number: '1', notCovered: '' }, /without a reason/],
    ['a stale gap', { message: 'Inside (a) list.', notCovered: 'not built' }, /although listed as not covered/],
    ['neither message nor number', { notCovered: 'x' }, /either a message or a number/],
    ['both message and number', { message: 'x', number: 'x', notCovered: 'x' }, /either a message or a number/],
    ['a misspelt member', { number: '1', notcovered: 'x' } as Partial<Fact>, /means nothing: notcovered/],
  ];
  test.each(mistakes)('%s', (_, fact, report) => {
    expect(check(about(fact))).toContainEqual(expect.stringMatching(report));
  });

  test('a fact that stands twice', () => {
    const fact = about({ message: 'Inside (a) list.' });
    expect(check(fact, fact)).toEqual(['area: S: Inside (a) list. stands twice']);
  });

  test('areas that contradict each other', () => {
    const first = { name: 'one', facts: [about({ message: 'X', cases: ['put_item: too large'] })] };
    const second = { name: 'two', facts: [about({ message: 'X', notCovered: 'not built' })] };
    expect(gaps([first, second], [shown], code)).toEqual(['one: S: X is listed as not covered elsewhere']);
  });
});
