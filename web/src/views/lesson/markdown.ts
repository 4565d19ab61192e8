/** Lesson prose as HTML. Raw HTML in it stays text; code fences get the colours of the editor. */
import MarkdownIt from 'markdown-it';
import { highlightHtml } from '../../editor/highlight';

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

markdown.renderer.rules.fence = (tokens, index) => {
  const token = tokens[index];
  return `<pre class="code-fence" tabindex="0"><code>${highlightHtml(token?.content.trimEnd() ?? '')}</code></pre>\n`;
};
markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'noreferrer noopener');
  tokens[index]?.attrSet('target', '_blank');
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
