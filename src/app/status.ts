import { currentHolder } from '../db/embedded/holder.ts';
import { migrationState } from '../db/migrate.ts';
import { currentRelease } from '../disclosure/current-release.ts';
import { version } from '../package-root.ts';
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
  readonly release: { readonly number: number; readonly state: string; readonly closedOn: string } | null;
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
        : { number: release.number, state: release.state, closedOn: release.closedOn },
    runs: pending.length > 0 ? [] : await recentRuns(owner),
  };
}
