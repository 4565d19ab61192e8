/**
 * Prints the budgets of ARCHITECTURE.md beside what this machine measures. Started by `npm run bench`, which builds
 * everything and serves the page first; names of groups may be given: `npm run bench -- point memory`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { browserRows } from './browser';
import { httpRows } from './http';
import { snapshotRow } from './native';
import { pointOperationRows } from './pointOperations';
import { table, type Row } from './rows';
import { pageRow, wasmRow } from './sizes';
import { memoryRow, restoreRows } from './storedItems';
import { root } from './workload';

const groups: Record<string, () => Row | Row[] | Promise<Row | Row[]>> = {
  point: pointOperationRows,
  http: httpRows,
  wasm: wasmRow,
  page: pageRow,
  browser: () => browserRows(process.env.SORTKEY_PAGE_URL ?? ''),
  memory: memoryRow,
  snapshot: snapshotRow,
  restore: restoreRows,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in groups));
if (unknown) {
  console.error(`There is no group "${unknown}". There are: ${Object.keys(groups).join(', ')}.`);
  process.exit(2);
}

const rows: Row[] = [];
for (const name of wanted.length ? wanted : Object.keys(groups)) {
  console.error(`measuring ${name} …`);
  rows.push(...[await groups[name]!()].flat());
}
console.log(`\n${table(rows)}\n`);
const report = path.join(root, 'build', 'reports', 'bench.json');
fs.mkdirSync(path.dirname(report), { recursive: true });
fs.writeFileSync(report, `${JSON.stringify(rows, null, 2)}\n`);
