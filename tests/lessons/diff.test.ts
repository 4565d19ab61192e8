import { diffLines } from '../../web/src/lessons';

const marks = { same: ' ', removed: '-', added: '+' };
const diff = (before: string, after: string): string[] =>
  diffLines(before, after).map(({ kind, text }) => marks[kind] + text);

test.each([
  ['equal texts', 'a\nb', 'a\nb\n', [' a', ' b']],
  ['a line more', 'a\nc', 'a\nb\nc', [' a', '+b', ' c']],
  ['a line less', 'a\nb\nc', 'a\nc', [' a', '-b', ' c']],
  ['a changed line: old before new', 'a\nx\nc', 'a\ny\nc', [' a', '-x', '+y', ' c']],
  ['nothing in common', 'x', 'y\nz', ['-x', '+y', '+z']],
])('%s', (_case, before, after, expected) => {
  expect(diff(before, after)).toEqual(expected);
});
