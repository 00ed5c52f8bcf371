/** Takes the database to the code's schema, or back, one process at a time. */
import type { DataSource } from 'typeorm';
import { Unavailable } from '../errors.ts';
import { createdDuties, roleName, rolePassword } from './roles.ts';

export interface MigrationState {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

/** Any fixed number: the key under which hubs wait for each other's migrations. */
const migrationLock = 7_355_608;

export async function migrateUp(owner: DataSource, roleSecret: string): Promise<MigrationState> {
  return alone(owner, async () => {
    await refuseNewerSchema(owner);
    await owner.runMigrations({ transaction: 'each' });
    await givePasswords(owner, roleSecret);
    return migrationState(owner);
  });
}

/** Undoes the newest migration; answers what is left. */
export async function migrateDown(owner: DataSource): Promise<MigrationState> {
  return alone(owner, async () => {
    await refuseNewerSchema(owner);
    await owner.undoLastMigration({ transaction: 'each' });
    return migrationState(owner);
  });
}

export async function migrationState(owner: DataSource): Promise<MigrationState> {
  const known = owner.migrations.map((migration) => migration.name ?? '');
  const applied = await appliedMigrations(owner);
  return { applied, pending: known.filter((name) => !applied.includes(name)) };
}

async function refuseNewerSchema(owner: DataSource): Promise<void> {
  const known = new Set(owner.migrations.map((migration) => migration.name));
  const unknown = (await appliedMigrations(owner)).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new Unavailable(
    'SCHEMA_NEWER',
    `The database has migrations that this code does not know: ${unknown.join(', ')}.`,
    {
      remedy: 'Start the newer release of the hub, or restore a backup made before the upgrade.',
    },
  );
}

async function appliedMigrations(owner: DataSource): Promise<string[]> {
  const [table] = await owner.query<{ found: boolean }[]>(
    "SELECT to_regclass('public.migration') IS NOT NULL AS found",
  );
  if (table?.found !== true) return [];
  const rows = await owner.query<{ name: string }[]>('SELECT name FROM public.migration ORDER BY id');
  return rows.map((row) => row.name);
}

/** Passwords are no part of a migration: they follow the secret, which may change without the schema changing. */
async function givePasswords(owner: DataSource, roleSecret: string): Promise<void> {
  for (const duty of createdDuties) {
    await owner.query(`ALTER ROLE ${roleName(duty)} PASSWORD '${rolePassword(roleSecret, duty)}'`);
  }
}

async function alone<T>(owner: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = owner.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    return await work();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => {});
    await runner.release();
  }
}
