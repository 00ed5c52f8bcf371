/** The night of one hub: which roles, folders and releases it works with. */
import { join } from 'node:path';
import type { NightStage } from '../../etl/night-stages.ts';
import { type NightReport, runNight } from '../../etl/pipeline.ts';
import type { Settings } from '../config.ts';
import { version } from '../package-root.ts';
import type { Hub } from './hub.ts';
import { releasesFrom } from './make-releases.ts';

export interface NightWanted {
  readonly from?: NightStage | undefined;
  readonly until?: NightStage | undefined;
  readonly requestedBy: string;
  readonly onStage?: (stage: NightStage) => void;
}

export async function nightOf(hub: Hub, settings: Settings, wanted: NightWanted): Promise<NightReport> {
  return runNight({
    ...wanted,
    as: (duty) => hub.as(duty),
    surrogateKey: hub.database.surrogateKey,
    inbox: inboxOf(hub, settings),
    retentionDays: settings.tokenRetentionDays,
    codeVersion: version,
    now: new Date(),
    makeReleases: async () => (await releasesFrom(hub, {}, wanted.requestedBy)).map(({ number }) => number),
  });
}

export function inboxOf(hub: Hub, settings: Settings): string {
  return settings.inbox ?? join(hub.database.dataDir, 'inbox');
}
