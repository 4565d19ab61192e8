import type { DatasetProgress } from '../protocol/types';

/** What a run may report and be stopped by. */
export interface RunControl {
  onProgress?: (progress: DatasetProgress) => void;
  signal?: AbortSignal;
  /** Called between pieces of a long load, so that what was written can be kept. */
  onPiece?: () => void;
}
