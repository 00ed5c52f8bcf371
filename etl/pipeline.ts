/**
 * The night: collect → check agreement → verify → validate → load → destroy what is due → link → scope → purge → measure →
 * estimate → candidate → (by the calendar) protect → release → reports → notify. Every stage is in the ledger and finds
 * what it did before, so a night that ended anywhere is taken up by running it again. A stage that others rest on and
 * that did not succeed ends the night: what was released before stays what every surface reads.
 */
import type { DataSource } from 'typeorm';
import type { Duty } from '../src/db/roles.ts';
import { Held, Misuse } from '../src/errors.ts';
import { type Holding, holdsInForce } from '../src/runs/holds.ts';
import { closeRun, openRun } from '../src/runs/ledger.ts';
import { destroyDue } from './destroy.ts';
import { makeEstimates } from './estimates.ts';
import { makeFacts } from './facts.ts';
import { measure } from './measure.ts';
import { haveParts, type NightPart } from './night/have-parts.ts';
import { closeInterrupted } from './night/kept-stages.ts';
import { lockNight } from './night/night-lock.ts';
import { done, type NightReport, type StageOfNight } from './night/stage-of-night.ts';
import { type NightTerms, readNightTerms } from './night/stage-terms.ts';
import { type StepWatch, stepWatch } from './night/step-watch.ts';
import { lookAtWaiting, takeWaiting } from './night/take-waiting.ts';
import { NIGHT_STAGES, type NightStage } from './night-stages.ts';
import { linkPersons } from './persons.ts';
import { purgeOutOfScope } from './purge.ts';
import { waitingDeliveries } from './receive/inbox.ts';
import { findScope } from './scope.ts';

export type ReleaseStep = 'protect' | 'release';

export interface Night {
  readonly as: (duty: Duty) => Promise<DataSource>;
  readonly surrogateKey: Uint8Array;
  /** Opens what agencies encrypted for the hub. */
  readonly deliveryKeyFile?: string | undefined;
  /** A folder of deliveries, each a folder with a manifest, at any depth of two. */
  readonly inbox: string;
  readonly retentionDays: number;
  readonly requestedBy: string;
  readonly codeVersion: string;
  readonly now: Date;
  /** Fetches into the inbox what lies elsewhere; answers how many deliveries came, and which sources did not answer. */
  readonly collect?: (held: Holding, signal: AbortSignal) => Promise<Collected>;
  /** Makes what the calendar says is due, as far as a step, and answers the numbers. */
  readonly makeReleases: (until: ReleaseStep, watch: StepWatch<ReleaseStep>) => Promise<readonly number[]>;
  /** Drafts the reports that follow from final releases; answers how many. */
  readonly makeReports?: (releases: readonly number[]) => Promise<number>;
  /** Tells whoever has to know how the night went; answers how many messages went out. */
  readonly notify?: (stages: readonly StageOfNight[]) => Promise<number>;
  readonly from?: NightStage | undefined;
  readonly until?: NightStage | undefined;
  readonly onStage?: (stage: NightStage) => void;
  /** Ends the night where it is. */
  readonly signal?: AbortSignal | undefined;
  /** Of a night that a clock asked for: whether it still is due, once nobody else has it. */
  readonly stillDue?: () => Promise<boolean>;
  /** Without them, those of schema/night.yaml. */
  readonly terms?: NightTerms;
}

export interface Collected {
  readonly came: number;
  readonly unanswered: readonly string[];
}

export async function runNight(night: Night): Promise<NightReport> {
  const planned = plannedStages(night);
  const loader = await night.as('loader');
  const held = await holdsInForce(loader);
  const hold = held.of('night');
  if (hold !== undefined)
    throw new Held('NIGHT_HELD', `The night is held back: ${hold.because}`, {
      remedy: '`npx tessera schedule lift night` lets it begin.',
    });
  const lock = await lockNight(loader);
  try {
    if (night.stillDue !== undefined && !(await night.stillDue()))
      throw new Held('NIGHT_NOT_DUE', 'Another process had the night meanwhile.');
    await closeInterrupted(loader);
    const run = await openRun(loader, 'night', night.requestedBy);
    const releases: number[] = [];
    const having = { ...night, run, loader, lock, terms: night.terms ?? readNightTerms() };
    const stages = await haveParts(having, partsOf(night, loader, held, planned, releases));
    await closeRun(loader, run, outcomeOf(stages));
    return { run, stages, release: releases.at(-1) ?? null };
  } finally {
    await lock.release();
  }
}

