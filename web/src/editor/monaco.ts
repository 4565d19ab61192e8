/**
 * The full editor, wrapped once. This file and what it imports form the chunk that is loaded after the page is usable.
 * Only the parts of the editor that this page uses are imported: its core, and the features listed here one by one.
 */
import { editor, languages, MarkerSeverity, Range, Uri } from 'monaco-editor/editor/editor.api.js';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codicon/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/snippet/register';
// The suggest feature's own register file leaves its controller out.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import type { Problem, TableInfo } from '../protocol/types';
import { completionsAt, type Suggestion } from './completion';
import { configuration, LANGUAGE, tokens } from './language';
import { MarkPainter, type MarkCanvas } from './mark-painter';
import type { BlockMark } from './marks';
import type { EditorPort } from './port.svelte';
import { applyTheme, onSystemColors } from './theme';

export interface FullEditor extends EditorPort {
  setText(text: string): void;
  setMarks(marks: BlockMark[]): void;
  setProblems(problems: Problem[]): void;
  setReadonly(readonly: boolean): void;
  updateTheme(): void;
  dispose(): void;
}

export interface FullEditorOptions {
  host: HTMLElement;
  script: string;
  selection: { from: number; to: number };
  tables: () => readonly TableInfo[];
  onedit: (text: string) => void;
  onrun: (index: number) => void;
  oncursor: (offset: number) => void;
}

/** More underlines than anybody mends one by one, and more marks than anybody looks at, only hold up the page. */
const underlinesMax = 500;
const marksMax = 5000;

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };

let currentTables: () => readonly TableInfo[] = () => [];
registerLanguage();

export function createFullEditor(options: FullEditorOptions): FullEditor {
  const { host } = options;
  currentTables = options.tables;
  applyTheme(host);
  const uri = Uri.parse('inmemory://sortkey/script.ddb');
  editor.getModel(uri)?.dispose();
  const model = editor.createModel(options.script, LANGUAGE, uri);
  model.setEOL(editor.EndOfLineSequence.LF);
  model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
  const view = editor.create(host, {
    model,
    ariaLabel: 'Request script. Ctrl+Enter runs the request at the cursor. Press Ctrl+M to let Tab leave the editor.',
    autoDetectHighContrast: false,
    automaticLayout: true,
    contextmenu: false,
    fixedOverflowWidgets: true,
    folding: true,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontSize: 13,
    glyphMargin: true,
    guides: { indentation: true },
    lineHeight: 20,
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    occurrencesHighlight: 'off',
    overviewRulerLanes: 0,
    padding: { top: 10, bottom: 40 },
    quickSuggestions: { other: true, comments: false, strings: true },
    renderLineHighlight: 'line',
    scrollBeyondLastLine: false,
    stickyScroll: { enabled: false },
    suggest: { showWords: false, showIcons: true, preview: false },
    tabSize: 2,
    unicodeHighlight: { ambiguousCharacters: false },
    wordBasedSuggestions: 'off',
  });
  select(options.selection);
  const stopFollowing = onSystemColors(() => applyTheme(host));

  const painter = new MarkPainter(canvasOf(model));
  let marks: BlockMark[] = [];
  let problems: Problem[] = [];
  let silent = false;
  let problemsDrawn = problems;
  let frame = 0;

  /** Marks and underlines are drawn once per frame, however many results came in between. */
  function drawSoon(): void {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      painter.set(marks.slice(0, marksMax).filter(({ endLine }) => endLine <= model.getLineCount()));
      if (problemsDrawn === problems) return;
      problemsDrawn = problems;
      const markers = problems.slice(0, underlinesMax).map((problem) => markerOf(problem, model));
      editor.setModelMarkers(model, 'sortkey', markers);
    });
  }

  model.onDidChangeContent(() => {
    painter.textChanged();
    if (!silent) options.onedit(model.getValue());
  });
  view.onDidChangeCursorPosition(({ position }) => options.oncursor(model.getOffsetAt(position)));
  view.onMouseDown(({ target }) => {
    if (target.type !== editor.MouseTargetType.GUTTER_GLYPH_MARGIN) return;
    const mark = marks.find(({ line }) => line === target.position.lineNumber);
    if (mark && mark.state !== 'broken') options.onrun(mark.index);
  });

  function select({ from, to }: { from: number; to: number }): void {
    const start = model.getPositionAt(from);
    const end = model.getPositionAt(to);
    view.setSelection(Range.fromPositions(start, end));
    view.revealPositionInCenterIfOutsideViewport(start);
  }

  return {
    focus: () => view.focus(),
    offset: () => model.getOffsetAt(view.getPosition() ?? { lineNumber: 1, column: 1 }),
    selection: () => {
      const selection = view.getSelection();
      if (!selection) return { from: 0, to: 0 };
      return {
        from: model.getOffsetAt(selection.getStartPosition()),
        to: model.getOffsetAt(selection.getEndPosition()),
      };
    },
    show: (offset) => select({ from: offset, to: offset }),
    reveal: (offset) => {
      select({ from: offset, to: offset });
      view.focus();
    },
    setText: (text) => {
      if (text === model.getValue()) return;
      // As an edit, so that undo leads back to what was there before.
      silent = true;
      model.pushEditOperations(null, [{ range: model.getFullModelRange(), text }], () => null);
      silent = false;
      // The marks may be the same as before; where they were drawn is gone with the old text.
      drawSoon();
      view.setPosition({ lineNumber: 1, column: 1 });
      view.setScrollPosition({ scrollTop: 0, scrollLeft: 0 });
    },
    setMarks: (next) => {
      marks = next;
      drawSoon();
    },
    setProblems: (next) => {
      problems = next;
      drawSoon();
    },
    setReadonly: (readonly) =>
      view.updateOptions({
        readOnly: readonly,
        readOnlyMessage: { value: 'The workspace is not open for writing in this tab.' },
      }),
    updateTheme: () => applyTheme(host),
    dispose: () => {
      cancelAnimationFrame(frame);
      stopFollowing();
      view.dispose();
      model.dispose();
    },
  };
}

