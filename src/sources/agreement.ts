import type { DataSource } from 'typeorm';

/** What an agreement lets an agency send. */
export interface Agreement {
  readonly id: string;
  readonly agencies: readonly string[];
  readonly recordTypes: readonly string[];
  readonly purposes: readonly string[];
  /** Fields as `record.field` that the contract knows and this agreement leaves out. */
  readonly withheldFields: readonly string[];
  readonly minorConsentServices: boolean;
  /** Whether counsel allowed rows about young people from a provider that VOCA funds. */
  readonly vocaPersonRows: boolean;
  readonly contentUpFront: boolean;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

/** A row of governance.agreement as an Agreement. */
export const agreementColumns = `id, agencies, record_types AS "recordTypes", purposes, withheld_fields AS "withheldFields",
  minor_consent_services AS "minorConsentServices", voca_person_rows AS "vocaPersonRows",
  content_up_front AS "contentUpFront", effective_from::text AS "effectiveFrom", effective_to::text AS "effectiveTo"`;

export async function registeredAgreements(source: DataSource): Promise<readonly Agreement[]> {
  return source.query<Agreement[]>(`SELECT ${agreementColumns} FROM governance.agreement ORDER BY id`);
}
