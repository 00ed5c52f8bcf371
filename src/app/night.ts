/** The night of one hub: which roles, folders, sources and releases it works with. */
import { join } from 'node:path';
import { collectAll } from '../../etl/collect/collect.ts';
import { planNight } from '../../etl/night/plan-night.ts';
import type { NightReport } from '../../etl/night/stage-of-night.ts';
import type { NightStage } from '../../etl/night-stages.ts';
import { runNight } from '../../etl/pipeline.ts';
import { readSchedule } from '../../etl/schedule/schedule-file.ts';
import type { Settings } from '../config.ts';
import { NotFound } from '../errors.ts';
import { version } from '../package-root.ts';
import { draftsAfterRelease } from '../reports/open-draft.ts';
import { notifyAfter } from './after-night.ts';
import type { Hub } from './hub.ts';
import { dueOf, releasesFrom } from './make-releases.ts';

export interface NightWanted {
  readonly from?: NightStage | undefined;
  readonly until?: NightStage | undefined;
  readonly requestedBy: string;
  readonly onStage?: (stage: NightStage) => void;
  readonly signal?: AbortSignal;
  readonly stillDue?: () => Promise<boolean>;
}

export async function nightOf(hub: Hub, settings: Settings, wanted: NightWanted): Promise<NightReport> {
  return runNight({
    ...wanted,
    ...commonTo(hub, settings),
    retentionDays: settings.tokenRetentionDays,
    codeVersion: version,
    now: new Date(),
    collect: async (held, signal) =>
      collectAll({
        ...wanted,
        loader: await hub.as('loader'),
        inbox: inboxOf(hub, settings),
        remotes: readSchedule(settings.schedule).collect,
        held: held.sources,
        signal,
      }),
    makeReleases: async (until, watch) =>
      (await releasesFrom(hub, {}, wanted.requestedBy, { until, watch })).map(({ number }) => number),
    notify: (stages) => notifyAfter(hub, settings, stages),
    makeReports: async () => draftsAfterRelease(await hub.as('publisher')),
  });
}

/** What it would do; nothing is stored. */
export async function plannedNight(
  hub: Hub,
  settings: Settings,
  wanted: Pick<NightWanted, 'from' | 'until' | 'requestedBy'>,
): Promise<NightReport> {
  return planNight({ ...wanted, ...commonTo(hub, settings), dueReleases: () => countDue(hub) });
}

/** Before the first candidate there is nothing that could be released. */
async function countDue(hub: Hub): Promise<number> {
  try {
    return (await dueOf(await hub.as('publisher'), {})).length;
  } catch (error) {
    if (error instanceof NotFound) return 0;
    throw error;
  }
}

function commonTo(hub: Hub, settings: Settings) {
  return {
    as: (duty: Parameters<Hub['as']>[0]) => hub.as(duty),
    surrogateKey: hub.database.surrogateKey,
    deliveryKeyFile: settings.deliveryKeyFile,
    inbox: inboxOf(hub, settings),
  };
}

function inboxOf(hub: Hub, settings: Settings): string {
  return settings.inbox ?? join(hub.database.dataDir, 'inbox');
}
