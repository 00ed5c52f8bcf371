import { createReadStream } from 'node:fs';
import { Misuse, Refused } from '../../src/errors.ts';
import { batches, decodeText, parseCsv } from '../encode/csv.ts';
import { readHeader } from '../encode/encode-file.ts';
import { requireKeyVersion } from '../encode/key.ts';
import type { Layout } from '../encode/layout.ts';
import { CellReader } from './linkage-cells.ts';
import { personBytes } from './person-bytes.ts';
import { type RecordTable, TableBuilder } from './table.ts';

const READ_BYTES = 1 << 20;
const [NEWLINE, RETURN, QUOTE, COMMA] = [10, 13, 34, 44];
const NEEDED = ['source_agency', 'person_token', 'mode', 'key_version', 'tokens', 'filters'] as const;

/** Reads deliveries of `person_linkage`, all of one mode and one key version, row by row from their bytes. */
export async function readEncoded(
  files: readonly string[],
  layout: Layout,
  expectedKey?: string,
): Promise<{ table: RecordTable; keyVersion: string }> {
  const builder = new TableBuilder(layout);
  const rows = new LinkageRows(builder, expectedKey);
  for (const file of files) {
    if (file.endsWith('.parquet')) {
      const { parquetRows } = await import('./parquet.ts');
      for await (const bytes of parquetRows(file, NEEDED)) rows.add(bytes, file, 1, NEEDED);
    } else {
      const header = readHeader(file);
      let first = true;
      for await (const { bytes, firstLine } of batches(
        createReadStream(file, { highWaterMark: READ_BYTES }),
        READ_BYTES,
      )) {
        const start = first ? bytes.indexOf(NEWLINE) + 1 || bytes.length : 0;
        rows.add(bytes.subarray(start), file, first ? firstLine + 1 : firstLine, header);
        first = false;
      }
    }
  }
  return { table: builder.finish(), keyVersion: rows.keyVersion ?? '' };
}

/** Takes rows of `person_linkage` as bytes of CSV without a header. No cell that linkage needs can hold a quote. */
class LinkageRows {
  keyVersion: string | undefined;
  readonly #builder: TableBuilder;
  readonly #tokens: CellReader;
  readonly #filters: CellReader;
  readonly #person = new Uint8Array(16);
  #source = { bytes: new Uint8Array(0), name: '' };
  #key = new Uint8Array(0);

  constructor(builder: TableBuilder, expectedKey: string | undefined) {
    this.#builder = builder;
    this.keyVersion = expectedKey;
    this.#tokens = new CellReader(builder.layout, 'tokens');
    this.#filters = new CellReader(builder.layout, 'filters');
  }

  add(batch: Uint8Array, file: string, firstLine: number, header: readonly string[]): void {
    const columns = NEEDED.map((column) => placeOf(header, column, file));
    const width = header.length;
    const bytes = batch.includes(QUOTE) ? withoutQuotes(batch, firstLine) : batch;
    const starts = new Uint32Array(width + 1);
    let line = firstLine;
    for (let at = 0; at < bytes.length; line++) {
      let end = bytes.indexOf(NEWLINE, at);
      if (end === -1) end = bytes.length;
      const stop = end > at && bytes[end - 1] === RETURN ? end - 1 : end;
      if (stop > at) {
        const cells = split(bytes, at, stop, starts);
        if (cells !== width)
          throw new Refused('CSV_WIDTH', `line ${line} has ${cells} cells where the header has ${width}`);
        this.#row(bytes, starts, columns, file);
      }
      at = end + 1;
    }
  }

  #row(bytes: Uint8Array, starts: Uint32Array, columns: readonly number[], file: string): void {
    const from = (column: number): number => starts[columns[column] as number] as number;
    const to = (column: number): number => (starts[(columns[column] as number) + 1] as number) - 1;
    this.#takeSource(bytes, from(0), to(0));
    this.#takePerson(bytes, from(1), to(1));
    const mode = textOf(bytes, from(2), to(2));
    if (mode !== 'field' && mode !== 'both')
      throw new Refused('LINKAGE_MODE', `${file} has rows that were not encoded in field mode`, {
        remedy: 'encode them with --mode field or both',
      });
    this.#requireKey(bytes, from(3), to(3), file);
    const tokens = this.#tokens.read(bytes, from(4), to(4), file);
    const filters = this.#filters.read(bytes, from(5), to(5), file);
    this.#builder.add(this.#source.name, this.#person, tokens, filters);
  }

  #takeSource(bytes: Uint8Array, from: number, to: number): void {
    if (same(bytes, from, to, this.#source.bytes)) return;
    this.#source = { bytes: bytes.slice(from, to), name: textOf(bytes, from, to) };
  }

  #takePerson(bytes: Uint8Array, from: number, to: number): void {
    this.#person.set(personBytes(textOf(bytes, from, to)));
  }

  #requireKey(bytes: Uint8Array, from: number, to: number, file: string): void {
    if (same(bytes, from, to, this.#key) && to > from) return;
    const found = textOf(bytes, from, to);
    this.keyVersion ??= found;
    if (found !== this.keyVersion) requireKeyVersion(this.keyVersion, found, file);
    this.#key = bytes.slice(from, to);
  }
}

function placeOf(header: readonly string[], column: string, file: string): number {
  const at = header.indexOf(column);
  if (at === -1)
    throw new Misuse('LINKAGE_COLUMNS', `${file} has no column ${column}, which person_linkage has`, {
      remedy: '`tessera encode` writes such files',
    });
  return at;
}

/** Writes where each cell starts; the last entry is one past the end, as if a comma were there. */
function split(bytes: Uint8Array, from: number, to: number, starts: Uint32Array): number {
  let cells = 0;
  starts[cells++] = from;
  for (let comma = bytes.indexOf(COMMA, from); comma !== -1 && comma < to; ) {
    if (cells < starts.length) starts[cells] = comma + 1;
    cells++;
    comma = bytes.indexOf(COMMA, comma + 1);
  }
  if (cells < starts.length) starts[cells] = to + 1;
  return cells;
}

/** Rewrites rows with quoted cells. A cell that would need its quotes is none that linkage reads. */
function withoutQuotes(bytes: Uint8Array, firstLine: number): Uint8Array {
  const { rows } = parseCsv(decodeText(bytes, firstLine), firstLine);
  const plain = rows.map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? '?' : cell)).join(','));
  return Buffer.from(`${plain.join('\n')}\n`);
}

function same(bytes: Uint8Array, from: number, to: number, known: Uint8Array): boolean {
  if (to - from !== known.length) return false;
  for (let i = 0; i < known.length; i++) if (bytes[from + i] !== known[i]) return false;
  return true;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
