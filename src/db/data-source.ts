import { randomBytes } from 'node:crypto';
import { DataSource, type EntityTarget, type MigrationInterface, type ObjectLiteral } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { Unavailable } from '../errors.ts';
import type { Duty } from './roles.ts';
import type { DatabaseTarget } from './target.ts';

/** What the composition root knows and this folder must not: the entities and migrations of every domain. */
export interface Mapping {
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  readonly migrations: readonly (new () => MigrationInterface)[];
}

const oldestServer = 15;

/** Tells this process's connections from those of others with the same duty. */
const processMark = randomBytes(4).toString('hex');

export function dataSourceOptions(url: string | undefined, mapping: Mapping): PostgresDataSourceOptions {
  return {
    type: 'postgres',
    ...(url === undefined ? {} : { url }),
    entities: [...mapping.entities] as never,
    migrations: [...mapping.migrations],
    migrationsTableName: 'migration',
    installExtensions: false,
    logging: false,
  };
}

export async function connect(
  target: DatabaseTarget,
  duty: Duty,
  mapping: Mapping,
  poolSize = 10,
): Promise<DataSource> {
  const source = new DataSource({
    ...dataSourceOptions(target.urlFor(duty), mapping),
    applicationName: `tessera ${duty} ${processMark}`,
    poolSize,
    connectTimeoutMS: 10_000,
  });
  try {
    await source.initialize();
  } catch (cause) {
    throw unreachable(target, duty, cause);
  }
  return source;
}

/** Makes the server give up what this process is asking of it with these connections; the askers get an error. */
export async function stopQueriesOf(source: DataSource): Promise<void> {
  await source.query(
    `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
     WHERE usename = current_user AND application_name LIKE '% ' || $1 AND state = 'active' AND pid <> pg_backend_pid()`,
    [processMark],
  );
}

/** The server's version as a number such as 18.4, refused when it is older than the hub needs. */
export async function serverVersion(source: DataSource, target: DatabaseTarget): Promise<string> {
  const [row] = await source.query<{ server_version: string }[]>('SHOW server_version');
  const version = row?.server_version.split(' ')[0] ?? '';
  refuseOldServer(version, target.label);
  return version;
}

export function refuseOldServer(version: string, label: string): void {
  if (Number.parseInt(version, 10) >= oldestServer) return;
  throw new Unavailable(
    'DATABASE_TOO_OLD',
    `${label} is PostgreSQL ${version}; the hub needs ${oldestServer} to 18.`,
    {
      remedy: 'Upgrade the server, or unset DATABASE_URL to use the embedded PostgreSQL 18.',
    },
  );
}

function unreachable(target: DatabaseTarget, duty: Duty, cause: unknown): Unavailable {
  const reason = (cause as { code?: string }).code ?? 'no answer';
  const remedies: Record<string, string> = {
    ECONNREFUSED: 'Start the server, or correct host and port in DATABASE_URL.',
    ENOTFOUND: 'Correct the host in DATABASE_URL.',
    '28P01': 'Correct the password, or run `npx tessera migrate` so that the roles get theirs.',
    '28000':
      'Allow this account in the server’s pg_hba.conf, or run `npx tessera migrate` to make the roles.',
    '3D000': 'Create the database that DATABASE_URL names.',
  };
  return new Unavailable('DATABASE_UNREACHABLE', `${target.label} does not let the ${duty} in (${reason}).`, {
    remedy: remedies[reason] ?? 'Check DATABASE_URL, then run `npx tessera doctor`.',
    cause,
  });
}
