/**
 * From the tables that linkage, and each draw of it, make of the lists to one answer, or to a refusal with its reasons;
 * and the annex, which holds everything behind it. Pure.
 */
import { type Corrected, combined, corrected } from '../estimate/adjusted.ts';
import { type CaptureTable, captureTable } from '../estimate/capture-table.ts';
import { type Combined, combineDraws, drawOf, sumOfDraws } from '../estimate/combine.ts';
import { type Estimation, estimate } from '../estimate/estimate.ts';
import { randomStream } from '../estimate/random.ts';
import { type Referral, requiredPairs } from '../estimate/referrals.ts';
import type { Method } from '../estimate/result.ts';
import { impute, type Stratified } from '../estimate/strata.ts';
import type { MeasuredQuality } from './identified.ts';

/** The families that the verdict compares, and two lower bounds. */
const METHODS: readonly Method[] = [
  'chao-bc',
  'mth-chao',
  'sample-coverage',
  'main-effects',
  'stepwise',
  'best-bic',
  'bic-average',
  'bma',
];
const LEVEL = 0.95;
const LEAST_RESAMPLES = 100;

export interface Settings {
  readonly seed: number;
  /** Resamples within each draw. */
  readonly replicates: number;
  readonly referrals: readonly Referral[];
  /** What to put right beside the figure. */
  readonly quality: MeasuredQuality | undefined;
}

export interface HubAnswer {
  readonly refused: boolean;
  readonly reasons: readonly string[];
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly annex: Annex;
}

/** Everything behind a figure, for a statistician and for nobody outside. */
export interface Annex extends Partial<Estimation> {
  readonly table: PlainTable;
  readonly draws?: readonly PlainTable[];
  readonly referrals?: readonly Referral[];
  /** Over the drawn linkages, with the choice of model repeated in each: the figure. */
  readonly combined?: Combined | null;
  /** The same methods with the measured recall and precision put right in closed form. */
  readonly corrected?: (Corrected & Pick<MeasuredQuality, 'precisionBy' | 'recallBy'>) | null;
  /** Of a stratum: how many of the young people seen had to be imputed, and all strata added up. */
  readonly imputed?: { readonly unknown: number; readonly of: number };
  readonly sumOfStrata?: Combined | null;
}

export interface PlainTable {
  readonly lists: readonly string[];
  readonly counts: readonly number[];
}

export async function answerFrom(
  table: CaptureTable,
  draws: readonly CaptureTable[],
  settings: Settings,
  more: Pick<Annex, 'imputed' | 'sumOfStrata'> = {},
): Promise<HubAnswer> {
  if (table.lists.length < 2)
    return refusal([`TOO_FEW_LISTS: ${table.lists.length} systems identified anybody`], {
      table: plain(table),
      ...more,
    });
  const referrals = settings.referrals.filter(
    ({ from, to }) => table.lists.includes(from) && table.lists.includes(to),
  );
  const options = optionsOf(table, referrals, settings);
  const estimation = await estimate(table, METHODS, { ...options, replicates: 0 });
  const over = estimation.verdict.refused ? null : combined(draws, options);
  const annex: Annex = {
    table: plain(table),
    draws: draws.map(plain),
    referrals,
    ...estimation,
    combined: over,
    corrected: await putRight(table, settings.quality, options),
    ...more,
  };
  if (estimation.verdict.refused) return refusal(estimation.verdict.reasons, annex);
  if (over === null) return refusal(['LINKAGE_DRAWS: too many draws of the linkage give no estimate'], annex);
  const { estimate: value, lower, upper } = over;
  return { refused: false, reasons: [], value, lower, upper, annex };
}

function optionsOf(
  table: CaptureTable,
  referrals: readonly Referral[],
  { seed, replicates }: Pick<Settings, 'seed' | 'replicates'>,
) {
  return { level: LEVEL, seed, replicates, required: requiredPairs(table, referrals) };
}

/** The same answer beside another night's measure of the linkage: nothing else of it depends on that. */
export async function withQuality(answer: HubAnswer, settings: Settings): Promise<HubAnswer> {
  const { annex } = answer;
  if (annex.corrected === undefined) return answer;
  const table = captureTable(annex.table.lists, annex.table.counts);
  const options = optionsOf(table, annex.referrals ?? [], settings);
  return { ...answer, annex: { ...annex, corrected: await putRight(table, settings.quality, options) } };
}

async function putRight(
  table: CaptureTable,
  quality: MeasuredQuality | undefined,
  options: { readonly level: number; readonly required: readonly number[] },
): Promise<NonNullable<Annex['corrected']> | null> {
  if (quality === undefined) return null;
  const { recallBy, precisionBy } = quality;
  return {
    ...(await corrected(table, ['main-effects', 'stepwise'], options, quality)),
    recallBy,
    precisionBy,
  };
}

/**
 * The answer for each group. A draw is of the linkage and of the groups that no record tells, both at once, so that both
 * are in the interval; nobody whose group is unknown is left out.
 */
export async function answersByStratum(
  asLinked: Stratified,
  drawn: readonly Stratified[],
  settings: Settings,
): Promise<ReadonlyMap<string, HubAnswer>> {
  const names = Object.keys(asLinked.strata);
  if (names.length === 0) return new Map();
  const best = impute(asLinked, randomStream(settings.seed, drawn.length));
  const completed = drawn.map((one, draw) => impute(one, randomStream(settings.seed, draw)));
  const sumOfStrata = sumOver(names, completed, settings);
  const answers = new Map<string, HubAnswer>();
  for (const name of names) {
    const table = best[name] as CaptureTable;
    const imputed = {
      unknown: total(table) - total(asLinked.strata[name] as CaptureTable),
      of: total(table),
    };
    const tables = completed.map((one) => one[name] as CaptureTable);
    answers.set(name, await answerFrom(table, tables, settings, { imputed, sumOfStrata }));
  }
  return answers;
}

/** Groups that are estimated apart need not add up to the estimate of all; what they add up to is told beside them. */
function sumOver(
  names: readonly string[],
  completed: readonly Readonly<Record<string, CaptureTable>>[],
  { seed, replicates, referrals }: Settings,
): Combined | null {
  const sums = completed.map((tables, draw) =>
    sumOfDraws(
      names.map((name, s) => {
        const table = tables[name] as CaptureTable;
        const known = referrals.filter(
          ({ from, to }) => table.lists.includes(from) && table.lists.includes(to),
        );
        return drawOf(
          table,
          { kind: 'stepwise', threshold: 0.02, required: requiredPairs(table, known) },
          {
            replicates: Math.max(replicates, LEAST_RESAMPLES),
            seed: seed + 1,
            draw: draw * names.length + s,
          },
        );
      }),
    ),
  );
  return combineDraws(sums, LEVEL) ?? null;
}

function total({ counts }: CaptureTable): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function refusal(reasons: readonly string[], annex: Annex): HubAnswer {
  return { refused: true, reasons, value: null, lower: null, upper: null, annex };
}

export function plain({ lists, counts }: CaptureTable): PlainTable {
  return { lists, counts: [...counts] };
}
