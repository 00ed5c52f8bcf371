/** What could keep the hub from working here, each finding with its remedy. It changes nothing. */
import { statfs } from 'node:fs/promises';
import { readSettings, type Settings } from '../config.ts';
import { checkContracts } from '../contracts/check/check.ts';
import { schemaFolder } from '../contracts/contracts.ts';
import { migrationState } from '../db/migrate.ts';
import { createdDuties } from '../db/roles.ts';
import { TesseraError } from '../errors.ts';
import { type Hub, withHub } from './hub.ts';
import { isNewEnough, newerNode } from './node-version.ts';

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
  readonly remedy: string | null;
}

export interface Diagnosis {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

const leastDiskGiB = 2;
const mostClockSeconds = 5;

export async function diagnose(): Promise<Diagnosis> {
  const findings: Finding[] = [nodeFinding(process.versions.node)];
  findings.push(contractsFinding());
  const settings = check(
    'settings',
    () => readSettings(),
    findings,
    () => 'every setting is understood',
  );
  if (settings !== undefined) findings.push(...(await databaseFindings(settings)));
  return { ok: findings.every((finding) => finding.ok), findings };
}

export function nodeFinding(version: string): Finding {
  const ok = isNewEnough(version);
  return { check: 'node', ok, found: `Node ${version}`, remedy: ok ? null : newerNode };
}

function contractsFinding(): Finding {
  const { ok, records, codes, problems } = checkContracts(schemaFolder);
  const found = ok ? `${records} record types, ${codes} codes` : `${problems.length} problems`;
  const remedy = 'Run `npx tessera contracts check`, and mend what it names.';
  return { check: 'contracts', ok, found, remedy: ok ? null : remedy };
}

export function diskFinding(freeBytes: number, dataDir: string): Finding {
  const free = freeBytes / 2 ** 30;
  const ok = free >= leastDiskGiB;
  const remedy = `Free at least ${leastDiskGiB} GiB, or set TESSERA_DATA_DIR to a larger disk.`;
  return {
    check: 'disk',
    ok,
    found: `${free.toFixed(1)} GiB free for ${dataDir}`,
    remedy: ok ? null : remedy,
  };
}

export function clockFinding(hub: Date, database: Date): Finding {
  const apart = Math.abs(hub.getTime() - database.getTime()) / 1000;
  const ok = apart <= mostClockSeconds;
  const remedy = 'Let both machines follow a time server: deadlines and ledger times would disagree.';
  return {
    check: 'clock',
    ok,
    found: `${apart.toFixed(1)} s from the database's clock`,
    remedy: ok ? null : remedy,
  };
}

async function databaseFindings(settings: Settings): Promise<Finding[]> {
  try {
    return await withHub(settings, 'doctor', async (hub) => {
      const { bavail, bsize } = await statfs(hub.database.dataDir);
      return [
        diskFinding(bavail * bsize, hub.database.dataDir),
        {
          check: 'database',
          ok: true,
          found: `PostgreSQL ${hub.serverVersion} at ${hub.database.target.label}`,
          remedy: null,
        },
        await clockOf(hub),
        ...(await schemaFindings(hub)),
      ];
    });
  } catch (error) {
    return [complaint('database', error)];
  }
}

async function clockOf(hub: Hub): Promise<Finding> {
  const owner = await hub.as('owner');
  const [row] = await owner.query<{ now: Date }[]>('SELECT clock_timestamp() AS now');
  return clockFinding(new Date(), row?.now ?? new Date(0));
}

async function schemaFindings(hub: Hub): Promise<Finding[]> {
  const { pending } = await migrationState(await hub.as('owner'));
  if (pending.length > 0) {
    const found = `${pending.length} migrations pending`;
    return [
      {
        check: 'schema',
        ok: false,
        found,
        remedy: 'Run `npx tessera migrate`, or start the hub, which does it.',
      },
    ];
  }
  const findings: Finding[] = [{ check: 'schema', ok: true, found: 'up to date', remedy: null }];
  for (const duty of createdDuties) {
    try {
      await hub.as(duty);
      findings.push({ check: `role ${duty}`, ok: true, found: 'may sign in', remedy: null });
    } catch (error) {
      findings.push(complaint(`role ${duty}`, error));
    }
  }
  return findings;
}

function check<T>(
  name: string,
  read: () => T,
  findings: Finding[],
  found: (value: T) => string,
): T | undefined {
  try {
    const value = read();
    findings.push({ check: name, ok: true, found: found(value), remedy: null });
    return value;
  } catch (error) {
    findings.push(complaint(name, error));
    return undefined;
  }
}

/** Only what we expect becomes a finding; a defect stays a defect. */
function complaint(name: string, error: unknown): Finding {
  if (!(error instanceof TesseraError)) throw error;
  return {
    check: name,
    ok: false,
    found: error.message,
    remedy: error.remedy ?? 'docs/configuration.md lists every setting.',
  };
}
