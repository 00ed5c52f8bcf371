/**
 * The night: collect → destroy → link → scope → purge → measure → release. Every stage is in the ledger and finds what it did
 * before, so a night that ended anywhere is taken up by running it again. A stage that others rest on and that did not
 * succeed ends the night: what was released before stays what every surface reads.
 */
import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';
import type { Duty } from '../src/db/roles.ts';
import { Held, Misuse, Refused, TesseraError } from '../src/errors.ts';
import { closeRun, openRun } from '../src/runs/ledger.ts';
import { destroyDue } from './destroy.ts';
import { takeDelivery } from './intake.ts';
import type { IntakeReport } from './intake-report.ts';
import { measure } from './measure.ts';
import { NIGHT_STAGES, type NightStage } from './night-stages.ts';
import { linkPersons } from './persons.ts';
import { purgeOutOfScope } from './purge.ts';
import { clearFromInbox, waitingDeliveries } from './receive/inbox.ts';
import { findScope } from './scope.ts';

export interface Night {
  readonly as: (duty: Duty) => Promise<DataSource>;
  readonly surrogateKey: Uint8Array;
  /** A folder of deliveries, each a folder with a manifest, at any depth of two. */
  readonly inbox: string;
  readonly retentionDays: number;
  readonly requestedBy: string;
  readonly codeVersion: string;
  readonly now: Date;
  /** Makes what the calendar says is due, and answers the numbers. */
  readonly makeReleases: () => Promise<readonly number[]>;
  readonly from?: NightStage | undefined;
  readonly until?: NightStage | undefined;
  readonly onStage?: (stage: NightStage) => void;
}

export interface StageOfNight {
  readonly stage: NightStage;
  readonly outcome: 'succeeded' | 'unchanged' | 'refused' | 'failed';
  readonly rows_in: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly seconds: number;
  /** Why it went no further. */
  readonly reason?: string;
}

export interface NightReport {
  readonly run: string;
  readonly stages: readonly StageOfNight[];
  /** The last release that this night made. */
  readonly release: number | null;
}

type Done = Omit<StageOfNight, 'stage' | 'seconds'>;

export async function runNight(night: Night): Promise<NightReport> {
  const planned = plannedStages(night);
  const loader = await night.as('loader');
  return alone(loader, () => stagesOf(night, planned, loader));
}

/** Two hubs on one database never have one night twice. The lock ends with its connection, even after a crash. */
async function alone<T>(loader: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = loader.createQueryRunner();
  try {
    const [row] = (await runner.query(
      `SELECT pg_try_advisory_lock(hashtextextended('tessera night', 0)) AS locked`,
    )) as [{ locked: boolean }];
    if (!row.locked)
      throw new Held('NIGHT_RUNNING', 'Another process is having the night already.', {
        remedy: '`npx tessera status` shows how far it is.',
      });
    return await work();
  } finally {
    await runner.query('SELECT pg_advisory_unlock_all()').catch(() => {});
    await runner.release();
  }
}

async function stagesOf(
  night: Night,
  planned: readonly NightStage[],
  loader: DataSource,
): Promise<NightReport> {
  const run = await openRun(loader, 'night', night.requestedBy);
  const releases: number[] = [];
  const work: Record<NightStage, () => Promise<Done>> = {
    collect: () => collect(night, loader),
    destroy: async () => {
      const { agreements, rows } = await destroyDue({ ...night, loader });
      return done(agreements.length === 0, rows, rows);
    },
    link: async () => {
      const { outcome, records, persons } = await linkPersons({ ...night, linker: await night.as('linker') });
      return done(outcome === 'unchanged', records, persons);
    },
    scope: async () => {
      const on = night.now.toISOString().slice(0, 10);
      const { outcome, ...counts } = await findScope({ ...night, measurer: await night.as('measurer'), on });
      return done(outcome === 'unchanged', counts.rowsIn, counts.accepted);
    },
    purge: async () => {
      const { rowsIn, accepted } = await purgeOutOfScope({ ...night, linker: await night.as('linker') });
      return done(accepted === 0, rowsIn, accepted);
    },
    measure: async () => {
      const { outcome, facts, figures } = await measure({
        measurer: await night.as('measurer'),
        requestedBy: night.requestedBy,
        codeVersion: night.codeVersion,
      });
      return done(outcome === 'unchanged', facts?.persons ?? 0, figures);
    },
    release: async () => {
      releases.push(...(await night.makeReleases()));
      return done(releases.length === 0, releases.length, releases.length);
    },
  };
  const stages: StageOfNight[] = [];
  for (const stage of planned) {
    night.onStage?.(stage);
    stages.push(await timed(stage, work[stage]));
    if (endsTheNight(stages.at(-1))) break;
  }
  await closeRun(loader, run, outcomeOf(stages));
  return { run, stages, release: releases.at(-1) ?? null };
}

