/** What the bench reports: one row per budget. */

export interface Row {
  what: string;
  measured: string;
  budget: string;
  /** Null where there is nothing to compare with. */
  ok: boolean | null;
  /** How it was measured, where a reader could wonder. */
  note?: string;
}

/** A row that compares a number with its upper limit. */
export function limitRow(
  what: string,
  value: number,
  limit: number,
  show: (value: number) => string,
  note?: string,
): Row {
  return { what, measured: show(value), budget: `≤ ${show(limit)}`, ok: value <= limit, note };
}

/** A row for a part that is not there. */
export function missingRow(what: string, reason: string): Row {
  return { what, measured: `not available: ${reason}`, budget: '', ok: null };
}

export const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
export const millis = (value: number): string => `${value.toFixed(0)} ms`;
export const ratio = (value: number): string => `${value.toFixed(2)}×`;

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The rows as an aligned table. */
export function table(rows: Row[]): string {
  const cells = [
    ['What', 'Measured', 'Budget', ''],
    ...rows.map((row) => [row.what, row.measured, row.budget, row.ok === null ? '–' : row.ok ? 'ok' : 'OVER']),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((cell) => [...cell[column]!].length)));
  const lines = cells.map((cell) =>
    cell
      .map((text, column) => text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...text].length)))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, '-'.repeat(Math.max(...lines.map((line) => [...line].length))));
  const notes = rows.filter((row) => row.note).map((row) => `  ${row.what}: ${row.note}`);
  return [...lines, ...(notes.length ? ['', ...notes] : [])].join('\n');
}
