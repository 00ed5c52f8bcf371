import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import {
  Field as ArrowField,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { openDelivery, verifyFile } from '../../../etl/receive/delivery.ts';
import { LIMITS } from '../../../etl/receive/limits.ts';
import { openRows } from '../../../etl/receive/open-rows.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { deliver, type MadeFile } from './delivered.ts';
import { type ReadTable, readAll, refusalOf } from './reading.ts';
import { columnLetters, escapeXml, workbookOf } from './workbook/made-workbook.ts';

const contracts = loadContracts();

async function read(file: string, made: MadeFile, limits = LIMITS): Promise<ReadTable> {
  const [delivered] = (await openDelivery(deliver({ [file]: made }), contracts)).files;
  return readAll(await openRows(await verifyFile(delivered!), limits));
}

/** One made-up row of every kind of value that a contract has. */
interface Row {
  readonly id: string;
  readonly code: string | null;
  readonly day: number | null;
  readonly at: number | null;
  readonly count: number | null;
  readonly share: number | null;
  readonly known: boolean | null;
  readonly amount: bigint | null;
}

const NAMES = ['id', 'code', 'day', 'at', 'count', 'share', 'known', 'amount'];

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 5 });
const words = fc
  .array(fc.constantFrom('a', 'B', '7', '-', 'é', '永', '🜁', '"', ',', '<', '&', '_x0041_', '\n', ' '), {
    maxLength: 6,
  })
  .map((parts) => `x${parts.join('')}x`);
const rows: fc.Arbitrary<Row[]> = fc.array(
  fc.record({
    id: words,
    code: maybe(fc.constantFrom('alleged', 'suspected', 'none')),
    // Workbooks count days from 1900 on.
    day: maybe(fc.integer({ min: -25_000, max: 60_000 })),
    at: maybe(fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }).map((seconds) => seconds * 1000 + 250)),
    count: maybe(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    share: maybe(fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value / 1024)),
    known: maybe(fc.boolean()),
    amount: maybe(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })),
  }),
  { maxLength: 40 },
);

/** What every format has to come to, by other means than the readers use. */
function textOf(row: Row): string[] {
  const amount = (value: bigint): string => {
    const [, sign, whole, cents] = /^(-?)(\d*)(\d\d)$/.exec(
      value < 0n ? `-${String(-value).padStart(3, '0')}` : String(value).padStart(3, '0'),
    )!;
    return `${sign}${whole}.${cents}`.replace(/\.?0+$/, (zeros) => (zeros.includes('.') ? '' : ''));
  };
  return [
    row.id,
    row.code ?? '',
    row.day === null ? '' : new Date(row.day * 86_400_000).toISOString().slice(0, 10),
    row.at === null ? '' : new Date(row.at).toISOString().replace('.250Z', '.25Z'),
    row.count === null ? '' : String(row.count),
    row.share === null
      ? ''
      : row.share
          .toFixed(10)
          .replace(/\.?0+$/, '')
          .replace(/^-0$/, '0'),
    row.known === null ? '' : String(row.known),
    row.amount === null ? '' : amount(row.amount),
  ];
}

