import type { PoolClient } from 'pg';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { factTables } from './facts/fact-tables.ts';

/** Empty copies of the facts that end with the transaction and hide the kept ones: another day is built in them. */
export async function takeAside(client: PoolClient, contracts: Contracts): Promise<void> {
  for (const table of factTables(contracts))
    await client.query(
      `CREATE TEMPORARY TABLE ${table} (LIKE measures.${table} INCLUDING ALL) ON COMMIT DROP`,
    );
}
