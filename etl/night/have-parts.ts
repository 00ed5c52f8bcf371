/** Carries out the parts of a night in order, each with its time and attempts, and writes down how far it is. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { stopQueriesOf } from '../../src/db/data-source.ts';
import type { Duty } from '../../src/db/roles.ts';
import { Refused, TesseraError } from '../../src/errors.ts';
import type { NightStage } from '../night-stages.ts';
import { attempt, type Stoppable } from './attempts.ts';
import { canPass, codeOf } from './can-pass.ts';
import { endIsAsked, stageBegins, stageEnds } from './kept-stages.ts';
import type { NightLock } from './night-lock.ts';
import type { Done, StageOfNight } from './stage-of-night.ts';
import type { NightTerms, StageTerms } from './stage-terms.ts';
import type { StepWatch } from './step-watch.ts';

type Work<T> = (signal: AbortSignal, soFar: readonly StageOfNight[]) => Promise<T>;

interface Part<T> {
  readonly stages: readonly NightStage[];
  readonly work: Work<T>;
  /** Held back by hand, and why. */
  readonly skip?: string | undefined;
  /** Done also after a stage that ended the night. */
  readonly always?: boolean;
}

/** A part of one stage says what it came to; one of several has a watch that says so of each. */
export type NightPart =
  | (Part<Done> & { readonly watch?: undefined })
  | (Part<void> & { readonly watch: StepWatch<NightStage> });

export interface Having {
  readonly as: (duty: Duty) => Promise<DataSource>;
  readonly loader: DataSource;
  readonly lock: NightLock;
  readonly run: string;
  readonly terms: NightTerms;
  readonly signal?: AbortSignal | undefined;
  readonly onStage?: (stage: NightStage) => void;
}

/** How often the ledger is asked whether somebody wants the night to end. */
const ASK_MS = 2000;

export async function haveParts(
  night: Having,
  parts: readonly NightPart[],
): Promise<readonly StageOfNight[]> {
  const asked = new AbortController();
  const asking = setInterval(() => {
    void endIsAsked(night.loader, night.run).then(
      (ends) => ends && asked.abort(),
      () => {},
    );
  }, ASK_MS);
  const signal = night.signal === undefined ? asked.signal : AbortSignal.any([night.signal, asked.signal]);
  const found: StageOfNight[] = [];
  try {
    for (const part of parts) {
      if (found.some(endsTheNight) && part.always !== true) continue;
      // Whoever has to know hears of a night that was cancelled, too.
      const own = part.always === true ? new AbortController().signal : signal;
      for (const stage of await havePart(night, part, own, found)) {
        found.push(stage);
        await keptIfPossible(night, stage);
      }
    }
  } finally {
    clearInterval(asking);
  }
  return found;
}

/** A source that does not answer, and a delivery that was refused, are missing from the night and do not end it. */
function endsTheNight({ stage, outcome }: StageOfNight): boolean {
  if (outcome === 'failed') return stage !== 'collect';
  return outcome === 'refused' && !['agree', 'verify', 'validate', 'load', 'purge'].includes(stage);
}

async function havePart(
  night: Having,
  part: NightPart,
  signal: AbortSignal,
  soFar: readonly StageOfNight[],
): Promise<readonly StageOfNight[]> {
  const { stages, work, watch, skip } = part;
  const [first] = stages;
  if (first === undefined) return [];
  if (skip !== undefined) return stages.map((stage) => ({ stage, ...heldBack(skip), seconds: 0 }));
  const start = performance.now();
  let attempts = 1;
  const seconds = (): number => Math.round(performance.now() - start) / 1000;
  const began = async (): Promise<void> => {
    await night.lock.hold();
    await stageBegins(night.loader, night.run, first, attempts);
  };
  const stoppable: Stoppable = { signal, stopQueries: () => stopQueries(night) };
  try {
    for (const stage of stages) night.onStage?.(stage);
    const done = await attempt(
      termsOf(night.terms, stages),
      stoppable,
      async (over) => {
        await began();
        return work(over, soFar);
      },
      async () => void attempts++,
    );
    if (watch === undefined)
      return [{ stage: first, ...(done.result as Done), seconds: seconds(), ...timesTried(attempts) }];
    return watched(stages, watch, attempts);
  } catch (error) {
    const why = whyNot(error);
    const failed = watch?.now() ?? (watch === undefined ? first : stages[0]);
    const before = watch === undefined ? [] : watched(stages, watch, attempts);
    const upTo = before.slice(
      0,
      before.findIndex(({ stage }) => stage === failed),
    );
    const counts = before.find(({ stage }) => stage === failed) ?? {
      rows_in: 0,
      accepted: 0,
      rejected: 0,
      seconds: seconds(),
    };
    return [...upTo, { ...counts, stage: failed ?? first, ...why, ...timesTried(attempts) }];
  } finally {
    watch?.at(undefined);
  }
}

async function stopQueries(night: Having): Promise<void> {
  for (const duty of ['loader', 'linker', 'measurer', 'publisher'] as const)
    await stopQueriesOf(await night.as(duty));
}

/** Stages that follow one another for each delivery share their time, and the fewest of their attempts. */
function termsOf(terms: NightTerms, stages: readonly NightStage[]): StageTerms {
  const each = stages.map((stage) => terms[stage]);
  const waits = each.map(({ waitsMs }) => waitsMs).toSorted((a, b) => a.length - b.length);
  return { timeoutMs: each.reduce((sum, { timeoutMs }) => sum + timeoutMs, 0), waitsMs: waits[0] ?? [] };
}

function watched(
  stages: readonly NightStage[],
  watch: StepWatch<NightStage>,
  attempts: number,
): readonly StageOfNight[] {
  return stages.map((stage) => {
    const { codes, ...counts } = watch.found(stage);
    const outcome = codes.length > 0 ? 'refused' : counts.rows_in > 0 ? 'succeeded' : 'unchanged';
    const reason = codes.length > 0 ? { reason: [...new Set(codes)].join(', ') } : {};
    return { stage, outcome, ...counts, ...timesTried(attempts), ...reason };
  });
}

/** What was expected ends the night with its reason; so does what passes in time and did not. A defect keeps its stack. */
function whyNot(error: unknown): Pick<StageOfNight, 'outcome'> & { readonly reason: string } {
  if (error instanceof TesseraError)
    return {
      outcome: error instanceof Refused ? 'refused' : 'failed',
      reason: `${error.code}: ${error.message}`,
    };
  if (!canPass(error)) throw error;
  return {
    outcome: 'failed',
    reason: `${codeOf(error) ?? 'CONNECTION'}: what the stage needs was not there`,
  };
}

function heldBack(because: string): Done {
  return { outcome: 'unchanged', rows_in: 0, accepted: 0, rejected: 0, reason: `HELD: ${because}` };
}

function timesTried(attempts: number): { readonly attempts?: number } {
  return attempts > 1 ? { attempts } : {};
}

/** The report is the answer; a database that is away for longer loses the line of the ledger and not the night. */
async function keptIfPossible(night: Having, stage: StageOfNight): Promise<void> {
  for (const wait of [100, 1000, 3000, 0]) {
    try {
      return await stageEnds(night.loader, night.run, stage);
    } catch (error) {
      if (!canPass(error)) throw error;
      await sleep(wait);
    }
  }
}
