import { bootstrap } from './bootstrap.ts';
import type { CaptureTable } from './capture-table.ts';
import { type Combined, combineTables } from './combine.ts';
import { type LinkageReview, linkageDraws } from './linkage-draws.ts';
import { correctTable, type LinkageQuality } from './linkage-error.ts';
import { estimateWith } from './methods.ts';
import type { Method, Result } from './result.ts';
import { estimateBy } from './selection.ts';
import { type TaskOptions, task } from './task.ts';

export interface Corrected extends LinkageQuality {
  readonly results: readonly Result[];
}

/** The same methods on the table with the linkage's measured recall and precision put right. */
export async function corrected(
  table: CaptureTable,
  methods: readonly Method[],
  options: TaskOptions,
  { recall, precision }: LinkageQuality,
): Promise<Corrected> {
  // A corrected table holds expected counts, which cannot be drawn again person by person.
  const work = task(correctTable(table, { recall, precision }), { ...options, replicates: 0 });
  const results: Result[] = [];
  for (const method of methods) results.push(...(await estimateWith(method, work)));
  return { recall, precision, results };
}

/** Fewer resamples than this per draw would make the variance within a draw a guess. */
const LEAST_RESAMPLES = 100;

/** Stepwise selection over draws of the linkage: sampling, choice of model and linkage in one interval. */
export function combined(
  tables: readonly CaptureTable[],
  { replicates = 0, seed = 1, level = 0.95, threshold = 0.02, required = [] }: TaskOptions,
): Combined | null {
  return (
    combineTables(
      tables,
      { kind: 'stepwise', threshold, required },
      { replicates: Math.max(replicates, LEAST_RESAMPLES), seed, level },
    ) ?? null
  );
}

export interface Bounded {
  readonly lists: readonly string[];
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The estimate when what some lists alone hold is only an upper bound of their part in the population. */
export async function bounded(
  table: CaptureTable,
  lists: readonly number[],
  { replicates = 0, seed = 1, level = 0.95, threshold = 0.02, threads }: TaskOptions,
): Promise<Bounded> {
  const selection = { kind: 'over-covered', lists, threshold } as const;
  const estimate = estimateBy(selection, table);
  const options = { replicates, seed, ...(threads === undefined ? {} : { threads }) };
  const bca = replicates > 0 ? (await bootstrap(table, selection, options)).bca : undefined;
  return {
    lists: lists.map((list) => table.lists[list]!),
    estimate: Number.isFinite(estimate) ? estimate : null,
    lower: bca?.quantile((1 - level) / 2) ?? null,
    upper: bca?.quantile((1 + level) / 2) ?? null,
  };
}

/** Draws from a review are cheap, and twenty leave a fortieth of the variance between them to chance. */
const DRAWS_OF_REVIEW = 20;

/** Stepwise selection over tables drawn from what a clerical review of the linkage leaves open. */
export function reviewed(table: CaptureTable, review: LinkageReview, options: TaskOptions): Combined | null {
  return combined(linkageDraws(table, review, DRAWS_OF_REVIEW, options.seed ?? 1), options);
}
