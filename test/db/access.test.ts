import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { deliveredRecords, type RecordTable, recordTable } from '../../etl/load/record-table.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { createdDuties, type Duty, roleName } from '../../src/db/roles.ts';
import { transaction } from '../../src/db/transaction.ts';
import { packageRoot } from '../../src/package-root.ts';
import { testDatabase } from '../support/database.ts';

type TableRules = { rows: 'all' | 'county' | 'claimed' } & Partial<Record<Duty, string[]>>;
const page = parse(readFileSync(join(packageRoot, 'schema/database-access.yaml'), 'utf8'), {
  merge: true,
}) as {
  schemas: Record<string, { holds: string; tables: Record<string, TableRules> }>;
};
const recordTables = deliveredRecords(loadContracts()).map(recordTable);
const liesIn = (table: RecordTable, schema: string): boolean =>
  table.schema === (schema === 'measures' ? 'events' : schema);
const declared = new Map<string, TableRules>();
for (const [schema, { tables }] of Object.entries(page.schemas)) {
  for (const [table, rules] of Object.entries(tables)) {
    const names =
      table === '*'
        ? recordTables.filter((found) => liesIn(found, schema)).map((found) => found.record)
        : [table];
    for (const name of names) declared.set(`${schema}.${name}`, rules);
  }
}

const database = testDatabase();

describe('the database', () => {
  test('has a rule for every table, and no rule for a table that is not there', async () => {
    const owner = await database.as('owner');
    const rows = await owner.query<{ name: string }[]>(
      `SELECT schemaname || '.' || tablename AS name FROM
         (SELECT schemaname, tablename FROM pg_tables UNION ALL SELECT schemaname, viewname FROM pg_views) t
       WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema' ORDER BY name`,
    );
    expect(rows.map((row) => row.name)).toEqual([...declared.keys()].toSorted());
  });

  test('gives every role exactly the rights that are declared', async () => {
    const owner = await database.as('owner');
    const rows = await owner.query<{ name: string; role: string; right: string }[]>(
      `SELECT n.nspname || '.' || c.relname AS name, g.grantee::regrole::text AS role,
              lower(g.privilege_type) || coalesce('(' || a.attname || ')', '') AS right
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN LATERAL (
         SELECT NULL::name AS attname, c.relacl AS acl
         UNION ALL SELECT attname, attacl FROM pg_attribute WHERE attrelid = c.oid AND attacl IS NOT NULL) a ON true
       CROSS JOIN LATERAL aclexplode(a.acl) g
       WHERE c.relkind IN ('r', 'p', 'v', 'm') AND g.grantee <> c.relowner
         AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`,
    );
    const found = rows.map((row) => `${row.role} may ${row.right} ${row.name}`).toSorted();
    const wanted = [...declared].flatMap(([name, rules]) =>
      createdDuties.flatMap((duty) =>
        (rules[duty] ?? []).map((right) => `${roleName(duty)} may ${right} ${name}`),
      ),
    );
    expect(found).toEqual(wanted.toSorted());
  });

  test('forces a row-level rule on every table whose rows belong to a county, the owner included', async () => {
    const owner = await database.as('owner');
    const rows = await owner.query<{ name: string; forced: boolean; policies: number }[]>(
      `SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
              (SELECT count(*)::int FROM pg_policy WHERE polrelid = c.oid) AS policies
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'county_fips' AND NOT attisdropped)
         AND c.relkind IN ('r', 'p')`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { name, forced, policies } of rows) {
      expect({ name, forced, guarded: policies > 0, declared: declared.get(name)?.rows }).toEqual({
        name,
        forced: true,
        guarded: true,
        declared: 'county',
      });
    }
  });

  test('shows what is claimed by forced rules that a transaction without a claim does not pass', async () => {
    const owner = await database.as('owner');
    const claimed = [...declared].filter(([, rules]) => rules.rows === 'claimed').map(([name]) => name);
    const rows = await owner.query<{ name: string }[]>(
      `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relrowsecurity AND c.relforcerowsecurity
         AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'county_fips')`,
    );
    expect(rows.map((row) => row.name).toSorted()).toEqual(claimed.toSorted());
  });

  test('lets no role read both content and tokens', () => {
    const readers = (schema: string) =>
      createdDuties.filter((duty) =>
        Object.values(page.schemas[schema]?.tables ?? {}).some((rules) => rules[duty]?.includes('select')),
      );
    // The loader writes both sides of the wall and so is the one exception; it serves no reader.
    expect(
      readers('events').filter((duty) => duty !== 'loader' && readers('linkage').includes(duty)),
    ).toEqual([]);
  });

  test('keeps its roles ordinary: none can pass the row-level rules or make roles', async () => {
    const owner = await database.as('owner');
    const rows = await owner.query<{ rolname: string }[]>(
      `SELECT rolname FROM pg_roles WHERE rolname = ANY($1) AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)`,
      [createdDuties.map(roleName)],
    );
    expect(rows).toEqual([]);
  });

  test.each([
    'events.person',
    'linkage.person_token',
    'persons.membership',
    'access.person',
    'access.token',
    'audit.head',
    'public.migration',
  ])('refuses the api a read of %s', async (table) => {
    const api = await database.as('api');
    await expect(api.query(`SELECT * FROM ${table}`)).rejects.toMatchObject({
      driverError: { code: '42501' },
    });
  });

  test('lets no role become another', async () => {
    const api = await database.as('api');
    await expect(api.query('SET ROLE tessera_loader')).rejects.toMatchObject({
      driverError: { code: '42501' },
    });
    await expect(api.query('CREATE TABLE public.own (n integer)')).rejects.toMatchObject({
      driverError: { code: '42501' },
    });
  });
});

describe('rows that belong to a county', () => {
  test('are seen under a claim for that county or for all, and never without one', async () => {
    const owner = await database.as('owner');
    await transaction(
      owner,
      async ({ client }) => {
        await client.query(`INSERT INTO governance.agency VALUES
          ('CW-1', 'Agency CW-1', 'child_welfare', '06001'), ('CW-2', 'Agency CW-2', 'child_welfare', '06037')`);
      },
      { county: '*' },
    );
    const api = await database.as('api');
    const seen = async (county?: string) =>
      transaction(
        api,
        async ({ client }) =>
          (await client.query<{ id: string }>('SELECT id FROM governance.agency ORDER BY id')).rows.map(
            (row) => row.id,
          ),
        county === undefined ? {} : { county },
      );
    expect(await seen()).toEqual([]);
    expect(await seen('06001')).toEqual(['CW-1']);
    expect(await seen('*')).toEqual(['CW-1', 'CW-2']);
    for (const odd of ["06001' OR true --", "'; SET tessera.county = '*", String.raw`\', true), ('`, '$1'])
      expect(await seen(odd)).toEqual([]);

    const counties = Array.from({ length: 200 }, (_, i) =>
      i % 3 === 0 ? undefined : i % 3 === 1 ? '06001' : '06037',
    );
    const answers = await Promise.all(counties.map(seen));
    for (const [i, county] of counties.entries()) {
      expect(answers[i]).toEqual(county === undefined ? [] : county === '06001' ? ['CW-1'] : ['CW-2']);
    }
  });

  test('cannot be written for another county', async () => {
    const owner = await database.as('owner');
    const write = transaction(
      owner,
      ({ client }) =>
        client.query(
          `INSERT INTO governance.agency VALUES ('CW-3', 'Agency CW-3', 'child_welfare', '06037')`,
        ),
      { county: '06001' },
    );
    await expect(write).rejects.toMatchObject({ code: '42501' });
  });
});
