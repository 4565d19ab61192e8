/**
 * The JSON body of an operation, as people write it: comments (`//`, `#`, block) and trailing commas. What is not JSON is replaced by spaces, so every offset in the result is an offset in
 * the script, and nothing the user wrote inside the JSON is altered.
 */
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import type { Range } from '../protocol/types';

export interface BodyScan {
  /** Offset after the body. */
  to: number;
  /** Strict JSON when there are no problems. */
  body: string;
  problems: BodyProblem[];
}

export interface BodyProblem extends Range {
  message: string;
  /** Offset before which what is missing probably belongs. */
  before?: number;
}

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const slash = 0x2f;
const star = 0x2a;
const hash = 0x23;
const comma = 0x2c;

/** At the start of a line, something that can only be the next block: an unclosed body ends there. */
const nextBlockStart = /(?:@[a-z]|###|[A-Z][a-z]+[A-Z]\w*[ \t]*(?:\{|\/\/|#|\r?$)|(?:Query|Scan)[ \t]*(?:\{|\r?$))/my;

/** Reads the body that starts with the { at `from`. */
export function scanBody(text: string, from: number): BodyScan {
  const blanks: Range[] = [];
  const open = new OpenBrackets(text, from);
  let lastSignificant = 0;
  let lastSignificantAt = from;
  let at = from;
  let closed = false;
  let next = -1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === newline) {
      at++;
      nextBlockStart.lastIndex = at;
      if (nextBlockStart.test(text)) {
        next = at;
        break;
      }
      open.newLine(at);
      continue;
    }
    if (code === 0x20 || code === 0x09 || code === 0x0d) {
      at++;
      continue;
    }
    const commentEnd = endOfComment(text, at);
    if (commentEnd > at) {
      blanks.push({ from: at, to: commentEnd });
      at = commentEnd;
      continue;
    }
    open.significant(at, code);
    if (code === quote) {
      at = endOfString(text, at);
      lastSignificant = quote;
      lastSignificantAt = at - 1;
      continue;
    }
    if (code === 0x7b || code === 0x5b) {
      open.push(at);
    } else if (code === 0x7d || code === 0x5d) {
      if (lastSignificant === comma) blanks.push({ from: lastSignificantAt, to: lastSignificantAt + 1 });
      open.pop();
    }
    lastSignificant = code;
    lastSignificantAt = at;
    at++;
    if (open.empty) {
      closed = true;
      break;
    }
  }
  // An unclosed body ends after its last piece of text, not after the blank lines that follow it.
  const to = closed ? at : lastSignificantAt + 1;
  const body = blankOut(text, from, to, blanks);
  return { to, body, problems: checkJson(body, from, closed ? null : open.unclosed(next)) };
}

interface OpenBracket {
  at: number;
  /** Blanks before the line it stands on, and before the first line inside it (-1: none yet). */
  indent: number;
  inner: number;
}

/**
 * The brackets that are open while a body is read. Counting alone finds the outermost one unclosed; people indent, and
 * a line that stands further out than its bracket allows shows which one was forgotten.
 */
class OpenBrackets {
  private readonly stack: OpenBracket[] = [];
  private indent: number;
  private lineFrom: number;
  private first = false;
  private suspect: { bracket: OpenBracket; before: number } | null = null;

  constructor(
    private readonly text: string,
    from: number,
  ) {
    this.lineFrom = text.lastIndexOf('\n', from - 1) + 1;
    this.indent = /^[ \t]*/.exec(text.slice(this.lineFrom, Math.min(from, this.lineFrom + 200)))![0].length;
  }

  get empty(): boolean {
    return this.stack.length === 0;
  }

  newLine(at: number): void {
    this.lineFrom = at;
    this.first = true;
  }

  /** A character that is neither blank nor comment; the first of its line tells the indentation. */
  significant(at: number, code: number): void {
    if (!this.first) return;
    this.first = false;
    this.indent = at - this.lineFrom;
    const top = this.stack.at(-1);
    if (!top || this.suspect) return;
    const closes = code === 0x7d || code === 0x5d;
    // Where nothing is indented, nothing can be told.
    const indents = this.stack[0]!.inner !== this.stack[0]!.indent;
    const outside = closes ? this.indent < top.indent : this.stack.length > 1 && this.indent <= top.indent;
    if (indents && outside) this.suspect = { bracket: top, before: at };
    if (top.inner < 0 && !closes) top.inner = this.indent;
  }

