import type { DataSource } from 'typeorm';
import { transaction } from '../db/transaction.ts';
import type { Agency } from './sources-file.ts';

export async function registeredAgencies(source: DataSource): Promise<readonly Agency[]> {
  return transaction(
    source,
    async ({ client }) =>
      (
        await client.query<Agency>(
          `SELECT id, name, system, county_fips AS "countyFips", deduplicated, voca_funded AS "vocaFunded",
             part_2_program AS "part2Program"
           FROM governance.agency ORDER BY id`,
        )
      ).rows,
    { county: '*' },
  );
}
