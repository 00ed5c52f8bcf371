import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Misuse, Refused } from '../../src/errors.ts';
import { decodeText, parseCsv } from '../encode/csv.ts';
import { Interner, mix } from './interner.ts';
import { personBytes } from './person-bytes.ts';
import type { RecordTable } from './table.ts';

/**
 * The label of a record in a column that names the truth. Febrl, a much used generator of test data, writes
 * `rec-17-org` and `rec-17-dup-0` for one person; there the number is the label.
 */
export function labelOf(value: string): string {
  return value.replace(/^(rec-\d+)-(org|dup-\d+)$/, '$1');
}

/**
 * True pairs as record numbers, from JSON (`[[0, 17], …]`, places in the left and the right file) or from CSV
 * with the ids of two records in its first columns, or in those that end in `_l` and `_r`.
 */
export function readTruthPairs(
  text: string,
  file: string,
  ids: readonly string[],
  rightFrom: number,
): readonly (readonly [number, number])[] {
  if (text.trimStart().startsWith('[')) {
    const pairs = JSON.parse(text) as [number, number][];
    return pairs.map(([left, right]) => [left, rightFrom + right]);
  }
  const { rows } = parseCsv(text.replace(/^\uFEFF/, ''));
  const header = (rows[0] ?? []).map((name) => name.trim());
  const column = (suffix: string, otherwise: number): number => {
    const found = header.findIndex((name) => name.endsWith(suffix) && !name.startsWith('source'));
    return found === -1 ? otherwise : found;
  };
  const [left, right] = [column('_l', 0), column('_r', 1)];
  const score = header.findIndex((name) => name.includes('score'));
  const [lefts, rights] = [new Map<string, number>(), new Map<string, number>()];
  ids.forEach((id, record) => {
    if (rightFrom === 0 || record < rightFrom) lefts.set(id, record);
    if (rightFrom === 0 || record >= rightFrom) rights.set(id, record);
  });
  return rows.slice(1).flatMap((row, i) => {
    if (score !== -1 && !(Number(row[score]) >= 0.5)) return [];
    const [a, b] = [lefts.get((row[left] ?? '').trim()), rights.get((row[right] ?? '').trim())];
    if (a === undefined || b === undefined)
      throw new Refused('LINK_TRUTH', `${file}: line ${i + 2} names a record that the files do not have`);
    return a === b ? [] : [[a, b] as const];
  });
}

/**
 * By record of encoded deliveries, the number of its person; 0 where the file does not say. The file has the columns
 * source_agency, person_token and person, as `tessera synthesize` writes them.
 */
export async function readTruthPersons(file: string, table: RecordTable): Promise<Uint32Array> {
  const rows = new Interner();
  const rowOf = new Uint32Array(table.count);
  for (let record = 0; record < table.count; record++)
    rowOf[record] = rows.intern(...rowName(table.source[record] as number, table.persons, record * 16));
  const persons = new Interner();
  const personOf = new Uint32Array(rows.size + 1);
  for await (const [agency = '', token = '', person = ''] of truthRows(file)) {
    const source = table.sources.indexOf(agency);
    const row = source === -1 ? 0 : rows.find(...rowName(source, personBytes(token), 0));
    if (row === 0) continue;
    const hash = createHash('sha256').update(person).digest();
    personOf[row] = persons.intern(hash.readUInt32LE(0), hash.readUInt32LE(4));
  }
  return rowOf.map((row) => personOf[row] as number);
}

/** The source and the pseudonym as a number of 64 bits, which no two rows share but by a chance that can be left aside. */
function rowName(source: number, persons: Uint8Array, at: number): [number, number] {
  const { buffer, byteOffset } = persons;
  const words = new DataView(buffer, byteOffset + at, 16);
  const [a, b] = [words.getUint32(0) ^ words.getUint32(8), words.getUint32(4) ^ words.getUint32(12)];
  return [(a ^ mix(source + 1)) >>> 0, b >>> 0];
}

const TRUTH_COLUMNS = ['source_agency', 'person_token', 'person'] as const;

async function* truthRows(file: string): AsyncGenerator<readonly string[]> {
  if (file.endsWith('.parquet')) {
    const { parquetRows } = await import('./parquet.ts');
    for await (const bytes of parquetRows(file, TRUTH_COLUMNS)) yield* parseCsv(decodeText(bytes, 1)).rows;
    return;
  }
  const { rows } = parseCsv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  const [header = [], ...rest] = rows;
  const places = TRUTH_COLUMNS.map((column) => header.indexOf(column));
  const lacking = TRUTH_COLUMNS.find((_, i) => places[i] === -1);
  if (lacking !== undefined) throw new Misuse('LINK_TRUTH', `${file} has no column ${lacking}`);
  for (const row of rest) yield places.map((place) => row[place] ?? '');
}
