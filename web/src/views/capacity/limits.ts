/** Whether consumption went past what is provisioned, and what a real table would have done about it. */
import type { CapacityReport } from '../../protocol/types';
import { plural, unit } from '../format';

type TableCapacity = CapacityReport['Tables'][number];
type Kind = 'Read' | 'Write';

/** The service keeps unused capacity of the last five minutes for bursts. */
const burstSeconds = 300;

const unitName = { Read: 'RCU', Write: 'WCU' } as const;

/** Units per second that are provisioned; null on demand. */
export function limitOf(table: TableCapacity, kind: Kind): number | null {
  return kind === 'Read' ? table.ReadCapacityUnits : table.WriteCapacityUnits;
}

/** Whether one second consumed more than is provisioned for a second. */
export function isOver(table: TableCapacity, second: { Read: number; Write: number }): boolean {
  return (['Read', 'Write'] as const).some((kind) => {
    const limit = limitOf(table, kind);
    return limit !== null && second[kind] > limit;
  });
}

/** What is to be said about the provisioned rates; empty on demand. One sentence for each kind that went over. */
export function limitSentences(table: TableCapacity): string[] {
  if (table.BillingMode !== 'PROVISIONED') return [];
  const over = (['Read', 'Write'] as const).flatMap((kind) => overSentence(table, kind));
  return over.length > 0 ? over : ['The provisioned rates are not enforced yet: nothing is throttled here.'];
}

function overSentence(table: TableCapacity, kind: Kind): string[] {
  const limit = limitOf(table, kind) ?? 0;
  const over = table.Seconds.filter((second) => second[kind] > limit);
  if (over.length === 0) return [];
  const most = Math.max(...over.map((second) => second[kind]));
  const name = unitName[kind];
  const went = `${plural(over.length, 'second')} over the provisioned ${unit(limit)} ${name}, at most ${unit(most)} ${name}.`;
  const would = beyondBurst(table, kind, limit)
    ? `a real table would throttle here, even with ${unit(burstSeconds * limit)} ${name} of burst capacity saved up.`
    : 'a real table would throttle here unless it had burst capacity left (unused capacity of the last 5 minutes).';
  return [`${went} Not enforced yet: ${would}`];
}

/** Whether some stretch of seconds consumed more than its own rate and a full burst together. */
function beyondBurst(table: TableCapacity, kind: Kind, limit: number): boolean {
  // A second may spend its own rate and all that was saved.
  const most = (burstSeconds + 1) * limit;
  let left = most;
  let last: number | null = null;
  for (const second of table.Seconds) {
    const at = Math.floor(second.AtMillis / 1000);
    left = Math.min(most, left + (last === null ? 0 : (at - last) * limit));
    left -= second[kind];
    if (left < 0) return true;
    last = at;
  }
  return false;
}
