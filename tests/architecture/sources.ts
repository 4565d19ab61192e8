// Reads the tree: its files, and what they include and import.
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Reference, SourceFile } from './check';

export const root = path.resolve(__dirname, '..', '..');

const leftOut = new Set(['node_modules', 'build', '.git', '.cache', '.svelte-kit']);
const text = /\.(cc|h|ts|mjs|cjs|js|svelte|css|html|json|md|txt|yaml|yml)$|^\.ci\/run$/;

/** Every text file of the project, sorted by path. */
export function projectFiles(): SourceFile[] {
  const files: SourceFile[] = [];
  const visit = (folder: string) => {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (leftOut.has(entry.name) || name === 'package-lock.json') continue;
      if (entry.isDirectory()) visit(name);
      else if (entry.isFile() && text.test(name)) {
        files.push({ path: name, text: fs.readFileSync(path.join(root, name), 'utf8') });
      }
    }
  };
  visit('');
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The includes of a C++ file. */
export function includesOf(file: SourceFile, exists: (path: string) => boolean): Reference[] {
  const found: Reference[] = [];
  file.text.split('\n').forEach((line, index) => {
    const match = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line);
    if (!match) return;
    const written = match[2]!;
    // In the order the compiler looks; what is nowhere in the tree is a system header.
    const candidates = [
      path.posix.join(path.posix.dirname(file.path), written),
      `engine/include/${written}`,
      `engine/src/${written}`,
      written,
    ];
    const to = candidates.find(exists) ?? written;
    found.push({ from: file.path, line: index + 1, to });
  });
  return found;
}

/** The script parts of a Svelte file, with everything else blanked so that lines keep their numbers. */
function scriptOf(file: SourceFile): string {
  if (!file.path.endsWith('.svelte')) return file.text;
  let script = '';
  let end = 0;
  for (const match of file.text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) {
    const start = match.index + match[0].indexOf('>') + 1;
    script += file.text.slice(end, start).replace(/[^\n]/g, ' ') + match[1]!;
    end = start + match[1]!.length;
  }
  return script;
}

/** The imports of a TypeScript or Svelte file: static, re-exported, dynamic, and `new URL('…', import.meta.url)`. */
export function importsOf(file: SourceFile): Reference[] {
  const found: Reference[] = [];
  const tree = ts.createSourceFile(file.path, scriptOf(file), ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const add = (node: ts.Node, written: string, typeOnly: boolean) => {
    const bare = written.replace(/\?.*$/, '');
    const to = bare.startsWith('.') ? path.posix.join(path.posix.dirname(file.path), bare) : bare;
    const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
    found.push({ from: file.path, line, to, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const names = node.importClause?.namedBindings;
      const allTypes =
        names !== undefined &&
        ts.isNamedImports(names) &&
        !node.importClause?.name &&
        names.elements.length > 0 &&
        names.elements.every((element) => element.isTypeOnly);
      add(node, node.moduleSpecifier.text, Boolean(node.importClause?.isTypeOnly) || allTypes);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node, node.moduleSpecifier.text, node.isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument)) add(node, argument.text, false);
    } else if (ts.isNewExpression(node) && node.expression.getText(tree) === 'URL') {
      const [argument, base] = node.arguments ?? [];
      if (argument && ts.isStringLiteralLike(argument) && base?.getText(tree) === 'import.meta.url') {
        add(node, argument.text, false);
      }
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node, (node.argument.literal as ts.StringLiteral).text, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