function canvasOf(model: editor.ITextModel): MarkCanvas {
  return {
    replace(old, marks) {
      const each = marks.map((mark) => decorationsOf(mark, model));
      const ids = model.deltaDecorations(old, each.flat());
      let from = 0;
      return each.map(({ length }) => ids.slice(from, (from += length)));
    },
    inPlace([glyph, status], mark) {
      const run = glyph === undefined ? null : model.getDecorationRange(glyph);
      if (run?.startLineNumber !== mark.line) return false;
      if (status === undefined) return true;
      const after = model.getDecorationRange(status);
      return after?.endLineNumber === mark.endLine && after.endColumn === model.getLineMaxColumn(mark.endLine);
    },
  };
}

/** The run mark, and what stands behind the last line if there is anything to say. */
function decorationsOf(mark: BlockMark, model: editor.ITextModel): editor.IModelDeltaDecoration[] {
  const title =
    mark.state === 'broken' ? `${mark.name} has a problem; it is underlined.` : `Run ${mark.name} (Ctrl+Enter)`;
  const result: editor.IModelDeltaDecoration[] = [
    {
      range: new Range(mark.line, 1, mark.line, 1),
      options: {
        glyphMarginClassName: `run-glyph ${mark.state}`,
        glyphMarginHoverMessage: { value: title },
        stickiness: editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
      },
    },
  ];
  if (mark.status) {
    const column = model.getLineMaxColumn(mark.endLine);
    result.push({
      range: new Range(mark.endLine, column, mark.endLine, column),
      options: {
        showIfCollapsed: true,
        after: {
          content: `  ${mark.status}`,
          inlineClassName: `run-status ${mark.state}`,
          cursorStops: editor.InjectedTextCursorStops.None,
        },
      },
    });
  }
  return result;
}

function markerOf({ from, to, message, severity }: Problem, model: editor.ITextModel): editor.IMarkerData {
  const start = model.getPositionAt(from);
  const end = model.getPositionAt(Math.max(to, from + 1));
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
    message,
    severity: severity === 'error' ? MarkerSeverity.Error : MarkerSeverity.Warning,
  };
}

function registerLanguage(): void {
  languages.register({ id: LANGUAGE, extensions: ['.ddb'] });
  languages.setLanguageConfiguration(LANGUAGE, configuration);
  languages.setMonarchTokensProvider(LANGUAGE, tokens);
  languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['"', '@'],
    provideCompletionItems(model, position) {
      const { from, to, suggestions } = completionsAt(model.getValue(), model.getOffsetAt(position), currentTables());
      const range = Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
      const replaced = model.getValueInRange(range);
      return { suggestions: suggestions.map((suggestion, index) => itemOf(suggestion, index, range, replaced)) };
    },
  });
}

const KINDS: Record<Suggestion['kind'], languages.CompletionItemKind> = {
  operation: languages.CompletionItemKind.Function,
  directive: languages.CompletionItemKind.Event,
  member: languages.CompletionItemKind.Property,
  table: languages.CompletionItemKind.Struct,
  attribute: languages.CompletionItemKind.Field,
  value: languages.CompletionItemKind.EnumMember,
  type: languages.CompletionItemKind.TypeParameter,
};

function itemOf(suggestion: Suggestion, index: number, range: Range, replaced: string): languages.CompletionItem {
  return {
    label: suggestion.label,
    kind: KINDS[suggestion.kind],
    detail: suggestion.about,
    insertText: suggestion.insert,
    // The words keep the order of the API reference: what is required comes first.
    sortText: String(index).padStart(3, '0'),
    filterText: replaced.startsWith('"') ? `"${suggestion.label}"` : suggestion.label,
    range,
    ...(suggestion.snippet ? { insertTextRules: languages.CompletionItemInsertTextRule.InsertAsSnippet } : {}),
    ...(suggestion.again ? { command: { id: 'editor.action.triggerSuggest', title: 'Suggest' } } : {}),
  };
}
