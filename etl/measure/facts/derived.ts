/** What metrics may read besides the facts that are kept: it follows from them and ends with the transaction. */
import type { PoolClient } from 'pg';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { cascadeEventSql } from './cascade-event.ts';
import { clockRunSql } from './clock-run.ts';
import { timeMissingSql } from './time-missing.ts';

/** Screenings of everybody, in scope or not: what agencies send of their whole caseload. */
function screeningOfAllSql(knownThen: string | undefined): string {
  const holds =
    knownThen !== undefined
      ? 'e.known_from < k.known_on + 1 AND e.known_to >= k.known_on + 1'
      : "e.known_to = 'infinity'";
  return `CREATE TEMPORARY VIEW screening_of_all AS
    SELECT coalesce(m.person_id, e.surrogate) AS person_id, e.source_agency AS agency, e.county_fips AS county, e.tool, e.screened_at, e.outcome
    FROM events.screening e CROSS JOIN known k LEFT JOIN member m USING (surrogate)
    WHERE ${holds} AND e.op NOT IN ('delete', 'absent')`;
}

/** The views read the table `known`, so that they are dropped with it. */
export async function deriveFacts(
  client: PoolClient,
  contracts: Contracts,
  knownThen: string | undefined,
): Promise<void> {
  await client.query(`
    CREATE TEMPORARY TABLE known (known_on date NOT NULL) ON COMMIT DROP;
    CREATE TEMPORARY TABLE agency_system ON COMMIT DROP AS
    SELECT id AS agency, CASE system WHEN 'cross_system' THEN 'community' ELSE system END AS system FROM governance.agency`);
  await client.query(screeningOfAllSql(knownThen));
  await client.query(cascadeEventSql);
  await client.query(timeMissingSql);
  await client.query(clockRunSql(contracts));
}
