import type { DataSource } from 'typeorm';
import { transaction } from '../db/transaction.ts';
import { registeredAgencies } from './agency.ts';
import { registeredAgreements } from './agreement.ts';
import type { Sources } from './sources-file.ts';

/** Brings the register to what the file says. Nothing is removed: an agreement ends by its date. */
export async function registerSources(source: DataSource, { agencies, agreements }: Sources): Promise<void> {
  await transaction(
    source,
    async ({ client }) => {
      for (const agency of agencies) {
        await client.query(
          `INSERT INTO governance.agency (id, name, system, county_fips, deduplicated, voca_funded, part_2_program,
             made_up)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, system = excluded.system,
             county_fips = excluded.county_fips, deduplicated = excluded.deduplicated,
             voca_funded = excluded.voca_funded, part_2_program = excluded.part_2_program,
             made_up = excluded.made_up`,
          [
            agency.id,
            agency.name,
            agency.system,
            agency.countyFips,
            agency.deduplicated ?? false,
            agency.vocaFunded ?? false,
            agency.part2Program ?? false,
            agency.madeUp ?? false,
          ],
        );
      }
      for (const agreement of agreements) {
        await client.query(
          `INSERT INTO governance.agreement (id, agencies, record_types, purposes, withheld_fields,
             minor_consent_services, voca_person_rows, content_up_front, effective_from, effective_to)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           ON CONFLICT (id) DO UPDATE SET agencies = excluded.agencies, record_types = excluded.record_types,
             purposes = excluded.purposes, withheld_fields = excluded.withheld_fields,
             minor_consent_services = excluded.minor_consent_services,
             voca_person_rows = excluded.voca_person_rows, content_up_front = excluded.content_up_front,
             effective_from = excluded.effective_from, effective_to = excluded.effective_to`,
          [
            agreement.id,
            agreement.agencies,
            agreement.recordTypes,
            agreement.purposes,
            agreement.withheldFields,
            agreement.minorConsentServices,
            agreement.vocaPersonRows,
            agreement.contentUpFront,
            agreement.effectiveFrom,
            agreement.effectiveTo,
          ],
        );
      }
    },
    { county: '*' },
  );
}

export async function registeredSources(source: DataSource): Promise<Sources> {
  return { agencies: await registeredAgencies(source), agreements: await registeredAgreements(source) };
}
