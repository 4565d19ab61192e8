/** Directives to the world: `@advance`, `@load`, `@reset`. */
import type { DatasetName, Directive } from '../protocol/types';
import { parseDuration } from './duration';
import { suggestWord } from './operations';

export const datasetNames: readonly DatasetName[] = ['movies', 'music', 'people'];

const directiveNames = ['advance', 'load', 'reset'];
/** Known to the format, not to this version; better said plainly than called a typing error. */
const laterNames = new Set(['region', 'as', 'seed', 'capture', 'drive', 'client', 'rewind']);

/** Reads one directive. `inArguments` says whether the message is about the arguments or the name. */
export function readDirective(
  name: string,
  args: string,
): { directive: Directive } | { message: string; inArguments: boolean } {
  switch (name) {
    case 'advance': {
      const duration = parseDuration(args);
      if ('message' in duration) return { message: duration.message, inArguments: true };
      return { directive: { name: 'advance', millis: duration.millis } };
    }
    case 'load': {
      const dataset = datasetNames.find((known) => known === args.toLowerCase());
      if (dataset) return { directive: { name: 'load', dataset } };
      const near = suggestWord(args, datasetNames);
      const choices = datasetNames.join(', ');
      return {
        message:
          args === ''
            ? `Load what? Data sets: ${choices}.`
            : `There is no data set “${args.slice(0, 30)}”. ${near ? `Did you mean ${near}?` : `Data sets: ${choices}.`}`,
        inArguments: true,
      };
    }
    case 'reset':
      if (args !== '') return { message: '@reset takes nothing after it.', inArguments: true };
      return { directive: { name: 'reset' } };
    default: {
      if (laterNames.has(name)) return { message: `@${name} is not available in this version.`, inArguments: false };
      const near = suggestWord(name, directiveNames);
      return {
        message: near
          ? `@${name} is not a directive. Did you mean @${near}?`
          : `@${name} is not a directive. Known are @advance, @load and @reset.`,
        inArguments: false,
      };
    }
  }
}
