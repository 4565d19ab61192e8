/**
 * Runs the grammar without the full editor: for the light editor, the code in lessons and the JSON tab. It never fails:
 * what it does not know stays plain. Time is linear in the text.
 */
import { GRAMMAR, LINE_STATES, LITERALS, type GrammarRule, type GrammarState, type TokenKind } from './grammar';

export type { TokenKind };

export interface Token {
  kind: TokenKind;
  text: string;
}

interface ReadyRule extends GrammarRule {
  sticky: RegExp;
  atLineStart: boolean;
}

const rules = Object.fromEntries(
  Object.entries(GRAMMAR).map(([state, list]) => [
    state,
    list.map((rule) => ({
      ...rule,
      sticky: new RegExp(rule.pattern.source, 'y'),
      atLineStart: rule.pattern.source.startsWith('^'),
    })),
  ]),
) as Record<GrammarState, ReadyRule[]>;

const literals = new Set(LITERALS);

/** Colour is a help for reading; nobody reads a line as long as this, and the full editor stops there as well. */
const lineCharactersMax = 20_000;

/** Splits `text` into tokens that, joined, give `text` again. At most `limit` tokens are coloured; the rest stays plain. */
export function tokenize(text: string, state: GrammarState = 'root', limit = Infinity): Token[] {
  const tokens: Token[] = [];
  run(text, state, (kind, part) => {
    const last = tokens.at(-1);
    if (tokens.length >= limit) kind = 'plain';
    if (last?.kind === kind) last.text += part;
    else tokens.push({ kind, text: part });
  });
  return tokens;
}

/** The state after `text`, for somebody who goes on behind it. */
export function stateAfter(text: string, state: GrammarState): GrammarState {
  // Only a block comment reaches beyond its line.
  if (state === 'root' && !text.includes('/*')) return 'root';
  return run(text, state, () => undefined);
}

function run(text: string, state: GrammarState, found: (kind: TokenKind, part: string) => void): GrammarState {
  for (let from = 0; ;) {
    const end = text.indexOf('\n', from);
    state = runLine(text.slice(from, end < 0 ? text.length : end), state, found);
    if (end < 0) return state;
    found(state === 'comment' ? 'comment' : 'plain', '\n');
    from = end + 1;
  }
}

function runLine(line: string, state: GrammarState, found: (kind: TokenKind, part: string) => void): GrammarState {
  if (line.length > lineCharactersMax) {
    found('plain', line);
    return state;
  }
  for (let at = 0; at < line.length;) {
    const rule = ruleAt(line, at, state);
    const end = rule ? rule.sticky.lastIndex : at + 1;
    const part = line.slice(at, end);
    found(rule ? kindOf(rule, part) : 'plain', part);
    if (rule?.next) state = rule.next === 'pop' ? 'root' : rule.next;
    at = end;
  }
  return LINE_STATES.includes(state) ? 'root' : state;
}

function ruleAt(line: string, at: number, state: GrammarState): ReadyRule | undefined {
  return rules[state].find((rule) => {
    if (rule.atLineStart && at > 0) return false;
    rule.sticky.lastIndex = at;
    return rule.sticky.test(line) && rule.sticky.lastIndex > at;
  });
}

function kindOf({ kind }: GrammarRule, part: string): TokenKind {
  if (kind === 'word') return literals.has(part) ? 'literal' : 'plain';
  return kind === 'bracket' || kind === 'delimiter' ? 'plain' : kind;
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
