/** From the map of persons and the rows that hold to facts: set by set, of everybody or of those who changed. */
import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { contactSql } from './facts/contact.ts';
import { BY_PERSON } from './facts/fact-tables.ts';
import { periodSql } from './facts/period.ts';
import { gridSql, personPeriodSql, statusBySystemSql } from './facts/person-period.ts';
import { termSql } from './facts/person-period-term.ts';
import { populationSql } from './facts/population.ts';
import {
  changedIn,
  changedSql,
  copyRows,
  type FactRecord,
  factRecords,
  scopeSql,
} from './facts/record-rows.ts';
import { youngPersonSql } from './facts/young-person.ts';
import type { Laps } from './laps.ts';
import { decisionSql } from './status-rows.ts';

export interface FactsWanted {
  /** The last day of what is known: today for the facts that are kept. */
  readonly knownOn: string;
  /** As the hub knew things at the end of this day, instead of as it knows them now. */
  readonly knownThen: string | undefined;
  /** In tables that end with the transaction: not from what was built before, and nothing is built on it. */
  readonly aside: boolean;
  /** Of everybody, even if little changed. */
  readonly full: boolean;
}

export interface FactsBuilt {
  readonly kind: 'full' | 'changes';
  /** Of whom anything changed and who are in scope or were: at first, everybody in scope. */
  readonly persons: number;
  readonly inScope: number;
  /** The number under which they are kept, if they are. */
  readonly build: string | undefined;
}

/** Inside one transaction whose search path finds the facts first. */
export async function buildFacts(
  client: PoolClient,
  contracts: Contracts,
  wanted: FactsWanted,
  laps: Laps,
): Promise<FactsBuilt> {
  const rules = rulesHash(contracts);
  const last = wanted.full || wanted.aside ? undefined : await lastBuild(client, rules, wanted.knownOn);
  const knownOn = wanted.knownThen;
  const records = factRecords(contracts);
  const statistics = (tables: readonly string[]): Promise<void> =>
    laps.of('facts: statistics', () => takeStatistics(client, tables, wanted.aside));

  await laps.of('facts: who is in scope', () => client.query(scopeSql(contracts, knownOn)));
  await laps.of('facts: who changed', () => findChanged(client, contracts, last));
  const manyCame = last === undefined || (await areMany(client));
  await laps.of('facts: clearing', () => clear(client, records, last, wanted.aside));
  await laps.of('facts: rows by person', async () => {
    for (const record of records) await client.query(copyRows(record, knownOn));
    await client.query(
      `INSERT INTO member SELECT surrogate, person_id FROM in_scope WHERE person_id IN (${changedIn([])})`,
    );
  });
  if (manyCame) await statistics(['member', ...records.map(({ record }) => record)]);

  await laps.of('facts: decisions', async () => {
    await client.query(decisionSql(contracts));
    if (last !== undefined) await client.query(otherDecisionsSql);
  });
  await laps.of('facts: contacts', () => client.query(contactSql));
  await laps.of('facts: young people', () => client.query(youngPersonSql));
  await client.query(periodSql(wanted.knownOn));
  await client.query(populationSql);
  await laps.of('facts: periods asked about', () => client.query(`${gridSql}; ANALYZE grid`));
  await statistics(['young_person', 'decision', 'contact', 'period', 'population']);
  await laps.of('facts: terms', async () => {
    for (const statement of termSql(contracts)) await client.query(statement);
  });
  await laps.of('facts: status by system', () => client.query(statusBySystemSql));
  await statistics(['person_period_status', 'person_period_term']);
  await laps.of('facts: persons in periods', () => client.query(personPeriodSql(contracts)));
  await statistics(['person_period']);

  const kind = last === undefined ? 'full' : 'changes';
  const build = wanted.aside ? undefined : await keepBuild(client, kind, rules, wanted.knownOn);
  const { rows } = await client.query<{ persons: string; due: string }>(
    'SELECT (SELECT count(*) FROM changed) AS persons, (SELECT count(*) FROM due_person) AS due',
  );
  return { kind, persons: Number(rows[0]?.persons), inScope: Number(rows[0]?.due), build };
}

