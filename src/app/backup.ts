/** Backups of one hub: taken beside its work, each restored into a database of its own before it counts, the old ones let go. */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { type BackupHeading, openBackup, type Restored, restoreInto } from '../backup/read-backup.ts';
import { seal, unseal } from '../backup/sealed.ts';
import { backupName, type Keeping, outlived } from '../backup/which-stay.ts';
import { type Belonging, backupOf } from '../backup/write-backup.ts';
import { connect } from '../db/data-source.ts';
import { keptSecrets } from '../db/embedded/secrets.ts';
import { migrationState } from '../db/migrate.ts';
import { type DatabaseTarget, databaseTarget } from '../db/target.ts';
import { Refused, TesseraError } from '../errors.ts';
import { version } from '../package-root.ts';
import { recipientsOf } from '../sealing/age-keys.ts';
import type { Hub } from './hub.ts';
import { mapping } from './mapping.ts';

export interface BackupWanted {
  readonly into: string;
  readonly keyFile?: string;
  readonly recipients: readonly string[];
  readonly keep: Keeping;
}

export interface BackupMade {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly tables: number;
  readonly rows: number;
  /** Restored into a database of its own and compared; without the key file nobody here can open it. */
  readonly verified: boolean;
  readonly dropped: readonly string[];
  readonly seconds: number;
}

/** What the rows are of no use without, or what the audit log is held to. */
const BELONGINGS = ['release-keys.json', 'audit-key.pem', 'audit-key.pub.pem', 'audit-checkpoints.jsonl'];

export async function takeBackup(hub: Hub, wanted: BackupWanted): Promise<BackupMade> {
  const start = performance.now();
  const { keyFile, into } = wanted;
  const recipients = [...wanted.recipients, ...(keyFile === undefined ? [] : await recipientsOf(keyFile))];
  mkdirSync(into, { recursive: true, mode: 0o700 });
  const file = join(into, backupName(new Date()));
  const owner = await hub.as('owner');
  // A database that this release has not brought up to date yet is taken as it is.
  const { applied } = await migrationState(owner);
  const plain = backupOf(owner, { version, migrations: applied, belongings: belongingsOf(hub) });
  const tallies: { current: Awaited<ReturnType<typeof plain.next>>['value'] } = { current: [] as never };
  const draft = `${file}.part`;
  try {
    await seal(
      answering(plain, (found) => (tallies.current = found)),
      recipients,
      createWriteStream(draft, { mode: 0o600 }),
    );
    const bytes = statSync(draft).size;
    onDisk(draft);
    if (keyFile !== undefined) await checkBackup(hub, draft, keyFile);
    renameSync(draft, file);
    onDisk(into);
    const tables = tallies.current as readonly { readonly rows: number }[];
    return {
      file,
      bytes,
      sha256: await sha256Of(file),
      tables: tables.length,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      verified: keyFile !== undefined,
      dropped: dropOld(into, wanted.keep),
      seconds: Math.round(performance.now() - start) / 1000,
    };
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Restores a backup into a database of its own, compares every row, and lets that database go again. */
export async function checkBackup(hub: Hub, file: string, keyFile: string): Promise<Restored> {
  const owner = await hub.as('owner');
  await dropLeftOver(owner);
  const name = `tessera_check_${randomBytes(6).toString('hex')}`;
  try {
    return await restoreAs(owner, hub.database.target, name, file, keyFile);
  } finally {
    await owner.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => {});
  }
}

/** Puts a backup in the place of the hub's database, which stays beside it under another name until somebody drops it. */
export async function restoreBackup(
  hub: Hub,
  file: string,
  keyFile: string,
  { replace }: { readonly replace: boolean },
): Promise<Restored & { readonly replaced: string | null }> {
  const owner = await hub.as('owner');
  const holds = await holdsAnything(owner);
  if (holds && !replace)
    throw new Refused('NOT_EMPTY', 'The hub holds something already.', {
      remedy: 'Restore into a new hub, or give --replace: what it holds now is kept under another name.',
    });
  const { target, dataDir } = hub.database;
  const current = databaseName(target);
  const restored = await restoreAs(owner, target, `${current}_restored`, file, keyFile);
  const replaced = `${current}_before_${new Date()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '')
    .toLowerCase()}`;
  await owner.destroy();
  const maintenance = await connect(on(target, 'postgres'), 'owner', { entities: [], migrations: [] }, 1);
  try {
    await maintenance.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid() AND usename = current_user',
      [current],
    );
    await maintenance.query(`ALTER DATABASE "${current}" RENAME TO "${replaced}"`);
    await maintenance.query(`ALTER DATABASE "${current}_restored" RENAME TO "${current}"`);
    if (!holds) await maintenance.query(`DROP DATABASE "${replaced}" WITH (FORCE)`);
  } finally {
    await maintenance.destroy();
  }
  keepBelongings(dataDir, restored.belongings);
  return { ...restored, replaced: holds ? replaced : null };
}

