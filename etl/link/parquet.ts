import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { Misuse } from '../../src/errors.ts';

/** Rows of a Parquet file as bytes of CSV with the wanted columns, one row group at a time. */
export async function* parquetRows(file: string, columns: readonly string[]): AsyncGenerator<Uint8Array> {
  const buffer = await asyncBufferFromFile(file);
  const metadata = await parquetMetadataAsync(buffer);
  const known = new Set(metadata.schema.map(({ name }) => name));
  const lacking = columns.find((column) => !known.has(column));
  if (lacking !== undefined)
    throw new Misuse('LINKAGE_COLUMNS', `${file} has no column ${lacking}, which person_linkage has`);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await parquetReadObjects({
      file: buffer,
      metadata,
      columns: [...columns],
      rowStart,
      rowEnd,
    });
    yield Buffer.from(
      rows.map((row) => `${columns.map((column) => cellOf(row[column])).join(',')}\n`).join(''),
    );
    rowStart = rowEnd;
  }
}

function cellOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
