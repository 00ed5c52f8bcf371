/** The night's last stage: alerts are looked for and told, events of lineage go out, and a night that ended well beats. */
import { lineageOf, type StageTold } from '../../etl/alerts/lineage.ts';
import { beat } from '../../etl/alerts/tell.ts';
import type { StageOfNight } from '../../etl/night/stage-of-night.ts';
import { readSchedule, type Schedule } from '../../etl/schedule/schedule-file.ts';
import type { Settings } from '../config.ts';
import { Unavailable } from '../errors.ts';
import { version } from '../package-root.ts';
import type { Hub } from './hub.ts';
import { watchOver } from './watch-over.ts';

export async function notifyAfter(
  hub: Hub,
  settings: Settings,
  stages: readonly StageOfNight[],
): Promise<number> {
  const schedule = readSchedule(settings.schedule);
  const { told, untold } = await watchOver(hub, settings, schedule, { audit: true });
  const events = await tellLineage(hub, schedule);
  const well = !stages.some(({ outcome }) => outcome === 'failed');
  const beats = well && schedule.heartbeat !== undefined && (await beat(schedule.heartbeat)) ? 1 : 0;
  if (untold.length > 0)
    throw new Unavailable('NOT_TOLD', `These did not answer: ${untold.join(', ')}.`, {
      remedy: 'They are told again; correct the schedule if they have moved.',
    });
  return told + events + beats;
}

async function tellLineage(hub: Hub, { lineage }: Schedule): Promise<number> {
  if (lineage === undefined) return 0;
  const loader = await hub.as('loader');
  const stages = await loader.query<StageTold[]>(
    `SELECT run_id AS run, stage, outcome, started_at AS "startedAt", ended_at AS "endedAt" FROM ops.night_stage
     WHERE run_id = (SELECT id FROM ledger.run WHERE kind = 'night' ORDER BY started_at DESC LIMIT 1) ORDER BY place`,
  );
  let sent = 0;
  for (const event of lineageOf(stages, version)) {
    const answer = await fetch(lineage, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
    await answer?.body?.cancel();
    // A catalogue that is away misses a night's events; the ledger keeps them all the same.
    if (answer?.ok !== true) break;
    sent++;
  }
  return sent;
}
