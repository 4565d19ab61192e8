/**
 * Reads the request script. Tolerant: one bad block never hides the next one, and text that is
 * still being typed gives the blocks around it. One pass over the text; JSON is checked by the native parser.
 *
 * Invariant: blocks do not overlap, are in order, and lie within the text.
 */
import type { Block, ParsedScript, Problem } from '../protocol/types';
import { endOfComment, endOfLine, scanBody, type BodyProblem } from './body';
import { readDirective } from './directives';
import { isOperation, suggestOperation } from './operations';
import { isStatement, scanStatement } from './partiql';

const word = /[A-Za-z_][A-Za-z0-9_]*/y;
const space = /[ \t\r]*/y;

/** What SQL says where DynamoDB has an operation. */
const sqlStatements = new Map([
  ['SHOW', 'ListTables'],
  ['DESCRIBE', 'DescribeTable'],
  ['DESC', 'DescribeTable'],
  ['CREATE', 'CreateTable'],
  ['ALTER', 'UpdateTable'],
  ['DROP', 'DeleteTable'],
  ['TRUNCATE', 'DeleteTable'],
  ['BEGIN', 'TransactWriteItems'],
]);

/** Unknown names of one script for which the nearest operation is looked for. */
const suggestionsMax = 200;

/**
 * Parses a script into blocks and problems; never throws. A block with an error is in `blocks` too, marked
 * `broken`. A PartiQL statement is a block of its own; AWS CLI commands are recognised and answered with a clear problem.
 */
export function parseScript(text: string): ParsedScript {
  return new ScriptReader(text).read();
}

class ScriptReader {
  private readonly blocks: Block[] = [];
  private readonly problems: Problem[] = [];
  private at = 0;
  private line = 1;
  /** Offset up to which `line` has been counted. */
  private lineAt = 0;
  private readonly suggestions = new Map<string, string | undefined>();

  constructor(private readonly text: string) {}

