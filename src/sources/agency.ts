import type { DataSource } from 'typeorm';
import { readRows } from '../db/read-rows.ts';
import { NotFound } from '../errors.ts';
import type { Agency } from './sources-file.ts';

export async function registeredAgencies(source: DataSource): Promise<readonly Agency[]> {
  return readRows<Agency>(
    source,
    { county: '*' },
    `SELECT id, name, system, county_fips AS "countyFips", deduplicated, voca_funded AS "vocaFunded",
             part_2_program AS "part2Program", made_up AS "madeUp"
           FROM governance.agency ORDER BY id`,
  );
}

/** Who asks after an agency that nobody registered is told so, and not answered with nothing. */
export async function requireAgency(source: DataSource, id: string): Promise<void> {
  if ((await registeredAgencies(source)).some((agency) => agency.id === id)) return;
  throw new NotFound('AGENCY_UNKNOWN', `The hub knows no agency ${id}.`, {
    remedy: '`npx tessera sources show` lists those it knows.',
  });
}
