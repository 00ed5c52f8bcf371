/** Where a delivery's rows wait until they become current together. Unlogged: a crash loses nothing that counts. */
import type { ClientBase } from 'pg';
import type { RecordTable } from './record-table.ts';

/** A name of the delivery's own, so that two deliveries never share a table and leftovers can be told apart. */
export function stagingTable(manifestHash: string, record: string): string {
  return `staging.d${manifestHash.slice(0, 12)}_${record}`;
}

export async function createStaging(client: ClientBase, name: string, table: RecordTable): Promise<void> {
  const columns = table.columns.map((column) => `${column.name} ${column.type}`);
  await client.query(`DROP TABLE IF EXISTS ${name}`);
  await client.query(
    `CREATE UNLOGGED TABLE ${name} (file smallint NOT NULL DEFAULT 0, line integer NOT NULL, ${columns.join(', ')})
     WITH (autovacuum_enabled = false)`,
  );
}

/** What follows is the delivery's file of this number; COPY then need not carry the number in every row. */
export async function stageFileNumber(client: ClientBase, name: string, file: number): Promise<void> {
  await client.query(`ALTER TABLE ${name} ALTER COLUMN file SET DEFAULT ${file}`);
}

/** The columns that a validator writes, in its order. */
export function stagedColumns(table: RecordTable): string[] {
  return ['line', ...table.columns.map((column) => column.name)];
}

export async function dropStaging(client: ClientBase, manifestHash: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT 'staging.' || tablename AS name FROM pg_tables
     WHERE schemaname = 'staging' AND starts_with(tablename, $1)`,
    [`d${manifestHash.slice(0, 12)}_`],
  );
  for (const { name } of rows) await client.query(`DROP TABLE ${name}`);
}
