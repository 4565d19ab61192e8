/** The runner: status, history, hints, prediction, reveal, reset and what is kept. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createRunner,
  localProgress,
  memoryProgress,
  type Exchange,
  type Lesson,
  type StateReader,
} from '../../web/src/lessons';
import { parseLesson } from '../../web/src/lessons/parse';
import { fakeWorld } from './support/fake-world';

const lesson = parseLesson(readFileSync(join(__dirname, 'fixtures/good.md'), 'utf8')).lesson as Lesson;
const put = (units: number): Exchange => ({
  op: 'PutItem',
  table: 'Shelf',
  input: { TableName: 'Shelf' },
  response: {},
  explanation: { ReadCapacityUnits: 0, WriteCapacityUnits: units },
});
const keys = [{ name: 'Id', type: 'S', role: 'HASH' as const }];
const shelf = (...ids: string[]): StateReader =>
  fakeWorld({ Shelf: { keys, items: ids.map((id) => ({ Id: { S: id } })) } });
const solved = shelf('a', 'b');

describe('status', () => {
  test('goes from untouched over tried to solved', async () => {
    const runner = createRunner(lesson, memoryProgress());
    expect(runner.state().steps[0].status).toBe('untouched');
    expect((await runner.onResults([put(1)], shelf('a'))).status).toBe('tried');
    expect((await runner.onResults([put(1)], solved)).status).toBe('solved');
    expect(runner.state()).toMatchObject({ solved: 1, total: 2 });
  });

  test('stays solved when something is broken afterwards', async () => {
    const runner = createRunner(lesson, memoryProgress());
    await runner.onResults([put(1)], solved);
    const view = await runner.onResults([put(1)], shelf());
    expect(view.status).toBe('solved');
    expect(view.results.map(({ passed }) => passed)).toEqual([false, false]);
  });

  test('a revealed step is never counted as solved', async () => {
    const runner = createRunner(lesson, memoryProgress());
    runner.reveal('', true);
    expect((await runner.onResults([put(1)], solved)).status).toBe('revealed');
    expect(runner.state().solved).toBe(0);
  });

  test('advice does not block', async () => {
    const [step, ...rest] = lesson.steps;
    const checks = step.checks.map((check) => ({ ...check, severity: 'advice' as const }));
    const runner = createRunner({ ...lesson, steps: [{ ...step, checks }, ...rest] }, memoryProgress());
    expect((await runner.onResults([put(1)], shelf())).status).toBe('solved');
  });
});

describe('history', () => {
  test('adds up over runs and belongs to one step', async () => {
    const runner = createRunner(lesson, memoryProgress());
    const answer: Exchange = {
      op: 'Scan',
      input: {},
      response: { Items: [{ Id: { S: 'a' } }, { Id: { S: 'b' } }], Count: 2 },
    };
    await runner.onResults([answer], shelf());
    runner.goTo('look');
    expect((await runner.onResults([put(1)], shelf())).results[0].passed).toBe(false);
    await runner.onResults([answer], shelf());
    expect((await runner.onResults([put(1)], shelf())).results[0].passed).toBe(true);
  });

  test('is forgotten by a reset, which keeps a solved step solved', async () => {
    const runner = createRunner(lesson, memoryProgress());
    await runner.onResults([put(1)], shelf('a'));
    runner.resetStep();
    expect(runner.state().steps[0]).toMatchObject({ status: 'untouched', results: [] });
    await runner.onResults([put(1)], solved);
    runner.resetStep();
    expect(runner.state().steps[0]).toMatchObject({ status: 'solved', results: [] });
  });

  test('a verdict that arrives after a reset is dropped', async () => {
    const runner = createRunner(lesson, memoryProgress());
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow: StateReader = { ...solved, items: (table) => gate.then(() => solved.items(table)) };
    const pending = runner.onResults([put(1)], slow);
    runner.resetStep();
    release();
    expect((await pending).status).toBe('untouched');
  });
});

describe('scripts', () => {
  test('the start of a step is the setup and the solutions before it', () => {
    const runner = createRunner(lesson, memoryProgress());
    expect(runner.startScript()).toBe(`@reset\n\n${lesson.setup}\n`);
    expect(runner.startScript('look')).toBe(`@reset\n\n${lesson.setup}\n\n${lesson.steps[0].solution}\n`);
    expect(() => runner.startScript('none')).toThrow('has no step "none"');
  });

  test('a fixture is loaded first', () => {
    const runner = createRunner({ ...lesson, fixture: 'music' }, memoryProgress());
    expect(runner.startScript()).toMatch(/^@reset\n\n@load music\n\nCreateTable/);
  });

  test('reset gives the start of the current step', () => {
    const runner = createRunner(lesson, memoryProgress());
    runner.goTo('look');
    expect(runner.resetStep()).toBe(runner.startScript('look'));
  });
});

describe('prediction', () => {
  test('the first answer stays and the run proves which was right', async () => {
    const runner = createRunner(lesson, memoryProgress());
    runner.predict(1);
    runner.predict(0);
    const view = await runner.onResults([put(1)], solved);
    expect(view).toMatchObject({ predicted: 1, proved: 0 });
  });

  test('nothing is proved before the step is solved', async () => {
    const runner = createRunner(lesson, memoryProgress());
    expect((await runner.onResults([put(1)], shelf('a'))).proved).toBeUndefined();
  });

  test('a question can be passed over, and running before answering does that too', async () => {
    const first = createRunner(lesson, memoryProgress());
    first.skipQuestion();
    expect(first.state().steps[0]).toMatchObject({ skipped: true });
    const second = createRunner(lesson, memoryProgress());
    expect(await second.onResults([put(1)], shelf('a'))).toMatchObject({ skipped: true });
    const third = createRunner(lesson, memoryProgress());
    third.predict(0);
    expect((await third.onResults([put(1)], shelf('a'))).skipped).toBeUndefined();
  });

  test('there is no such choice', () => {
    expect(() => createRunner(lesson, memoryProgress()).predict(7)).toThrow('has no choice 7');
  });
});

describe('hints', () => {
  const [nudge, conditional, partial, full] = lesson.steps[0].hints.map(({ say }) => say);

  test('come as nudge, partial, full, and end', () => {
    const runner = createRunner(lesson, memoryProgress());
    expect([runner.hint(), runner.hint(), runner.hint(), runner.hint()]).toEqual([nudge, partial, full, undefined]);
    expect(runner.state().steps[0]).toMatchObject({ shownHints: [nudge, partial, full], moreHints: false });
  });

  test('one for a mistake waits until the mistake was made', async () => {
    const runner = createRunner(lesson, memoryProgress());
    const view = await runner.onResults([put(1)], shelf('a'));
    expect(view.results.map(({ passed, wrong, progress }) => ({ passed, wrong, progress }))).toEqual([
      { passed: false, wrong: false, progress: '1 of 2' },
      { passed: false, wrong: false, progress: '1 of 2' },
    ]);
    expect([runner.hint(), runner.hint(), runner.hint(), runner.hint()]).toEqual([nudge, partial, full, undefined]);
  });

  test('one that fits the mistake comes first', async () => {
    const runner = createRunner(lesson, memoryProgress());
    await runner.onResults([put(1)], shelf('a', 'c'));
    expect([runner.hint(), runner.hint()]).toEqual([conditional, nudge]);
  });
});

test('reveal asks every time until the answer is yes, then shows the solution as a diff', () => {
  const runner = createRunner(lesson, memoryProgress());
  const { starter, solution } = lesson.steps[0];
  expect(runner.reveal(starter, false).kind).toBe('confirm');
  expect(runner.reveal(starter, false).kind).toBe('confirm');
  expect(runner.state().steps[0].status).toBe('untouched');
  const reveal = runner.reveal(starter, true);
  const [first, second] = solution.split('\n');
  expect(reveal).toEqual({
    kind: 'solution',
    script: solution,
    diff: [
      { kind: 'same', text: first },
      { kind: 'added', text: second },
    ],
  });
  expect(runner.reveal(starter, false).kind).toBe('solution');
});

test('a solved step shows its solution without asking and stays solved', async () => {
  const runner = createRunner(lesson, memoryProgress());
  await runner.onResults([put(1)], solved);
  expect(runner.reveal('', false).kind).toBe('solution');
  expect(runner.state().steps[0].status).toBe('solved');
});

test('listeners hear the present state at once and each change until they leave', () => {
  const runner = createRunner(lesson, memoryProgress());
  const heard: string[] = [];
  const leave = runner.subscribe(({ current }) => heard.push(current));
  runner.goTo('look');
  leave();
  runner.goTo('put-two');
  expect(heard).toEqual(['put-two', 'look']);
});

describe('progress', () => {
  test('continues where the learner stopped', async () => {
    const store = memoryProgress();
    const before = createRunner(lesson, store);
    before.predict(0);
    before.hint();
    await before.onResults([put(1)], solved);
    before.goTo('look');
    const after = createRunner(lesson, store).state();
    expect(after.current).toBe('look');
    expect(after.steps[0]).toMatchObject({ status: 'solved', predicted: 0, proved: 0, hints: [0], results: [] });
  });

  test('survives a lesson that changed: lost steps are dropped, new ones untouched', () => {
    const store = memoryProgress();
    store.save('good', {
      format: 1,
      current: 'gone',
      steps: { gone: { status: 'solved', hints: [] }, look: { status: 'solved', hints: [99] } },
    });
    const state = createRunner(lesson, store).state();
    expect(state.current).toBe('put-two');
    expect(state.steps.map(({ id, status, hints }) => [id, status, hints])).toEqual([
      ['put-two', 'untouched', []],
      ['look', 'solved', []],
    ]);
  });

  function storage(entries: Record<string, string> = {}) {
    const map = new Map(Object.entries(entries));
    return {
      getItem: (name: string) => map.get(name) ?? null,
      setItem: (name: string, value: string) => void map.set(name, value),
      removeItem: (name: string) => void map.delete(name),
      key: (index: number) => [...map.keys()][index] ?? null,
      get length() {
        return map.size;
      },
    };
  }

  test('is kept in localStorage, one entry for each lesson', () => {
    const kept = storage({ other: 'x' });
    createRunner(lesson, localProgress(kept)).goTo('look');
    const store = localProgress(kept);
    expect(store.list()).toEqual(['good']);
    expect(store.load('good')?.current).toBe('look');
    store.remove('good');
    expect(store.load('good')).toBeUndefined();
    expect(kept.getItem('other')).toBe('x');
  });

  test('lives on in memory when the storage refuses', () => {
    const full = {
      ...storage(),
      length: 0,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    const store = localProgress(full);
    createRunner(lesson, store).goTo('look');
    expect(store.load('good')?.current).toBe('look');
    expect(store.list()).toEqual(['good']);
  });

  test.each(['{', 'null', '{"format":2}', '{"format":1,"current":"look","steps":null}'])(
    'unreadable %s counts as none',
    (text) => {
      expect(localProgress(storage({ 'sortkey.lesson.good': text })).load('good')).toBeUndefined();
    },
  );
});
