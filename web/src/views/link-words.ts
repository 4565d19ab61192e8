/** What the banner of a link says: whether its results came out, and where they did not. Pure: words only. */
import type { LinkState, PlaygroundState } from '../state';
import { unknownVersion } from '../share';
import { count, plural } from './format';

export interface LinkWords {
  /** open: nothing compared yet. ok: all as claimed. plain: as claimed, errors among it. warn: something differs. */
  tone: 'open' | 'ok' | 'plain' | 'warn';
  title: string;
  text: string;
}

const linesMax = 5;

export function linkWords(
  link: LinkState | null,
  state: Pick<PlaygroundState, 'script' | 'blocks' | 'outcomes' | 'world'>,
): LinkWords {
  if (!link) {
    return {
      tone: 'open',
      title: '',
      text: 'Opened from a file. It lives in this tab only. Your own workspace is untouched.',
    };
  }
  const { claim, comparison } = link;
  if (state.script !== link.script) {
    const before = comparison?.state === 'reproduced' ? ' As it came, it reproduced.' : '';
    const text = `Opened from a link, and the script was changed since.${before} Your own workspace is untouched.`;
    return { tone: 'open', title: '', text };
  }
  if (!comparison) {
    const check = claim ? ' Run all to check that it reproduces.' : ' It claims no results.';
    return {
      tone: 'open',
      title: '',
      text: `Opened from a link, in a scratch workspace that ends with this tab.${check} Your own workspace is untouched.`,
    };
  }
  const { blocks, errors, differences } = comparison;
  if (comparison.state === 'reproduced') {
    if (errors === 0) {
      const results = plural(blocks, 'result');
      return { tone: 'ok', title: 'Reproduced.', text: `${results}, the same as when the link was made.` };
    }
    const fine = blocks - errors;
    const what = `${fine > 0 ? `${plural(fine, 'result')} and ` : ''}${plural(errors, 'error')}`;
    const same = `${errors === 1 ? 'The request fails' : 'The requests fail'} here as the link says`;
    return { tone: 'plain', title: `Reproduced: ${what}.`, text: `${same}${failures(state)}.` };
  }
  const named = differences.slice(0, linesMax).map(({ block, blocks: covered, kind }) => {
    const first = state.blocks[block];
    const last = state.blocks[block + covered - 1];
    if (!first) return 'requests the link had are missing';
    if (covered > 1 && last) return `between line ${first.line} and line ${last.endLine}`;
    if (kind === 'missing') return `line ${first.line}, ${nameOf(first)} (not run)`;
    const error = state.outcomes[block]?.result.error;
    return `line ${first.line}, ${nameOf(first)}${error ? ` (${error.name})` : ''}`;
  });
  const more = differences.length > linesMax ? `; and ${count(differences.length - linesMax)} more` : '';
  return {
    tone: 'warn',
    title: 'Differs from what the link says:',
    text: `${named.join('; ')}${more}.${versionWords(link, state)}`,
  };
}

/** " (line 3, Scan: ResourceNotFoundException)". */
function failures({ blocks, outcomes }: Pick<PlaygroundState, 'blocks' | 'outcomes'>): string {
  const failed = blocks.flatMap((block, index) => {
    const error = outcomes[index]?.result.error;
    return error ? [`line ${block.line}, ${nameOf(block)}: ${error.name}`] : [];
  });
  return failed.length === 0 ? '' : ` (${failed.slice(0, linesMax).join('; ')}${failed.length > linesMax ? ' …' : ''})`;
}

function versionWords({ engineVersion }: LinkState, { world }: Pick<PlaygroundState, 'world'>): string {
  const here = world?.EngineVersion;
  if (here === undefined || here === engineVersion) return '';
  return engineVersion === unknownVersion
    ? ` The link does not say which version made it; this is ${here}.`
    : ` The link was made with version ${engineVersion}; this is ${here}.`;
}

function nameOf({ kind, name }: { kind: string; name: string }): string {
  return kind === 'directive' ? `@${name}` : name;
}
