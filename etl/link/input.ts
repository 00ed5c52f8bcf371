import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Misuse, Refused } from '../../src/errors.ts';
import { batches, decodeText, parseCsv } from '../encode/csv.ts';
import { readHeader } from '../encode/encode-file.ts';
import { fieldEncoder } from '../encode/field-encoder.ts';
import { type ProjectKey, requireKeyVersion } from '../encode/key.ts';
import {
  FILTER_BYTES,
  filteredFields,
  type Layout,
  layoutId,
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
  const name = layoutId(layout);
  const tokenBytes = tokenSlots(layout).length * TOKEN_BYTES;
  const filterBytes = filteredFields(layout).length * FILTER_BYTES;
  let keyVersion = expectedKey;
  for (const file of files) {
    const header = readHeader(file);
    const [source, person, mode, key, tokenAt, filterAt] = NEEDED.map((column) => {
      const at = header.indexOf(column);
      if (at === -1)
        throw new Misuse('LINKAGE_COLUMNS', `${file} has no column ${column}, which person_linkage has`, {
          remedy: '`tessera encode` writes such files',
        });
      return at;
    }) as [number, number, number, number, number, number];
    for await (const rows of rowsOf(file, header.length)) {
      for (const row of rows) {
        const rowKey = row[key] ?? '';
        keyVersion ??= rowKey;
        if (rowKey !== keyVersion) requireKeyVersion(keyVersion, rowKey, file);
        if (row[mode] !== 'field')
          throw new Refused('LINKAGE_MODE', `${file} has rows that were not encoded in field mode`);
        const tokens = valueNamed(name, row[tokenAt] ?? '', 'base64url', file);
        const filters = valueNamed(name, row[filterAt] ?? '', 'base64', file);
        if (tokens.length !== tokenBytes || filters.length !== filterBytes)
          throw new Refused(
            'LINKAGE_LENGTH',
            `${file} has tokens or filters of another length than ${name} has`,
            {
              remedy: 'encode the delivery again with this version',
            },
          );
        builder.add(row[source] ?? '', personBytes(row[person] ?? ''), tokens, filters);
      }
    }
  }
  return { table: builder.finish(), keyVersion: keyVersion ?? '' };
}

const NEEDED = ['source_agency', 'person_token', 'mode', 'key_version', 'tokens', 'filters'];

/** The bytes of `layout:text`. Every row must be of the one layout. */
function valueNamed(name: string, text: string, encoding: 'base64' | 'base64url', file: string): Uint8Array {
  if (!text.startsWith(`${name}:`)) {
    const found = /^[a-z0-9_]+(?=:)/.exec(text)?.[0] ?? 'none';
    throw new Refused(
      'LINKAGE_LAYOUT',
      `${file} has rows of the layout ${found}, and this project links ${name}`,
      {
        remedy: 'encode the delivery again with this version',
      },
    );
  }
  return Buffer.from(text.slice(name.length + 1), encoding);
}

function personBytes(token: string): Uint8Array {
  const bytes = Buffer.from(token, 'hex');
  if (bytes.length === 16) return bytes;
  return createHash('sha256').update(token).digest().subarray(0, 16);
}
