/**
 * How a request script is coloured: one grammar for both editors. The full editor gets it as Monarch rules (language.ts),
 * the light one and the code in lessons run it themselves (highlight.ts). It works line by line: a pattern sees one line
 * without its break, and `^` is the start of that line. Flags do not survive in the full editor, so there are none.
 */
export type TokenKind =
  | 'plain'
  | 'operation'
  | 'directive'
  | 'key'
  | 'string'
  /** A text whose closing quote is missing. */
  | 'open'
  | 'number'
  | 'literal'
  | 'comment'
  | 'separator';

export type GrammarState = 'root' | 'arguments' | 'comment';

export interface GrammarRule {
  pattern: RegExp;
  /** 'word' is a literal or keyword when it is in the list, else plain. Brackets and delimiters are plain but for their pairs. */
  kind: TokenKind | 'word' | 'bracket' | 'delimiter';
  /** The state after it; 'pop' leads back to the root. */
  next?: Exclude<GrammarState, 'root'> | 'pop';
}

/** States that end with their line. */
export const LINE_STATES: readonly GrammarState[] = ['arguments'];

/** Case does not matter to a statement's first word, and there are no flags to say so. */
function anyCase(word: string): string {
  return word.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
}

const statement = ['select', 'insert', 'update', 'delete'].map(anyCase).join('|');

export const GRAMMAR: Record<GrammarState, GrammarRule[]> = {
  root: [
    { pattern: /^###.*/, kind: 'separator' },
    { pattern: /^\s*@[A-Za-z]+/, kind: 'directive', next: 'arguments' },
    { pattern: new RegExp(`^\\s*(?:${statement})(?=\\s+[^\\s{]|\\s*$)`), kind: 'operation' },
    { pattern: /^\s*[A-Z][A-Za-z]+(?=\s*(?:\{|#|\/\/|$))/, kind: 'operation' },
    { pattern: /\s+/, kind: 'plain' },
    { pattern: /#.*|\/\/.*/, kind: 'comment' },
    { pattern: /\/\*/, kind: 'comment', next: 'comment' },
    { pattern: /"(?:[^"\\]|\\.)*"(?=\s*:)/, kind: 'key' },
    { pattern: /"(?:[^"\\]|\\.)*"/, kind: 'string' },
    { pattern: /".*/, kind: 'open' },
    { pattern: /'(?:[^']|'')*'/, kind: 'string' },
    // Whole words, so that no rule starts inside one.
    { pattern: /[A-Za-z_$][\w$]*/, kind: 'word' },
    { pattern: /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, kind: 'number' },
    { pattern: /[{}[\]]/, kind: 'bracket' },
    { pattern: /[,:]/, kind: 'delimiter' },
  ],
  arguments: [
    { pattern: /\s+(?:#|\/\/).*/, kind: 'comment' },
    { pattern: /\d+(?:\.\d+)?/, kind: 'number' },
    { pattern: /[^\d\s]+|\s+/, kind: 'directive' },
  ],
  comment: [
    { pattern: /\*\//, kind: 'comment', next: 'pop' },
    { pattern: /[^*]+|\*/, kind: 'comment' },
  ],
};

/**
 * Words of PartiQL, in upper case only: in lower case they are prose as often. Those of SQL that DynamoDB does not have are
 * among them: they are meant as such, and `sql-traps` says what to write instead.
 */
export const KEYWORDS: readonly string[] = (
  'SELECT INSERT UPDATE DELETE FROM WHERE AND OR NOT IN BETWEEN IS MISSING NULL INTO VALUE VALUES SET REMOVE RETURNING ' +
  'ALL OLD NEW MODIFIED EXISTS CONTAINS ORDER BY ASC DESC LIMIT OFFSET LIKE AS ON JOIN INNER LEFT RIGHT OUTER CROSS GROUP ' +
  'HAVING DISTINCT UNION COUNT SUM AVG MIN MAX TRUE FALSE'
).split(' ');

export const LITERALS: readonly string[] = ['true', 'false', 'null', ...KEYWORDS];
