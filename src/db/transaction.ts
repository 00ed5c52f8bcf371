import type { PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { type Claims, claimingStatement } from './claimed.ts';

export type { Claims };

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
    const claiming = claimingStatement(claims);
    if (claiming !== undefined) await client.query(claiming);
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
