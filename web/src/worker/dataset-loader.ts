/** `@load`: creates the table when it is missing and writes the rows through the service, like any client. */
import { datasets, type DatasetSource } from '../datasets';
import type { BlockResult, DatasetName, DatasetReport, Json, ServiceFault } from '../protocol/types';
import { count, plural } from '../protocol/words';
import type { RunControl } from './control';
import { LocalFault, ServiceRefusal } from './faults';

/** Rows between two looks at the cancel button; small enough for a smooth bar, large enough to cost nothing. */
const rowsPerPiece = 200;
/** A provisioned table may throttle; virtual seconds to wait for one row before giving up. */
const throttleSecondsMax = 3600;

/** What loading needs of a world. */
export interface LoadTarget {
  runRequest(operation: string, body: string): BlockResult;
  /** Runs a request whose refusal ends the load. */
  mustRun(operation: string, input: Json): unknown;
  /** A write without derivation: what thousands of rows need. */
  write(operation: string, body: string): { ok: boolean; status: number; error?: ServiceFault };
  advance(millis: number): unknown;
  finishTransitions(): unknown;
}

/**
 * Loads a data set. Deterministic: rows in order, one PutItem each. Rejects with LocalFault ('Cancelled',
 * 'LoadFailed') or ServiceRefusal; rows written until then stay.
 */
export async function loadDataset(
  world: LoadTarget,
  source: DatasetSource,
  name: DatasetName,
  control: RunControl,
): Promise<DatasetReport> {
  const definition = datasets[name];
  const { TableName } = definition.createTable;
  const progress = (step: 'download' | 'write', done: number, total: number): void =>
    control.onProgress?.({ dataset: name, step, done, total });
  const checkCancelled = (written: number, total: number): void => {
    if (control.signal?.aborted) {
      const stay = written > 0 ? ` The ${plural(written, 'row')} written ${written === 1 ? 'stays' : 'stay'}.` : '';
      throw new LocalFault(
        'Cancelled',
        `Loading was stopped after ${count(written)} of ${plural(total, 'row')}.${stay}`,
      );
    }
  };

  let file: unknown;
  if (definition.needsFile) {
    try {
      file = await source(name, (done, total) => progress('download', done, total), control.signal);
    } catch (error) {
      checkCancelled(0, 0);
      throw new LocalFault('LoadFailed', error instanceof Error ? error.message : String(error));
    }
  }
  const rows = definition.rows(file);
  const total = rows.items.length;
  checkCancelled(0, total);

  const tableCreated = ensureTable(world, definition.createTable);
  for (let written = 0; written < total;) {
    const to = Math.min(total, written + rowsPerPiece);
    for (; written < to; written++) putRow(world, { TableName, Item: rows.items[written]! as unknown as Json });
    progress('write', written, total);
    control.onPiece?.();
    if (written < total) {
      // A message that cancels can only arrive between two tasks.
      await new Promise((resolve) => setTimeout(resolve, 0));
      checkCancelled(written, total);
    }
  }
  return {
    dataset: name,
    table: TableName,
    rows: rows.rows,
    written: total,
    leftOut: rows.leftOut,
    repaired: rows.repaired,
    tableCreated,
  };
}

function ensureTable(world: LoadTarget, createTable: { TableName: string } & { [key: string]: Json }): boolean {
  const { TableName } = createTable;
  const found = world.runRequest('DescribeTable', JSON.stringify({ TableName }));
  if (!found.ok && found.error!.name !== 'ResourceNotFoundException')
    throw new ServiceRefusal(found.error!, found.status);
  if (!found.ok) world.mustRun('CreateTable', createTable);
  // Also without autoAdvance: rows cannot be written before the table is there.
  world.finishTransitions();
  return !found.ok;
}

function putRow(world: LoadTarget, input: Json): void {
  const body = JSON.stringify(input);
  for (let second = 0; ; second++) {
    const { ok, error, status } = world.write('PutItem', body);
    if (ok) return;
    const throttled = /Throttl|ProvisionedThroughputExceeded|RequestLimitExceeded/.test(error!.name);
    if (!throttled || second >= throttleSecondsMax) throw new ServiceRefusal(error!, status);
    world.advance(1000);
  }
}
