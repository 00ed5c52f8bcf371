import zlib from 'node:zlib';
import { CompressionType, compressionRegistry, type RecordBatch, RecordBatchReader } from 'apache-arrow';
import { TesseraError } from '../../../src/errors.ts';
import { checkColumnNames } from '../column-names.ts';
import type { Refuse } from '../file-refused.ts';
import { LIMITS, type Limits } from '../limits.ts';
import type { StoredBytes } from '../stored-file.ts';
import { arrowContent } from './arrow-file.ts';
import { arrowWriter, type WriteColumn } from './arrow-types.ts';
import type { Group, GroupSource } from './group.ts';
import { GroupText } from './group-text.ts';
import { understood } from './understood.ts';

// The library knows one codec for all of its readers.
compressionRegistry.set(CompressionType.ZSTD, {
  encode: (bytes) => zlib.zstdCompressSync(bytes),
  decode: (bytes) => zlib.zstdDecompressSync(bytes, { maxOutputLength: LIMITS.groupBytes }),
});

/** Opens an Arrow IPC stream or file of plain columns. One record batch is held at a time. */
export async function openArrow(
  handle: StoredBytes,
  stored: number,
  { limits, refuse }: { readonly limits: Limits; readonly refuse: Refuse },
): Promise<GroupSource> {
  const damaged = (error: unknown): never => {
    if (error instanceof TesseraError) throw error;
    return refuse(
      'ARROW',
      undefined,
      'is damaged, or no Arrow stream or file that can be read here',
      EXPORT_AGAIN,
    );
  };
  try {
    const reader = await RecordBatchReader.from(arrowContent(handle, stored, limits, refuse));
    await reader.open({ autoDestroy: false });
    const { fields } = reader.schema;
    const columns = fields.map(({ name }) => name);
    checkColumnNames(columns, limits, refuse);
    const writers = fields.map(
      (field, index) =>
        arrowWriter(field) ??
        refuse('COLUMN_TYPE', undefined, `column ${index + 1} is of a type that no contract has`),
    );
    return { columns, groups: () => understood(rowsOf(reader, writers, limits, refuse), damaged) };
  } catch (error) {
    return damaged(error);
  }
}

async function* rowsOf(
  reader: AsyncIterable<RecordBatch>,
  writers: readonly WriteColumn[],
  limits: Limits,
  refuse: Refuse,
): AsyncGenerator<Group> {
  const text = new GroupText(limits, refuse);
  for await (const batch of reader) {
    writeBatch(batch, writers, text);
    yield text.handOver();
  }
}

function writeBatch(batch: RecordBatch, writers: readonly WriteColumn[], text: GroupText): void {
  text.begin(batch.numRows);
  for (const [index, write] of writers.entries()) {
    text.beginColumn();
    const [data] = batch.getChildAt(index)?.data ?? [];
    if (data?.length !== batch.numRows) throw new RangeError('a column of another length than its batch');
    write(data, text);
    text.endColumn();
  }
}

const EXPORT_AGAIN = 'export the file again; zstd buffers are read, LZ4 ones are not';
