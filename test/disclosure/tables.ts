import * as fc from 'fast-check';
import { readTable, type Table } from '../../src/disclosure/table.ts';

/** A two-way table with its margins: rows a, b, c …, columns 1, 2, 3 …, T for a total. */
export function twoWay(grid: readonly (readonly number[])[], extra: object = {}): Table {
  const cells: { id: string; v: number }[] = [];
  const eqs: [string, string[]][] = [];
  const row = (r: number): string => String.fromCodePoint(97 + r);
  const columns = grid[0]?.length ?? 0;
  const sum = (values: readonly number[]): number => values.reduce((so, v) => so + v, 0);
  const ids = grid.map((_, r) => row(r));
  for (const [r, values] of grid.entries()) {
    for (const [c, v] of values.entries()) cells.push({ id: `${row(r)}${c + 1}`, v });
    cells.push({ id: `${row(r)}T`, v: sum(values) });
    eqs.push([`${row(r)}T`, values.map((_, c) => `${row(r)}${c + 1}`)]);
  }
  for (let c = 0; c < columns; c++) {
    cells.push({ id: `T${c + 1}`, v: sum(grid.map((values) => values[c] ?? 0)) });
    eqs.push([`T${c + 1}`, ids.map((r) => `${r}${c + 1}`)]);
  }
  cells.push({ id: 'TT', v: sum(grid.map(sum)) });
  eqs.push(['TT', ids.map((r) => `${r}T`)]);
  eqs.push(['TT', Array.from({ length: columns }, (_, c) => `T${c + 1}`)]);
  return readTable({ cells, eqs, ...extra });
}

/** Small two-way tables in which small counts, zeros and larger counts meet. */
export function anyTwoWay(most: { rows: number; columns: number; value: number }): fc.Arbitrary<Table> {
  const value = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: most.value }));
  return fc
    .tuple(fc.integer({ min: 2, max: most.rows }), fc.integer({ min: 2, max: most.columns }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(value, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    )
    .map((grid) => twoWay(grid));
}
