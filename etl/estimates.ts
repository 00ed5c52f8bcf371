/**
 * Every estimate that the catalogue declares, of every year that is over: of the state, of each region, and in each group
 * of young people. One that cannot be made is a refusal with its reasons, kept as a result; only a hub whose rows were
 * never linked has none.
 */
import { availableParallelism } from 'node:os';
import type { DataSource } from 'typeorm';
import { type Contracts, loadContracts } from '../src/contracts/contracts.ts';
import { listNamed } from '../src/contracts/lookup.ts';
import { Refused } from '../src/errors.ts';
import { answerThreads } from './prevalence/answer-threads.ts';
import type { StoredEstimate } from './prevalence/kept-estimates.ts';
import { estimateHub } from './prevalence.ts';

export interface EstimatesWanted {
  readonly measurer: DataSource;
  readonly requestedBy: string;
  readonly now: Date;
  readonly signal?: AbortSignal;
}

export interface EstimatesMade {
  /** Asked for, given, and refused with their reasons. */
  readonly asked: number;
  readonly given: number;
  readonly refused: number;
  /** How many of them were not there before. */
  readonly changed: number;
}

/** As the command line asks, unless it is told otherwise: the same seed gives the same figures. */
const DRAWN = { draws: 20, seed: 1, replicates: 0 };

export async function makeEstimates({
  measurer,
  requestedBy,
  now,
  signal,
}: EstimatesWanted): Promise<EstimatesMade> {
  const parts = declaredParts(loadContracts());
  const before = await countKept(measurer);
  const wanted = (await closedYears(measurer)).flatMap((period) =>
    parts.map((part) => ({ period, ...part })),
  );
  const today = now.toISOString().slice(0, 10);
  const threads = answerThreads(availableParallelism());
  const made: StoredEstimate[] = [];
  const taker = async (): Promise<void> => {
    for (let one = wanted.shift(); one !== undefined; one = wanted.shift()) {
      signal?.throwIfAborted();
      const request = { ...one, measurer, requestedBy, today, ...DRAWN, workOut: threads.workOut };
      made.push(...(await unlessNobodyTells(() => estimateHub(request))));
    }
  };
  /** What one of them fails of, the others end with their next. */
  const orEnd = (error: unknown): never => {
    wanted.length = 0;
    throw error;
  };
  try {
    const ended = await Promise.allSettled(
      Array.from({ length: atOnce(measurer) }, () => taker().catch(orEnd)),
    );
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  } finally {
    await threads.close();
  }
  const changed = (await countKept(measurer)) - before;
  const refused = made.filter((one) => one.refused).length;
  return { asked: made.length, given: made.length - refused, refused, changed };
}

/** One more than there are threads, so that none waits for the next tables; each holds up to two connections. */
function atOnce({ options }: DataSource): number {
  const connections = (options as { readonly poolSize?: number }).poolSize ?? 10;
  return Math.max(1, Math.min(availableParallelism() + 1, Math.floor(connections / 2)));
}

type Part = { readonly region?: string; readonly by?: string };

/** By the tables of the metrics that are estimates: what is not declared is not estimated. */
function declaredParts(contracts: Contracts): readonly Part[] {
  const tables = [...contracts.metrics.values()]
    .filter(({ statistic, notAvailable }) => statistic === 'estimate' && notAvailable === undefined)
    .flatMap((metric) => metric.tables.map(({ by }) => by));
  if (tables.length === 0) return [];
  const named = (dimension: string): boolean => tables.some((by) => by.length === 1 && by[0] === dimension);
  const regions = named('region') ? listNamed(contracts, 'ca_region').codes.map(({ code }) => code) : [];
  const strata = ['sex', 'race_ethnicity'].filter(named);
  return [{}, ...regions.map((region) => ({ region })), ...strata.map((by) => ({ by }))];
}

async function closedYears(measurer: DataSource): Promise<readonly string[]> {
  const rows = await measurer.query<{ period: string }[]>(
    `SELECT period FROM measures.period WHERE kind = 'year' AND closed ORDER BY period`,
  );
  return rows.map(({ period }) => period);
}

async function countKept(measurer: DataSource): Promise<number> {
  const [row] = await measurer.query<{ n: number }[]>('SELECT count(*)::int AS n FROM measures.estimate');
  return row?.n ?? 0;
}

/** That no record tells a group is no reason to end the night. */
async function unlessNobodyTells(
  work: () => Promise<readonly StoredEstimate[]>,
): Promise<readonly StoredEstimate[]> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused && error.code === 'NO_GROUPS') return [];
    throw error;
  }
}
