/** How much of the memory that the engine may have is in use. */
import type { World } from '../protocol/types';

export interface MemoryUse {
  /** Bytes. */
  used: number;
  limit: number;
  /** Whole percent, rounded down. */
  percent: number;
  /** low from 80 %, full from 95 %: a banner says so before a write is refused. */
  level: 'plenty' | 'low' | 'full';
}

export function memoryOf(world: World | null): MemoryUse {
  const { MemoryBytes: used = 0, MemoryLimitBytes: limit = 0 } = (world ?? {}) as {
    MemoryBytes?: number;
    MemoryLimitBytes?: number;
  };
  const percent = limit > 0 ? Math.floor((100 * used) / limit) : 0;
  return { used, limit, percent, level: percent >= 95 ? 'full' : percent >= 80 ? 'low' : 'plenty' };
}
