/** What stored items cost: memory for each, and the time to bring a workspace back. */
import { limitRow, median, millis, type Row } from './rows';
import { createTable, fill, itemBytes, openEngine, putRequest, target } from './workload';

/**
 * Bytes of WebAssembly memory for each item. Memory grows in steps, so it is read only when it has just grown: at that
 * moment the old size was full.
 */
export async function memoryRow(): Promise<Row> {
  const engine = await openEngine();
  createTable(engine);
  const full: { items: number; bytes: number }[] = [];
  let size = engine.memory.length;
  for (let number = 0; number < 400_000; number++) {
    engine.call(target('PutItem'), putRequest(number));
    const now = engine.memory.length;
    if (now !== size) full.push({ items: number, bytes: size });
    size = now;
  }
  engine.dispose();
  const first = full.find(({ items }) => items > 20_000);
  const last = full.at(-1);
  if (!first || !last || first === last) throw new Error('The memory grew too seldom to be measured.');
  const perItem = (last.bytes - first.bytes) / (last.items - first.items);
  return limitRow(
    'Memory per stored 200-byte item',
    perItem,
    1.5 * itemBytes + 64,
    (value) => `${value.toFixed(0)} B`,
    `from ${first.items.toLocaleString('en')} to ${last.items.toLocaleString('en')} items, the whole WebAssembly memory`,
  );
}

/** Restoring a workspace of 100,000 items from the bytes a page keeps. */
export async function restoreRows(): Promise<Row[]> {
  const items = 100_000;
  const source = await openEngine({ journal: true });
  createTable(source);
  fill(source, items);
  const frames = source.drainJournal(true);
  source.dispose();

  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    // A fresh memory each time: growing it is part of opening a page.
    const engine = await openEngine({ journal: true });
    const start = performance.now();
    const report = engine.restore(frames);
    times.push(performance.now() - start);
    if (!report.ok || report.damage) throw new Error(`restore: ${JSON.stringify(report)}`);
    const world = JSON.parse(engine.call('Sortkey_20261120.DescribeWorld', '{}').body) as { Items: number };
    if (world.Items !== items) throw new Error(`${world.Items} items came back, not ${items}.`);
    engine.dispose();
  }
  const megabytes = (frames.length / 1_000_000).toFixed(1);
  return [
    limitRow('Reopening a workspace of 100,000 items', median(times), 500, millis, `restore() of ${megabytes} MB`),
  ];
}
