/** The request script as a language of the editor: colours, brackets, comments, folding. */
import type { languages } from 'monaco-editor/editor/editor.api.js';
import { GRAMMAR, LINE_STATES, LITERALS, type GrammarRule, type GrammarState } from './grammar';

export const LANGUAGE = 'ddb';

export const configuration: languages.LanguageConfiguration = {
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  brackets: [
    ['{', '}'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}', notIn: ['string', 'comment'] },
    { open: '[', close: ']', notIn: ['string', 'comment'] },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '"', close: '"' },
  ],
  wordPattern: /[A-Za-z_][\w]*|-?\d+(?:\.\d+)?/,
  indentationRules: {
    increaseIndentPattern: /[{[]\s*(?:\/\/.*)?$/,
    decreaseIndentPattern: /^\s*[}\]]/,
  },
};

/**
 * The shared grammar as Monarch rules. The full editor looks for rules only while there is text left in a line, so a state
 * that ends with its line is left with the last piece of it, and not entered where nothing follows.
 */
function monarch(state: GrammarState): languages.IMonarchLanguageRule[] {
  return GRAMMAR[state].flatMap(({ pattern, kind, next }): languages.IMonarchLanguageRule[] => {
    const action = actionOf(kind);
    const rule: languages.IMonarchLanguageRule = next
      ? [pattern, action, next === 'pop' ? '@pop' : `@${next}`]
      : [pattern, action];
    if (LINE_STATES.includes(state)) return [[toLineEnd(pattern), action, '@pop'], rule];
    if (next && next !== 'pop' && LINE_STATES.includes(next)) return [[toLineEnd(pattern), action], rule];
    return [rule];
  });
}

function toLineEnd({ source }: RegExp): RegExp {
  return new RegExp(source.startsWith('^') ? `^(?:${source.slice(1)})$` : `(?:${source})$`);
}

function actionOf(kind: GrammarRule['kind']): languages.IMonarchLanguageAction {
  if (kind === 'word') return { cases: { '@literals': 'literal', '@default': '' } };
  if (kind === 'bracket') return '@brackets';
  return kind === 'plain' ? '' : kind;
}

export const tokens: languages.IMonarchLanguage = {
  defaultToken: '',
  tokenPostfix: '.ddb',
  literals: LITERALS as string[],
  brackets: [
    { open: '{', close: '}', token: 'delimiter.curly' },
    { open: '[', close: ']', token: 'delimiter.square' },
  ],
  tokenizer: { root: monarch('root'), arguments: monarch('arguments'), comment: monarch('comment') },
};
