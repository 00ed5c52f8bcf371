import type { DataSource } from 'typeorm';
import { beforeAll, describe, expect, test } from 'vitest';
import { ownInScope } from '../../etl/persons/own-in-scope.ts';
import { termQuery } from '../../etl/persons/term-query.ts';
import { linkPersons } from '../../etl/persons.ts';
import { purgeOutOfScope } from '../../etl/purge.ts';
import { findScope } from '../../etl/scope.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { transaction } from '../../src/db/transaction.ts';
import { registerSources } from '../../src/sources/register.ts';
import { testDatabase } from '../support/database.ts';
import { madeUpPeople, type Row } from './link/people.ts';
import {
  agencyOf,
  deliverLinkage,
  membership,
  registerAgencies,
  surrogateOf,
  tokenOf,
} from './persons/agencies.ts';

const database = testDatabase();
const { rows: people } = madeUpPeople(60, 3);
const sources = ['a', 'b', 'c'];
const in100Days = new Date(Date.now() + 100 * 86_400_000);
let loader: DataSource;
let linker: DataSource;
let measurer: DataSource;

const link = () => linkPersons({ linker, requestedBy: 'test' });
const find = () => findScope({ measurer, requestedBy: 'test', on: '2026-03-01' });
const purge = (now = in100Days) => purgeOutOfScope({ linker, requestedBy: 'test', retentionDays: 90, now });

/** A row of content about somebody, with the fields that its record type needs for the term. */
async function tell(
  record: string,
  of: Row,
  fields: Record<string, string>,
  county = '06001',
): Promise<void> {
  const named = {
    source_record_id: `${record}-${of.source}-${of.id}`,
    source_agency: agencyOf(of.source),
    county_fips: county,
    op: 'insert',
    source_updated_at: '2026-01-01',
    ...fields,
  };
  const values = Object.values(named);
  await transaction(loader, ({ client }) =>
    client.query(
      `INSERT INTO events.${record} (${Object.keys(named).join(', ')}, surrogate, record_version, delivery, line, known_from)
       VALUES (${values.map((_, i) => `$${i + 1}`).join(', ')}, $${values.length + 1}, 1, 1, 1, now())`,
      [...values, Buffer.from(surrogateOf(of), 'hex')],
    ),
  );
}

async function inScopeOf(source: string): Promise<readonly string[]> {
  return (await ownInScope(linker, agencyOf(source))).personTokens;
}

/** Who should be in scope: everybody linked to one of these, found row by row. */
async function expected(source: string, concern: readonly Row[]): Promise<string[]> {
  const persons = await membership(linker);
  const wanted = new Set(concern.map((row) => persons.get(surrogateOf(row))));
  return people
    .filter((row) => row.source === source && wanted.has(persons.get(surrogateOf(row)) ?? 'nobody'))
    .map(tokenOf)
    .toSorted();
}

const [screened, suspected, clear, labor] = people.filter(({ source }) => source === 'a') as [
  Row,
  Row,
  Row,
  Row,
];
const elsewhere = people.find(({ source }) => source === 'c') as Row;

beforeAll(async () => {
  loader = await database.as('loader');
  linker = await database.as('linker');
  measurer = await database.as('measurer');
  await registerAgencies(loader);
  await deliverLinkage(loader, 1, people);
});

test('before anything is linked nobody is told anything, and an unknown agency never', async () => {
  await expect(ownInScope(linker, agencyOf('a'))).rejects.toMatchObject({ code: 'NOT_LINKED_YET' });
  await expect(ownInScope(linker, 'NOBODY')).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
});

describe('who is in scope', () => {
  test('is whoever is linked to somebody identified or screened with concern, by any agency', async () => {
    await link();
    await tell('screening', screened, { outcome: 'possible' });
    await tell('screening', clear, { outcome: 'none' });
    await tell('identification', suspected, { status: 'suspected' });
    await tell('identification', labor, { status: 'confirmed', exploitation_kind: 'labor' });
    await tell('identification', elsewhere, { status: 'confirmed', exploitation_kind: 'sexual' }, '06037');
    expect(await find()).toMatchObject({ outcome: 'succeeded', accepted: 3 });
    for (const source of sources)
      expect(await inScopeOf(source)).toEqual(await expected(source, [screened, suspected, elsewhere]));
    const all = (await Promise.all(sources.map(inScopeOf))).flat();
    expect(all.length).toBeGreaterThan(3);
    expect(all.length).toBeLessThan(people.length / 2);
  });

  test('stands as it is when nothing changed, from the first time on', async () => {
    expect(await find()).toMatchObject({ outcome: 'unchanged', accepted: 3 });
    expect(await find()).toMatchObject({ outcome: 'unchanged', accepted: 3 });
  });

  test('follows a withdrawal', async () => {
    await loader.query(`UPDATE events.screening SET known_to = now() WHERE outcome = 'possible'`);
    expect(await find()).toMatchObject({ accepted: 2 });
    for (const source of sources)
      expect(await inScopeOf(source)).toEqual(await expected(source, [suspected, elsewhere]));
  });
});

