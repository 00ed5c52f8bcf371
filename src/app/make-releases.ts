/** What `release make` does, and `release verify --again` compares with. */
import type { DataSource } from 'typeorm';
import type { StepWatch } from '../../etl/night/step-watch.ts';
import { protect } from '../../etl/publish.ts';
import { readSettings } from '../config.ts';
import { loadContracts } from '../contracts/contracts.ts';
import { migrateUp } from '../db/migrate.ts';
import { declaredHierarchies } from '../disclosure/catalogue/declared-hierarchies.ts';
import { DEFAULT_POLICY, namedPolicy } from '../disclosure/policy.ts';
import { type DueRelease, dueReleases, readCalendar, releaseOf } from '../disclosure/release/calendar.ts';
import { keptReleaseKeys } from '../disclosure/release/release-keys.ts';
import {
  allReleases,
  knownOnOf,
  storedAudiences,
  storedCandidate,
} from '../disclosure/release/stored-releases.ts';
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

export interface ReleasesSteps {
  /** Hears what is being done with a release now, and what came of it. */
  readonly watch?: StepWatch<'protect' | 'release'>;
  /** With `protect`, the first one that is due is decided and proved, and nothing is released. */
  readonly until?: 'protect' | 'release';
}

export async function releasesFrom(
  hub: Hub,
  options: ReleaseWanted,
  requestedBy: string,
  { watch, until = 'release' }: ReleasesSteps = {},
): Promise<Made[]> {
  const publisher = await hub.as('publisher');
  const due = await dueOf(publisher, options);
  if (due.length === 0) return [];
  const candidate = await storedCandidate(publisher, options.candidate);
  const made: Made[] = [];
  for (const one of due) {
    watch?.at('protect');
    const decided = await protect(publisher, {
      candidate,
      metrics: loadContracts().metrics,
      hierarchies: declaredHierarchies(loadContracts()),
      policy: namedPolicy(options.policy ?? DEFAULT_POLICY),
      due: one,
      corrects: options.corrects ?? null,
      codeVersion: version,
      keys: keptReleaseKeys(hub.database.dataDir),
      requestedBy,
    });
    watch?.count('protect', decided.counts.rowsIn, decided.counts.rejected);
    if (until === 'protect') {
      await decided.leave();
      break;
    }
    watch?.at('release');
    const number = await decided.release();
    const [open] = await storedAudiences(publisher, number);
    watch?.count('release', open?.figures ?? 0, open?.hidden ?? 0);
    made.push({
      number,
      period: one.period,
      state: one.state,
      figures: open?.figures ?? 0,
      hidden: open?.hidden ?? 0,
    });
  }
  watch?.at(undefined);
  // Also where nothing was made: a hub that was stopped between the two finds its drafts missing the next time.
  if (watch === undefined) await draftsAfterRelease(publisher);
  return made;
}

/** What `release make` would make. */
export async function dueOf(publisher: DataSource, options: ReleaseWanted): Promise<readonly DueRelease[]> {
  const knownOn = await knownOnOf(publisher, options.candidate);
  const calendar = readCalendar();
  const today = options.today ?? new Date().toISOString().slice(0, 10);
  return options.period === undefined
    ? dueReleases(calendar, await allReleases(publisher), today, knownOn)
    : [releaseOf(calendar, options.period, knownOn)];
}
