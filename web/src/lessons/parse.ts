/**
 * Reads a lesson file: YAML front matter, an intro, then `## step: <id> — <title>`
 * sections of Markdown with ~~~ fences. The parser checks structure only; the
 * fields inside are described by lessons/schema/lesson.schema.json, which the
 * tests apply to every lesson. Content is data: nothing in it is executed here.
 */
import { parse as parseYaml } from 'yaml';
import type { Check, Hint, Lesson, Predict, Step } from './types';

export interface LessonProblem {
  /** 1-based line of the file. */
  line: number;
  message: string;
}

interface Fence {
  info: string;
  body: string;
  line: number;
}
interface Section {
  /** Heading text after `## step:`; undefined for the part before the first step. */
  heading?: string;
  line: number;
  markdown: string;
  fences: Fence[];
}

/** The lesson, or the problems that keep it from being one. Never throws. */
export function parseLesson(text: string): { lesson?: Lesson; problems: LessonProblem[] } {
  const problems: LessonProblem[] = [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1;
  if (end < 0) return { problems: [{ line: 1, message: 'the file must begin with front matter between --- lines' }] };
  const front = yamlOf({ info: 'front matter', body: lines.slice(1, end).join('\n'), line: 1 }, problems);
  const [head, ...rest] = sections(lines, end + 1, problems);
  if (rest.length === 0) problems.push({ line: end + 1, message: 'no "## step: <id> — <title>" section' });

  const setup = takeOnly(head, 'ddb setup', problems, false);
  leftOver(head, problems);
  const steps = rest.map((section) => readStep(section, problems));
  const seen = new Set<string>();
  for (const [index, step] of steps.entries()) {
    if (seen.has(step.id)) problems.push({ line: rest[index].line, message: `step id "${step.id}" is used twice` });
    seen.add(step.id);
  }
  if (problems.length > 0) return { problems };
  const fields = (front ?? {}) as Partial<Lesson> & { engine?: { fixture?: Lesson['fixture'] } };
  const { engine, ...plain } = fields;
  const settings = Object.keys(engine ?? {}).filter((name) => name !== 'fixture');
  if (settings.length > 0) {
    problems.push({ line: 2, message: `engine has no setting "${settings.join('", "')}"` });
  }
  const lesson: Lesson = {
    concepts: [],
    requires: [],
    exam: [],
    drill: [],
    altSeeds: [],
    ...(plain as Pick<Lesson, 'format' | 'id' | 'title' | 'minutes' | 'goal'>),
    ...(engine?.fixture === undefined ? {} : { fixture: engine.fixture }),
    intro: head.markdown,
    setup: setup?.body ?? '',
    steps,
  };
  if (lesson.format !== 1)
    problems.push({ line: 2, message: `this page reads lesson format 1, not ${String(lesson.format)}` });
  if (typeof lesson.id !== 'string' || lesson.id === '')
    problems.push({ line: 2, message: 'the front matter has no id' });
  return problems.length > 0 ? { problems } : { lesson, problems };
}

function sections(lines: string[], from: number, problems: LessonProblem[]): Section[] {
  const all: Section[] = [{ line: from + 1, markdown: '', fences: [] }];
  let markdown: string[] = [];
  const close = (): void => {
    all.at(-1)!.markdown = markdown.join('\n').trim();
    markdown = [];
  };
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    const step = /^## step:\s*(.*)$/.exec(line);
    if (step) {
      close();
      all.push({ heading: step[1].trim(), line: at + 1, markdown: '', fences: [] });
    } else if (line.startsWith('~~~')) {
      const info = line.slice(3).trim().replace(/\s+/g, ' ');
      const stop = lines.indexOf('~~~', at + 1);
      if (info === '' || stop < 0) {
        const message = info === '' ? 'a ~~~ fence must say what it holds' : `the fence "~~~${info}" is never closed`;
        problems.push({ line: at + 1, message });
        break;
      }
      all.at(-1)!.fences.push({ info, body: lines.slice(at + 1, stop).join('\n'), line: at + 1 });
      at = stop;
    } else {
      markdown.push(line);
    }
  }
  close();
  return all;
}

