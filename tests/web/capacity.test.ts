/** What the capacity pane says about provisioned rates, and one way of writing numbers. */
import { bothBytes, bytes, exactBytes, plural } from '../../web/src/protocol/words';
import type { CapacityReport } from '../../web/src/protocol/types';
import { isOver, limitSentences } from '../../web/src/views/capacity/limits';

type Seconds = [second: number, read: number, write: number][];

function table(read: number | null, write: number | null, seconds: Seconds): CapacityReport['Tables'][number] {
  return {
    TableName: 'T',
    BillingMode: read === null ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ReadCapacityUnits: read,
    WriteCapacityUnits: write,
    ConsumedReadUnits: 0,
    ConsumedWriteUnits: 0,
    Seconds: seconds.map(([second, Read, Write]) => ({ AtMillis: second * 1000, Read, Write })),
  };
}

test('on demand there is no limit to speak of', () => {
  expect(limitSentences(table(null, null, [[1, 5000, 5000]]))).toEqual([]);
  expect(isOver(table(null, null, []), { Read: 5000, Write: 5000 })).toBe(false);
});

test('a provisioned rate is said not to be enforced, always', () => {
  expect(limitSentences(table(5, 5, [[1, 5, 5]]))).toEqual([
    'The provisioned rates are not enforced yet: nothing is throttled here.',
  ]);
});

test('a second over the rate would be throttled unless a burst covers it', () => {
  const [only, ...rest] = limitSentences(table(5, 1, [[1, 5, 20]]));
  expect(rest).toEqual([]);
  expect(only).toMatch(
    /^1 second over the provisioned 1 WCU, at most 20 WCU\. Not enforced yet: a real table would throttle here unless it had burst/,
  );
  expect(isOver(table(5, 1, []), { Read: 5, Write: 1 })).toBe(false);
  expect(isOver(table(5, 1, []), { Read: 5.5, Write: 1 })).toBe(true);
});

test('what not even a full burst covers is said without an unless', () => {
  const [only] = limitSentences(
    table(5, 1, [
      [1, 0, 243],
      [2, 0, 77],
    ]),
  );
  expect(only).toMatch(
    /^2 seconds over the provisioned 1 WCU, at most 243 WCU\. Not enforced yet: a real table would throttle here, even with 300 WCU/,
  );
  expect(
    limitSentences(
      table(5, 1, [
        [1, 0, 243],
        [200, 0, 77],
      ]),
    )[0],
  ).toMatch(/unless/);
});

test('sizes and counts are written one way', () => {
  expect([0, 1023, 1024, 1536, 817752, 5 * 1024 * 1024].map(bytes)).toEqual([
    '0 B',
    '1,023 B',
    '1 KB',
    '1.5 KB',
    '799 KB',
    '5 MB',
  ]);
  expect([exactBytes(817752), bothBytes(817752), bothBytes(93)]).toEqual(['817,752 B', '817,752 B (799 KB)', '93 B']);
  expect([plural(1, 'item'), plural(3201, 'item'), plural(0, 'item')]).toEqual(['1 item', '3,201 items', '0 items']);
});