function delimited(table: readonly Row[], delimiter: string): string {
  const quote = (text: string): string => (/[",|\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [NAMES, ...table.map(textOf)].map((fields) => `${fields.map(quote).join(delimiter)}\n`).join('');
}

function parquet(table: readonly Row[], rowGroupSize: number): Buffer {
  const element = (
    name: string,
    type: SchemaElement['type'],
    rest: Partial<SchemaElement> = {},
  ): SchemaElement => ({
    name,
    ...(type !== undefined && { type }),
    repetition_type: 'OPTIONAL',
    ...rest,
  });
  const schema: SchemaElement[] = [
    { name: 'root', num_children: NAMES.length },
    element('id', 'BYTE_ARRAY', { converted_type: 'UTF8' }),
    element('code', 'BYTE_ARRAY', { converted_type: 'UTF8', logical_type: { type: 'STRING' } }),
    element('day', 'INT32', { converted_type: 'DATE' }),
    element('at', 'INT64', {
      converted_type: 'TIMESTAMP_MILLIS',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    }),
    element('count', 'INT32'),
    element('share', 'DOUBLE'),
    element('known', 'BOOLEAN'),
    element('amount', 'INT64', { converted_type: 'DECIMAL', scale: 2, precision: 18 }),
  ];
  const columnData = NAMES.map((name) => ({
    name,
    data: table.map((row) => {
      const value = row[name as keyof Row];
      return name === 'at' && value !== null ? BigInt(value) : value;
    }),
  }));
  return Buffer.from(parquetWriteBuffer({ columnData, schema, rowGroupSize }));
}

async function arrow(table: readonly Row[], kind: 'stream' | 'file', batchRows: number): Promise<Buffer> {
  const types: Record<string, DataType> = {
    id: new Utf8(),
    code: new Dictionary(new Utf8(), new Int32(), 7),
    day: new DateDay(),
    at: new TimestampMillisecond('UTC'),
    count: new Int32(),
    share: new Float64(),
    known: new Bool(),
    amount: new Decimal(2, 18, 128),
  };
  const schema = new Schema(NAMES.map((name) => new ArrowField(name, types[name]!, true)));
  const whole: Record<string, Vector> = {};
  for (const name of NAMES) {
    if (name === 'amount') continue;
    const values = table.map((row) => {
      const value = row[name as keyof Row];
      return name === 'day' && value !== null ? new Date(Number(value) * 86_400_000) : value;
    });
    whole[name] = vectorFromArray(values, types[name]!);
  }
  const writer = kind === 'stream' ? new RecordBatchStreamWriter() : new RecordBatchFileWriter();
  writer.reset(undefined, schema);
  for (let from = 0; from === 0 || from < table.length; from += batchRows) {
    const part = table.slice(from, from + batchRows);
    const children = NAMES.map((name) =>
      name === 'amount'
        ? decimals(part, new Decimal(2, 18, 128))
        : whole[name]!.slice(from, from + batchRows).data[0]!,
    );
    writer.write(
      new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: part.length, children })),
    );
  }
  writer.finish();
  return Buffer.from(await writer.toUint8Array());
}

/** The library cannot build decimals from values, so that they are laid out here. */
function decimals(table: readonly Row[], type: Decimal) {
  const words = new Uint32Array(table.length * 4);
  const valid = new Uint8Array(Math.ceil(table.length / 8));
  for (const [row, { amount }] of table.entries()) {
    if (amount === null) continue;
    valid[row >> 3]! |= 1 << (row & 7);
    const value = BigInt.asUintN(128, amount);
    for (let word = 0; word < 4; word++)
      words[row * 4 + word] = Number((value >> BigInt(word * 32)) & 0xffffffffn);
  }
  const nullCount = table.filter(({ amount }) => amount === null).length;
  return makeData({ type, length: table.length, nullCount, data: words, nullBitmap: valid });
}

