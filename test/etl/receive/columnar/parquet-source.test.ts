import zlib from 'node:zlib';
import type { CompressionCodec, SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { openParquet } from '../../../../etl/receive/columnar/parquet-source.ts';
import { refusing } from '../../../../etl/receive/file-refused.ts';
import { LIMITS, type Limits } from '../../../../etl/receive/limits.ts';
import { outcomeOf, readFile, rowsOf } from '../files.ts';
import { refusalOf } from '../reading.ts';

const refuse = refusing('rows.parquet');
const read = (content: Uint8Array, limits: Limits = LIMITS) =>
  readFile(content, async (handle, stored) => rowsOf(await openParquet(handle, stored, { limits, refuse })));

interface Made {
  readonly data: unknown[];
  readonly element: Partial<SchemaElement>;
}

function write(columns: Readonly<Record<string, Made>>, more: object = {}): Buffer {
  const names = Object.keys(columns);
  const leaf = (name: string): SchemaElement => ({
    name,
    repetition_type: 'OPTIONAL',
    ...columns[name]!.element,
  });
  const schema: SchemaElement[] = [{ name: 'root', num_children: names.length }, ...names.map(leaf)];
  const columnData = names.map((name) => ({ name, data: columns[name]!.data }));
  return Buffer.from(parquetWriteBuffer({ columnData, schema, ...more }));
}

const one = async (
  data: unknown[],
  element: Partial<SchemaElement>,
  more: object = {},
): Promise<(string | undefined)[]> =>
  (await read(write({ a: { data, element } }, more))).rows.map(([value]) => value);

const text = (data: unknown[]): Made => ({ data, element: { type: 'BYTE_ARRAY', converted_type: 'UTF8' } });

describe('columns by their declared type', () => {
  test('decimals are exact, however they are stored', async () => {
    const element = { converted_type: 'DECIMAL' as const, precision: 18, scale: 4 };
    const values = [0n, 1n, -1n, 123456789012345678n, -99990000n, null];
    const expected = ['0', '0.0001', '-0.0001', '12345678901234.5678', '-9999', ''];
    expect(await one(values, { ...element, type: 'INT64' })).toEqual(expected);
    expect(await one(values, { ...element, type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16 })).toEqual(
      expected,
    );
    expect(await one([-15n], { ...element, type: 'INT32', scale: 1 })).toEqual(['-1.5']);
  });

  test('moments say UTC only where the file does', async () => {
    const values = [1_772_348_400_123_456n, null];
    const timestamp = (isAdjustedToUTC: boolean) => ({
      type: 'INT64' as const,
      logical_type: { type: 'TIMESTAMP' as const, isAdjustedToUTC, unit: 'MICROS' as const },
    });
    expect(await one(values, timestamp(true))).toEqual(['2026-03-01T07:00:00.123456Z', '']);
    expect(await one(values, timestamp(false))).toEqual(['2026-03-01T07:00:00.123456', '']);
    expect(await one([1_772_348_400_000n], { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' })).toEqual([
      '2026-03-01T07:00:00Z',
    ]);
  });

  test('whole numbers, with and without sign', async () => {
    expect(await one([-1, 2 ** 31 - 1], { type: 'INT32' })).toEqual(['-1', '2147483647']);
    expect(await one([4294967295], { type: 'INT32', converted_type: 'UINT_32' })).toEqual(['4294967295']);
    expect(await one([-(2n ** 63n)], { type: 'INT64' })).toEqual(['-9223372036854775808']);
  });

  test('numbers, truths and days', async () => {
    expect(await one([0.1, 1e-7, null, 3], { type: 'DOUBLE' })).toEqual(['0.1', '0.0000001', '', '3']);
    expect(await one([Math.fround(0.1)], { type: 'FLOAT' })).toEqual(['0.1']);
    expect(await one([true, false, null], { type: 'BOOLEAN' })).toEqual(['true', 'false', '']);
    expect(await one([20_513, null], { type: 'INT32', converted_type: 'DATE' })).toEqual(['2026-03-01', '']);
  });

  test('bytes without a type are text', async () => {
    const bytes = (word: string) => new TextEncoder().encode(word);
    expect(await one([bytes('é'), bytes(''), null], { type: 'BYTE_ARRAY' })).toEqual(['é', '', '']);
  });

  test('every codec that is promised', async () => {
    const packers: Partial<Record<CompressionCodec, (bytes: Uint8Array) => Uint8Array>> = {
      GZIP: zlib.gzipSync,
      ZSTD: zlib.zstdCompressSync,
      BROTLI: zlib.brotliCompressSync,
    };
    const data = Array.from({ length: 5000 }, (_, row) => `made-up-${row % 700}`);
    for (const codec of ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI'] as const) {
      const content = write({ a: text(data) }, { codec, compressors: packers, rowGroupSize: 1500 });
      const found = await read(content);
      expect([codec, found.rows.map(([value]) => value)]).toEqual([codec, data]);
      expect(found.lines).toEqual(data.map((_, row) => row + 1));
    }
  });
});

describe('what is no table of plain columns is refused', () => {
  const good = write({ a: text(['x', 'y']), b: text(['1', null]) });
  const bytes = (...values: number[]) => Uint8Array.from(values);

  const cases: [what: string, content: () => Uint8Array, code: string][] = [
    ['nothing', () => Buffer.alloc(0), 'PARQUET'],
    ['text', () => Buffer.from('a,b\n1,2\n3,4\n'), 'PARQUET'],
    ['a file cut off', () => good.subarray(0, good.length - 3), 'PARQUET'],
    ['a file without its front', () => good.subarray(good.length - 60), 'PARQUET'],
    [
      'a description longer than the file',
      () => spoiled(good, good.length - 8, [0xff, 0xff, 0x0f, 0]),
      'PARQUET',
    ],
    ['a name twice', () => renamed('b', 'a'), 'HEADER'],
    [
      'a type that no contract has',
      () => write({ a: { data: [{ x: 1 }], element: { type: 'BYTE_ARRAY', converted_type: 'JSON' } } }),
      'COLUMN_TYPE',
    ],
    [
      'bytes of fixed length',
      () => write({ a: { data: [bytes(1, 2)], element: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 2 } } }),
      'COLUMN_TYPE',
    ],
    [
      'bytes that are no text',
      () => write({ a: { data: [bytes(0xff)], element: { type: 'BYTE_ARRAY' } } }),
      'ENCODING',
    ],
    [
      'a character in two halves',
      () => write({ a: { data: [bytes(0xc3), bytes(0xa9)], element: { type: 'BYTE_ARRAY' } } }),
      'ENCODING',
    ],
    ['a NUL', () => write({ a: text(['x\0']) }), 'NUL_BYTE'],
    ['a text too long', () => write({ a: text(['x'.repeat(70_000)]) }), 'TOO_LONG'],
  ];
  for (const [what, content, code] of cases) {
    test(what, async () => {
      const found = await refusalOf(read(content()));
      expect([found.code, found.file]).toEqual([code, 'rows.parquet']);
    });
  }

  /** The name is in the schema and in the paths of the columns, by the same letter. */
  function renamed(from: string, to: string): Uint8Array {
    const name = Buffer.from([0x18, 1, from.charCodeAt(0)]);
    const changed = Buffer.from(good);
    for (let at = changed.indexOf(name); at !== -1; at = changed.indexOf(name, at + 1))
      changed.write(to, at + 2);
    return changed;
  }

  function spoiled(content: Buffer, at: number, by: readonly number[]): Buffer {
    const changed = Buffer.from(content);
    changed.set(by, at);
    return changed;
  }

  test('groups that are too large in bytes, in rows or as text', async () => {
    const many = write(
      { a: text(Array.from({ length: 3000 }, () => 'x'.repeat(500))) },
      { rowGroupSize: 3000 },
    );
    expect((await read(many)).rows).toHaveLength(3000);
    for (const less of [
      { groupBytes: 100 },
      { groupRows: 1000 },
      { groupTextBytes: 1 << 18 },
      { metadataBytes: 10 },
    ]) {
      const code = 'metadataBytes' in less ? 'PARQUET' : 'TOO_LARGE';
      expect(await refusalOf(read(many, { ...LIMITS, ...less }))).toMatchObject({ code });
    }
  });

  test('a file cut off anywhere is refused', async () => {
    for (let end = 0; end < good.length; end += 7)
      expect(await outcomeOf(read(good.subarray(0, end)))).toBe('PARQUET');
  });
});
