import { createHash } from 'node:crypto';
import type { Pool, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

/** One statement that a connection plans once and then only executes, for questions that come again and again. */
export async function prepared<Row extends QueryResultRow>(
  source: DataSource,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const pool = (source.driver as unknown as { readonly master: Pool }).master;
  return (await pool.query<Row>({ name: nameOf(text), text, values: [...values] })).rows;
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  names.set(text, name);
  return name;
}
