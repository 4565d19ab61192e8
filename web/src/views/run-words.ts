/** A run in one sentence, for the strip below the editor and for the screen reader. Pure: words only. */
import type { BlockResult } from '../protocol/types';
import { formatDuration } from '../script';
import { waited, type ClockMove, type RunSummary } from '../state';
import { clock, plural, unit } from './format';

/** "5 of 6 requests OK", "all 6 requests OK", "stopped after 3 of 6". */
export function countWords({ done, total, failed }: RunSummary): string {
  const ok = done - failed;
  if (done < total) return `Stopped after ${done} of ${plural(total, 'request')}, ${ok} OK`;
  return failed === 0 ? `All ${plural(total, 'request')} OK` : `${ok} of ${plural(total, 'request')} OK`;
}

/** Virtual time in words: whole seconds as a clock shows them, milliseconds only where there is nothing larger. */
export function span(millis: number): string {
  return formatDuration(millis < 1000 ? millis : Math.floor(millis / 1000) * 1000);
}

/** The same for a mark: "5 s", "5 min", "1 h 5 min". */
export function shortSpan(millis: number): string {
  return span(millis)
    .replace(/ hours?/g, ' h')
    .replace(/ minutes?/g, ' min')
    .replace(/ seconds?/g, ' s')
    .replace(/ days?/g, ' d');
}

/** Why a request took longer than a request takes: "clock advanced 5 s until the table was ACTIVE"; empty for most. */
export function waitWords(result: BlockResult): string {
  const millis = waited(result);
  if (millis === 0) return '';
  const kinds = result.events.map(({ kind }) => kind);
  const until = kinds.includes('IndexActive')
    ? ' until the index was ACTIVE'
    : kinds.includes('TableActive')
      ? ' until the table was ACTIVE'
      : kinds.includes('TableDeleted')
        ? ' until the table was gone'
        : kinds.includes('IndexDeleted')
          ? ' until the index was gone'
          : '';
  return `clock advanced ${shortSpan(millis)}${until}`;
}

/** The answer speaks of the moment the request was taken; what it started is over when it is read. Empty for most. */
export function sinceWords(result: BlockResult): string {
  const wait = waitWords(result);
  const { response } = result;
  const description =
    response !== null && typeof response === 'object' && 'TableDescription' in response
      ? response.TableDescription
      : null;
  const status =
    description !== null && typeof description === 'object' && 'TableStatus' in description
      ? description.TableStatus
      : null;
  if (wait === '' || typeof status !== 'string' || status === 'ACTIVE') return '';
  return `The answer says ${status}, as it was at ${clock(result.startedMillis)}. Then the ${wait}: it is ${clock(result.endedMillis)} now.`;
}

/** "0.5 RCU · 4 WCU · 5 seconds of virtual time". */
export function costWords({ consumed, loaded, millis }: RunSummary): string {
  const units = `${unit(consumed.read)} RCU · ${unit(consumed.write)} WCU${loaded ? ', loading not counted' : ''}`;
  return `${units} · ${span(millis)} of virtual time`;
}

/** The whole of it, as it is read aloud. `line` is where the first failed request stands now. */
export function spokenSummary(summary: RunSummary, line: number | null): string {
  const { failed, firstFailed } = summary;
  const error = firstFailed?.error?.name ?? 'an error';
  const what = firstFailed
    ? ` ${failed} failed: ${firstFailed.name}${line === null ? '' : `, line ${line}`}, ${error}.`
    : '';
  return `${countWords(summary)}.${what} ${costWords(summary).replaceAll(' ·', ',')}.`;
}

/** "The clock advanced 5 s by itself, for CreateTable." */
export function clockWords({ millis, by }: ClockMove): string {
  return `The clock advanced ${span(millis)} by itself, for ${by.join(' and ')}.`;
}
