import zlib from 'node:zlib';
import {
  type AsyncBuffer,
  type ColumnData,
  type Compressors,
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  type RowGroup,
  type SchemaElement,
  snappyUncompress,
} from 'hyparquet';
import { TesseraError } from '../../../src/errors.ts';
import { fill } from '../byte-stream.ts';
import { checkColumnNames } from '../column-names.ts';
import type { Refuse } from '../file-refused.ts';
import type { Limits } from '../limits.ts';
import { bytesOf, type StoredBytes } from '../stored-file.ts';
import type { Group, GroupSource } from './group.ts';
import { GroupText } from './group-text.ts';
import { parquetWriter, type Stored, type WriteStored } from './parquet-types.ts';
import { understood } from './understood.ts';

interface Column {
  readonly name: string;
  readonly write: WriteStored;
}

/** Opens a Parquet file of plain columns. One row group is held at a time, and of it one column as values. */
export async function openParquet(
  handle: StoredBytes,
  stored: number,
  { limits, refuse }: { readonly limits: Limits; readonly refuse: Refuse },
): Promise<GroupSource> {
  const damaged = (error: unknown): never => {
    if (error instanceof TesseraError) throw error;
    return refuse('PARQUET', undefined, 'is damaged, or no Parquet file that can be read here', EXPORT_AGAIN);
  };
  try {
    const metadata = await readFooter(handle, stored, limits, refuse);
    const columns = columnsOf(metadata.schema, refuse);
    const names = columns.map(({ name }) => name);
    checkColumnNames(names, limits, refuse);
    for (const group of metadata.row_groups) checkGroup(group, columns.length, limits, refuse);
    const bare = { ...metadata, schema: metadata.schema.map(bareElement) };
    const file: AsyncBuffer = {
      byteLength: stored,
      slice: (start, end = stored) => slice(handle, start, end),
    };
    return {
      columns: names,
      groups: () => understood(groups(file, bare, columns, limits, refuse), damaged),
    };
  } catch (error) {
    return damaged(error);
  }
}

async function* groups(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly Column[],
  limits: Limits,
  refuse: Refuse,
): AsyncGenerator<Group> {
  const text = new GroupText(limits, refuse);
  const compressors = boundedCompressors(limits, refuse);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    text.begin(rowEnd - rowStart);
    for (const { name, write } of columns) {
      const chunks: ColumnData[] = [];
      const options = {
        file,
        metadata,
        columns: [name],
        rowStart,
        rowEnd,
        compressors,
        utf8: false,
        parsers: AS_STORED,
      };
      await parquetRead({ ...options, onChunk: (chunk) => void chunks.push(chunk) });
      text.beginColumn();
      for (const { columnData } of chunks) {
        for (const value of columnData as ArrayLike<Stored | null | undefined> &
          Iterable<Stored | null | undefined>) {
          if (value === null || value === undefined) text.empty();
          else write(value, text);
        }
      }
      text.endColumn();
    }
    yield text.handOver();
    rowStart = rowEnd;
  }
}

/** The description of the file lies at its end, behind its own length. */
async function readFooter(
  handle: StoredBytes,
  stored: number,
  limits: Limits,
  refuse: Refuse,
): Promise<FileMetaData> {
  const tail = new DataView(await slice(handle, Math.max(0, stored - 8), stored));
  if (stored < 12 || tail.getUint32(4, true) !== PAR1)
    refuse('PARQUET', undefined, 'does not end as a Parquet file does', EXPORT_AGAIN);
  const length = tail.getUint32(0, true);
  if (length > limits.metadataBytes || length + 12 > stored)
    refuse(
      'PARQUET',
      undefined,
      `has a description longer than ${limits.metadataBytes} bytes or than itself`,
    );
  return parquetMetadata(await slice(handle, stored - length - 8, stored), { geoparquet: false });
}

function columnsOf(schema: readonly SchemaElement[], refuse: Refuse): Column[] {
  const [root, ...leaves] = schema;
  if (root?.num_children !== leaves.length) refuse('COLUMN_TYPE', undefined, 'has columns inside columns');
  return leaves.map((element, index) => {
    const write = element.repetition_type === 'REPEATED' ? undefined : parquetWriter(element);
    if (write !== undefined) return { name: element.name, write };
    return refuse('COLUMN_TYPE', undefined, `column ${index + 1} is of a type that no contract has`);
  });
}

/** Values are taken as they are stored, since the library's own conversion rounds decimals and forgets zones. */
function bareElement(element: SchemaElement): SchemaElement {
  const { converted_type: _converted, logical_type: _logical, ...bare } = element;
  return bare;
}

function checkGroup(group: RowGroup, columns: number, limits: Limits, refuse: Refuse): void {
  const sizes = group.columns.map(({ meta_data: data }) => data?.total_uncompressed_size ?? 0n);
  const stored = group.columns.map(({ meta_data: data }) => data?.total_compressed_size ?? 0n);
  const largest = [sizes, stored].map((all) => all.reduce((sum, size) => sum + size, 0n));
  if (group.columns.length !== columns || group.num_rows < 0n)
    refuse('PARQUET', undefined, 'has a row group that lacks columns', EXPORT_AGAIN);
  if (largest.some((bytes) => bytes > BigInt(limits.groupBytes)) || group.num_rows > BigInt(limits.groupRows))
    refuse(
      'TOO_LARGE',
      undefined,
      `has a row group of more than ${limits.groupBytes} bytes or ${limits.groupRows} rows`,
      'write smaller row groups',
    );
}

/** Pages are unpacked to no more than they say, and they may not say more than a row group may have. */
function boundedCompressors(limits: Limits, refuse: Refuse): Compressors {
  const bounded =
    (unpack: (input: Uint8Array, length: number) => Uint8Array) => (input: Uint8Array, length: number) => {
      if (length < 0 || length > limits.groupBytes)
        refuse('PARQUET', undefined, 'has a page larger than its row group');
      return unpack(input, length);
    };
  const ended = (maxOutputLength: number) => ({ maxOutputLength: Math.max(1, maxOutputLength) });
  return {
    SNAPPY: bounded((input, length) => {
      const output = new Uint8Array(length);
      snappyUncompress(input, output);
      return output;
    }),
    GZIP: bounded((input, length) => zlib.gunzipSync(input, ended(length))),
    BROTLI: bounded((input, length) => zlib.brotliDecompressSync(input, ended(length))),
    ZSTD: bounded((input, length) => zlib.zstdDecompressSync(input, ended(length))),
  };
}

async function slice(handle: StoredBytes, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  const filled = await fill(bytesOf(handle, start), bytes);
  if (filled < bytes.length) throw new RangeError('the file is shorter than its own description');
  return bytes.buffer;
}

const PAR1 = 0x31524150;
const AS_STORED = { timestampFromNanoseconds: (nanos: bigint): bigint => nanos };
const EXPORT_AGAIN = 'export the file again; snappy, gzip, zstd and brotli are read, LZ4 is not';
