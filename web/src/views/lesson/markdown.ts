/** Lesson prose as HTML. Raw HTML in it stays text; code fences get the colours of the editor. */
import MarkdownIt from 'markdown-it';
import { highlightHtml } from '../../editor/highlight';

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

markdown.renderer.rules.fence = (tokens, index) => {
  const token = tokens[index];
  return `<pre class="code-fence" tabindex="0"><code>${highlightHtml(token?.content.trimEnd() ?? '')}</code></pre>\n`;
};
/** A link of the form `#partitions:Music` is a button that shows the partitions of a table; every other one leaves the page. */
const partitionsOf = /^#partitions:([\w.-]{3,255})$/;

markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  const token = tokens[index]!;
  const table = partitionsOf.exec(String(token.attrGet('href')))?.[1];
  if (table !== undefined) return `<button type="button" class="prose-link" data-partitions="${table}">`;
  token.attrSet('rel', 'noreferrer noopener');
  token.attrSet('target', '_blank');
  return self.renderToken(tokens, index, options);
};
markdown.renderer.rules.link_close = (tokens, index, options, _env, self) => {
  const before = tokens.slice(0, index).findLast(({ type }) => type === 'link_open');
  if (partitionsOf.test(String(before?.attrGet('href')))) return '</button>';
  return self.renderToken(tokens, index, options);
};

/** Block-level Markdown, e.g. the prose of a step. */
export function renderProse(text: string): string {
  return markdown.render(text);
}

/** One line of Markdown, e.g. a hint. */
export function renderLine(text: string): string {
  return markdown.renderInline(text);
}
