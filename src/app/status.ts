import type { DataSource } from 'typeorm';
import { openAlerts } from '../../etl/alerts/kept-alerts.ts';
import { currentHolder } from '../db/embedded/holder.ts';
import { migrationState } from '../db/migrate.ts';
import { currentRelease } from '../disclosure/current-release.ts';
import { version } from '../package-root.ts';
import { holdsInForce } from '../runs/holds.ts';
import { lastNights, type NightSeen } from '../runs/nights.ts';
import { type RunLine, recentRuns } from '../runs/recent-runs.ts';
import type { Hub } from './hub.ts';

export interface Status {
  readonly version: string;
  readonly hub: { readonly running: boolean; readonly pid: number | null; readonly since: string | null };
  readonly database: {
    readonly version: string;
    readonly embedded: boolean;
    readonly at: string;
    readonly migrations: { readonly applied: number; readonly pending: number };
  };
  /** What every surface shows, since when, and up to which day it is known. */
  readonly release: {
    readonly number: number;
    readonly state: string;
    readonly closedOn: string;
    readonly publishedAt: string;
    readonly knownOn: string | null;
  } | null;
  readonly night: NightSeen | null;
  readonly alerts: readonly { readonly level: string; readonly words: string; readonly since: string }[];
  readonly holds: readonly { readonly held: string; readonly because: string }[];
  readonly runs: readonly RunLine[];
}

/** Before the first migration there is neither a ledger nor a release to read. */
export async function readStatus(hub: Hub): Promise<Status> {
  const owner = await hub.as('owner');
  const { applied, pending } = await migrationState(owner);
  const holder = currentHolder(hub.database.dataDir);
  const running = holder?.command === 'start' ? holder : undefined;
  const release = pending.length > 0 ? undefined : await currentRelease(owner);
  return {
    version,
    hub: { running: running !== undefined, pid: running?.pid ?? null, since: running?.since ?? null },
    database: {
      version: hub.serverVersion,
      embedded: hub.database.target.embedded,
      at: hub.database.target.label,
      migrations: { applied: applied.length, pending: pending.length },
    },
    release:
      release === undefined
        ? null
        : {
            number: release.number,
            state: release.state,
            closedOn: release.closedOn,
            publishedAt: release.publishedAt.toISOString(),
            knownOn: release.knownOn,
          },
    ...(pending.length > 0
      ? { night: null, alerts: [], holds: [], runs: [] }
      : { ...(await standingOf(await hub.as('loader'))), runs: await recentRuns(owner) }),
  };
}

async function standingOf(loader: DataSource): Promise<Pick<Status, 'night' | 'alerts' | 'holds'>> {
  const [night = null] = await lastNights(loader);
  const alerts = await openAlerts(loader);
  const { all } = await holdsInForce(loader);
  return {
    night,
    alerts: alerts.map(({ level, words, raisedAt }) => ({ level, words, since: raisedAt.toISOString() })),
    holds: all.map(({ held, because }) => ({ held, because })),
  };
}
