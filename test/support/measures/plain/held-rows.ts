/** The rows of young people in scope, read as they lie, for figures that are made a second time in another way. */
import { transaction } from '../../../../src/db/transaction.ts';
import type { TestDatabase } from '../../database.ts';

export interface HeldRow {
  readonly person: string;
  readonly agency: string;
  readonly county: string;
  readonly id: string;
  readonly cells: Readonly<Record<string, string | number | boolean | readonly string[] | null>>;
}

export type HeldRows = (record: string) => readonly HeldRow[];

const RECORDS = [
  'person',
  'identification',
  'screening',
  'cw_referral',
  'cw_allegation',
  'cw_case',
  'cw_csec_history',
  'cw_absence',
  'cw_placement',
  'pr_referral',
  'pr_detention',
  'pr_court',
  'pr_supervision',
  'hl_encounter',
  'hl_diagnosis',
  'ed_enrollment',
  'ed_attendance',
  'ed_discipline',
  'assessment',
  'mdt_meeting',
  'service_event',
] as const;
/** Rows that are about nobody in particular. */
const COUNTS = ['training_coverage_count'] as const;
const EXPLOITATION_DIAGNOSES = new Set(['T74.52XA', 'T74.52XD', 'T76.52XA', 'T76.52XD']);

export async function heldRows(database: TestDatabase): Promise<HeldRows> {
  const held = new Map<string, readonly HeldRow[]>();
  await transaction(
    await database.as('measurer'),
    async ({ client }) => {
      await client.query("SET LOCAL TimeZone = 'UTC'");
      for (const record of RECORDS) {
        const { rows } = await client.query<HeldRow>(
          `SELECT encode(m.person_id, 'hex') AS person, e.source_agency AS agency, e.county_fips AS county,
             e.source_record_id AS id, to_jsonb(e) AS cells
           FROM events.${record} e JOIN persons.membership m USING (surrogate)
           WHERE e.known_to = 'infinity' AND e.op NOT IN ('delete', 'absent')`,
        );
        held.set(record, rows);
      }
      for (const record of COUNTS) {
        const { rows } = await client.query<HeldRow>(
          `SELECT '' AS person, source_agency AS agency, county_fips AS county, source_record_id AS id, to_jsonb(e) AS cells
           FROM events.${record} e WHERE known_to = 'infinity' AND op NOT IN ('delete', 'absent')`,
        );
        held.set(record, rows);
      }
    },
    { county: '*' },
  );
  const scope = new Set(
    RECORDS.flatMap((record) => (held.get(record) ?? []).filter(saysStatus[record] ?? never)).map(
      ({ person }) => person,
    ),
  );
  const inScope = new Map(
    [...held].map(([record, rows]) => [
      record,
      rows.filter(({ person }) => person === '' || scope.has(person)),
    ]),
  );
  return (record) => inScope.get(record) ?? [];
}

const never = (): boolean => false;

/** Which rows bring a young person into scope, as the terms say it in words. */
const saysStatus: Readonly<Record<string, (row: HeldRow) => boolean>> = {
  identification: ({ cells: { status, exploitation_kind: kind } }) =>
    status === 'at_risk' || ((status === 'confirmed' || status === 'suspected') && kind !== 'labor'),
  screening: ({ cells: { outcome } }) => ['possible', 'clear', 'referred'].includes(String(outcome)),
  cw_referral: ({ cells: { csec_flag: flag } }) => flag === 'alleged' || flag === 'suspected',
  cw_csec_history: () => true,
  hl_diagnosis: ({ cells: { icd10 } }) => EXPLOITATION_DIAGNOSES.has(String(icd10)),
};
