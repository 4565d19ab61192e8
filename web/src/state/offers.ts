/** What can be put into a script so that tables it did not make are there for everybody. */
import { datasetCards } from '../datasets/catalog';
import type { Item, TableInfo } from '../protocol/types';
import { tableAsRequests } from '../share';
import type { Playground } from '../worker/api';
import type { ShareOffer } from './types';

/** More than this is never tried: it would not fit into a link, however well it packs. */
const bytesMax = 512 * 1024;
const pageItems = 1000;

export interface Offers {
  offers: ShareOffer[];
  /** Tables that are too large to be written into the script. */
  tooLarge: string[];
}

/** `fits` tells whether the script with such a text in front still fits into a link. */
export async function offersFor(
  playground: Pick<Playground, 'items'>,
  tables: readonly TableInfo[],
  fits: (text: string, tables: string[]) => boolean,
): Promise<Offers> {
  const offers: ShareOffer[] = [];
  const loaded = tables.flatMap((table) => {
    const card = Object.values(datasetCards).find((candidate) => isFrom(table, candidate));
    return card ? [{ table, card }] : [];
  });
  if (loaded.length > 0) {
    offers.push({
      kind: 'load',
      tables: loaded.map(({ table }) => table.name),
      items: loaded.reduce((sum, { card }) => sum + card.items, 0),
      text: `${loaded.map(({ card }) => `@load ${card.name}`).join('\n')}\n`,
    });
  }
  const own = tables.filter((table) => !loaded.some((other) => other.table === table));
  const written: { table: TableInfo; text: string }[] = [];
  const tooLarge: string[] = [];
  for (const table of own) {
    const items = table.bytes <= bytesMax ? await allItems(playground, table.name) : null;
    const text = items ? tableAsRequests(table, items) : '';
    const together = [...written, { table, text }];
    const whole = together.map((one) => one.text).join('\n');
    if (
      items &&
      fits(
        whole,
        together.map((one) => one.table.name),
      )
    )
      written.push({ table, text });
    else tooLarge.push(table.name);
  }
  if (written.length > 0) {
    offers.push({
      kind: 'tables',
      tables: written.map(({ table }) => table.name),
      items: written.reduce((sum, { table }) => sum + table.items, 0),
      text: written.map(({ text }) => text).join('\n'),
    });
  }
  return { offers, tooLarge };
}

/** Untouched since it was loaded, as far as counts can tell; the next rehearsal compares the answers themselves. */
function isFrom(
  table: TableInfo,
  { createTable, items, bytes }: (typeof datasetCards)[keyof typeof datasetCards],
): boolean {
  const keys = (createTable.KeySchema as { AttributeName: string }[]).map(({ AttributeName }) => AttributeName);
  const own = [table.partitionKey, ...(table.sortKey ? [table.sortKey] : [])].map(({ name }) => name);
  const plain = table.indexes.length === 0 && !table.streamEnabled && table.timeToLive === undefined;
  return (
    table.name === createTable.TableName &&
    plain &&
    table.items === items &&
    table.bytes === bytes &&
    keys.join('\n') === own.join('\n')
  );
}

async function allItems(playground: Pick<Playground, 'items'>, table: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let after: Item | null = null; ;) {
    const page = await playground.items(table, pageItems, after);
    items.push(...page.items);
    if (page.next === null) return items;
    after = page.next;
  }
}
