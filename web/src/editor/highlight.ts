/**
 * A small tokenizer for the request script and for plain JSON. It colours the light editor, the code in lessons and the
 * JSON tab, so that these look like the full editor without loading it. It never fails: what it does not know stays plain.
 */
export type TokenKind =
  'plain' | 'operation' | 'directive' | 'key' | 'string' | 'number' | 'literal' | 'comment' | 'separator';

export interface Token {
  kind: TokenKind;
  text: string;
}

const PATTERNS: [TokenKind, RegExp][] = [
  ['separator', /^###.*$/my],
  ['comment', /^[ \t]*#.*$/my],
  ['comment', /\/\/.*$/my],
  ['comment', /\/\*[\s\S]*?(?:\*\/|$)/y],
  ['directive', /^[ \t]*@[A-Za-z]+.*$/my],
  ['operation', /^[ \t]*[A-Z][A-Za-z]+(?=\s*(?:\{|$))/my],
  ['operation', /^[ \t]*(?:select|insert|update|delete)(?=\s+[^\s{])/imy],
  ['string', /'(?:[^'\n]|'')*'/y],
  ['key', /"(?:[^"\\\n]|\\.)*"(?=\s*:)/y],
  ['string', /"(?:[^"\\\n]|\\.)*"?/y],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['literal', /\b(?:true|false|null)\b/y],
  ['literal', /\b(?:FROM|WHERE|AND|OR|NOT|IN|BETWEEN|IS|MISSING|INTO|VALUE|SET|REMOVE|RETURNING|ORDER|BY|ASC|DESC)\b/y],
];

/** Splits `text` into tokens that, joined, give `text` again. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let plain = 0;
  let at = 0;
  while (at < text.length) {
    const found = match(text, at);
    if (!found) {
      at += 1;
      continue;
    }
    if (at > plain) tokens.push({ kind: 'plain', text: text.slice(plain, at) });
    tokens.push(found);
    at += found.text.length;
    plain = at;
  }
  if (plain < text.length) tokens.push({ kind: 'plain', text: text.slice(plain) });
  return tokens;
}

function match(text: string, at: number): Token | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found && found[0].length > 0) return { kind, text: found[0] };
  }
  return undefined;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe to stand inside HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** The tokens of `text` as HTML: one `<span class="tok-…">` per coloured token, everything escaped. */
export function highlightHtml(text: string): string {
  return tokenize(text)
    .map(({ kind, text: part }) =>
      kind === 'plain' ? escapeHtml(part) : `<span class="tok-${kind}">${escapeHtml(part)}</span>`,
    )
    .join('');
}
