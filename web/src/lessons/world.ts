/** Where evidence comes from: block results become exchanges, a playground becomes a readable world. */
import type { BlockResult, Item, ItemsPage, PartitionsReport, TableInfo } from '../protocol/types';
import type { Exchange, StateReader, WireItem } from './types';

/** The part of the playground the checks need. Reading through it must cost no capacity. */
export interface WorldClient {
  tables(): Promise<Pick<TableInfo, 'name' | 'partitionKey' | 'sortKey'>[]>;
  items(table: string, limit: number, after?: Item | null): Promise<ItemsPage>;
  partitions(table: string): Promise<PartitionsReport>;
}

/** A lesson's tables are small; a page this size is nearly always the only one. */
const pageItems = 1000;

/** Answers for one evaluation: every table is read at most once, so make a new reader after each run. */
export function stateReader(client: WorldClient): StateReader {
  let tables: ReturnType<WorldClient['tables']> | undefined;
  const items = new Map<string, Promise<WireItem[]>>();
  return {
    async keys(table) {
      const info = (await (tables ??= client.tables())).find((one) => one.name === table);
      if (!info) return undefined;
      const { partitionKey, sortKey } = info;
      return [{ ...partitionKey, role: 'HASH' as const }, ...(sortKey ? [{ ...sortKey, role: 'RANGE' as const }] : [])];
    },
    items(table) {
      let all = items.get(table);
      if (!all) items.set(table, (all = readAll(client, table)));
      return all;
    },
    async partitions(table) {
      const report = await client.partitions(table);
      return report.Partitions.map((one) => ({
        id: one.Id,
        items: one.Items,
        keys: one.Keys.map((held) => held.Key as WireItem),
      }));
    },
  };
}

async function readAll(client: WorldClient, table: string): Promise<WireItem[]> {
  const all: WireItem[] = [];
  let after: Item | null = null;
  do {
    const page: ItemsPage = await client.items(table, pageItems, after);
    all.push(...(page.items as WireItem[]));
    after = page.next;
  } while (after !== null);
  return all;
}

/** The exchange of a block, or undefined for a directive and for a block that never reached the service. */
export function toExchange(result: BlockResult): Exchange | undefined {
  if (result.name.startsWith('@') || result.status === 0) return undefined;
  const input = asObject(result.request.input) ?? {};
  const response = asObject(result.response);
  return {
    op: result.name,
    ...(typeof input.TableName === 'string' ? { table: input.TableName } : {}),
    input,
    ...(result.ok ? { response: response ?? {} } : {}),
    ...(result.error ? { error: { name: result.error.name, message: result.error.message } } : {}),
    explanation: result.explanation ?? null,
    at: result.startedMillis,
  };
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
