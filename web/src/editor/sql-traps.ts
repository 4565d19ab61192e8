/**
 * SQL that people bring along and that PartiQL for DynamoDB does not have or reads in another way. One row each: what it
 * looks like in a statement whose texts are blanked out, and what to write instead.
 */
interface Trap {
  /** Sees the statement with the inside of 'texts' and comments blanked; its first group, if any, is underlined. */
  pattern: RegExp;
  say: (found: string) => string;
}

const TRAPS: Trap[] = [
  {
    // A comparison with a quoted name on its right side, where a text was meant.
    pattern:
      /(?:<>|<=|>=|!=|=|<|>|\bin\s*[[(]|\bbetween|\band\b(?=\s*"[^"]*"\s*(?:$|and\b|or\b|\))))\s*("[^"]*")(?!\s*[.[])/gi,
    say: (found) =>
      `${found} is the name of an attribute: double quotes are for names. Write the text as '${found.slice(1, -1).replaceAll("'", "''")}'.`,
  },
  {
    pattern: /\b(count|sum|avg|min|max)\s*\(/gi,
    say: (found) =>
      `PartiQL here has no ${found.toUpperCase()}. ${
        found.toLowerCase() === 'count'
          ? 'Query or Scan with "Select": "COUNT" counts.'
          : 'Keep such a figure in an item of its own, or work it out from the answer.'
      }`,
  },
  {
    pattern: /\b(limit)\s+\S/gi,
    say: () => 'There is no LIMIT in a statement. Write ExecuteStatement { "Statement": "…", "Limit": 3 }.',
  },
  { pattern: /\b(offset)\s+\d/gi, say: () => 'There is no OFFSET: the next page starts at the NextToken of the last.' },
  {
    pattern: /\b((?:(?:inner|left|right|full|cross)\s+(?:outer\s+)?)?join)\b/gi,
    say: () => 'There is no JOIN: a statement reads one table. Keep together what is read together, or read twice.',
  },
  {
    pattern: /\b((?:not\s+)?like)\s+'/gi,
    say: () => `There is no LIKE. Write begins_with(name, 'text') or contains(name, 'text').`,
  },
  {
    pattern: /\b(group\s+by|having)\b/gi,
    say: (found) => `There is no ${found.toUpperCase().replace(/\s+/, ' ')}: DynamoDB does not add up on reading.`,
  },
  {
    pattern: /^\s*select\s+(distinct)\b/gi,
    say: () => 'There is no DISTINCT; drop it and take what you need from the answer.',
  },
  {
    pattern: /^\s*select\s+(top)\s+\d/gi,
    say: () => 'There is no TOP. Write ExecuteStatement { "Statement": "…", "Limit": 3 }.',
  },
  {
    pattern: /\b(union|intersect|except)\s+(?:all\s+)?select\b/gi,
    say: (found) => `There is no ${found.toUpperCase()}: run one statement for each table.`,
  },
  {
    pattern: /^\s*insert\s+into\s+\S+\s*(?:\([^)]*\)\s*)?(values)\b/gi,
    say: () => `An INSERT writes one item: INSERT INTO "Music" VALUE {'Artist': 'Luna Park', 'SongTitle': 'Afterglow'}`,
  },
];

/** The traps in a statement; `from` and `to` are offsets into it. */
export function sqlTraps(statement: string): { from: number; to: number; message: string }[] {
  const text = blanked(statement);
  const found = TRAPS.flatMap(({ pattern, say }) =>
    [...text.matchAll(pattern)].map((match) => {
      const word = match[1] ?? match[0];
      const from = match.index + match[0].lastIndexOf(word);
      return { from, to: from + word.length, message: say(word) };
    }),
  );
  return found.sort((a, b) => a.from - b.from);
}

/** The inside of texts and comments as blanks of the same length: what stands there is not SQL. */
function blanked(statement: string): string {
  return statement.replace(/'(?:[^']|'')*'|--[^\n]*/g, (part) =>
    part.startsWith("'") ? `'${' '.repeat(part.length - 2)}'` : ' '.repeat(part.length),
  );
}
