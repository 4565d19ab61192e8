/** Run marks and underlines: what they say, where they stand, and that drawing them costs what changed. */
import { MarkPainter, type MarkCanvas } from '../../web/src/editor/mark-painter';
import { blockMarks, underlined, type BlockMark } from '../../web/src/editor/marks';
import type { BlockResult } from '../../web/src/protocol/types';
import { parseScript } from '../../web/src/script';
import type { BlockOutcome } from '../../web/src/state';

const summary = ({ name, ok }: BlockResult) => (ok ? `${name} done` : 'refused');

function result(block: number, more: Partial<BlockResult> = {}): BlockResult {
  return {
    block,
    line: 1,
    name: 'PutItem',
    ok: true,
    status: 200,
    request: { operation: 'PutItem', body: '{}', input: {} },
    response: {},
    raw: '{}',
    consumed: { read: 0, write: 1 },
    events: [],
    startedMillis: 0,
    endedMillis: 0,
    ms: 0,
    ...more,
  };
}

const outcome = (block: number, more: Partial<BlockResult> = {}): BlockOutcome => ({
  result: result(block, more),
  text: '',
  stale: false,
});

function stateOf(script: string, outcomes: (BlockOutcome | null)[] = [], running = -1) {
  const run = running < 0 ? null : { block: running, done: running, total: 1, dataset: null };
  return { script, ...parseScript(script), outcomes, running: run };
}

const puts = (count: number) => 'PutItem {}\n'.repeat(count);

/** Stands in for the full editor: knows where each drawing is, and counts. */
class Paper implements MarkCanvas {
  places = new Map<string, { line: number; endLine: number; text: string }>();
  drawn = 0;
  calls = 0;
  private ids = 0;

  replace(old: string[], marks: BlockMark[]): string[][] {
    this.calls++;
    for (const id of old) expect(this.places.delete(id)).toBe(true);
    return marks.map(({ line, endLine, state, status }) => {
      const id = String(++this.ids);
      this.drawn++;
      this.places.set(id, { line, endLine, text: `${state} ${status}` });
      return [id];
    });
  }

  inPlace([id]: string[], { line, endLine }: BlockMark): boolean {
    const place = this.places.get(id!);
    return place?.line === line && place.endLine === endLine;
  }

  /** What the editor does with drawings when lines come in above them. */
  shift(from: number, by: number): void {
    for (const place of this.places.values()) {
      if (place.line < from) continue;
      place.line += by;
      place.endLine += by;
    }
  }

  expectShown(marks: BlockMark[]): void {
    const shown = [...this.places.values()].sort((a, b) => a.line - b.line);
    expect(shown).toEqual(
      marks.map(({ line, endLine, state, status }) => ({ line, endLine, text: `${state} ${status}` })),
    );
  }
}

test('a run of 320 requests draws each mark twice: when it runs, and when its result is there', () => {
  const paper = new Paper();
  const painter = new MarkPainter(paper);
  const count = 320;
  const script = puts(count);
  let marks = blockMarks(stateOf(script), summary);
  painter.set(marks);
  paper.drawn = 0;
  const outcomes: (BlockOutcome | null)[] = new Array<null>(count).fill(null);
  for (let index = 0; index < count; index++) {
    marks = blockMarks(stateOf(script, outcomes, index), summary, marks);
    painter.set(marks);
    outcomes[index] = outcome(index);
    marks = blockMarks(stateOf(script, [...outcomes]), summary, marks);
    painter.set(marks);
  }
  paper.expectShown(marks);
  expect(paper.drawn).toBe(2 * count);
  // Results that come within one frame are drawn at once.
  const again = new Paper();
  const batched = new MarkPainter(again);
  batched.set(blockMarks(stateOf(script), summary));
  batched.set(marks);
  expect(again.calls).toBe(2);
});

test('nothing changed: the same list, and nothing is drawn', () => {
  const before = blockMarks(stateOf(puts(3), [outcome(0), null, null]), summary);
  const state = stateOf(puts(3), [outcome(0), null, null]);
  const after = blockMarks(state, summary, before);
  expect(after).toBe(before);
  const first = underlined(state);
  expect(underlined(stateOf(puts(3)), first)).toBe(first);
  const paper = new Paper();
  const painter = new MarkPainter(paper);
  painter.set(before);
  paper.calls = 0;
  painter.set(after);
  expect(paper.calls).toBe(0);
});

test('typing inside a line draws nothing, a line break above draws nothing, a new block draws one mark', () => {
  const paper = new Paper();
  const painter = new MarkPainter(paper);
  let marks = blockMarks(stateOf(puts(100)), summary);
  painter.set(marks);
  paper.drawn = 0;
  const edit = (script: string) => {
    painter.textChanged();
    marks = blockMarks(stateOf(script), summary, marks);
    painter.set(marks);
    paper.expectShown(marks);
  };
  edit(`PutItem { }\n${puts(99)}`);
  expect(paper.drawn).toBe(0);
  paper.shift(2, 1);
  edit(`PutItem { }\n\n${puts(99)}`);
  expect(paper.drawn).toBe(0);
  paper.shift(2, 1);
  edit(`PutItem { }\nScan\n\n${puts(99)}`);
  expect(paper.drawn).toBe(1);
  paper.shift(3, -1);
  edit(`PutItem { }\nScan\n${puts(99)}`);
  expect(paper.drawn).toBe(1);
});

test('whatever is edited, what is drawn is what the marks say', () => {
  const scripts = [
    puts(3),
    '',
    `Scan\n${puts(5)}`,
    puts(2),
    `${puts(2)}Query {\n}\n`,
    `Query {\n}\n${puts(2)}`,
    puts(9),
  ];
  const paper = new Paper();
  const painter = new MarkPainter(paper);
  let marks: BlockMark[] = [];
  for (const script of [...scripts, ...scripts.reverse()]) {
    painter.textChanged();
    marks = blockMarks(stateOf(script, [outcome(0)], 2), summary, marks);
    painter.set(marks);
    paper.expectShown(marks);
  }
});

test('a complaint of the service is underlined where it is, whatever stands above its block', () => {
  const block = 'Query {\n  "TableName": "Music"\n}';
  const at = block.indexOf('"Music"');
  const refused = outcome(1, {
    ok: false,
    error: { name: 'ValidationException', message: 'no', fields: {} },
    errorRange: { from: at, to: at + 7 },
  });
  for (const above of ['ListTables {}\n\n', 'ListTables {\n  "Limit": 1\n}\n\n# more\n']) {
    const script = above + block;
    const [problem] = underlined(stateOf(script, [null, refused]));
    expect(script.slice(problem!.from, problem!.to)).toBe('"Music"');
    expect(problem!.line).toBe(above.split('\n').length + 1);
  }
});
