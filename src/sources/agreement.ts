import type { DataSource } from 'typeorm';
import { Refused } from '../errors.ts';

/** What an agreement lets an agency send. */
export interface Agreement {
  readonly id: string;
  readonly agencies: readonly string[];
  readonly recordTypes: readonly string[];
  readonly purposes: readonly string[];
  /** Fields as `record.field` that the contract knows and this agreement leaves out. */
  readonly withheldFields: readonly string[];
  readonly minorConsentServices: boolean;
  readonly contentUpFront: boolean;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

/** The agreement that a delivery names, if it is in force for its agency on the day; otherwise nothing is loaded. */
export async function agreementInForce(
  source: DataSource,
  wanted: { readonly id: string; readonly agency: string; readonly on: string },
): Promise<Agreement> {
  const [agreement] = await source.query<Agreement[]>(
    `SELECT id, agencies, record_types AS "recordTypes", purposes, withheld_fields AS "withheldFields",
            minor_consent_services AS "minorConsentServices", content_up_front AS "contentUpFront",
            effective_from::text AS "effectiveFrom", effective_to::text AS "effectiveTo"
     FROM governance.agreement WHERE id = $1`,
    [wanted.id],
  );
  if (agreement === undefined || !agreement.agencies.includes(wanted.agency)) {
    throw refusal('NO_AGREEMENT', `The agency has no agreement ${wanted.id}.`);
  }
  if (
    wanted.on < agreement.effectiveFrom ||
    (agreement.effectiveTo !== null && wanted.on > agreement.effectiveTo)
  ) {
    const until = agreement.effectiveTo === null ? '' : ` to ${agreement.effectiveTo}`;
    throw refusal(
      'AGREEMENT_NOT_IN_FORCE',
      `The agreement ${wanted.id} is in force from ${agreement.effectiveFrom}${until}, not on ${wanted.on}.`,
    );
  }
  return agreement;
}

/** Every record type must be covered before the first row is read. */
export function requireCovered(agreement: Agreement, records: readonly string[]): void {
  const uncovered = records.filter((record) => !agreement.recordTypes.includes(record));
  if (uncovered.length === 0) return;
  throw refusal('NOT_COVERED', `The agreement ${agreement.id} does not cover ${uncovered.join(', ')}.`);
}

function refusal(code: string, message: string): Refused {
  return new Refused(code, message, {
    remedy: 'Ask the hub’s steward; `npx tessera sources show` lists agencies and agreements.',
  });
}
