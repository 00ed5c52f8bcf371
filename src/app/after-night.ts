/** The night's last stage: alerts are looked for and told, events of lineage and a trace go out, and a night that ended well beats. */
import type { DataSource } from 'typeorm';
import { lineageOf, type StageTold } from '../../etl/alerts/lineage.ts';
import { beat } from '../../etl/alerts/tell.ts';
import { type NightTold, type Timed, traceOf } from '../../etl/alerts/trace.ts';
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
  const events = (await tellLineage(hub, schedule)) + (await tellTrace(hub, settings));
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
     WHERE run_id = (${LAST_NIGHT}) ORDER BY place`,
  );
  let sent = 0;
  for (const event of lineageOf(stages, version)) {
    // A catalogue that is away misses a night's events; the ledger keeps them all the same.
    if (!(await taken(lineage, event))) break;
    sent++;
  }
  return sent;
}

async function tellTrace(hub: Hub, { otlpEndpoint, otlpHeaders = '' }: Settings): Promise<number> {
  if (otlpEndpoint === undefined) return 0;
  const night = await nightTold(await hub.as('loader'));
  if (night === undefined) return 0;
  const headers = otlpHeaders.split(',').flatMap((pair) => {
    const [name = '', ...value] = pair.split('=');
    return name.trim() === '' ? [] : [[name.trim(), decodeURIComponent(value.join('=').trim())] as const];
  });
  const trace = traceOf(night, version, new Date());
  return (await taken(`${otlpEndpoint}/v1/traces`, trace, Object.fromEntries(headers))) ? 1 : 0;
}

const LAST_NIGHT = `SELECT id FROM ledger.run WHERE kind = 'night' ORDER BY started_at DESC LIMIT 1`;

async function nightTold(loader: DataSource): Promise<NightTold | undefined> {
  const [night] = await loader.query<Pick<NightTold, 'run' | 'startedAt'>[]>(
    `SELECT id AS run, started_at AS "startedAt" FROM ledger.run WHERE id = (${LAST_NIGHT})`,
  );
  if (night === undefined) return undefined;
  const stages = await loader.query<Timed[]>(
    `SELECT stage AS name, outcome, code, started_at AS "startedAt", ended_at AS "endedAt" FROM ops.night_stage
     WHERE run_id = $1 ORDER BY place`,
    [night.run],
  );
  const steps = await loader.query<Timed[]>(
    `SELECT name, outcome, error_code AS code, started_at AS "startedAt", ended_at AS "endedAt" FROM ledger.stage
     WHERE started_at >= $1 ORDER BY id LIMIT $2`,
    [night.startedAt, MOST_STEPS],
  );
  return { ...night, stages, steps };
}

/** More would be more than a collector takes at once; the ledger has them all. */
const MOST_STEPS = 5000;

async function taken(
  address: string | URL,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok === true;
}
