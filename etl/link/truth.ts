import { Refused } from '../../src/errors.ts';
import { parseCsv } from '../encode/csv.ts';

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
