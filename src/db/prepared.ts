import { createHash } from 'node:crypto';
import type { Pool, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';

/** One statement that a connection plans once and then only executes, for questions that come again and again. */
export async function prepared<Row extends QueryResultRow>(
  source: DataSource,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await poolOf(source).query<Row>({ name: preparedName(text), text, values: [...values] })).rows;
}

export function poolOf(source: DataSource): Pool {
  return (source.driver as unknown as { readonly master: Pool }).master;
}

const names = new Map<string, string>();

export function preparedName(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  names.set(text, name);
  return name;
}
