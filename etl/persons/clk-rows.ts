/** Rows of agencies that send nothing but the filter of the whole record, and of those that send it besides. */
import type { ClientBase } from 'pg';
import { streamRows } from '../../src/db/copy.ts';
import { type ClkRecords, tooManyClks } from '../link/clk-groups.ts';
import type { LeftOut } from './left-out.ts';

const NONE: ClkRecords = { names: [], agencies: [], alone: 0, filters: new Uint8Array(0), bytes: 64 };

interface Row {
  readonly agency: string;
  readonly surrogate: Buffer;
  readonly alone: boolean;
  readonly clk: string;
}

/** `without` are the rows that have no tokens; those of them that a filter can stand for are taken out of it. */
export async function readClkRows(
  client: ClientBase,
  keyVersion: string,
  without: readonly LeftOut[],
): Promise<{ clks: ClkRecords; leftOut: LeftOut[] }> {
  if (!without.some(({ why }) => why === 'mode')) return { clks: NONE, leftOut: [...without] };
  const read: (Omit<Row, 'clk'> & { readonly filter: Buffer })[] = [];
  for await (const { clk, ...row } of streamRows<Row>(
    client,
    `SELECT source_agency AS agency, surrogate, mode = 'clk' AS alone, clk FROM linkage.person_linkage
     WHERE known_to = 'infinity' AND op NOT IN ('delete', 'absent') AND key_version = $1 AND mode IN ('clk', 'both')
       AND clk IS NOT NULL
     ORDER BY mode = 'both', source_agency, surrogate`,
    [keyVersion],
  ))
    read.push({ ...row, filter: Buffer.from(clk, 'base64') });
  const length = commonLength(read.map(({ filter }) => filter.length));
  const fit = read.filter(({ filter }) => filter.length === length);
  const clks = recordsOf(fit, length);
  const alone = new Set(clks.names.slice(0, clks.alone));
  const odd = new Set(
    read.filter((row) => row.filter.length !== length).map(({ surrogate }) => surrogate.toString('hex')),
  );
  const many = tooManyClks(clks);
  const leftOut = without.flatMap((row): LeftOut[] => {
    if (row.why !== 'mode') return [row];
    if (alone.has(row.surrogate)) return many ? [{ ...row, why: 'many' }] : [];
    return [odd.has(row.surrogate) ? { ...row, why: 'length' } : row];
  });
  return { clks: many ? NONE : clks, leftOut };
}

/** The length that most filters have, of two equally common ones the longer. */
function commonLength(lengths: readonly number[]): number {
  const counts = Map.groupBy(lengths, (length) => length);
  const [most] = [...counts].toSorted(([a, x], [b, y]) => y.length - x.length || b - a);
  return most?.[0] ?? 0;
}

/** The kernel takes filters in steps of 64 bytes; zeros at the end change no Dice coefficient. */
function recordsOf(
  rows: readonly (Omit<Row, 'clk'> & { readonly filter: Buffer })[],
  length: number,
): ClkRecords {
  if (rows.length === 0 || length === 0) return NONE;
  const bytes = Math.ceil(length / 64) * 64;
  const filters = new Uint8Array(rows.length * bytes);
  rows.forEach(({ filter }, i) => filters.set(filter, i * bytes));
  return {
    names: rows.map(({ surrogate }) => surrogate.toString('hex')),
    agencies: rows.map(({ agency }) => agency),
    alone: rows.filter(({ alone }) => alone).length,
    filters,
    bytes,
  };
}
