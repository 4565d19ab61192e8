// Compares what files include, import and contain with the rules. Pure: the tests feed it invented files too.
import { dataOnly, engineDoor, engineFloors, importedByNone, importRules, lengthRules, textRules } from './rules';

/** One file of the tree; `path` is relative to the root, with forward slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

/** One include or import, its target already resolved to a path of the tree where it is one. */
export interface Reference {
  from: string;
  line: number;
  /** A path of the tree, or the bare name as written (`svelte`, `node:fs`, `<vector>` without brackets). */
  to: string;
  typeOnly?: boolean;
}

const where = (reference: Reference) => `${reference.from}:${reference.line}`;

/** The floor a path of the engine belongs to, or undefined. */
function floorOf(path: string): string | undefined {
  return /^engine\/src\/([^/]+)\//.exec(path)?.[1];
}

/** Problems of C++ includes. */
export function checkIncludes(references: Reference[]): string[] {
  const problems: string[] = [];
  for (const reference of references) {
    const { from, to } = reference;
    const report = (text: string) => problems.push(`${where(reference)} includes ${to}: ${text}`);

    if (to === engineDoor.header && !engineDoor.users.some((prefix) => from.startsWith(prefix))) {
      report('only the account floor, tools, wasm and tests know the door of the engine');
    }
    if (from.startsWith('engine/') && /^(wasm|web|lessons|tests|build)\//.test(to)) {
      report('the engine knows nothing outside itself');
    }
    if (from.startsWith('engine/include/') && to.startsWith('engine/src/')) {
      report('public headers stand alone');
    }
    if (/^(wasm|engine\/tools)\//.test(from) && to.startsWith('engine/src/')) {
      report('only public headers may be included from outside the engine');
    }
    const floor = floorOf(from);
    if (!floor) continue;
    const allowed = engineFloors[floor];
    if (!allowed) {
      report(`engine/src/${floor} has no row in tests/architecture/rules.ts`);
      continue;
    }
    const target = floorOf(to);
    if (target && target !== floor && !allowed.includes(target)) {
      report(`${floor} may use ${allowed.join(', ') || 'nothing'}, never ${target}`);
    }
  }
  return problems;
}

/** Problems of TypeScript and Svelte imports. */
export function checkImports(references: Reference[]): string[] {
  const problems: string[] = [];
  for (const reference of references) {
    const { from, to } = reference;
    const report = (text: string) => problems.push(`${where(reference)} imports ${to}: ${text}`);
    if (!/^(wasm|web)\//.test(from)) continue;

    const rule = importRules
      .filter((candidate) => from.startsWith(candidate.from))
      .sort((a, b) => b.from.length - a.from.length)[0];
    if (!rule) {
      report('this folder has no row in tests/architecture/rules.ts');
      continue;
    }
    if (to.startsWith('node:')) {
      if (!rule.node) report('runs in the browser and may not use Node');
      continue;
    }
    if (!to.includes('/') || !/^(engine|wasm|web|lessons|tests|build)\//.test(to)) continue;
    if (importedByNone.includes(to)) {
      report('the composition root is imported by nobody');
      continue;
    }
    // A folder's index is imported by the folder's name.
    const isUnder = (prefix: string) => `${to}/`.startsWith(prefix);
    if (isUnder(rule.from) || rule.may.some(isUnder)) continue;
    if (rule.mayTypes?.some(isUnder)) {
      if (!reference.typeOnly) report('only types may come from there: write `import type`');
      continue;
    }
    report(`${rule.from} may use ${[...rule.may, ...(rule.mayTypes ?? [])].join(', ') || 'nothing'}`);
  }
  return problems;
}

/** Problems with what files contain, how long they are and where they lie. */
export function checkFiles(files: SourceFile[]): string[] {
  const problems: string[] = [];
  for (const { path, text } of files) {
    for (const { folder, code } of dataOnly) {
      if (path.startsWith(folder) && code.test(path)) problems.push(`${path}: ${folder} holds no code`);
    }
    const lines = text.split('\n');
    const count = text.endsWith('\n') ? lines.length - 1 : lines.length;
    for (const { files: applies, linesMax } of lengthRules) {
      if (applies.test(path) && count > linesMax) {
        problems.push(`${path}: ${count} lines, more than ${linesMax}; one idea per file`);
      }
    }
    for (const rule of textRules) {
      if (!rule.files.test(path) || rule.except?.test(path)) continue;
      lines.forEach((line, index) => {
        if (rule.pattern.test(line)) problems.push(`${path}:${index + 1}: ${rule.message}`);
      });
    }
  }
  return problems;
}
