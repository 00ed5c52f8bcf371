/** The tables that a backup holds, as the database's own catalogue lists them: each after those that its rows refer to. */
import type { ClientBase } from 'pg';

export interface BackedTable {
  /** Quoted, with its schema. */
  readonly name: string;
  /** Quoted, in their order; what the database computes is left out. */
  readonly columns: readonly string[];
}

export interface BackedSequence {
  readonly name: string;
  readonly last: string;
  readonly called: boolean;
}

/** Our own, kept through a crash: not what a load stages, nor the list of migrations, which belongs to the code. */
const OURS = `c.relkind = 'r' AND c.relpersistence = 'p' AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'public')`;

export async function backedTables(client: ClientBase): Promise<readonly BackedTable[]> {
  const { rows } = await client.query<BackedTable & { after: string[] }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name,
       ARRAY(SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0
         AND NOT attisdropped AND attgenerated = '' ORDER BY attnum) AS columns,
       ARRAY(SELECT DISTINCT format('%I.%I', fn.nspname, fc.relname) FROM pg_constraint f
         JOIN pg_class fc ON fc.oid = f.confrelid JOIN pg_namespace fn ON fn.oid = fc.relnamespace
         WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid ORDER BY 1) AS after
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS} ORDER BY 1`,
  );
  return inOrder(rows);
}

function inOrder(tables: readonly (BackedTable & { after: readonly string[] })[]): BackedTable[] {
  const ordered: BackedTable[] = [];
  const placed = new Set<string>();
  while (ordered.length < tables.length) {
    const next = tables.filter(
      ({ name, after }) => !placed.has(name) && after.every((other) => placed.has(other)),
    );
    if (next.length === 0) throw new Error('tables refer to each other in a circle');
    for (const { name, columns } of next) {
      ordered.push({ name, columns });
      placed.add(name);
    }
  }
  return ordered;
}

export async function backedSequences(client: ClientBase): Promise<readonly BackedSequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE ${OURS.replace("c.relkind = 'r'", "c.relkind = 'S'")} ORDER BY 1`,
  );
  const found: BackedSequence[] = [];
  for (const { name } of rows) {
    const { rows: at } = await client.query<{ last: string; called: boolean }>(
      `SELECT last_value::text AS last, is_called AS called FROM ${name}`,
    );
    found.push({ name, ...(at[0] as { last: string; called: boolean }) });
  }
  return found;
}

/** Text that does not depend on where it is made, and rows in the order in which they lie. */
export const PLAIN_TEXT = `SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres'; SET LOCAL TimeZone = 'UTC';
  SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL synchronize_seqscans = off;
  SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL client_encoding = 'UTF8'`;
