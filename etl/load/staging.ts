/** Where a delivery's rows wait until they become current together. Unlogged: a crash loses nothing that counts. */
import type { ClientBase } from 'pg';
import type { Column } from './record-table.ts';

/** `mark` is the delivery's own, so that two deliveries never share a table and leftovers can be told apart. */
export function stagingTable(mark: string, what: string): string {
  return `staging.d${mark}_${what}`;
}

export async function createStaging(
  client: ClientBase,
  name: string,
  columns: readonly Column[],
): Promise<void> {
  const described = columns.map((column) => `${column.name} ${column.type}`);
  await client.query(`DROP TABLE IF EXISTS ${name}`);
  await client.query(
    `CREATE UNLOGGED TABLE ${name} (file smallint NOT NULL DEFAULT 0, ${described.join(', ')})
     WITH (autovacuum_enabled = false)`,
  );
}

/** What follows is the delivery's file of this number; COPY then need not carry the number in every row. */
export async function stageFileNumber(client: ClientBase, name: string, file: number): Promise<void> {
  await client.query(`ALTER TABLE ${name} ALTER COLUMN file SET DEFAULT ${file}`);
}

export async function dropStaging(client: ClientBase, mark: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT 'staging.' || tablename AS name FROM pg_tables
     WHERE schemaname = 'staging' AND starts_with(tablename, $1)`,
    [`d${mark}_`],
  );
  for (const { name } of rows) await client.query(`DROP TABLE IF EXISTS ${name}`);
}
