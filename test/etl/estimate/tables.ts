import fc from 'fast-check';
import { type CaptureTable, captureTable } from '../../../etl/estimate/capture-table.ts';

/** Made-up tables of three to five lists; `sparse` ones have many empty cells. */
export function tables({
  lists = [3, 5],
  sparse = false,
}: {
  lists?: [number, number];
  sparse?: boolean;
} = {}) {
  const cell = sparse
    ? fc.oneof(
        { weight: 3, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) },
      )
    : fc.integer({ min: 1, max: 60 });
  return fc
    .integer({ min: lists[0], max: lists[1] })
    .chain((k) =>
      fc.tuple(
        fc.constant(k),
        fc.array(fc.integer({ min: 20, max: 200 }), { minLength: k, maxLength: k }),
        fc.array(cell, { minLength: 1 << k, maxLength: 1 << k }),
      ),
    )
    .map(([k, alone, cells]) => {
      const counts = [...cells];
      alone.forEach((count, list) => (counts[1 << list] = count));
      return captureTable(names(k), counts);
    });
}

export function names(lists: number): string[] {
  return Array.from({ length: lists }, (_, i) => String.fromCharCode(65 + i));
}

/** A table written as its rows, for what is small enough to read. */
export function tableOf(rows: Readonly<Record<string, number>>): CaptureTable {
  const lists = Object.keys(rows)[0]!.length;
  const counts = new Float64Array(1 << lists);
  for (const [history, count] of Object.entries(rows))
    counts[Array.from(history).reduce((mask, digit, i) => mask | (Number(digit) << i), 0)] = count;
  return captureTable(names(lists), counts);
}
