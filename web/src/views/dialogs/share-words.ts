/** What the Share dialog says about the rehearsal and what it offers. Pure: words only. */
import type { RehearsalDifference, RehearsalReport } from '../../share';
import type { ShareOffer } from '../../state';
import { count, plural } from '../format';

export interface Verdict {
  /** warn: others will see something else. plain: nothing to celebrate, nothing wrong. ok: all as here. */
  tone: 'ok' | 'plain' | 'warn';
  title: string;
  /** One line per request that needs a word. */
  lines: string[];
}

const linesMax = 6;

export function verdictOf(report: RehearsalReport): Verdict {
  const { succeeded, failed, differences } = report;
  const all = succeeded + failed;
  const lines = differences.slice(0, linesMax).map(differenceWords);
  if (differences.length > linesMax) lines.push(`… and ${plural(differences.length - linesMax, 'more request')}.`);
  const different = differences.filter(({ kind }) => kind !== 'succeeds');
  if (different.length > 0) {
    const seen = different.some(({ here }) => here !== 'not run');
    const which = all === 1 ? 'the request' : `${count(different.length)} of ${plural(all, 'request')}`;
    return {
      tone: 'warn',
      title: seen
        ? `Whoever opens this link will see something else than you: ${which} ${different.length === 1 ? 'differs' : 'differ'} in an empty world.`
        : `In an empty world ${which} ${different.length === 1 ? 'fails' : 'fail'}.`,
      lines,
    };
  }
  const counted = failed === 0 ? `all ${plural(all, 'request')} succeed` : countsOf(succeeded, failed);
  const tried = all === 1 && failed === 0 ? 'the request succeeds' : counted;
  if (failed > 0) return { tone: 'plain', title: `In an empty world ${tried}, as here. The link says so.`, lines };
  return { tone: differences.length > 0 ? 'plain' : 'ok', title: `Tried in an empty world: ${tried}.`, lines };
}

/** "5 requests succeed and 1 fails". */
function countsOf(succeeded: number, failed: number): string {
  const fails = `${failed === 1 ? 'fails' : 'fail'}`;
  if (succeeded === 0) return failed === 1 ? 'the request fails' : `all ${plural(failed, 'request')} fail`;
  return `${plural(succeeded, 'request')} ${succeeded === 1 ? 'succeeds' : 'succeed'} and ${count(failed)} ${fails}`;
}

export function differenceWords({
  line,
  name,
  kind,
  error,
  message,
  there,
  here,
  missing,
}: RehearsalDifference): string {
  const where = `Line ${line}, ${name}`;
  if (kind === 'succeeds') return `${where}: succeeds in an empty world; here it gave ${here}.`;
  if (kind === 'other-answer') {
    const alike = there === 'another answer' ? there : `${there}, with another content`;
    const what = there === here ? alike : `${there}; here ${here}`;
    return `${where}: gives ${what}.${missingWords(missing)}`;
  }
  const why = missing.length > 0 ? missingWords(missing).trim() : message;
  const instead = here === 'not run' ? '' : ` Here: ${here}.`;
  return `${where}: gives ${error}: ${why}${/[.!?]$/.test(why) ? '' : '.'}${instead}`;
}

function missingWords(tables: readonly string[]): string {
  return tables.length === 0
    ? ''
    : ` This script did not make the ${tables.length === 1 ? 'table' : 'tables'} ${tables.join(', ')}.`;
}

/** The words on an offer's button. */
export function offerWords({ kind, tables, items, text }: ShareOffer): string {
  if (kind === 'load') return `Add ${text.trim().split('\n').join(' and ')}`;
  const whose = tables.length === 1 ? `the table ${tables[0]!}` : `the tables ${tables.join(', ')}`;
  return `Add ${whose} with ${tables.length === 1 ? 'its' : 'their'} ${plural(items, 'item')} as requests`;
}
