import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { beforeAll, expect, test } from 'vitest';
import { destroyDue } from '../../etl/destroy.ts';
import { linkPersons } from '../../etl/persons.ts';
import { transaction } from '../../src/db/transaction.ts';
import { testDatabase } from '../support/database.ts';
import { madeUpPeople } from './link/people.ts';
import {
  agencyOf,
  deliverLinkage,
  grouped,
  membership,
  registerAgencies,
  surrogateOf,
} from './persons/agencies.ts';

const database = testDatabase();
const { rows: people } = madeUpPeople(40, 5);
const of = (source: string) => people.filter((row) => row.source === source);
let loader: DataSource;
let linker: DataSource;

const link = () => linkPersons({ linker, requestedBy: 'test' });
const destroy = () => destroyDue({ loader, requestedBy: 'test' });

async function asOwner(statement: string): Promise<void> {
  await transaction(await database.as('owner'), ({ client }) => client.query(statement), { county: '*' });
}

async function recordTerms(agreement: string, version: number, months: number): Promise<void> {
  await asOwner(`INSERT INTO governance.agreement_terms (agreement_id, version, content, recorded_by)
    VALUES ('${agreement}', ${version}, '{"retention_months": "${months}"}', '${randomUUID()}')`);
}

/** Rows of each table of the hub that holds rows of young people, by the agency that sent them. */
async function held(agency: string): Promise<number> {
  const [row] = await linker.query<{ n: number }[]>(
    `SELECT (SELECT count(*) FROM linkage.person_linkage WHERE source_agency = $1)::int
       + (SELECT count(*) FROM linkage.person_token WHERE source_agency = $1)::int AS n`,
    [agency],
  );
  return row?.n ?? 0;
}

beforeAll(async () => {
  [loader, linker] = await Promise.all([database.as('loader'), database.as('linker')]);
  await registerAgencies(loader);
  for (const [at, source] of ['a', 'b'].entries())
    await asOwner(`
      INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from, effective_to)
        VALUES ('DSA-${source}', '{${agencyOf(source)}}', '{person_linkage}', '{program_evaluation}', false, false, '2020-01-01', '2024-06-30');
      INSERT INTO ops.delivery (id, source_agency, delivery_id, agreement_id, extract_kind, as_of, manifest_hash, loaded_at) OVERRIDING SYSTEM VALUE
        VALUES (${at + 1}, '${agencyOf(source)}', 'D-${source}', 'DSA-${source}', 'full', now(), repeat('${at}', 64), now())`);
  await deliverLinkage(loader, 1, of('a'));
  await deliverLinkage(loader, 2, of('b'));
  await link();
});

test('nothing is destroyed before it is due, whoever asks', async () => {
  expect(await destroy()).toEqual({ agreements: [], rows: 0 });
  await recordTerms('DSA-b', 1, 600);
  expect(await destroy()).toEqual({ agreements: [], rows: 0 });
  await expect(loader.query('SELECT ops.destroy_under($1, $2)', ['DSA-b', randomUUID()])).rejects.toThrow(
    /due/,
  );
  await expect(
    (await database.as('api')).query('SELECT ops.destroy_under($1, $2)', ['DSA-b', randomUUID()]),
  ).rejects.toThrow(/denied/);
  expect(await held(agencyOf('a'))).toBeGreaterThan(0);
});

test('what came under an agreement whose retention is over goes, with its tokens and persons, and is on record', async () => {
  const before = { a: await held(agencyOf('a')), b: await held(agencyOf('b')) };
  await recordTerms('DSA-a', 1, 600);
  await recordTerms('DSA-a', 2, 12);
  const destroyed = await destroy();
  expect(destroyed).toEqual({ agreements: ['DSA-a'], rows: of('a').length });
  expect([await held(agencyOf('a')), await held(agencyOf('b'))]).toEqual([0, before.b]);
  const gone = new Set(of('a').map(surrogateOf));
  expect([...(await membership(linker)).keys()].filter((surrogate) => gone.has(surrogate))).toEqual([]);
  const [line] = await loader.query<{ terms_version: number; rows: Record<string, number> }[]>(
    'SELECT terms_version, rows FROM ops.destruction',
  );
  expect(line).toMatchObject({ terms_version: 2, rows: { 'linkage.person_linkage': of('a').length } });
  const [stage] = await loader.query<{ outcome: string }[]>(
    `SELECT outcome FROM ledger.stage WHERE name = 'destroy'`,
  );
  expect(stage).toEqual({ outcome: 'succeeded' });
});

test('is not destroyed twice, and the next linkage knows only what is left', async () => {
  expect(await destroy()).toEqual({ agreements: [], rows: 0 });
  await link();
  const left = of('b').map(surrogateOf).toSorted();
  expect(
    grouped(await membership(linker))
      .join(' ')
      .split(' ')
      .toSorted(),
  ).toEqual(left);
});
