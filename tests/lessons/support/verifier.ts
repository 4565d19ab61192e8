/**
 * Everything a lesson file promises, tried out. `verify` gives complaints rather than failing, so that the verifier
 * itself can be tested: each lesson in ../broken must earn its complaint.
 */
import Ajv from 'ajv';
import { evaluate, type Lesson, type Step } from '../../../web/src/lessons';
import { parseLesson } from '../../../web/src/lessons/parse';
import { createRunner, provedChoice } from '../../../web/src/lessons/runner';
import { memoryProgress } from '../../../web/src/lessons/progress';
import { parseScript } from '../../../web/src/script';
import lessonSchema from '../../../lessons/schema/lesson.schema.json';
import type { Lab } from './lab';
import { readingGrade, wordCount } from './prose';

const fitsSchema = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(lessonSchema);
const wordsMax = 120;
const gradeMax = 8;
const firstSeed = 1;

/** What is wrong with the lesson in `text`; empty when nothing is. Later kinds of checks wait for earlier ones to pass. */
export async function verify(text: string, lab: Lab): Promise<string[]> {
  const { lesson, problems } = parseLesson(text);
  if (!lesson) return problems.map(({ line, message }) => `line ${line}: ${message}`);
  const still = [...schemaComplaints(lesson), ...scriptComplaints(lesson)];
  if (still.length > 0) return still;
  const complaints = proseComplaints(lesson);
  for (const step of lesson.steps) complaints.push(...hintComplaints(step));
  complaints.push(...(await startComplaints(lesson, lab)));
  for (const seed of [firstSeed, ...lesson.altSeeds]) {
    for (const step of lesson.steps) complaints.push(...(await runComplaints(lesson, step, seed, lab)));
  }
  complaints.push(...(await digestComplaints(lesson, lab)));
  return [...new Set(complaints)];
}

