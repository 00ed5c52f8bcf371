import type { DataSource } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { migrateDown, migrateUp, migrationState } from '../../src/db/migrate.ts';
import { testDatabase } from '../support/database.ts';

const migrated = testDatabase();
const empty = testDatabase('empty');

/** Everything a migration can make, in one comparable list: relations, columns, constraints, rules, rights. */
async function catalogue(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ line: string }[]>(`
    WITH own AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
    SELECT 'schema ' || nspname || ' ' || coalesce(obj_description(oid, 'pg_namespace'), '') AS line FROM own
    UNION ALL SELECT 'relation ' || c.oid::regclass || ' ' || c.relkind::text || ' ' || c.relrowsecurity || c.relforcerowsecurity
        || coalesce(c.relacl::text, '') FROM pg_class c JOIN own ON own.oid = relnamespace
    UNION ALL SELECT 'column ' || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) || attnotnull || coalesce(attacl::text, '')
      FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN own ON own.oid = relnamespace WHERE attnum > 0 AND NOT attisdropped
    UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN own ON own.oid = connamespace
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname IN (SELECT nspname FROM own)
    UNION ALL SELECT 'policy ' || polrelid::regclass || ' ' || polname FROM pg_policy
    UNION ALL SELECT 'function ' || p.oid::regprocedure || coalesce(proacl::text, '') FROM pg_proc p JOIN own ON own.oid = pronamespace
    UNION ALL SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'default ' || coalesce(defaclacl::text, '') FROM pg_default_acl
    ORDER BY line`);
  // TypeORM's own list of migrations is there from the first step to the last, and is no migration's doing.
  return rows.map((row) => row.line).filter((line) => !/\bmigration(_id_seq)?\b|PK_/.test(line));
}

describe('migrations', () => {
  test('each undo exactly what they did', async () => {
    const owner = await empty.as('owner');
    const { roleSecret } = empty.target;
    const runner = owner.createQueryRunner();
    const before = [await catalogue(owner)];
    for (const migration of owner.migrations) {
      await migration.up(runner);
      before.push(await catalogue(owner));
    }
    for (const migration of owner.migrations.toReversed()) {
      const after = before.pop();
      expect(await catalogue(owner)).toEqual(after);
      await migration.down(runner);
    }
    expect(await catalogue(owner)).toEqual(before.pop());

    await runner.release();

    const all = await migrateUp(owner, roleSecret);
    expect(all.pending).toEqual([]);
    const down = await migrateDown(owner);
    expect(down.pending).toEqual([owner.migrations.at(-1)?.name]);
    await migrateUp(owner, roleSecret);
  });

  test('make what the entities say', async () => {
    const owner = await migrated.as('owner');
    const { upQueries } = await owner.driver.createSchemaBuilder().log();
    const checks = await owner.query<{ conname: string }[]>(
      `SELECT conname FROM pg_constraint WHERE contype = 'c'`,
    );
    // Entities are property bags: what a row must satisfy is said once, in the migration.
    const dropsACheck = (query: string): boolean =>
      checks.some(({ conname }) => query.endsWith(`DROP CONSTRAINT "${conname}"`));
    expect(upQueries.map(({ query }) => query).filter((query) => !dropsACheck(query))).toEqual([]);
  });

  test('wait for each other when two hubs start at once', async () => {
    const owner = await migrated.as('owner');
    const states = await Promise.all([1, 2, 3].map(() => migrateUp(owner, migrated.target.roleSecret)));
    for (const state of states) expect(state).toEqual(await migrationState(owner));
  });

  test('newer than the code are refused, with nothing done', async () => {
    const owner = await migrated.as('owner');
    await owner.query(`INSERT INTO migration (timestamp, name) VALUES (9999, 'FromTheFuture0000000009999')`);
    try {
      await expect(migrateUp(owner, migrated.target.roleSecret)).rejects.toMatchObject({
        code: 'SCHEMA_NEWER',
        message: expect.stringContaining('FromTheFuture0000000009999'),
      });
      await expect(migrateDown(owner)).rejects.toMatchObject({ code: 'SCHEMA_NEWER' });
    } finally {
      await owner.query(`DELETE FROM migration WHERE timestamp = 9999`);
    }
  });
});