  read(): ParsedScript {
    const { text } = this;
    // A byte-order mark from a pasted file is no part of the script.
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (isBlank(code)) {
        this.at++;
        continue;
      }
      const comment = endOfComment(text, this.at);
      if (comment > this.at) this.at = comment;
      else this.readBlock(code);
    }
    this.problems.sort((a, b) => a.from - b.from);
    return { blocks: this.blocks, problems: this.problems };
  }

  private readBlock(code: number): void {
    const { text, at } = this;
    if (code === 0x40) return this.readDirective();
    if (code === 0x7b) return this.readNamelessBody();
    if (isStatement(text, at)) return this.readStatement();
    word.lastIndex = at;
    const match = word.exec(text);
    if (!match && text.startsWith('--', at)) return this.skipLine('A comment starts with # or // here.');
    if (!match) return this.skipLine('Expected an operation such as PutItem, or a directive such as @advance.');
    if (match[0].toLowerCase() === 'aws' && /[ \t]/.test(text[at + 3] ?? '')) return this.readCliCommand();
    this.readOperation(match[0]);
  }

  private readOperation(name: string): void {
    const { text } = this;
    const from = this.at;
    const nameTo = from + name.length;
    const line = this.lineOf(from);
    let broken = false;
    if (!isOperation(name)) {
      broken = true;
      const near = sqlStatements.get(name.toUpperCase()) ?? this.suggestion(name);
      this.problem(from, nameTo, `${clip(name)} is not an operation.${near ? ` Did you mean ${near}?` : ''}`);
    }
    const bodyFrom = this.findBody(nameTo);
    if (bodyFrom < 0) {
      // Nothing but blanks or a comment may stand behind a name without body.
      space.lastIndex = nameTo;
      space.exec(text);
      const rest = space.lastIndex;
      const end = endOfLine(text, rest);
      if (rest < end && endOfComment(text, rest) === rest) {
        broken = true;
        const to = trimEnd(text, rest, end);
        // One problem is enough when the name is already unknown: the line is probably prose.
        if (isOperation(name)) this.problem(rest, to, 'A JSON body in { } is expected after the operation.');
        this.at = end;
        this.blocks.push({ kind: 'operation', name, from, to, line, endLine: line, broken });
        return;
      }
      this.at = nameTo;
      const block: Block = { kind: 'operation', name, from, to: nameTo, line, endLine: line, broken };
      if (!broken) block.body = '{}';
      this.blocks.push(block);
      return;
    }
    const scan = scanBody(text, bodyFrom);
    for (const problem of scan.problems) this.bodyProblem(problem);
    broken ||= scan.problems.length > 0;
    this.at = scan.to;
    const block: Block = {
      kind: 'operation',
      name,
      from,
      to: scan.to,
      line,
      endLine: this.lineOf(scan.to),
      bodyFrom,
      broken,
    };
    if (!broken) block.body = scan.body;
    this.blocks.push(block);
  }

  /** The operation that may be meant. Looking costs a comparison with every name, so prose as long as a book gets none in the end. */
  private suggestion(name: string): string | undefined {
    if (this.suggestions.size < suggestionsMax && !this.suggestions.has(name)) {
      this.suggestions.set(name, suggestOperation(name));
    }
    return this.suggestions.get(name);
  }

  private bodyProblem({ from, to, message, before }: BodyProblem): void {
    const missing = this.text[from] === '[' ? ']' : '}';
    const line = before === undefined ? 0 : this.lineOf(before);
    this.problem(
      from,
      to,
      before === undefined ? message : `${message} A ${missing} is missing, probably before line ${line}.`,
    );
  }

  /** Offset of the { that belongs to the name ending at `at`, or -1. Comments and line ends may lie between. */
  private findBody(at: number): number {
    const { text } = this;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 0x7b) return at;
      if (isBlank(code)) {
        at++;
        continue;
      }
      if (text.startsWith('###', at)) return -1;
      const comment = endOfComment(text, at);
      if (comment === at) return -1;
      at = comment;
    }
    return -1;
  }

  private readDirective(): void {
    const { text } = this;
    const from = this.at;
    const line = this.lineOf(from);
    word.lastIndex = from + 1;
    const name = word.exec(text)?.[0] ?? '';
    const nameTo = from + 1 + name.length;
    const end = endOfLine(text, from);
    // A comment may follow the arguments.
    const comment = /[ \t](?:#|\/\/)/.exec(text.slice(nameTo, end));
    const to = trimEnd(text, nameTo, comment ? nameTo + comment.index : end);
    space.lastIndex = nameTo;
    space.exec(text);
    const argsFrom = Math.min(space.lastIndex, to);
    const args = text.slice(argsFrom, to);
    this.at = end;
    const block: Block = { kind: 'directive', name, from, to, line, endLine: line, args, broken: false };
    const read = readDirective(name.toLowerCase(), args);
    if ('directive' in read) {
      block.directive = read.directive;
      block.name = read.directive.name;
    } else {
      block.broken = true;
      const inArguments = read.inArguments && argsFrom < to;
      this.problem(inArguments ? argsFrom : from, inArguments ? to : nameTo, read.message);
    }
    this.blocks.push(block);
  }

  private readNamelessBody(): void {
    const scan = scanBody(this.text, this.at);
    this.problem(this.at, this.at + 1, 'This body has no operation. Write its name before it, for example PutItem {.');
    this.at = scan.to;
  }

  private readStatement(): void {
    const from = this.at;
    const line = this.lineOf(from);
    const { to, statement, parameterAt } = scanStatement(this.text, from);
    const broken = parameterAt >= 0;
    this.at = to;
    const block: Block = {
      kind: 'operation',
      name: 'ExecuteStatement',
      from,
      to,
      line,
      endLine: this.lineOf(to),
      broken,
    };
    if (!broken) block.body = JSON.stringify({ Statement: statement });
    this.blocks.push(block);
    if (broken) {
      this.problem(
        parameterAt,
        parameterAt + 1,
        'A bare statement has no parameters. Write the value, or ExecuteStatement { "Statement": …, "Parameters": [ … ] }.',
      );
    }
  }

  private readCliCommand(): void {
    const { text } = this;
    const from = this.at;
    let end = endOfLine(text, from);
    while (end < text.length && /\\[ \t\r]*$/.test(text.slice(Math.max(from, end - 80), end))) {
      end = endOfLine(text, end + 1);
    }
    this.at = end;
    const command = /^aws\s+dynamodb\s+([a-z-]+)/.exec(text.slice(from, Math.min(end, from + 200)));
    const operation = command?.[1]!.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const name = operation && isOperation(operation) ? operation : 'the operation';
    this.problem(
      from,
      trimEnd(text, from, end),
      `AWS CLI commands are not run in this version. Write ${name} and its JSON body: ${name === 'the operation' ? 'PutItem' : name} { … }`,
    );
  }

  private skipLine(message: string): void {
    const end = endOfLine(this.text, this.at);
    this.problem(this.at, Math.max(this.at + 1, trimEnd(this.text, this.at, end)), message);
    this.at = end;
  }

  private problem(from: number, to: number, message: string): void {
    this.problems.push({ from, to: Math.max(to, from + 1), line: this.lineOf(from), message, severity: 'error' });
  }

  /** 1-based line of an offset. Counts on from the last question, so a whole script costs one pass. */
  private lineOf(offset: number): number {
    if (offset < this.lineAt) {
      let line = this.line;
      for (let i = this.text.lastIndexOf('\n', this.lineAt - 1); i >= offset; i = this.text.lastIndexOf('\n', i - 1)) {
        line--;
        if (i === 0) break;
      }
      return line;
    }
    for (let i = this.text.indexOf('\n', this.lineAt); i >= 0 && i < offset; i = this.text.indexOf('\n', i + 1)) {
      this.line++;
    }
    this.lineAt = offset;
    return this.line;
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

/** End of text[from, to) without blanks at its end. */
function trimEnd(text: string, from: number, to: number): number {
  while (to > from && /\s/.test(text[to - 1]!)) to--;
  return to;
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