/** Days as days, numbers as numbers; moments as text, since a workbook knows no offset. */
function workbook(table: readonly Row[]): Buffer {
  const shared: string[] = [];
  const sharedText = (text: string): string => {
    shared.push(`<si><t xml:space="preserve">${escapeXml(text)}</t></si>`);
    return `t="s"><v>${shared.length - 1}</v></c>`;
  };
  const inline = (text: string): string =>
    `t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
  const cells = (row: Row, line: number): string => {
    const [id, code, , at, count, share, , amount] = textOf(row) as [string, ...string[]];
    const serial = row.day === null ? '' : row.day + 25_569 - (row.day < -25_508 ? 1 : 0);
    const contents = [
      line % 2 === 0 ? sharedText(id) : inline(id),
      code === '' ? '/>' : sharedText(code!),
      `s="1"><v>${serial}</v></c>`,
      at === '' ? '/>' : inline(at!),
      `><v>${count}</v></c>`,
      `><v>${share}</v></c>`,
      row.known === null ? '/>' : `t="b"><v>${row.known ? 1 : 0}</v></c>`,
      `t="str"><f>1+1</f><v>${amount}</v></c>`,
    ];
    return contents.map((content, column) => `<c r="${columnLetters(column)}${line}" ${content}`).join('');
  };
  const header = NAMES.map((name, column) => `<c r="${columnLetters(column)}1" ${sharedText(name)}`).join('');
  const body = table
    .map((row, index) => `<row r="${index + 2}" spans="1:8">${cells(row, index + 2)}</row>`)
    .join('\n');
  return workbookOf({
    rows: `<row r="1">${header}</row>${body}`,
    sharedTexts: shared.join(''),
    styles: [0, 14],
  });
}

/** The texts without line breaks, padded to the widest of their column. */
function fixedWidth(table: readonly Row[]): { content: string; layout: object[]; texts: string[][] } {
  const texts = table.map((row) => textOf(row).map((text) => text.replaceAll('\n', '/')));
  const widths = NAMES.map((_, column) =>
    Math.max(1, ...texts.map((row) => Buffer.byteLength(row[column]!))),
  );
  const pad = (text: string, width: number, column: number): string => {
    const spaces = ' '.repeat(width - Buffer.byteLength(text));
    return column % 2 === 0 ? text + spaces : spaces + text;
  };
  return {
    content: texts
      .map((row) => `${row.map((text, column) => pad(text, widths[column]!, column)).join('')}\r\n`)
      .join(''),
    layout: NAMES.map((column, index) => ({ column, width: widths[index] })),
    texts,
  };
}

test('the same table comes to the same text from every format', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 17 }), async (table, group) => {
      const expected = table.map(textOf);
      const csv = delimited(table, ',');
      const made: Record<string, Uint8Array | string> = {
        't.csv': csv,
        't.psv': delimited(table, '|'),
        't.csv.gz': zlib.gzipSync(csv),
        't.csv.zst': zlib.zstdCompressSync(csv),
        't.parquet': parquet(table, group),
        't.arrow': await arrow(table, 'file', group),
        't.arrows': await arrow(table, 'stream', group),
        't.xlsx': workbook(table),
      };
      for (const [file, content] of Object.entries(made)) {
        const found = await read(file, { content, rows: table.length });
        expect([file, found.columns]).toEqual([file, NAMES]);
        expect([file, found.rows]).toEqual([file, expected]);
      }
      const { content, layout, texts } = fixedWidth(table);
      const found = await read('t.txt', { content, rows: table.length, format: 'fixed_width', layout });
      expect(found).toEqual({ columns: NAMES, rows: texts, lines: table.map((_, row) => row + 1) });
    }),
    { numRuns: 8 },
  );
});

describe('a manifest that lies about rows', () => {
  for (const rows of [0, 1, 3, 1000]) {
    test(`two rows where it says ${rows}`, async () => {
      const found = await refusalOf(read('a.csv', { content: 'a,b\n1,2\n3,4\n', rows }));
      expect(found).toMatchObject({ code: 'Q002', file: 'a.csv' });
      expect(found.message).toContain(`the manifest says ${rows}`);
    });
  }

  test('is found out as soon as there are more rows than it says, before they are passed on', async () => {
    const content = `a,b\n${'1,2\n'.repeat(100_000)}`;
    const [file] = (await openDelivery(deliver({ 'a.csv': { content, rows: 40_000 } }), contracts)).files;
    const source = await openRows(await verifyFile(file!));
    let passed = 0;
    const reading = (async () => {
      for await (const batch of source.batches()) passed += batch.rows;
    })();
    expect(await refusalOf(reading)).toMatchObject({ code: 'Q002' });
    expect(passed).toBeLessThanOrEqual(40_000);
  });
});

test('a file that grows while it is read is refused at its end', async () => {
  const folder = deliver({ 'a.csv': { content: 'a,b\n1,2\n', rows: 1 } });
  const [file] = (await openDelivery(folder, contracts)).files;
  const verified = await verifyFile(file!);
  const source = await openRows(verified);
  const reading = (async () => {
    for await (const _ of source.batches()) appendFileSync(join(folder, 'a.csv'), '\n');
  })();
  expect(await refusalOf(reading)).toMatchObject({ code: 'FILE_CHANGED' });
  expect(await refusalOf(openRows(verified))).toMatchObject({ code: 'FILE_CHANGED' });
});

test('rows that are given up close their file', async () => {
  const [file] = (
    await openDelivery(deliver({ 'a.csv.gz': { content: zlib.gzipSync('a,b\n1,2\n'), rows: 1 } }), contracts)
  ).files;
  const verified = await verifyFile(file!);
  {
    await using unread = await openRows(verified);
    expect(unread.columns).toEqual(['a', 'b']);
  }
  const source = await openRows(verified);
  for await (const batch of source.batches()) {
    expect(batch.rows).toBe(1);
    break;
  }
  await source[Symbol.asyncDispose]();
});
