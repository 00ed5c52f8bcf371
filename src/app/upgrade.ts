/** From one release to the next: looks whether it can be done, takes a backup, brings the schema up to date, looks again. */
import { statfs } from 'node:fs/promises';
import type { Settings } from '../config.ts';
import { migrateUp, migrationState } from '../db/migrate.ts';
import { Refused } from '../errors.ts';
import { type BackupMade, takeBackup } from './backup.ts';
import { diagnose, type Finding, nodeFinding } from './doctor.ts';
import { type Hub, withHub } from './hub.ts';

export interface UpgradeWanted {
  readonly check: boolean;
  /** Where the backup goes, and the key that opens it. */
  readonly into?: string;
  readonly keyFile?: string;
  readonly withoutBackup: boolean;
}

export interface Upgraded {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly pending: readonly string[];
  readonly backup: BackupMade | null;
  readonly done: boolean;
}

export async function upgrade(settings: Settings, wanted: UpgradeWanted): Promise<Upgraded> {
  const before = await withHub(settings, 'upgrade', async (hub) => {
    const { pending } = await migrationState(await hub.as('owner'));
    const findings = await lookAhead(hub);
    const ok = findings.every((finding) => finding.ok);
    if (!ok || wanted.check || pending.length === 0)
      return { ok, findings, pending, backup: null, done: false };
    const backup = await backupFirst(hub, wanted);
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    return { ok, findings, pending, backup, done: true };
  });
  if (!before.done) return before;
  const after = await diagnose();
  return { ...before, ok: after.ok, findings: after.findings };
}

async function backupFirst(
  hub: Hub,
  { into, keyFile, withoutBackup }: UpgradeWanted,
): Promise<BackupMade | null> {
  if (withoutBackup) return null;
  if (into === undefined || keyFile === undefined)
    throw new Refused('NO_BACKUP', 'An upgrade changes the database, and no backup was asked for.', {
      remedy: 'Give --into and --key-file; or --without-backup, where one was taken another way.',
    });
  return takeBackup(hub, { into, keyFile, recipients: [], keep: { most: Infinity } });
}

async function lookAhead(hub: Hub): Promise<readonly Finding[]> {
  const owner = await hub.as('owner');
  const [found] = await owner.query<{ bytes: string; night: boolean; stages: number }[]>(
    `SELECT pg_database_size(current_database()) AS bytes,
       EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND (classid::bigint << 32 | objid::bigint) = hashtextextended('tessera night', 0)) AS night`,
  );
  const { bavail, bsize } = await statfs(hub.database.dataDir);
  const [free, size] = [(bavail * bsize) / 2 ** 30, Number(found?.bytes) / 2 ** 30];
  // The backup is restored beside the database before it counts.
  const needed = hub.database.target.embedded ? 2 * size + 1 : 1;
  return [
    nodeFinding(process.versions.node),
    {
      check: 'database',
      ok: true,
      found: `PostgreSQL ${hub.serverVersion}, ${size.toFixed(1)} GiB`,
      remedy: null,
    },
    {
      check: 'disk',
      ok: free >= needed,
      found: `${free.toFixed(1)} GiB free, ${needed.toFixed(1)} needed`,
      remedy: free >= needed ? null : 'Free some, or set TESSERA_DATA_DIR to a larger disk.',
    },
    {
      check: 'night',
      ok: found?.night !== true,
      found: found?.night === true ? 'a night is running' : 'no night is running',
      remedy: found?.night === true ? 'Wait for its end, or `npx tessera nightly --cancel`.' : null,
    },
  ];
}