/** Schema errors as `path: message`, the ones of mere bookkeeping (if, anyOf, …) left out where others remain. */
export function schemaComplaints(lesson: unknown): string[] {
  if (fitsSchema(lesson)) return [];
  const errors = (fitsSchema.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  return errors.map(({ instancePath, message, params }) => {
    const what = Object.values(params as Record<string, unknown>).join(', ');
    return `schema ${instancePath}: ${message ?? 'does not fit'} (${what})`;
  });
}

function scriptComplaints(lesson: Lesson): string[] {
  const scripts: [string, string][] = [['setup', lesson.setup], ...proseScripts('intro', lesson.intro)];
  for (const step of lesson.steps) {
    scripts.push([`${step.id}: starter`, step.starter], [`${step.id}: solution`, step.solution]);
    step.wrong.forEach(({ script }, index) => scripts.push([`${step.id}: wrong ${index + 1}`, script]));
    step.alsoRight.forEach((script, index) => scripts.push([`${step.id}: also-right ${index + 1}`, script]));
    scripts.push(
      ...proseScripts(`${step.id}: prose`, step.prose),
      ...proseScripts(`${step.id}: explain`, step.explain),
    );
  }
  return scripts.flatMap(([name, script]) => {
    const errors = parseScript(script).problems.filter(({ severity }) => severity === 'error');
    return errors.map(({ line, message }) => `${name} does not parse: line ${line}: ${message}`);
  });
}

/** The ```ddb fences of a Markdown text. */
function proseScripts(name: string, markdown: string): [string, string][] {
  return [...markdown.matchAll(/^```ddb\n([\s\S]*?)^```/gm)].map((match) => [name, match[1]]);
}

function proseComplaints(lesson: Lesson): string[] {
  const texts: [string, string][] = [['intro', lesson.intro]];
  for (const step of lesson.steps) texts.push([`${step.id}: prose`, step.prose], [`${step.id}: explain`, step.explain]);
  return texts.flatMap(([name, text]) => {
    const words = wordCount(text);
    const grade = readingGrade(text);
    const found: string[] = [];
    if (words > wordsMax) found.push(`${name} has ${words} words, more than ${wordsMax}`);
    if (grade > gradeMax) found.push(`${name} reads at grade ${grade.toFixed(1)}, above ${gradeMax}`);
    return found;
  });
}

function hintComplaints(step: Step): string[] {
  const found: string[] = [];
  const levels = step.hints.flatMap(({ level }) => level ?? []).join(', ');
  if (levels !== 'nudge, partial, full')
    found.push(`${step.id}: hints must be a nudge, a partial and a full one, not: ${levels}`);
  const dense = (text: string): string => text.replace(/\s+/g, '');
  const given = new Set(parseScript(step.starter).blocks.map((block) => dense(block.body ?? '')));
  const bodies = parseScript(step.solution).blocks.map((block) => dense(block.body ?? ''));
  const answers = bodies.filter((body) => body !== '' && !given.has(body));
  for (const { say } of step.hints) {
    if (say.trim() === '') found.push(`${step.id}: an empty hint`);
    if (answers.some((body) => dense(say).includes(body)))
      found.push(`${step.id}: a hint contains the solution: ${say}`);
  }
  return found;
}

async function startComplaints(lesson: Lesson, lab: Lab): Promise<string[]> {
  await lab.fresh(firstSeed);
  const exchanges = await lab.run(createRunner(lesson, memoryProgress()).startScript(lesson.steps[0].id));
  return exchanges.flatMap(({ op, error }) => (error ? [`setup: ${op} fails: ${error.name}: ${error.message}`] : []));
}

/** One script from the start state of its step. */
async function attempt(lesson: Lesson, step: Step, script: string, seed: number, lab: Lab) {
  await lab.fresh(seed);
  await lab.run(createRunner(lesson, memoryProgress()).startScript(step.id));
  const exchanges = await lab.run(script);
  const results = await evaluate(step.checks, exchanges, lab.world());
  const failed = results.filter(({ passed }) => !passed);
  return { exchanges, failed, ids: failed.map(({ id }) => id) };
}

async function runComplaints(lesson: Lesson, step: Step, seed: number, lab: Lab): Promise<string[]> {
  const found: string[] = [];
  const say = (text: string): void =>
    void found.push(`${step.id}: ${text}${seed === firstSeed ? '' : ` (seed ${seed})`}`);
  const killed = new Set<string>();

  const start = await attempt(lesson, step, step.starter, seed, lab);
  start.ids.forEach((id) => killed.add(id));
  if (!step.demo && !start.failed.some(({ severity }) => severity === 'essential')) {
    say('the starter passes every essential check');
  }
  for (const { id } of start.failed.filter(({ wrong }) => wrong)) say(`the starter, run as it is, makes "${id}" wrong`);

  const right: [string, string, string[]][] = [
    ['the solution', step.solution, ['essential', 'advice', 'celebrate']],
    ...step.alsoRight.map((script, index): [string, string, string[]] => [
      `also-right ${index + 1}`,
      script,
      ['essential', 'advice'],
    ]),
  ];
  for (const [name, script, severities] of right) {
    const run = await attempt(lesson, step, script, seed, lab);
    for (const result of run.failed.filter(({ severity }) => severities.includes(severity))) {
      say(`${name} fails ${result.id}: expected ${result.expected}, got ${result.got}`);
    }
    if (step.predict) {
      let holding = 0;
      for (const choice of step.predict.choices) {
        const alone: Step = { ...step, predict: { ask: step.predict.ask, choices: [choice] } };
        if ((await provedChoice(alone, run.exchanges, lab.world())) !== undefined) holding++;
      }
      if (holding !== 1) say(`after ${name}, ${holding} predict choices hold instead of one`);
    }
  }

  for (const [index, { fails, script }] of step.wrong.entries()) {
    const { ids, failed } = await attempt(lesson, step, script, seed, lab);
    ids.forEach((id) => killed.add(id));
    if ([...ids].sort().join() !== [...fails].sort().join()) {
      say(`wrong ${index + 1} should fail ${fails.join(', ')} but fails ${ids.join(', ') || 'nothing'}`);
    }
    // Who did this has to be told so, not that something is still to do.
    const shown = failed.filter(({ severity }) => severity !== 'celebrate');
    if (shown.length > 0 && !shown.some(({ wrong }) => wrong)) {
      say(`wrong ${index + 1} looks as if it were only not done yet: no check it fails says "wrong"`);
    }
    const blocking = shown.filter(({ severity, wrong }) => severity === 'essential' && wrong).map(({ id }) => id);
    if (blocking.length > 0 && !step.hints.some(({ when }) => when && blocking.includes(when.failed))) {
      say(`no hint for the mistake that fails ${fails.join(', ')}`);
    }
  }
  for (const { id } of step.checks) if (!killed.has(id)) say(`check "${id}" never fails`);
  return found;
}

async function digestComplaints(lesson: Lesson, lab: Lab): Promise<string[]> {
  const digests = new Set<string>();
  for (let run = 0; run < 2; run++) {
    await playThrough(lesson, lab);
    digests.add(await lab.digest());
  }
  return digests.size === 1 ? [] : ['two runs of the solutions end in different states'];
}

/** The whole lesson by its own solutions; the units each step cost. */
export async function playThrough(lesson: Lesson, lab: Lab): Promise<Record<string, { read: number; write: number }>> {
  await lab.fresh(firstSeed);
  await lab.run(createRunner(lesson, memoryProgress()).startScript(lesson.steps[0].id));
  const costs: Record<string, { read: number; write: number }> = {};
  for (const step of lesson.steps) {
    const exchanges = await lab.run(step.solution);
    const sum = (field: 'ReadCapacityUnits' | 'WriteCapacityUnits'): number =>
      exchanges.reduce((total, { explanation }) => total + (explanation?.[field] ?? 0), 0);
    costs[step.id] = { read: sum('ReadCapacityUnits'), write: sum('WriteCapacityUnits') };
  }
  return costs;
}
