/** From the map of persons and the rows that hold to facts: set by set, of everybody or of those who changed. */
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { contactSql } from './facts/contact.ts';
import { BY_PERSON, factTables } from './facts/fact-tables.ts';
import { periodSql } from './facts/period.ts';
import { gridSql, personPeriodSql, statusBySystemSql, termSql } from './facts/person-period.ts';
import { populationSql } from './facts/population.ts';
import { changedSql, copyRows, factRecords, scopeSql } from './facts/record-rows.ts';
import { youngPersonSql } from './facts/young-person.ts';
import { linkageBy } from './linkage-by.ts';
import { decisionSql } from './status-rows.ts';

export interface FactsWanted {
  /** The last day of what is known: today for the facts that are kept. */
  readonly knownOn: string;
  /** As the hub knew things at the end of this day, instead of as it knows them now. */
  readonly knownThen: string | undefined;
  /** Who is one person, as linked today whatever the day. */
  readonly linkedToday: boolean;
  /** In tables that end with the transaction: not from what was built before, and nothing is built on it. */
  readonly aside: boolean;
  /** Of everybody, even if little changed. */
  readonly full: boolean;
}

export interface FactsBuilt {
  readonly kind: 'full' | 'changes';
  readonly persons: number;
  readonly inScope: number;
}

/** Inside one transaction whose search path finds the facts first. */
export async function buildFacts(
  client: PoolClient,
  contracts: Contracts,
  wanted: FactsWanted,
): Promise<FactsBuilt> {
  const rules = rulesHash(contracts);
  const last = wanted.full || wanted.aside ? undefined : await lastBuild(client, rules, wanted.knownOn);
  const knownOn = wanted.knownThen;
  await client.query('INSERT INTO known VALUES ($1)', [wanted.knownOn]);
  const persons = await findChanged(client, contracts, last, wanted.linkedToday ? undefined : knownOn);
  await client.query(scopeSql(contracts, knownOn));
  await client.query(`
    CREATE TEMPORARY TABLE due ON COMMIT DROP AS SELECT c.surrogate, c.person_id FROM changed c JOIN due_person USING (person_id)
      WHERE c.surrogate IS NOT NULL;
    ANALYZE due; ANALYZE due_person`);
  const records = factRecords(contracts);
  // Nobody looks after the statistics of tables that end with the transaction.
  const takeStatistics = wanted.aside
    ? `ANALYZE ${factTables(contracts).join(', ')}`
    : 'SELECT measures.take_statistics()';
  const byPerson = [...BY_PERSON, ...records.filter(({ personal }) => personal).map(({ record }) => record)];
  for (const table of byPerson)
    await client.query(
      last === undefined
        ? `DELETE FROM ${table}`
        : `DELETE FROM ${table} WHERE person_id IN (SELECT person_id FROM changed)`,
    );
  for (const { record, personal } of records) if (!personal) await client.query(`DELETE FROM ${record}`);
  for (const record of records) await client.query(copyRows(record, knownOn));
  await client.query(
    last === undefined
      ? 'DELETE FROM member'
      : `DELETE FROM member WHERE person_id IN (SELECT person_id FROM changed)
           OR surrogate IN (SELECT surrogate FROM changed)`,
  );
  await client.query(
    'INSERT INTO member SELECT surrogate, person_id FROM changed WHERE surrogate IS NOT NULL',
  );
  await client.query(takeStatistics);

  await client.query(decisionSql(contracts));
  await client.query(contactSql);
  await client.query(youngPersonSql);
  await client.query('DELETE FROM period; DELETE FROM population');
  await client.query(periodSql(wanted.knownOn));
  await client.query(populationSql);
  await client.query(gridSql);
  await client.query(`ANALYZE grid; ${takeStatistics}`);
  for (const statement of termSql(contracts)) await client.query(statement);
  await client.query(statusBySystemSql);
  await client.query(personPeriodSql(contracts));
  await client.query(takeStatistics);

  const kind = last === undefined ? 'full' : 'changes';
  if (!wanted.aside)
    await client.query(
      `INSERT INTO measures.build (kind, last_delivery, rules_hash, known_on)
       SELECT $1, coalesce(max(id), 0), $2, $3 FROM ops.delivery`,
      [kind, rules, wanted.knownOn],
    );
  const { rows } = await client.query<{ n: string }>('SELECT count(*) AS n FROM due_person');
  return { kind, persons, inScope: Number(rows[0]?.n) };
}

interface Last {
  readonly delivery: string;
  readonly madeAt: Date;
}

/** Facts made under other rules or in another year have other periods and terms, and are made anew. */
async function lastBuild(client: PoolClient, rules: string, knownOn: string): Promise<Last | undefined> {
  const { rows } = await client.query<{ last_delivery: string; made_at: Date; same: boolean }>(
    `SELECT last_delivery, made_at, rules_hash = $1 AND date_trunc('quarter', known_on) = date_trunc('quarter', $2::date) AS same
     FROM measures.build ORDER BY id DESC LIMIT 1`,
    [rules, knownOn],
  );
  const row = rows[0];
  return row?.same === true ? { delivery: row.last_delivery, madeAt: row.made_at } : undefined;
}

async function findChanged(
  client: PoolClient,
  contracts: Contracts,
  last: Last | undefined,
  linkedBy: string | undefined,
): Promise<number> {
  await client.query(
    'CREATE TEMPORARY TABLE changed (surrogate bytea, person_id bytea NOT NULL) ON COMMIT DROP',
  );
  if (last === undefined) await client.query(`INSERT INTO changed ${await membershipsSql(client, linkedBy)}`);
  else await client.query(`INSERT INTO changed ${changedSql(contracts)}`, [last.delivery, last.madeAt]);
  await client.query('ANALYZE changed');
  const { rows } = await client.query<{ n: string }>('SELECT count(DISTINCT person_id) AS n FROM changed');
  return Number(rows[0]?.n);
}

/** Who was one person by the linkage of that day; where nothing had been linked by then, by the one of today. */
async function membershipsSql(client: PoolClient, linkedBy: string | undefined): Promise<string> {
  const linkage = linkedBy === undefined ? undefined : await linkageBy(client, linkedBy);
  return typeof linkage === 'number'
    ? `SELECT surrogate, person_id FROM persons.membership_as_of(${linkage})`
    : 'SELECT surrogate, person_id FROM persons.membership';
}

/** What the facts rest on besides the rows: terms, code lists and record types. */
export function rulesHash(contracts: Contracts): string {
  const terms = [...contracts.terms.values()].map(({ name, versions, local }) => [name, versions, local]);
  return createHash('sha256')
    .update(JSON.stringify([terms, factRecords(contracts), contactSql, youngPersonSql, contracts.version]))
    .digest('hex');
}