/** Nothing rests on the purge, and of deliveries only those that were refused are missing. */
function endsTheNight(last: StageOfNight | undefined): boolean {
  return (
    last?.outcome === 'failed' || (last?.outcome === 'refused' && !['collect', 'purge'].includes(last.stage))
  );
}

function outcomeOf(stages: readonly StageOfNight[]): 'succeeded' | 'refused' | 'failed' {
  const has = (outcome: StageOfNight['outcome']): boolean =>
    stages.some((stage) => stage.outcome === outcome);
  return has('failed') ? 'failed' : has('refused') ? 'refused' : 'succeeded';
}

export function plannedStages({ from, until }: Pick<Night, 'from' | 'until'>): readonly NightStage[] {
  const first = from === undefined ? 0 : NIGHT_STAGES.indexOf(from);
  const last = until === undefined ? NIGHT_STAGES.length - 1 : NIGHT_STAGES.indexOf(until);
  if (first > last)
    throw new Misuse('NIGHT_STAGES', `The stage ${from} comes after ${until}.`, {
      remedy: `The stages are, in order: ${NIGHT_STAGES.join(', ')}.`,
    });
  return NIGHT_STAGES.slice(first, last + 1);
}

/** One agency's refused delivery is that agency's matter: the others are taken in all the same. */
async function collect({ inbox, surrogateKey, requestedBy }: Night, loader: DataSource): Promise<Done> {
  const sums = { rows_in: 0, accepted: 0, rejected: 0 };
  let [taken, refused] = [0, 0];
  for (const folder of await waitingDeliveries(inbox)) {
    try {
      const report = await takeDelivery({ loader, surrogateKey, requestedBy, onProgress: () => {} }, folder);
      if (report.outcome === 'loaded') taken++;
      add(sums, report);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused++;
    }
    await clearFromInbox(inbox, folder);
  }
  return { outcome: refused > 0 ? 'refused' : taken > 0 ? 'succeeded' : 'unchanged', ...sums };
}

function add(
  sums: { rows_in: number; accepted: number; rejected: number },
  { files }: Pick<IntakeReport, 'files'>,
): void {
  for (const file of files) {
    sums.rows_in += file.rows;
    sums.accepted += file.accepted;
    sums.rejected += file.rejected;
  }
}

function done(unchanged: boolean, rowsIn: number, accepted: number): Done {
  return { outcome: unchanged ? 'unchanged' : 'succeeded', rows_in: rowsIn, accepted, rejected: 0 };
}

/** What was expected ends the night with its reason; a defect keeps its stack. */
async function timed(stage: NightStage, work: () => Promise<Done>): Promise<StageOfNight> {
  const start = performance.now();
  const seconds = (): number => Math.round(performance.now() - start) / 1000;
  try {
    const result = await work();
    return { stage, ...result, seconds: seconds() };
  } catch (error) {
    if (!(error instanceof TesseraError)) throw error;
    const reason = `${error.code}: ${error.message}`;
    const outcome = error instanceof Refused ? 'refused' : 'failed';
    return { stage, outcome, rows_in: 0, accepted: 0, rejected: 0, seconds: seconds(), reason };
  }
}
