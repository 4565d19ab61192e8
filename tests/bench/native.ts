/** What only the native build can show: a snapshot of a million items, by Google Benchmark. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { limitRow, missingRow, type Row } from './rows';
import { root } from './workload';

export function snapshotRow(): Row {
  const what = 'Snapshot of 1,000,000 items';
  const program = path.join(root, 'build', 'native-release', 'sortkey_bench');
  if (!fs.existsSync(program)) return missingRow(what, 'sortkey_bench is not built');
  const done = spawnSync(program, ['--benchmark_filter=^snapshot/1000000$', '--benchmark_format=json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  });
  if (done.status !== 0) throw new Error(`sortkey_bench failed: ${done.stderr}`);
  const { benchmarks } = JSON.parse(done.stdout) as {
    benchmarks: { real_time: number; time_unit: string }[];
  };
  const first = benchmarks[0];
  if (!first) throw new Error('sortkey_bench has no benchmark "snapshot/1000000".');
  const micros = first.real_time * ({ ns: 1e-3, us: 1, ms: 1e3 }[first.time_unit] ?? Number.NaN);
  return limitRow(what, micros, 10, (value) => `${value < 1 ? value.toFixed(3) : value.toFixed(0)} µs`, 'native build');
}
