/** What `release make` does, and `release verify --again` compares with. */

import { publish } from '../../etl/publish.ts';
import { readSettings } from '../config.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { migrateUp } from '../db/migrate.ts';
import type { Hierarchy } from '../disclosure/catalogue/lines.ts';
import { DEFAULT_POLICY, namedPolicy } from '../disclosure/policy.ts';
import { type DueRelease, dueReleases, readCalendar, releaseOf } from '../disclosure/release/calendar.ts';
import { keptReleaseKeys } from '../disclosure/release/release-keys.ts';
import { allReleases, storedAudiences, storedCandidate } from '../disclosure/release/stored-releases.ts';
import { version } from '../package-root.ts';
import { draftsAfterRelease } from '../reports/open-draft.ts';
import { type Hub, withHub } from './hub.ts';

export interface Made {
  readonly number: number;
  readonly period: string;
  readonly state: string;
  readonly figures: number;
  readonly hidden: number;
}

/** Counties in regions, ages in wider bands: none is declared in schema/ yet. */
export const hierarchies: readonly Hierarchy[] = [];

export interface ReleaseWanted {
  readonly period?: string;
  readonly corrects?: number;
  readonly policy?: string;
  readonly candidate?: string;
  readonly today?: string;
}

export async function makeReleases(options: ReleaseWanted): Promise<Made[]> {
  return withHub(readSettings(), 'release make', async (hub) => {
    await migrateUp(await hub.as('owner'), hub.database.target.roleSecret);
    return releasesFrom(hub, options, 'release make');
  });
}

export async function releasesFrom(hub: Hub, options: ReleaseWanted, requestedBy: string): Promise<Made[]> {
  const publisher = await hub.as('publisher');
  const candidate = await storedCandidate(publisher, options.candidate);
  const calendar = readCalendar();
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const due: DueRelease[] =
    options.period === undefined
      ? dueReleases(calendar, await allReleases(publisher), today, candidate.knownOn)
      : [releaseOf(calendar, options.period, candidate.knownOn)];
  const made: Made[] = [];
  for (const one of due) {
    const number = await publish(publisher, {
      candidate,
      metrics: loadContracts().metrics,
      hierarchies,
      policy: namedPolicy(options.policy ?? DEFAULT_POLICY),
      due: one,
      corrects: options.corrects ?? null,
      codeVersion: version,
      keys: keptReleaseKeys(hub.database.dataDir),
      requestedBy,
    });
    const [open] = await storedAudiences(publisher, number);
    made.push({
      number,
      period: one.period,
      state: one.state,
      figures: open?.figures ?? 0,
      hidden: open?.hidden ?? 0,
    });
  }
  // Also where nothing was made: a hub that was stopped between the two finds its drafts missing the next time.
  await draftsAfterRelease(publisher);
  return made;
}
