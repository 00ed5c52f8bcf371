import type { Problem } from './problem.ts';

/** Rows and cells of a problem in flat arrays, each from either side. */
export interface Network {
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  readonly ofRow: Int32Array;
  readonly cell: Int32Array;
  readonly coefficient: Float64Array;
  readonly ofCell: Int32Array;
  readonly row: Int32Array;
  readonly weight: Float64Array;
}

export function networkOf({ ids, rows }: Problem): Network {
  const ofRow = new Int32Array(rows.length + 1);
  const ofCell = new Int32Array(ids.length + 1);
  for (const [at, { cells }] of rows.entries()) {
    ofRow[at + 1] = (ofRow[at] as number) + cells.length;
    for (const cell of cells) ofCell[cell + 1] = (ofCell[cell + 1] as number) + 1;
  }
  for (let cell = 0; cell < ids.length; cell++)
    ofCell[cell + 1] = (ofCell[cell + 1] as number) + (ofCell[cell] as number);
  const entries = ofRow[rows.length] as number;
  const [cell, row] = [new Int32Array(entries), new Int32Array(entries)];
  const [coefficient, weight] = [new Float64Array(entries), new Float64Array(entries)];
  const next = ofCell.slice();
  for (const [at, { cells, coefficients }] of rows.entries())
    for (const [k, one] of cells.entries()) {
      const by = coefficients[k] as number;
      cell[(ofRow[at] as number) + k] = one;
      coefficient[(ofRow[at] as number) + k] = by;
      const slot = next[one] as number;
      next[one] = slot + 1;
      row[slot] = at;
      weight[slot] = by;
    }
  return {
    lo: Float64Array.from(rows, ({ lo }) => lo),
    hi: Float64Array.from(rows, ({ hi }) => hi),
    ofRow,
    cell,
    coefficient,
    ofCell,
    row,
    weight,
  };
}
