/** What metrics may read besides the facts that are kept: it follows from them and ends with the transaction. */
import type { PoolClient } from 'pg';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { literal } from '../../validate/stored/sql.ts';
import { linkageBy } from '../linkage-by.ts';
import { cascadeEventSql } from './cascade-event.ts';
import { clockRunSql } from './clock-run.ts';
import { firstContactSql } from './first-contact.ts';
import { holding } from './record-rows.ts';
import { timeMissingSql } from './time-missing.ts';

/** Screenings of everybody, in scope or not: what agencies send of their whole caseload. */
function screeningOfAllSql(knownThen: string | undefined): string {
  return `CREATE TEMPORARY VIEW screening_of_all AS
    SELECT coalesce(m.person_id, e.surrogate) AS person_id, e.source_agency AS agency, e.county_fips AS county, e.tool, e.screened_at, e.outcome
    FROM events.screening e LEFT JOIN linked m USING (surrogate)
    WHERE ${holding('e', knownThen)}`;
}

/** Who was one person by a linkage; where nothing had been linked by that day, by the one of today. */
function linkedSql(linkage: number | null): string {
  const memberships = linkage === null ? 'persons.membership' : `persons.membership_as_of(${linkage})`;
  return `CREATE TEMPORARY VIEW linked AS SELECT surrogate, person_id FROM ${memberships}`;
}

export interface FactsDay {
  /** The last day of what is known. */
  readonly knownOn: string;
  /** As the hub knew things at the end of this day, instead of as it knows them now. */
  readonly knownThen?: string | undefined;
  /** Who is one person, as linked today whatever the day. */
  readonly linkedToday?: boolean | undefined;
}

/** Views that read a table of the transaction are dropped with it; the others stay until `forgetFacts`. */
export async function deriveFacts(
  client: PoolClient,
  contracts: Contracts,
  { knownOn, knownThen, linkedToday }: FactsDay,
): Promise<void> {
  await client.query(`
    CREATE TEMPORARY TABLE known (known_on date NOT NULL) ON COMMIT DROP;
    INSERT INTO known VALUES (${literal(knownOn)});
    CREATE TEMPORARY TABLE agency_system ON COMMIT DROP AS
    SELECT id AS agency, CASE system WHEN 'cross_system' THEN 'community' ELSE system END AS system FROM governance.agency;
    ANALYZE known; ANALYZE agency_system`);
  const linkage = knownThen === undefined || linkedToday ? null : await linkageBy(client, knownThen);
  await client.query(linkedSql(linkage));
  await client.query(screeningOfAllSql(knownThen));
  await client.query(cascadeEventSql);
  await client.query(firstContactSql);
  await client.query(timeMissingSql);
  await client.query(clockRunSql(contracts));
}

export async function forgetFacts(client: PoolClient): Promise<void> {
  await client.query('DROP VIEW linked, first_contact CASCADE');
}
