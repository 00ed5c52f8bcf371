import { createReadStream } from 'node:fs';
import { batches, decodeText, parseCsv } from '../encode/csv.ts';
import { readHeader } from '../encode/encode-file.ts';
import { fieldEncoder } from '../encode/field-encoder.ts';
import type { ProjectKey } from '../encode/key.ts';
import type { Layout } from '../encode/layout.ts';
import type { DateOrder } from '../encode/read-date.ts';
import { type RecordTable, TableBuilder } from './table.ts';

const READ_BYTES = 1 << 20;

const KEY_IN_MEMORY: ProjectKey = {
  project: 'in-memory',
  version: 1,
  secret: new Uint8Array(32),
  salt: new Uint8Array(32),
};

/** A date in three columns is one value, empty when any of them is. */
function valueOf(cells: readonly string[], columns: readonly number[]): string {
  if (columns.length === 1) return cells[columns[0] as number] ?? '';
  const parts = columns.map((column) => (cells[column] ?? '').trim());
  return parts.includes('') ? '' : parts.join('-');
}

/** The rows of a CSV file after its header, in batches. */
async function* rowsOf(file: string, width: number): AsyncGenerator<readonly (readonly string[])[]> {
  let first = true;
  const chunks = createReadStream(file, { highWaterMark: READ_BYTES });
  for await (const { bytes, firstLine } of batches(chunks, READ_BYTES)) {
    const { rows } = parseCsv(decodeText(bytes, firstLine), firstLine, width);
    yield first ? rows.slice(1) : rows;
    first = false;
  }
}

/** The first rows of a file, to guess from. */
export async function sampleRows(
  file: string,
  width: number,
  most = 5000,
): Promise<readonly (readonly string[])[]> {
  const sample: (readonly string[])[] = [];
  for await (const rows of rowsOf(file, width)) {
    for (const row of rows) {
      if (sample.length === most) return sample;
      sample.push(row);
    }
  }
  return sample;
}

export interface PlainFile {
  readonly source: string;
  readonly file: string;
  /** By field of the layout: the columns of this file that hold it. */
  readonly columns: readonly (readonly number[])[];
  /** Further columns whose values the caller needs by record: an id, the truth. */
  readonly kept: readonly number[];
}

export interface EncodedInMemory {
  readonly table: RecordTable;
  /** By kept column, then by record. */
  readonly kept: readonly (readonly string[])[];
}

/**
 * Reads files of identifiers and encodes them in memory, so that linking any files goes the same way as linking
 * what agencies send. Whoever runs this holds the identifiers, so the key need not be secret: a fixed one makes
 * every run the same.
 */
export async function encodeInMemory(
  files: readonly PlainFile[],
  layout: Layout,
  dateOrder: DateOrder,
): Promise<EncodedInMemory> {
  const encoder = fieldEncoder(layout, KEY_IN_MEMORY, dateOrder);
  const builder = new TableBuilder(layout);
  const kept: string[][] = (files[0]?.kept ?? []).map(() => []);
  const tokens = new Uint8Array(encoder.tokenBytes);
  const filters = new Uint8Array(encoder.filterBytes);
  const person = new Uint8Array(16);
  const number = new DataView(person.buffer);
  for (const { source, file, columns, kept: wanted } of files) {
    let row = 0;
    for await (const rows of rowsOf(file, readHeader(file).length)) {
      for (const cells of rows) {
        tokens.fill(0);
        filters.fill(0);
        const values = columns.map((own) => valueOf(cells, own));
        encoder.encodeInto(values, tokens, 0, filters, 0);
        number.setUint32(12, row++);
        builder.add(source, person, tokens, filters);
        wanted.forEach((column, i) => kept[i]?.push((cells[column] ?? '').trim()));
      }
    }
  }
  return { table: builder.finish(), kept };
}
