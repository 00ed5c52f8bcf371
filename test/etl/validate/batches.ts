import type { Batch } from '../../../etl/receive/batch.ts';

/** Rows as a reader would hand them on; the first is on the line after the header. */
export function batchOf(rows: readonly (readonly string[])[], columns: number): Batch {
  const cells = rows.flat().map((cell) => Buffer.from(cell));
  const starts = new Int32Array(cells.length);
  const ends = new Int32Array(cells.length);
  let at = 0;
  for (const [index, cell] of cells.entries()) {
    starts[index] = at;
    at += cell.length;
    ends[index] = at++;
  }
  const comma = Buffer.from(',');
  return {
    bytes: new Uint8Array(Buffer.concat(cells.flatMap((cell) => [cell, comma]))),
    rows: rows.length,
    columns,
    starts,
    ends,
    lines: Int32Array.from(rows, (_, row) => row + 2),
  };
}

/** The token in hexadecimal, so that a test sees which one it was. */
export function hexSurrogate(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Uint8Array,
  at: number,
): number {
  const text = Buffer.from(`\\\\x${Buffer.from(bytes.subarray(start, end)).toString('hex')}`);
  out.set(text, at);
  return at + text.length;
}