describe('tokens that match nobody in scope', () => {
  const forgotten = async (): Promise<number> => {
    const [row] = await linker.query<{ kept: number }[]>(
      'SELECT count(*)::int AS kept FROM linkage.person_linkage',
    );
    return people.length - (row?.kept ?? 0);
  };

  test('stay for their time', async () => {
    expect(await purge(new Date(Date.now() + 89 * 86_400_000))).toMatchObject({ accepted: 0 });
  });

  test('stay while rows wait to be linked, and while nobody at all is in scope', async () => {
    const late: Row = { ...screened, id: 9000 };
    await deliverLinkage(loader, 2, [late]);
    await expect(purge()).rejects.toMatchObject({ code: 'NOT_LINKED_YET' });
    await deliverLinkage(loader, 3, [], [late]);
    await link();
    await measurer.query('DELETE FROM persons.concern');
    await expect(purge()).rejects.toMatchObject({ code: 'SCOPE_EMPTY' });
    await find();
  });

  test('are forgotten after it, with pseudonyms and links, and those in scope are kept', async () => {
    const persons = await membership(linker);
    const wanted = new Map<string, readonly string[]>();
    for (const source of sources) wanted.set(source, await inScopeOf(source));
    const kept = [...wanted.values()].flat();
    expect(await purge()).toMatchObject({ outcome: 'succeeded', accepted: people.length + 1 - kept.length });
    expect(await forgotten()).toBe(people.length - kept.length);
    for (const source of sources) expect(await inScopeOf(source)).toEqual(wanted.get(source));
    const [links] = await linker.query<{ stray: number }[]>(
      `SELECT count(*)::int AS stray FROM persons.link WHERE a NOT IN (SELECT surrogate FROM linkage.person_token)
         OR b NOT IN (SELECT surrogate FROM linkage.person_token)`,
    );
    expect(links).toEqual({ stray: 0 });
    // What was one person stays one person, so that nobody is counted twice for having been forgotten.
    await link();
    expect(await membership(linker)).toEqual(persons);
    expect(await purge()).toMatchObject({ accepted: 0 });
  });

  test('that come again are linked again', async () => {
    const persons = await membership(linker);
    await deliverLinkage(loader, 4, people);
    expect(await link()).toMatchObject({ kind: 'delta', records: people.length });
    expect(await membership(linker)).toEqual(persons);
    expect(
      await linker.query(
        'SELECT FROM linkage.purged_row WHERE surrogate IN (SELECT surrogate FROM linkage.person_token)',
      ),
    ).toEqual([]);
  });

  test('of an agency that may send content for all are left alone', async () => {
    await registerSources(loader, {
      agencies: [],
      agreements: [
        {
          id: 'AG-UP-FRONT',
          agencies: sources.map(agencyOf),
          recordTypes: ['person_linkage'],
          purposes: [],
          withheldFields: [],
          minorConsentServices: false,
          contentUpFront: true,
          vocaPersonRows: false,
          effectiveFrom: '2025-01-01',
          effectiveTo: null,
        },
      ],
    });
    expect(await purge()).toMatchObject({ accepted: 0 });
  });
});

test('an exploitation whose kind nobody said is not taken for labor, as in the measures', async () => {
  const [unsaid, ofLabor] = people.filter(({ source }) => source === 'b').slice(-2) as [Row, Row];
  await tell('identification', unsaid, { status: 'confirmed' });
  await tell('identification', ofLabor, { status: 'confirmed', exploitation_kind: 'labor' });
  const { sql } = termQuery(loadContracts(), { term: 'confirmed', on: '2026-03-01' });
  const rows = await transaction(measurer, ({ client }) =>
    client.query<{ hex: string }>(`SELECT encode(surrogate, 'hex') AS hex FROM (${sql}) said`),
  );
  const said = rows.rows.map(({ hex }) => hex);
  expect(said).toContain(surrogateOf(unsaid));
  expect(said).not.toContain(surrogateOf(ofLabor));
});
