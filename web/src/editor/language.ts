/** The request script as a language of the editor: colours, brackets, comments, folding. */
import type { languages } from 'monaco-editor/editor/editor.api.js';

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

export const tokens: languages.IMonarchLanguage = {
  defaultToken: '',
  tokenPostfix: '.ddb',
  brackets: [
    { open: '{', close: '}', token: 'delimiter.curly' },
    { open: '[', close: ']', token: 'delimiter.square' },
  ],
  tokenizer: {
    root: [
      [/^###.*$/, 'separator'],
      [/^\s*#.*$/, 'comment'],
      [/\/\/.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/^\s*@[A-Za-z]+/, { token: 'directive', next: '@arguments' }],
      [/^\s*[A-Z][A-Za-z]+(?=\s*(?:\{|$))/, 'operation'],
      // Flags of a rule are not kept, so both cases are spelled out.
      [/^\s*(?:SELECT|INSERT|UPDATE|DELETE|select|insert|update|delete)(?=\s)/, 'operation'],
      [/'[^']*'/, 'string'],
      [/"(?:[^"\\]|\\.)*"(?=\s*:)/, 'key'],
      [/"(?:[^"\\]|\\.)*"/, 'string'],
      [/"(?:[^"\\]|\\.)*$/, 'string.open'],
      [/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/, 'number'],
      [/\b(?:true|false|null)\b/, 'literal'],
      // Upper case only: these words are PartiQL's here, not prose.
      [
        /\b(?:FROM|WHERE|AND|OR|NOT|IN|BETWEEN|IS|MISSING|INTO|VALUE|SET|REMOVE|RETURNING|ORDER|BY|ASC|DESC)\b/,
        'literal',
      ],
      [/[{}[\]]/, '@brackets'],
      [/[,:]/, 'delimiter'],
    ],
    arguments: [
      [/$/, '', '@pop'],
      [/\d+(?:\.\d+)?/, 'number'],
      [/[A-Za-z]+/, 'directive'],
      [/./, 'directive'],
    ],
    comment: [
      [/\*\//, 'comment', '@pop'],
      [/[^*]+|\*/, 'comment'],
    ],
  },
};