  push(at: number): void {
    this.stack.push({ at, indent: this.indent, inner: -1 });
  }

  pop(): void {
    this.stack.pop();
  }

  /** The bracket that was probably forgotten; `next` is where the next block starts, -1 at the end of the script. */
  unclosed(next: number): BodyProblem {
    const { bracket, before } = this.suspect ?? { bracket: this.stack[0]!, before: next };
    const sign = this.text[bracket.at]!;
    const message = `This ${sign} is never closed.`;
    const place = { from: bracket.at, to: bracket.at + 1, message };
    return before < 0 ? place : { ...place, before };
  }
}

/** End of the comment at `at`, or `at` when there is none. JSON has no use for these signs outside text, so they are free. */
export function endOfComment(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === hash) return endOfLine(text, at);
  if (code !== slash) return at;
  const next = text.charCodeAt(at + 1);
  if (next === slash) return endOfLine(text, at);
  if (next === star) {
    const end = text.indexOf('*/', at + 2);
    return end < 0 ? text.length : end + 2;
  }
  return at;
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Offset after the closing quote, or the end of the line when the string is not closed. */
function endOfString(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === backslash) i++;
    else if (code === quote) return i + 1;
    else if (code === newline) return i;
  }
  return text.length;
}

function blankOut(text: string, from: number, to: number, blanks: Range[]): string {
  if (blanks.length === 0) return text.slice(from, to);
  // A trailing comma is found only after the comments behind it, so put the pieces in order first.
  blanks.sort((a, b) => a.from - b.from);
  let body = '';
  let done = from;
  for (const blank of blanks) {
    const end = Math.min(blank.to, to);
    if (blank.from >= to) break;
    body += text.slice(done, blank.from) + text.slice(blank.from, end).replace(/[^\n\r]/g, ' ');
    done = end;
  }
  return body + text.slice(done, to);
}

const words: Record<string, string> = {
  InvalidSymbol: 'This is not JSON. Text needs double quotes.',
  InvalidNumberFormat: 'This number is not valid JSON.',
  PropertyNameExpected: 'A member name in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected here.',
  CommaExpected: 'A comma is missing before this.',
  CloseBraceExpected: 'A closing } is missing.',
  CloseBracketExpected: 'A closing ] is missing.',
  EndOfFileExpected: 'Nothing more is expected here.',
  UnexpectedEndOfString: 'This text is not closed: a double quote is missing.',
  UnexpectedEndOfNumber: 'This number is not complete.',
  InvalidUnicode: 'A \\u escape needs four hexadecimal digits.',
  InvalidEscapeCharacter: 'This escape is not allowed in JSON.',
  InvalidCharacter: 'This character is not allowed inside JSON text; write it as an escape.',
};

/** Problems of strict JSON with their exact places; only the first, because later ones follow from it. */
function checkJson(body: string, from: number, unclosed: BodyProblem | null): BodyProblem[] {
  if (!unclosed) {
    try {
      JSON.parse(body);
      return [];
    } catch {
      // The native parser is fast but its positions differ between browsers; ask the one that has them.
    }
  }
  const problems: BodyProblem[] = unclosed ? [unclosed] : [];
  const errors: ParseError[] = [];
  try {
    parse(body, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    return [{ from, to: from + 1, message: 'This body is nested too deeply.' }];
  }
  for (const error of errors.slice(0, 1)) {
    const name = printParseErrorCode(error.error);
    if (unclosed && (name === 'CloseBraceExpected' || name === 'CloseBracketExpected')) break;
    const at = Math.min(error.offset, Math.max(0, body.length - 1));
    // Behind the place where a bracket is missing, nothing can be read as it was meant.
    if (unclosed?.before !== undefined && from + at >= unclosed.before) break;
    problems.push({
      from: from + at,
      to: from + Math.min(body.length, at + Math.max(1, error.length)),
      message: words[name] ?? `This is not valid JSON (${name}).`,
    });
  }
  if (problems.length === 0) problems.push({ from, to: from + body.length, message: 'This is not valid JSON.' });
  return problems;
}
