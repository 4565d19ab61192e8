/**
 * PartiQL statements that stand in a script as they are: where one begins, where it ends, and the ExecuteStatement it
 * is sent as.
 */

/** A statement begins with one of these words and something behind it that is no JSON body. */
const beginning = /(?:select|insert|update|delete)[ \t\r\n]+[^\s{]/iy;

/** A literal or a quoted name; a doubled quote inside is a quote. */
const quoted = /'(?:[^']|'')*'?|"(?:[^"]|"")*"?/y;

/** Line starts that can only be something else: an empty line, a separator, a comment, a directive, an operation. */
const nextBlock = /[ \t\r]*(?:\n|$|###|#|\/\/|@[a-z]|[A-Z][a-z][A-Za-z]*[ \t]*(?:\{|\r?$))/my;

export function isStatement(text: string, at: number): boolean {
  beginning.lastIndex = at;
  return beginning.test(text);
}

export interface StatementScan {
  /** Offset after the statement and its semicolon. */
  to: number;
  /** The text that is sent, without the semicolon. */
  statement: string;
  /** The first `?` outside quotes: a parameter, which a bare statement cannot have. -1 if there is none. */
  parameterAt: number;
}

/** Reads the statement that starts at `from`; it ends at a semicolon, or before an empty line or the next block. */
export function scanStatement(text: string, from: number): StatementScan {
  let parameterAt = -1;
  let at = from;
  while (at < text.length && text[at] !== ';') {
    quoted.lastIndex = at;
    const literal = quoted.exec(text);
    if (literal) {
      at += literal[0].length;
      continue;
    }
    if (text[at] === '?' && parameterAt < 0) parameterAt = at;
    nextBlock.lastIndex = at + 1;
    if (text[at] === '\n' && nextBlock.test(text)) break;
    at++;
  }
  const statement = text.slice(from, at).trimEnd();
  return { to: text[at] === ';' ? at + 1 : from + statement.length, statement, parameterAt };
}
