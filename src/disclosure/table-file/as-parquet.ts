/** A Parquet file with a group of rows for each batch. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Batches } from './batches.ts';
import type { Column } from './columns.ts';

export async function* asParquet(
  batches: Batches,
  columns: readonly Column[],
  about: ReadonlyMap<string, string>,
): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, numeric }) => ({
        name,
        repetition_type: numeric ? ('OPTIONAL' as const) : ('REQUIRED' as const),
        ...(numeric
          ? { type: 'DOUBLE' as const }
          : { type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const }),
      })),
    ],
    kvMetadata: [...about].map(([key, value]) => ({ key, value })),
  });
  for await (const batch of batches) {
    const columnData = columns.map((column) => ({
      name: column.name,
      data: batch.map((figure) => column.of(figure)),
    }));
    await file.write({ columnData, rowGroupSize: batch.length });
    yield taken(writer);
  }
  await file.finish();
  yield taken(writer);
}

/** Where the file is at is kept apart from where its buffer is at. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = new Uint8Array(writer.getBuffer());
  writer.index = 0;
  return bytes;
}
