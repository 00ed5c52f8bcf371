/** What the register lets a delivery bring. The hub asks it of its database, an agency of the file it was given. */
import type { Contracts } from '../contracts/contracts.ts';
import { listNamed, recordNamed } from '../contracts/lookup.ts';
import { Refused } from '../errors.ts';
import type { System } from './agency.entity.ts';
import type { Agreement } from './agreement.ts';
import type { Agency, Sources } from './sources-file.ts';

export interface Wanted {
  readonly agency: string;
  readonly agreement: string;
  readonly on: string;
  readonly records: readonly string[];
}

/** What follows from agency and agreement for the judging of rows. */
export interface Permit {
  readonly system: System;
  readonly minorConsentServices: boolean;
  /** As `record.field`: a delivery that carries a value there is refused. */
  readonly withheld: ReadonlySet<string>;
}

/** Answers before the first row is read; whatever the register does not allow is refused. */
export function permitDelivery(contracts: Contracts, register: Sources, wanted: Wanted): Permit {
  const agency = register.agencies.find(({ id }) => id === wanted.agency);
  if (agency === undefined) {
    throw new Refused('AGENCY_UNKNOWN', `The register knows no agency ${wanted.agency}.`, {
      remedy: 'Add it with `npx tessera sources apply`; `npx tessera sources show` lists those it knows.',
    });
  }
  const agreement = register.agreements.find(({ id }) => id === wanted.agreement);
  if (agreement === undefined || !agreement.agencies.includes(agency.id))
    throw refusal('NO_AGREEMENT', `The agency has no agreement ${wanted.agreement}.`);
  requireInForce(agreement, wanted.on);
  requireCovered(agreement, wanted.records);
  requirePurpose(contracts, agreement);
  requirePersonRowsAllowed(contracts, agency, agreement, wanted.records);
  const { system } = agency;
  const { minorConsentServices, withheldFields } = agreement;
  return { system, minorConsentServices, withheld: new Set(withheldFields) };
}

function requireInForce({ id, effectiveFrom, effectiveTo }: Agreement, on: string): void {
  if (effectiveFrom <= on && (effectiveTo === null || on <= effectiveTo)) return;
  const until = effectiveTo === null ? '' : ` to ${effectiveTo}`;
  throw refusal(
    'AGREEMENT_NOT_IN_FORCE',
    `The agreement ${id} is in force from ${effectiveFrom}${until}, not on ${on}.`,
  );
}

function requireCovered(agreement: Agreement, records: readonly string[]): void {
  const uncovered = records.filter((record) => !agreement.recordTypes.includes(record));
  if (uncovered.length > 0)
    throw refusal('NOT_COVERED', `The agreement ${agreement.id} does not cover ${uncovered.join(', ')}.`);
}

/** The code list says for which purposes the hub takes rows in; a study under its own agreement is none of them. */
function requirePurpose(contracts: Contracts, { id, purposes }: Agreement): void {
  const serving = listNamed(contracts, 'purpose').codes.filter((code) => code.attributes.intake === true);
  if (serving.some(({ code }) => purposes.includes(code))) return;
  throw refusal(
    'OUTSIDE_PURPOSES',
    `The agreement ${id} names no purpose for which the hub takes deliveries (${serving.map(({ code }) => code).join(', ')}).`,
  );
}

function requirePersonRowsAllowed(
  contracts: Contracts,
  { id, vocaFunded, part2Program }: Agency,
  agreement: Agreement,
  records: readonly string[],
): void {
  const ofPersons = records.filter((record) =>
    ['person', 'linkage'].includes(recordNamed(contracts, record).subject),
  );
  if (ofPersons.length === 0) return;
  const named = ofPersons.join(', ');
  if (part2Program === true) {
    throw new Refused(
      'PERSON_ROWS_OFF',
      `${id} is a program under 42 CFR Part 2, so rows about young people are not taken from it: ${named}.`,
      { remedy: 'Leave these files out; send counts, such as hl_sud_aggregate.' },
    );
  }
  if (vocaFunded === true && !agreement.vocaPersonRows) {
    throw new Refused(
      'PERSON_ROWS_OFF',
      `${id} is funded under VOCA, and the agreement ${agreement.id} does not allow rows about young people: ${named}.`,
      { remedy: 'Leave these files out; counsel may allow them with voca_person_rows in the agreement.' },
    );
  }
}

function refusal(code: string, message: string): Refused {
  return new Refused(code, message, {
    remedy: 'Ask the hub’s steward; `npx tessera sources show` lists agencies and agreements.',
  });
}
