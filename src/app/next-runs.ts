/** The next-run view of one hub: its schedule against what its ledger knows. */
import { observeDatabase } from '../../etl/alerts/observe.ts';
import { type NextRun, nextRuns } from '../../etl/schedule/next-runs.ts';
import { readSchedule } from '../../etl/schedule/schedule-file.ts';
import type { Settings } from '../config.ts';
import { nextReleases, readCalendar } from '../disclosure/release/calendar.ts';
import { allReleases } from '../disclosure/release/stored-releases.ts';
import { type Hold, holdsInForce } from '../runs/holds.ts';
import { nightsBegan } from '../runs/nights.ts';
import type { Hub } from './hub.ts';
import { nightCalendar } from './night-clock.ts';

export interface NextRunsView {
  readonly runs: readonly NextRun[];
  readonly holds: readonly Hold[];
}

export async function viewNextRuns(hub: Hub, settings: Settings): Promise<NextRunsView> {
  const loader = await hub.as('loader');
  const { now, began } = await nightsBegan(loader);
  const holding = await holdsInForce(loader);
  const { newest } = await observeDatabase(loader);
  const made = await allReleases(await hub.as('publisher'));
  const releases = nextReleases(readCalendar(), made, now.toISOString().slice(0, 10));
  const asked = { now, night: nightCalendar(settings), nights: began, newest, releases, held: holding.of };
  return { runs: nextRuns(asked, readSchedule(settings.schedule)), holds: holding.all };
}
