/** Everything that the hub knows at one moment, as a stream of sections, while it goes on working. */
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { DataSource } from 'typeorm';
import { framed } from './framing.ts';
import { backedSequences, backedTables, PLAIN_TEXT } from './tables.ts';

export const FORMAT = 'tessera backup 1';

export interface TableTally {
  readonly name: string;
  readonly rows: number;
  readonly sha256: string;
}

export interface Belonging {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface BackupOf {
  readonly version: string;
  readonly migrations: readonly string[];
  /** Keys and files that the rows are of no use without. */
  readonly belongings: readonly Belonging[];
}

/** One snapshot for all tables: what was committed when it began, and nothing since. */
export async function* backupOf(
  owner: DataSource,
  of: BackupOf,
): AsyncGenerator<Buffer, readonly TableTally[]> {
  const runner = owner.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    await client.query(PLAIN_TEXT);
    await client.query(
      `SELECT set_config('tessera.county', '*', true), set_config('tessera.audit', 'all', true)`,
    );
    const tables = await backedTables(client);
    const sequences = await backedSequences(client);
    const { rows } = await client.query<{ at: Date }>('SELECT now() AS at');
    yield* framed({
      format: FORMAT,
      version: of.version,
      migrations: of.migrations,
      taken_at: rows[0]?.at.toISOString(),
      sequences,
    });
    for (const { name, content } of of.belongings) yield* framed({ file: name }, [content]);
    const tallies: TableTally[] = [];
    for (const { name, columns } of tables) {
      const out = client.query(copyTo(`COPY ${name} (${columns.join(', ')}) TO STDOUT`));
      const hash = createHash('sha256');
      yield* framed({ table: name, columns }, hashed(out, hash));
      tallies.push({ name, rows: out.rowCount, sha256: hash.digest('hex') });
    }
    yield* framed({ end: tallies });
    await client.query('COMMIT');
    return tallies;
  } finally {
    await client.query('ROLLBACK').catch(() => {});
    await runner.release();
  }
}

async function* hashed(
  chunks: AsyncIterable<Buffer>,
  hash: { update(bytes: Buffer): unknown },
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