/** Rows by person are so many that taking statistics of them takes long, and a few persons more do not change them. */
async function areMany(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ many: boolean }>(
    `SELECT 10 * (SELECT count(*) FROM (${changedIn([])}) came) > (SELECT count(*) FROM young_person) AS many`,
  );
  return rows[0]?.many === true;
}

/** Nobody else looks after the statistics of tables that end with the transaction, and for the kept ones it would be too late. */
async function takeStatistics(client: PoolClient, tables: readonly string[], aside: boolean): Promise<void> {
  if (aside) await client.query(`ANALYZE ${tables.join(', ')}`);
  else await client.query('SELECT measures.take_statistics($1)', [tables]);
}

/** What was kept of those who changed, and what agencies sent as counts, which are few. */
async function clear(
  client: PoolClient,
  records: readonly FactRecord[],
  last: Last | undefined,
  aside: boolean,
): Promise<void> {
  if (aside) return;
  if (last === undefined) {
    await client.query('SELECT measures.clear_facts()');
    return;
  }
  await client.query(
    'CREATE TEMPORARY TABLE earlier_decision ON COMMIT DROP AS SELECT d.* FROM decision d JOIN changed USING (person_id)',
  );
  // Terms are cleared one by one as they are made anew.
  for (const table of BY_PERSON.filter((fact) => fact !== 'person_period_term'))
    await client.query(`DELETE FROM ${table} WHERE person_id IN (SELECT person_id FROM changed)`);
  for (const { record, personal } of records)
    if (personal) await client.query(`DELETE FROM ${record} WHERE person_id IN (${changedIn([record])})`);
  await client.query(`DELETE FROM member WHERE person_id IN (${changedIn([])})`);
  const ofAll = records.filter(({ personal }) => !personal).map(({ record }) => record);
  for (const table of [...ofAll, 'period', 'population']) await client.query(`DELETE FROM ${table}`);
}

/** Of many whose rows changed, what agencies say of their status did not: those are asked about in the same periods. */
const otherDecisionsSql = `
  WITH now AS (SELECT d.* FROM decision d JOIN changed USING (person_id))
  INSERT INTO changed_part
  SELECT DISTINCT 'decision', person_id
  FROM ((TABLE earlier_decision EXCEPT TABLE now) UNION ALL (TABLE now EXCEPT TABLE earlier_decision)) other;
  ANALYZE changed_part`;

async function keepBuild(client: PoolClient, kind: string, rules: string, knownOn: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO measures.build (kind, last_delivery, rules_hash, known_on)
     SELECT $1, coalesce(max(id), 0), $2, $3 FROM ops.delivery RETURNING id`,
    [kind, rules, knownOn],
  );
  return rows[0]?.id ?? '';
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

/** Who is to be made anew, and what of them; of them, who is in scope now. */
async function findChanged(client: PoolClient, contracts: Contracts, last: Last | undefined): Promise<void> {
  await client.query(
    'CREATE TEMPORARY TABLE changed_part (record text NOT NULL, person_id bytea NOT NULL) ON COMMIT DROP',
  );
  if (last === undefined)
    await client.query("INSERT INTO changed_part SELECT DISTINCT '*', person_id FROM in_scope");
  else await client.query(`INSERT INTO changed_part ${changedSql(contracts)}`, [last.delivery, last.madeAt]);
  await client.query(`
    CREATE TEMPORARY TABLE changed ON COMMIT DROP AS SELECT DISTINCT person_id FROM changed_part;
    CREATE TEMPORARY TABLE due_person ON COMMIT DROP AS SELECT DISTINCT person_id FROM in_scope JOIN changed USING (person_id);
    ANALYZE changed_part; ANALYZE changed; ANALYZE due_person`);
}

/** What the facts rest on besides the rows: terms, code lists and record types. */
export function rulesHash(contracts: Contracts): string {
  const terms = [...contracts.terms.values()].map(({ name, versions, local }) => [name, versions, local]);
  return createHash('sha256')
    .update(JSON.stringify([terms, factRecords(contracts), contactSql, youngPersonSql, contracts.version]))
    .digest('hex');
}
