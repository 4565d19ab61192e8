/** What the worker needs of the engine: the four calls. The Engine of wasm/client has this shape; tests may bring their own. */
import type { AdvanceReport, RestoreReport } from '../protocol/types';

export interface EngineDoor {
  /** One request: target ("DynamoDB_20120810.PutItem") and JSON text. Never throws for a service error. */
  call(target: string, body: string): { status: number; body: string };
  /** Moves virtual time to epoch milliseconds `untilMillis`. */
  advance(untilMillis: number): AdvanceReport;
  /**
   * Changes since last asked. true: a snapshot of everything instead, 'rest': its next piece; all pieces are of the moment of
   * the first, and changes may be drained between them. A piece has about `bytesMax` bytes; default: all in one.
   */
  drainJournal(full?: boolean | 'rest', bytesMax?: number): Uint8Array;
  /** True if the last piece of a snapshot is still to come. */
  readonly moreToDrain?: boolean;
  /** Why it answers nothing any more; null while it does. */
  readonly stopped?: string | null;
  restore(bytes: Uint8Array): RestoreReport;
  dispose(): void;
}

/** Makes an engine; reports bytes while its files are fetched. Rejects with PlaygroundError 'EngineLoad'. */
export type EngineFactory = (onBytes: (done: number, total: number) => void) => Promise<EngineDoor>;

/** Asks the engine's second namespace; a refusal becomes an exception, because the page asks only what it knows. */
export function inspectEngine<T>(engine: EngineDoor, operation: string, input: unknown = {}): T {
  const { status, body } = engine.call(`Sortkey_20261120.${operation}`, JSON.stringify(input));
  if (status !== 200) throw new Error(`${operation}: ${body.slice(0, 300)}`);
  return JSON.parse(body) as T;
}

/** Pieces of a snapshot are about this large, in bytes. */
export const snapshotPieceBytes = 1024 * 1024;

/** Everything the engine holds as frames, in pieces; changes up to the first piece count as handed over. */
export function* snapshotOf(engine: EngineDoor, pieceBytes = snapshotPieceBytes): Generator<Uint8Array> {
  yield engine.drainJournal(true, pieceBytes);
  while (engine.moreToDrain) yield engine.drainJournal('rest', pieceBytes);
}

/** True for the failure after which an engine answers nothing any more. */
export function isEngineStopped(error: unknown): boolean {
  return error instanceof Error && error.name === 'EngineStoppedError';
}

/** A stopped engine has nothing more to give; what was drained before is still written. */
export function drainOf(engine: EngineDoor): Uint8Array | null {
  try {
    return engine.drainJournal();
  } catch {
    return null;
  }
}
