// What the lists of facts claim against what the cases and tests hold.

/** A message or a number of the service, with what shows it or why nothing does. */
export interface Fact {
  section: string;
  message?: string;
  number?: string;
  cases?: string[];
  notCovered?: string;
  /** Why it is taken for one although no dated answer of the service shows all of it. */
  assumed?: string;
}

export interface Area {
  /** Name of the file, for what is reported. */
  name: string;
  facts: Fact[];
}

/** A case of tests/cases; of its steps only what they expect matters here. */
export interface Case {
  /** "file: name", as facts name it. */
  title: string;
  steps: { message?: string; out?: unknown; outIncludes?: unknown }[];
}

/** A test in code: its path and its text. */
export interface TestFile {
  path: string;
  text: string;
}

const members = ['section', 'message', 'number', 'cases', 'notCovered', 'assumed'];

/** Everything that is wrong with the lists, one readable line each; empty when all is covered. */
export function gaps(areas: Area[], cases: Case[], tests: TestFile[]): string[] {
  const answered = messagesOf(cases);
  const titles = new Set(cases.map((one) => one.title));
  const exists = (name: string) => titles.has(name) || tests.some((file) => holds(file, name));
  const missing = new Set(
    areas.flatMap((area) => area.facts.filter((fact) => fact.notCovered !== undefined).map((fact) => fact.message)),
  );
  return areas.flatMap((area) => {
    const seen = new Set<string>();
    return area.facts.flatMap((fact) => {
      const key = `${fact.section}: ${fact.message ?? fact.number}`;
      const problems = [...shapeProblems(fact), ...coverProblems(fact, answered, exists)];
      if (seen.has(key)) problems.push('stands twice');
      seen.add(key);
      if (fact.message !== undefined && fact.notCovered === undefined && missing.has(fact.message)) {
        problems.push('is listed as not covered elsewhere');
      }
      return problems.map((problem) => `${area.name}: ${key} ${problem}`);
    });
  });
}

function shapeProblems(fact: Fact): string[] {
  const problems: string[] = [];
  for (const name of Object.keys(fact)) {
    if (!members.includes(name)) problems.push(`has a member that means nothing: ${name}`);
  }
  if (!fact.section) problems.push('has no section');
  if ((fact.message === undefined) === (fact.number === undefined)) {
    problems.push('must have either a message or a number');
  }
  if (/^<[^<>]*>$/.test(fact.message ?? '')) problems.push('is nothing but a placeholder');
  if (fact.notCovered === '') problems.push('is not covered without a reason');
  if (fact.notCovered !== undefined && fact.cases !== undefined) {
    problems.push('is both covered and not covered');
  }
  if (fact.number !== undefined && fact.notCovered === undefined && !fact.cases?.length) {
    problems.push('names no case');
  }
  return problems;
}

function coverProblems(fact: Fact, answered: string[], exists: (name: string) => boolean): string[] {
  const problems = (fact.cases ?? [])
    .filter((name) => !exists(name))
    .map((name) => `names a case that does not exist: ${name}`);
  if (fact.message === undefined) return problems;
  const pattern = patternOf(fact.message);
  const isAnswered = answered.some((text) => pattern.test(text));
  if (fact.notCovered !== undefined) {
    if (isAnswered) problems.push('is answered by a case, although listed as not covered');
  } else if (!isAnswered && !fact.cases?.length) problems.push('is answered by no case');
  return problems;
}

/** A message as a pattern of the whole text, where `<name>` stands for any text. */
function patternOf(message: string): RegExp {
  const fixed = message.split(/<[a-zA-Z][\w ]*>/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${fixed.join('[^]*')}$`);
}

/** All error texts the cases expect, at any depth of an answer. */
function messagesOf(cases: Case[]): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (/^[mM]essage$/.test(name) && typeof member === 'string') found.add(member);
      else visit(member);
    }
  };
  for (const { message, out, outIncludes } of cases.flatMap((one) => one.steps)) {
    if (message !== undefined) found.add(message);
    visit(out);
    visit(outIncludes);
  }
  found.delete('*');
  return [...found];
}

/** Whether a test file holds the test that `name` ("path: title" or "path: Suite.Name") stands for. */
function holds(file: TestFile, name: string): boolean {
  if (!name.startsWith(`${file.path}: `)) return false;
  const title = name.slice(file.path.length + 2);
  // However the formatter broke the lines.
  if (file.path.endsWith('.ts')) return file.text.replace(/\(\s+/g, '(').replace(/\s+/g, ' ').includes(`('${title}', `);
  const [suite, test] = title.split('.');
  return new RegExp(`\\bTEST(_[FP])?\\(\\s*${suite}\\s*,\\s*${test}\\s*\\)`).test(file.text);
}