async function restoreAs(
  owner: DataSource,
  target: DatabaseTarget,
  name: string,
  file: string,
  keyFile: string,
): Promise<Restored> {
  return unlessDamaged(async () => {
    const backup = await openBackup(await unseal(createReadStream(file), keyFile));
    const migrations = migrationsFor(backup.heading);
    await owner.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await owner.query(`CREATE DATABASE "${name}"`);
    const scratch = await connect(on(target, name), 'owner', { entities: [], migrations }, 2);
    try {
      await scratch.runMigrations({ transaction: 'each' });
      return await restoreInto(scratch, backup);
    } finally {
      await scratch.destroy();
    }
  });
}

/** The schema that the rows were taken from: what came after it is done when the hub starts. */
function migrationsFor({ migrations, version: from }: BackupHeading): typeof mapping.migrations {
  const named = mapping.migrations.map((migration) => ({ migration, name: new migration().name }));
  if (migrations.some((one) => !named.some(({ name }) => name === one)))
    throw new Refused('BACKUP_NEWER', `The backup was made by a newer release (${from}).`, {
      remedy: 'Restore it with that release.',
    });
  return named.flatMap(({ migration, name }) => (migrations.includes(name ?? '') ? [migration] : []));
}

/** What the formats within say of bytes that are not theirs; a database that refuses says so itself. */
async function unlessDamaged<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as { code?: string };
    const isFormats = code === undefined || /^(Z_|ZSTD_|ERR_)/.test(code);
    if (error instanceof TesseraError || !isFormats) throw error;
    throw new Refused('BACKUP_DAMAGED', 'The backup is damaged, or was cut off.', {
      remedy: 'Take the backup before it.',
      cause: error,
    });
  }
}

/** Those of a check that was killed. One that somebody is connected to is somebody's. */
async function dropLeftOver(owner: DataSource): Promise<void> {
  const left = await owner.query<{ datname: string }[]>(
    `SELECT datname FROM pg_database d WHERE datname ~ '^tessera_check_[0-9a-f]{12}$' AND pg_get_userbyid(datdba) = current_user
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datname = d.datname)`,
  );
  for (const { datname } of left) await owner.query(`DROP DATABASE IF EXISTS ${datname}`).catch(() => {});
}

async function holdsAnything(owner: DataSource): Promise<boolean> {
  const { applied } = await migrationState(owner);
  if (applied.length === 0) return false;
  const [row] = await owner.query<{ holds: boolean }[]>(
    'SELECT EXISTS (SELECT FROM ledger.run) OR EXISTS (SELECT FROM access.person) AS holds',
  );
  return row?.holds === true;
}

function on(target: DatabaseTarget, database: string): DatabaseTarget {
  const url = new URL(target.urlFor('owner'));
  url.pathname = `/${database}`;
  return databaseTarget(url.href, target.roleSecret, target.embedded);
}

function databaseName(target: DatabaseTarget): string {
  const name = decodeURIComponent(new URL(target.urlFor('owner')).pathname.slice(1));
  if (/^[A-Za-z_][A-Za-z0-9_-]{0,40}$/.test(name)) return name;
  throw new Refused('DATABASE_NAME', 'The database has a name that is not taken here.', {
    remedy: 'Use letters, digits, - and _, 41 of them at the most.',
  });
}

function belongingsOf(hub: Hub): readonly Belonging[] {
  const { dataDir, surrogateKey } = hub.database;
  const secrets = JSON.stringify({
    surrogateKey: Buffer.from(surrogateKey).toString('utf8'),
    roleSecret: hub.database.target.roleSecret,
  });
  return [
    { name: 'secrets.json', content: Buffer.from(secrets) },
    ...BELONGINGS.flatMap((name) =>
      existsSync(join(dataDir, name)) ? [{ name, content: readFileSync(join(dataDir, name)) }] : [],
    ),
  ];
}

/** The database's own passwords stay those of the machine; the keys become those that the rows were made with. */
function keepBelongings(dataDir: string, belongings: readonly Belonging[]): void {
  for (const { name, content } of belongings) {
    const merged =
      name === 'secrets.json'
        ? JSON.stringify({ ...keptSecrets(dataDir), ...JSON.parse(Buffer.from(content).toString()) })
        : content;
    if (name !== 'secrets.json' && !BELONGINGS.includes(name)) continue;
    const draft = join(dataDir, `${name}.restored`);
    writeFileSync(draft, merged, { mode: 0o600 });
    renameSync(draft, join(dataDir, name));
  }
}

/** The newest ones stay. */
function dropOld(into: string, keep: Keeping): readonly string[] {
  const old = outlived(readdirSync(into), keep, new Date());
  for (const name of old) rmSync(join(into, name));
  return old;
}

async function* answering<T, R>(from: AsyncGenerator<T, R>, answer: (found: R) => void): AsyncGenerator<T> {
  answer(yield* from);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function onDisk(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
