/**
 * Our words about an error of the service: what it means and what to try. The service's own name and text are shown
 * first and untouched; this is what stands below them. The first row whose name and text fit is used.
 */
import type { ServiceFault } from '../../protocol/types';
import { ERROR_ROWS } from './error-rows';

export interface ErrorHelp {
  means: string;
  try: string;
}

/** What is taken over from the service's text is a name or a few words, never a page. */
const quotedMax = 120;

/** Our explanation of an error, or null when we have nothing to add. */
export function explainError({ name, message }: ServiceFault): ErrorHelp | null {
  for (const row of ERROR_ROWS) {
    const match = row.name.test(name) ? (row.text ? row.text.exec(message) : []) : null;
    if (!match) continue;
    const fill = (text: string): string =>
      text.replace(/\$(\d)/g, (_, group: string) => (match[Number(group)] ?? '').slice(0, quotedMax));
    return { means: fill(row.means), try: fill(row.try) };
  }
  return null;
}

const REASONS: Record<string, string> = {
  ConditionalCheckFailed: 'its condition was false for the item as it is now',
  ItemCollectionSizeLimitExceeded: 'its partition would be larger than 10 GB with its local index entries',
  TransactionConflict: 'another transaction is changing the item',
  ProvisionedThroughputExceeded: 'the table has no units left in this second',
  ThrottlingError: 'the table has no units left in this second',
};

/** Why one action of a transaction cancelled it, in our words; the service's own where it gives some. */
export function explainReason(code: string, message: string): string {
  if (code === 'None') return 'could have been done';
  return REASONS[code] ?? explainError({ name: 'ValidationException', message, fields: {} })?.means ?? message;
}