/** What each stage does. Those that follow one another for each delivery, or each release, are one part. */
function partsOf(
  night: Night,
  loader: DataSource,
  held: Holding,
  planned: readonly NightStage[],
  releases: number[],
): readonly NightPart[] {
  const { inbox, requestedBy, now } = night;
  const last = planned.at(-1);
  const intake = stepWatch(['agree', 'verify', 'validate', 'load']);
  const releasing = stepWatch(['protect', 'release']);
  const parts: NightPart[] = [
    {
      stages: ['collect'],
      work: async (signal) => {
        const { came, unanswered } = (await night.collect?.(held, signal)) ?? { came: 0, unanswered: [] };
        const waiting = await waitingDeliveries(inbox, held.sources);
        const counts = done(came + waiting.length === 0, waiting.length + unanswered.length, waiting.length);
        if (unanswered.length === 0) return counts;
        const reason = `SOURCE_UNANSWERED: ${unanswered.join(', ')}`;
        return { ...counts, outcome: 'failed', rejected: unanswered.length, reason };
      },
    },
    {
      stages: ['agree', 'verify', 'validate', 'load'],
      watch: intake,
      work: async (signal) => {
        const waiting = { ...night, loader, held: held.sources };
        if (last === 'agree' || last === 'verify' || last === 'validate')
          await lookAtWaiting(waiting, last, intake, signal);
        else await takeWaiting(waiting, intake, signal);
      },
    },
    {
      stages: ['destroy'],
      work: async () => {
        const { agreements, rows } = await destroyDue({ requestedBy, loader });
        return done(agreements.length === 0, rows, rows);
      },
    },
    {
      stages: ['link'],
      work: async () => {
        const linked = await linkPersons({ requestedBy, linker: await night.as('linker') });
        return done(linked.outcome === 'unchanged', linked.records, linked.persons);
      },
    },
    {
      stages: ['scope'],
      work: async () => {
        const on = now.toISOString().slice(0, 10);
        const found = await findScope({ requestedBy, measurer: await night.as('measurer'), on });
        return done(found.outcome === 'unchanged', found.rowsIn, found.accepted);
      },
    },
    {
      stages: ['purge'],
      work: async () => {
        const { rowsIn, accepted } = await purgeOutOfScope({ ...night, linker: await night.as('linker') });
        return done(accepted === 0, rowsIn, accepted);
      },
    },
    {
      stages: ['measure'],
      work: async () => {
        const found = await makeFacts({ requestedBy, measurer: await night.as('measurer') });
        return done(found.outcome === 'unchanged', found.rowsIn, found.accepted);
      },
    },
    {
      stages: ['estimate'],
      work: async (signal) => {
        const measurer = await night.as('measurer');
        const made = await makeEstimates({ requestedBy, now, measurer, signal });
        return done(made.changed === 0, made.asked, made.given, made.refused);
      },
    },
    {
      stages: ['candidate'],
      work: async () => {
        const { outcome, facts, figures } = await measure({ ...night, measurer: await night.as('measurer') });
        return done(outcome === 'unchanged', facts?.persons ?? 0, figures);
      },
    },
    {
      stages: ['protect', 'release'],
      watch: releasing,
      skip: held.of('releases')?.because,
      work: async () => {
        releases.push(...(await night.makeReleases(last === 'protect' ? 'protect' : 'release', releasing)));
      },
    },
    {
      stages: ['reports'],
      skip: held.of('reports')?.because,
      work: async () => {
        const drafts = (await night.makeReports?.(releases)) ?? 0;
        return done(drafts === 0, releases.length, drafts);
      },
    },
    {
      stages: ['notify'],
      always: true,
      work: async (_signal, soFar) => {
        const told = (await night.notify?.(soFar)) ?? 0;
        return done(told === 0, told, told);
      },
    },
  ];
  return parts
    .map((part) => ({ ...part, stages: part.stages.filter((stage) => planned.includes(stage)) }))
    .filter(({ stages }) => stages.length > 0);
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
