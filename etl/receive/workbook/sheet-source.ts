import type { Batch, RowSource } from '../batch.ts';
import { checkColumnNames } from '../column-names.ts';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import type { StoredBytes } from '../stored-file.ts';
import { RowPacker, type SheetRow } from './pack-rows.ts';
import { SheetRows } from './sheet-rows.ts';
import { openWorkbook } from './workbook.ts';

/** Opens a workbook of one sheet, whose first row names the columns. Only its shared texts are held whole. */
export async function openSheet(
  handle: StoredBytes,
  stored: number,
  { limits, refuse }: { readonly limits: Limits; readonly refuse: Refuse },
): Promise<RowSource> {
  const book = await openWorkbook(handle, stored, limits, refuse);
  const rows = new SheetRows(book, limits, refuse);
  const pieces = rowsOf(book.readSheet(rows), rows);
  const first = await pieces.next();
  if (first.done === true) return refuse('EMPTY_FILE', undefined, 'has an empty sheet: not even a header');
  const [header, ...others] = first.value;
  const columns = Array.from(header?.cells ?? [], (cell) => cell ?? '');
  checkColumnNames(columns, limits, refuse);
  const packer = new RowPacker(columns.length, limits, refuse);
  return { columns, batches: () => batchesOf(others, pieces, packer, columns.length, refuse) };
}

/** Stretches of at least one row each. */
async function* rowsOf(reading: AsyncIterable<void>, rows: SheetRows): AsyncGenerator<SheetRow[], undefined> {
  for await (const _ of reading) {
    const found = rows.take();
    if (found.length > 0) yield found;
  }
  return undefined;
}

async function* batchesOf(
  first: readonly SheetRow[],
  others: AsyncIterable<readonly SheetRow[]>,
  packer: RowPacker,
  columns: number,
  refuse: Refuse,
): AsyncGenerator<Batch> {
  yield* packer.pack(fitting(first, columns, refuse));
  for await (const rows of others) yield* packer.pack(fitting(rows, columns, refuse));
}

function fitting(rows: readonly SheetRow[], columns: number, refuse: Refuse): readonly SheetRow[] {
  for (const { cells, line } of rows) {
    if (cells.length > columns)
      refuse('FIELDS', line, `a cell lies beyond the columns of the header (${columns})`);
  }
  return rows;
}
