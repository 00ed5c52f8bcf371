import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Misuse, Refused } from '../../src/errors.ts';
import { PERSON_LINKAGE_COLUMNS } from '../encode/batch.ts';
import { batches, decodeText, parseCsv } from '../encode/csv.ts';
import { readHeader } from '../encode/encode-file.ts';
import { fieldEncoder } from '../encode/field-encoder.ts';
import { type ProjectKey, requireKeyVersion } from '../encode/key.ts';
import {
  FILTER_BYTES,
  fieldMode,
  filteredFields,
  type Layout,
  TOKEN_BYTES,
  tokenSlots,
} from '../encode/layout.ts';
import type { DateOrder } from '../encode/normalise.ts';
import { type RecordTable, TableBuilder } from './table.ts';

const READ_BYTES = 1 << 20;

const KEY_IN_MEMORY: ProjectKey = {
  project: 'in-memory',
  version: 1,
  secret: new Uint8Array(32),
  salt: new Uint8Array(32),
};

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
  /** By field of the layout: the column of this file. */
  readonly columns: readonly number[];
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
        const values = columns.map((column) => cells[column] ?? '');
        encoder.encodeInto(values, tokens, 0, filters, 0);
        number.setUint32(12, row++);
        builder.add(source, person, tokens, filters);
        wanted.forEach((column, i) => kept[i]?.push((cells[column] ?? '').trim()));
      }
    }
  }
  return { table: builder.finish(), kept };
}

/** Reads deliveries of `person_linkage`, all of one mode and one key version. */
export async function readEncoded(
  files: readonly string[],
  layout: Layout,
  expectedKey?: string,
): Promise<{ table: RecordTable; keyVersion: string }> {
  const builder = new TableBuilder(layout);
  const mode = fieldMode(layout);
  const tokenBytes = tokenSlots(layout).length * TOKEN_BYTES;
  const filterBytes = filteredFields(layout).length * FILTER_BYTES;
  let keyVersion = expectedKey;
  for (const file of files) {
    const header = readHeader(file);
    if (header.join() !== PERSON_LINKAGE_COLUMNS.join())
      throw new Misuse('LINKAGE_COLUMNS', `${file} does not have the columns of person_linkage`, {
        remedy: `they are ${PERSON_LINKAGE_COLUMNS.join(', ')}; \`tessera encode\` writes them`,
      });
    for await (const rows of rowsOf(file, header.length)) {
      for (const [
        source = '',
        person = '',
        rowMode = '',
        rowKey = '',
        tokenText = '',
        filterText = '',
      ] of rows) {
        keyVersion ??= rowKey;
        if (rowKey !== keyVersion) requireKeyVersion(keyVersion, rowKey, file);
        if (rowMode !== mode)
          throw new Refused(
            'LINKAGE_MODE',
            `${file} has rows of the mode ${rowMode}, and this project links ${mode}`,
          );
        const tokens = Buffer.from(tokenText, 'base64');
        const filters = Buffer.from(filterText, 'base64');
        if (tokens.length !== tokenBytes || filters.length !== filterBytes)
          throw new Refused(
            'LINKAGE_LENGTH',
            `${file} has tokens or filters of another length than ${mode} has`,
            {
              remedy: 'encode the delivery again with this version',
            },
          );
        builder.add(source, personBytes(person), tokens, filters);
      }
    }
  }
  return { table: builder.finish(), keyVersion: keyVersion ?? '' };
}

function personBytes(token: string): Uint8Array {
  const bytes = Buffer.from(token, 'hex');
  if (bytes.length === 16) return bytes;
  return createHash('sha256').update(token).digest().subarray(0, 16);
}
