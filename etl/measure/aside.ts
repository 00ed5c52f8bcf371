import type { PoolClient } from 'pg';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { BY_PERSON } from './build-facts.ts';
import { factRecords } from './facts/record-rows.ts';

/** Empty copies of the facts that end with the transaction and hide the kept ones: an earlier day is built in them. */
export async function takeAside(client: PoolClient): Promise<void> {
  const tables = [...BY_PERSON, ...factRecords(loadContracts()).map(({ record }) => record)];
  for (const table of [...tables, 'member', 'period', 'population'])
    await client.query(
      `CREATE TEMPORARY TABLE ${table} (LIKE measures.${table} INCLUDING ALL) ON COMMIT DROP`,
    );
}
