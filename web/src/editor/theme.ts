/** The editor's theme, read from the page's own custom properties, so that there is one palette and not two. */
import { editor } from 'monaco-editor/editor/editor.api.js';

const TOKENS: Record<string, string> = {
  delimiter: '--ink',
  'operation.ddb': '--code-op',
  'directive.ddb': '--code-directive',
  'key.ddb': '--code-key',
  'string.ddb': '--code-string',
  'open.ddb': '--error',
  'number.ddb': '--code-number',
  'literal.ddb': '--code-number',
  'comment.ddb': '--code-comment',
  'separator.ddb': '--code-comment',
};

const COLORS: Record<string, string> = {
  'editor.background': '--surface',
  'editor.foreground': '--ink',
  'editorLineNumber.foreground': '--ink-3',
  'editorLineNumber.activeForeground': '--ink',
  'editorGutter.background': '--surface',
  'editor.lineHighlightBackground': '--surface-2',
  'editor.lineHighlightBorder': '--surface-2',
  'editorCursor.foreground': '--accent',
  'editorIndentGuide.background1': '--line',
  'editorIndentGuide.activeBackground1': '--line-2',
  'editorBracketHighlight.foreground1': '--ink',
  'editorBracketHighlight.foreground2': '--ink',
  'editorBracketHighlight.foreground3': '--ink',
  'editorBracketHighlight.unexpectedBracket.foreground': '--ink',
  'editorBracketMatch.background': '--selected',
  'editorBracketMatch.border': '--accent',
  'editorError.foreground': '--error',
  'editorWarning.foreground': '--warn',
  'editorWidget.background': '--surface',
  'editorWidget.foreground': '--ink',
  'editorWidget.border': '--line-2',
  'editorHoverWidget.background': '--surface',
  'editorHoverWidget.border': '--line-2',
  'editorSuggestWidget.background': '--surface',
  'editorSuggestWidget.border': '--line-2',
  'editorSuggestWidget.foreground': '--ink',
  'editorSuggestWidget.selectedBackground': '--selected',
  'editorSuggestWidget.selectedForeground': '--ink',
  'editorSuggestWidget.highlightForeground': '--accent',
  'editorSuggestWidget.focusHighlightForeground': '--accent',
  'list.hoverBackground': '--hover',
  'input.background': '--surface',
  'input.foreground': '--ink',
  'input.border': '--line-2',
  focusBorder: '--accent',
  'textLink.foreground': '--accent',
  'scrollbar.shadow': '--surface',
};

const TRANSLUCENT: Record<string, [string, string]> = {
  'editor.selectionBackground': ['--accent', '38'],
  'editor.inactiveSelectionBackground': ['--accent', '20'],
  'editor.findMatchBackground': ['--warn', '66'],
  'editor.findMatchHighlightBackground': ['--warn', '33'],
  'scrollbarSlider.background': ['--ink-3', '40'],
  'scrollbarSlider.hoverBackground': ['--ink-3', '66'],
  'scrollbarSlider.activeBackground': ['--ink-3', '80'],
};

const forcedColors = matchMedia('(forced-colors: active)');

/** Calls back when the machine changes what colours are: dark or light, or its own forced ones. Answers how to stop. */
export function onSystemColors(changed: () => void): () => void {
  const questions = [matchMedia('(prefers-color-scheme: dark)'), forcedColors];
  for (const question of questions) question.addEventListener('change', changed);
  return () => {
    for (const question of questions) question.removeEventListener('change', changed);
  };
}

/** Reads the colours as they are now and makes them the editor's. Call again when the theme of the page changes. */
export function applyTheme(host: HTMLElement): void {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const read = (color: string): string => {
    probe.style.color = color;
    return hex(getComputedStyle(probe).color);
  };
  try {
    if (forcedColors.matches) {
      // Colours are not ours to choose now, and every one of ours would read as the same: the editor has themes for this.
      editor.setTheme(isDark(read('CanvasText')) ? 'hc-light' : 'hc-black');
      return;
    }
    editor.defineTheme(
      'page',
      pageTheme((name) => read(`var(${name})`)),
    );
    editor.setTheme('page');
  } finally {
    probe.remove();
  }
}

function pageTheme(read: (name: string) => string): editor.IStandaloneThemeData {
  const colors: Record<string, string> = {};
  for (const [key, name] of Object.entries(COLORS)) colors[key] = read(name);
  for (const [key, [name, alpha]] of Object.entries(TRANSLUCENT)) colors[key] = read(name) + alpha;
  const rules = Object.entries(TOKENS).map(([token, name]) => ({
    token,
    foreground: read(name).slice(1),
    ...(token === 'operation.ddb' ? { fontStyle: 'bold' } : {}),
  }));
  return { base: isDark(read('--surface')) ? 'vs-dark' : 'vs', inherit: true, rules, colors };
}

function isDark(color: string): boolean {
  return parseInt(color.slice(1, 3), 16) < 128;
}

/** "rgb(28, 27, 36)" → "#1c1b24". */
function hex(color: string): string {
  const parts = /(\d+(?:\.\d+)?)[, ]+(\d+(?:\.\d+)?)[, ]+(\d+(?:\.\d+)?)/.exec(color);
  if (!parts) return '#000000';
  return `#${parts
    .slice(1, 4)
    .map((part) => Math.round(Number(part)).toString(16).padStart(2, '0'))
    .join('')}`;
}
