import type { PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';

/** What a row-level rule may ask about the reader, for one transaction only. */
export interface Claims {
  /** A county's FIPS code, or '*' for every county. Unset, nothing that belongs to a county is seen. */
  readonly county?: string;
}

export interface Transaction {
  readonly manager: EntityManager;
  /** The same connection without the mapper, for COPY and streams. */
  readonly client: PoolClient;
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
    if (claims.county !== undefined)
      await client.query("SELECT set_config('tessera.county', $1, true)", [claims.county]);
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
