/** The playground behind a worker. The worker's own entry is entry.ts. */
export { connectPlayground, type WorkerLike } from './client';
export {
  PlaygroundError,
  type AdvanceOutcome,
  type Playground,
  type PlaygroundErrorCode,
  type RunOptions,
} from './api';