function readStep(section: Section, problems: LessonProblem[]): Step {
  const heading = /^([a-z0-9]+(?:-[a-z0-9]+)*) — (\S.*)$/.exec(section.heading ?? '');
  if (!heading) {
    problems.push({ line: section.line, message: `"## step: ${section.heading}" must read "## step: <id> — <title>"` });
  }
  const demo = section.fences.some((fence) => fence.info === 'ddb starter demo');
  const starter = takeOnly(section, demo ? 'ddb starter demo' : 'ddb starter', problems, true);
  const solution = takeOnly(section, 'ddb solution', problems, true);
  const explain = takeOnly(section, 'explain', problems, true);
  const predict = takeOnly(section, 'predict', problems, false);
  const checks = takeOnly(section, 'checks', problems, true);
  const hints = takeOnly(section, 'hints', problems, true);
  const wrong = take(section, (info) => info.startsWith('ddb wrong')).map((fence) => {
    const fails = /^ddb wrong fails=([a-z0-9,-]+)$/.exec(fence.info)?.[1];
    if (fails === undefined)
      problems.push({ line: fence.line, message: `"~~~${fence.info}" must read "~~~ddb wrong fails=<check>,…"` });
    return { fails: fails?.split(',') ?? [], script: fence.body };
  });
  const alsoRight = take(section, (info) => info === 'ddb also-right').map((fence) => fence.body);
  leftOver(section, problems);
  const step: Step = {
    id: heading?.[1] ?? '',
    title: heading?.[2] ?? '',
    prose: section.markdown,
    explain: explain?.body.trim() ?? '',
    starter: starter?.body ?? '',
    solution: solution?.body ?? '',
    wrong,
    alsoRight,
    demo,
    checks: list<Check>(checks, problems),
    hints: list<unknown>(hints, problems).map(readHint),
  };
  const question = predict && yamlOf(predict, problems);
  if (question) step.predict = question as unknown as Predict;
  const ids = new Set<string>();
  for (const { id } of step.checks) {
    if (ids.has(id)) problems.push({ line: checks!.line, message: `check id "${id}" is used twice` });
    ids.add(id);
  }
  const named = [
    ...wrong.flatMap(({ fails }) => fails),
    ...step.hints.flatMap((hint) => (hint.when ? [hint.when.failed] : [])),
  ];
  for (const id of named) {
    if (!ids.has(id))
      problems.push({ line: section.line, message: `step "${step.id}" names check "${id}", which does not exist` });
  }
  return step;
}

/** `- nudge: …`, `- partial: …`, `- full: …` or `- {when: {failed: id}, say: …}`. */
function readHint(entry: unknown): Hint {
  if (entry !== null && typeof entry === 'object') {
    for (const level of ['nudge', 'partial', 'full'] as const) {
      const say = (entry as Record<string, unknown>)[level];
      if (say !== undefined) return { level, say: say as string };
    }
  }
  return entry as Hint;
}

function take(section: Section, wanted: (info: string) => boolean): Fence[] {
  const found = section.fences.filter((fence) => wanted(fence.info));
  section.fences = section.fences.filter((fence) => !wanted(fence.info));
  return found;
}

function takeOnly(section: Section, info: string, problems: LessonProblem[], needed: boolean): Fence | undefined {
  const found = take(section, (one) => one === info);
  if (found.length > 1) problems.push({ line: found[1].line, message: `a second "~~~${info}" fence` });
  if (found.length === 0 && needed)
    problems.push({ line: section.line, message: `no "~~~${info}" fence in this step` });
  return found[0];
}

function leftOver(section: Section, problems: LessonProblem[]): void {
  for (const fence of section.fences) problems.push({ line: fence.line, message: `unknown fence "~~~${fence.info}"` });
}

function list<T>(fence: Fence | undefined, problems: LessonProblem[]): T[] {
  if (fence === undefined) return [];
  const value = yamlOf(fence, problems);
  if (Array.isArray(value)) return value as T[];
  if (value !== undefined) problems.push({ line: fence.line, message: `"~~~${fence.info}" must hold a YAML list` });
  return [];
}

function yamlOf(fence: Fence, problems: LessonProblem[]): Record<string, unknown> | undefined {
  try {
    // maxAliasCount: a lesson may come from a link, so no alias bombs.
    const value: unknown = parseYaml(fence.body, { maxAliasCount: 20 });
    if (value !== null && typeof value === 'object') return value as Record<string, unknown>;
    problems.push({ line: fence.line, message: `${fence.info} is empty` });
  } catch (error) {
    const { message, linePos } = error as { message: string; linePos?: [{ line: number }] };
    problems.push({ line: fence.line + (linePos?.[0].line ?? 0), message: `${fence.info}: ${message.split('\n')[0]}` });
  }
  return undefined;
}
