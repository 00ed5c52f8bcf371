import {
  Binary,
  CompressionType,
  type DataType,
  DateMillisecond,
  Dictionary,
  Field,
  Float32,
  Int32,
  Int64,
  LargeUtf8,
  List,
  makeData,
  Null,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint64,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { openArrow } from '../../../../etl/receive/columnar/arrow-source.ts';
import { refusing } from '../../../../etl/receive/file-refused.ts';
import { LIMITS, type Limits } from '../../../../etl/receive/limits.ts';
import { outcomeOf, readFile, rowsOf } from '../files.ts';
import { refusalOf } from '../reading.ts';

const refuse = refusing('rows.arrow');
const read = (content: Uint8Array, limits: Limits = LIMITS) =>
  readFile(content, async (handle, stored) => rowsOf(await openArrow(handle, stored, { limits, refuse })));

function write(
  columns: readonly (readonly [name: string, values: Vector])[],
  {
    kind = 'stream',
    compressionType,
    batches = 1,
  }: { kind?: 'stream' | 'file'; compressionType?: CompressionType; batches?: number } = {},
): Buffer {
  const schema = new Schema(columns.map(([name, { type }]) => new Field(name, type as DataType, true)));
  const options = compressionType === undefined ? {} : { compressionType };
  const writer =
    kind === 'stream' ? new RecordBatchStreamWriter(options) : new RecordBatchFileWriter(options);
  writer.reset(undefined, schema);
  const children = columns.map(([, vector]) => vector.data[0]!);
  const data = makeData({ type: new Struct(schema.fields), length: children[0]?.length ?? 0, children });
  for (let batch = 0; batch < batches; batch++) writer.write(new RecordBatch(schema, data));
  writer.finish();
  return Buffer.from(writer.toUint8Array(true));
}

const one = async (vector: Vector): Promise<(string | undefined)[]> =>
  (await read(write([['a', vector]]))).rows.map(([value]) => value);

test('columns by their declared type', async () => {
  expect(await one(vectorFromArray([2n ** 63n - 1n, null], new Int64()))).toEqual([
    '9223372036854775807',
    '',
  ]);
  expect(await one(vectorFromArray([2n ** 64n - 1n], new Uint64()))).toEqual(['18446744073709551615']);
  expect(await one(vectorFromArray([0.1, null], new Float32()))).toEqual(['0.1', '']);
  expect(await one(vectorFromArray(['é', null, ''], new LargeUtf8()))).toEqual(['é', '', '']);
  expect(await one(vectorFromArray([null, null], new Null()))).toEqual(['', '']);
  expect(await one(vectorFromArray([new Date('2026-03-01'), null], new DateMillisecond()))).toEqual([
    '2026-03-01',
    '',
  ]);
  expect(await one(vectorFromArray(['x', null, 'x'], new Dictionary(new Utf8(), new Int32())))).toEqual([
    'x',
    '',
    'x',
  ]);
  const moment = Date.parse('2026-03-01T07:00:00Z');
  expect(await one(vectorFromArray([moment, null], new TimestampSecond('UTC')))).toEqual([
    '2026-03-01T07:00:00Z',
    '',
  ]);
  expect(await one(vectorFromArray([moment], new TimestampMicrosecond('America/Los_Angeles')))).toEqual([
    '2026-03-01T07:00:00Z',
  ]);
  expect(await one(vectorFromArray([moment], new TimestampNanosecond()))).toEqual(['2026-03-01T07:00:00']);
});

test('batches follow each other, packed with zstd or not, in a stream or a file', async () => {
  const words = vectorFromArray(
    Array.from({ length: 500 }, (_, row) => `made-up ${row}`),
    new Utf8(),
  );
  for (const kind of ['stream', 'file'] as const) {
    for (const compressionType of [undefined, CompressionType.ZSTD]) {
      const content = write([['a', words]], {
        kind,
        batches: 3,
        ...(compressionType !== undefined && { compressionType }),
      });
      const found = await read(content);
      expect(found.rows.map(([value]) => value)).toEqual([...words, ...words, ...words]);
      expect(found.lines).toEqual(Array.from({ length: 1500 }, (_, row) => row + 1));
    }
  }
});

describe('what is no table of plain columns is refused', () => {
  const words = vectorFromArray(['x', 'y'], new Utf8());
  const stream = write([
    ['a', words],
    ['b', words],
  ]);
  const file = write(
    [
      ['a', words],
      ['b', words],
    ],
    { kind: 'file' },
  );

  const cases: [what: string, content: () => Uint8Array, code: string][] = [
    ['nothing', () => Buffer.alloc(0), 'ARROW'],
    ['text', () => Buffer.from('a,b\n1,2\n3,4\n'), 'ARROW'],
    ['a stream cut off inside a batch', () => stream.subarray(0, stream.length - 20), 'ARROW'],
    ['a stream cut off inside its schema', () => stream.subarray(0, 40), 'ARROW'],
    ['a stream with something behind', () => Buffer.concat([stream, Buffer.from('x')]), 'ARROW'],
    ['a file cut off', () => file.subarray(0, file.length - 2), 'ARROW'],
    ['a file of a mark alone', () => Buffer.from('ARROW1\0\0ARROW1'), 'ARROW'],
    [
      'a name twice',
      () =>
        write([
          ['a', words],
          ['a', words],
        ]),
      'HEADER',
    ],
    [
      'a list',
      () => write([['a', vectorFromArray([[1]], new List(new Field('item', new Int32())))]]),
      'COLUMN_TYPE',
    ],
    ['bytes', () => write([['a', vectorFromArray([Uint8Array.of(1)], new Binary())]]), 'COLUMN_TYPE'],
    ['a NUL', () => write([['a', vectorFromArray(['\0'], new Utf8())]]), 'NUL_BYTE'],
    ['a text too long', () => write([['a', vectorFromArray(['x'.repeat(70_000)], new Utf8())]]), 'TOO_LONG'],
  ];
  for (const [what, content, code] of cases) {
    test(what, async () => {
      expect(await outcomeOf(read(content()))).toBe(code);
    });
  }

  test('a batch that is too large, before it is held', async () => {
    expect(await refusalOf(read(stream, { ...LIMITS, groupBytes: 16 }))).toMatchObject({ code: 'TOO_LARGE' });
    expect(await refusalOf(read(stream, { ...LIMITS, groupRows: 1 }))).toMatchObject({ code: 'TOO_LARGE' });
    expect(await refusalOf(read(stream, { ...LIMITS, metadataBytes: 16 }))).toMatchObject({
      code: 'TOO_LARGE',
    });
  });

  test('a file cut off anywhere is refused', async () => {
    for (let end = 0; end < file.length; end += 7)
      expect(await outcomeOf(read(file.subarray(0, end)))).toBe('ARROW');
  });
});
