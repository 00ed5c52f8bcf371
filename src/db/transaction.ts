import type { PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';

/** What a row-level rule may ask about the reader, for one transaction only. */
export interface Claims {
  /** A county's FIPS code, or '*' for every county. Unset, nothing that belongs to a county is seen. */
  readonly county?: string;
  /** An agency's id: its own deliveries are seen, whatever the county. */
  readonly agency?: string;
  /** A person's id: their own history is seen. */
  readonly person?: string;
  /** Everybody's history is seen. */
  readonly audit?: 'all';
}

export interface Transaction {
  readonly manager: EntityManager;
  /** The same connection without the mapper, for COPY and streams. */
  readonly client: PoolClient;
}

const claimNames = ['county', 'agency', 'person', 'audit'] as const;

/** Local to the transaction, so that a pooled connection carries nothing over to whoever gets it next. */
async function claim(client: PoolClient, claims: Claims): Promise<void> {
  const claimed = claimNames.filter((name) => claims[name] !== undefined);
  if (claimed.length === 0) return;
  await client.query(
    `SELECT ${claimed.map((name, i) => `set_config('tessera.${name}', $${i + 1}, true)`).join(', ')}`,
    claimed.map((name) => claims[name]),
  );
}

/** Commits when `work` ends and rolls back when it throws. Claims end with the transaction. */
export async function transaction<T>(
  source: DataSource,
  work: (transaction: Transaction) => Promise<T>,
  claims: Claims = {},
): Promise<T> {
  const runner = source.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  await runner.startTransaction();
  try {
    await claim(client, claims);
    const result = await work({ manager: runner.manager, client });
    await runner.commitTransaction();
    return result;
  } catch (error) {
    await runner.rollbackTransaction().catch(() => {});
    throw error;
  } finally {
    await runner.release();
  }
}
