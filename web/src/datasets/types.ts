/** What a data set is: a table definition and rows, as plain data. */
import type { DatasetName, Item } from '../protocol/types';
import type { CreateTableInput } from './table';

/** Rows ready to be written, and an honest account of what was done to the source. */
export interface DatasetRows {
  items: Item[];
  /** Rows of the source. */
  rows: number;
  leftOut: { reason: string; rows: number }[];
  repaired: { what: string; rows: number }[];
}

export interface DatasetDefinition {
  name: DatasetName;
  /** Where the rows come from and under which licence. */
  source: string;
  /** Input of CreateTable. */
  createTable: CreateTableInput;
  /** Makes the rows; `file` is the parsed source file for data sets that have one. */
  rows(file: unknown): DatasetRows;
  /** True when the rows come from a file that has to be fetched. */
  needsFile: boolean;
}

/** Gets the parsed source file of a data set; rejects with words for the screen. Injected, so that tests read from disk. */
export type DatasetSource = (
  dataset: DatasetName,
  onBytes: (done: number, total: number) => void,
  signal?: AbortSignal,
) => Promise<unknown>;
