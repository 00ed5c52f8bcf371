/** Looks after the hub: what the schedule's rules find is kept, told, and gone when it is gone; mail that waits goes out. */
import { statfs } from 'node:fs/promises';
import { connect as connectTls } from 'node:tls';
import type { DataSource } from 'typeorm';
import { findingsOf, type Observed } from '../../etl/alerts/findings.ts';
import { keepAlerts, markTold, untoldAlerts } from '../../etl/alerts/kept-alerts.ts';
import { observeDatabase } from '../../etl/alerts/observe.ts';
import { tellAll } from '../../etl/alerts/tell.ts';
import type { Schedule } from '../../etl/schedule/schedule-file.ts';
import { readCheckpoints } from '../audit/checkpoint.ts';
import { keptSigningKey } from '../audit/signing-key.ts';
import { verifyAudit } from '../audit/verify.ts';
import type { Settings } from '../config.ts';
import { checkpointFile } from './checkpoints.ts';
import type { Hub } from './hub.ts';
import { mailProviders } from './mail-providers.ts';

export interface LookedAfter {
  readonly open: number;
  readonly told: number;
  /** Hosts of listeners that could not be told, and of a relay that did not take all mail: they are asked again. */
  readonly untold: readonly string[];
}

/** Once a night the audit log is read from end to end as well. */
export async function watchOver(
  hub: Hub,
  settings: Settings,
  schedule: Schedule,
  { audit = false }: { readonly audit?: boolean } = {},
): Promise<LookedAfter> {
  const loader = await hub.as('loader');
  const alone = loader.createQueryRunner();
  try {
    const [lock] = (await alone.query(
      `SELECT pg_try_advisory_lock(hashtextextended('tessera watch', 0)) AS ours`,
    )) as [{ ours: boolean }];
    // Whoever has it looks and tells; nobody is told twice.
    return lock.ours ? await look(hub, loader, settings, schedule, audit) : { open: 0, told: 0, untold: [] };
  } finally {
    await alone.query('SELECT pg_advisory_unlock_all()').catch(() => {});
    await alone.release();
  }
}

async function look(
  hub: Hub,
  loader: DataSource,
  settings: Settings,
  schedule: Schedule,
  audit: boolean,
): Promise<LookedAfter> {
  const seen: Observed = {
    ...(await observeDatabase(loader)),
    freeGib: await freeGib(hub.database.dataDir),
    certificateUntil: await certificateUntil(settings.publicUrl),
    auditGaps: audit ? await auditHasGaps(hub) : null,
  };
  const { lookedFor, findings } = findingsOf(seen, schedule);
  await keepAlerts(loader, lookedFor, findings);
  const news = await untoldAlerts(loader);
  const untold = await tellAll(schedule.tell, news);
  const unsent = await mailHeld(loader, schedule);
  // Somebody was told, or nobody wants to be: the console shows it either way.
  if (untold.length === 0 || untold.length < schedule.tell.length) await markTold(loader, news);
  const told = schedule.tell.length > untold.length ? news.length : 0;
  return { open: findings.length, told, untold: [...untold, ...unsent] };
}

/** The relay's host, where it did not take all that providers are to be sent. */
async function mailHeld(loader: DataSource, { mail }: Schedule): Promise<readonly string[]> {
  if (mail === undefined) return [];
  const { kept } = await mailProviders(loader, mail);
  return kept === 0 ? [] : [mail.url.host];
}

async function freeGib(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return (bavail * bsize) / 2 ** 30;
}

async function auditHasGaps(hub: Hub): Promise<boolean> {
  const { dataDir } = hub.database;
  const kept = readCheckpoints(checkpointFile(dataDir));
  const report = await verifyAudit(await hub.as('owner'), keptSigningKey(dataDir).publicKey, kept);
  return !report.ok;
}

/** What browsers are shown, whoever ends the TLS in front of the hub. */
async function certificateUntil(publicUrl: string | undefined): Promise<Date | null> {
  if (publicUrl === undefined || !publicUrl.startsWith('https:')) return null;
  const { hostname, port } = new URL(publicUrl);
  return new Promise((resolve) => {
    const socket = connectTls({
      host: hostname,
      port: port === '' ? 443 : Number(port),
      servername: hostname,
      rejectUnauthorized: false,
      timeout: 5000,
    });
    const end = (until: Date | null): void => {
      socket.destroy();
      resolve(until);
    };
    socket.once('secureConnect', () => {
      const until = new Date(socket.getPeerCertificate().valid_to);
      end(Number.isNaN(until.getTime()) ? null : until);
    });
    socket.once('error', () => end(null));
    socket.once('timeout', () => end(null));
  });
}
