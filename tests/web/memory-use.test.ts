/** When the page says that the engine's memory gets full. */
import type { World } from '../../web/src/protocol/types';
import { memoryOf } from '../../web/src/views/memory-use';

const world = (used: number, limit: number): World =>
  ({ MemoryBytes: used, MemoryLimitBytes: limit }) as unknown as World;

test.each([
  [0, 0, 'plenty'],
  [799, 79, 'plenty'],
  [800, 80, 'low'],
  [949, 94, 'low'],
  [950, 95, 'full'],
  [1000, 100, 'full'],
])('%d of 1,000 bytes', (used, percent, level) => {
  expect(memoryOf(world(used, 1000))).toEqual({ used, limit: 1000, percent, level });
});

test('no world, or an engine without a limit, is no reason to say anything', () => {
  expect([memoryOf(null).level, memoryOf(world(5, 0)).level]).toEqual(['plenty', 'plenty']);
});
