import type { Batch } from '../batch.ts';
import { rowsInBatch } from '../text-window.ts';

/** One row group or record batch as contract text: one column behind the other in one stretch of bytes. */
export interface Group {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  /** The number of its first row in the file, counted from 1. */
  readonly firstRow: number;
  readonly columns: readonly GroupColumn[];
}

/** Where a column's first value starts, and where each of its values ends. */
export interface GroupColumn {
  readonly start: number;
  readonly ends: Int32Array<ArrayBuffer>;
}

/** A columnar file that has been opened; its groups come one by one. */
export interface GroupSource {
  readonly columns: readonly string[];
  groups(): AsyncIterable<Group>;
}

/** The rows of a group, pointing into its text row by row. */
export function* batchesOf(group: Group): Generator<Batch> {
  const columns = group.columns.length;
  const most = rowsInBatch(columns);
  const starts = new Int32Array(most * columns);
  const ends = new Int32Array(most * columns);
  const lines = new Int32Array(most);
  for (let from = 0; from < group.rows; from += most) {
    const rows = Math.min(most, group.rows - from);
    for (const [index, column] of group.columns.entries()) {
      let start = from === 0 ? column.start : (column.ends[from - 1] as number);
      for (let row = 0, at = index; row < rows; row++, at += columns) {
        starts[at] = start;
        ends[at] = start = column.ends[from + row] as number;
      }
    }
    for (let row = 0; row < rows; row++) lines[row] = group.firstRow + from + row;
    yield { bytes: group.bytes, rows, columns, starts, ends, lines };
  }
}
