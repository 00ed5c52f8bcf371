import { medianUnbiasedQuantile } from './bca.ts';
import { estimateShare } from './bootstrap.ts';
import { type CaptureTable, persons } from './capture-table.ts';
import { normalQuantile, studentQuantile } from './distributions.ts';
import { estimateBy, type Selection } from './selection.ts';

/** One completed table's answer: persons seen, and the logarithm of the hidden number with its variance. */
export interface Draw {
  readonly seen: number;
  readonly logHidden: number;
  readonly variance: number;
}

export interface Combined {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  /** Mean of the draws' own variances of log n0: sampling, and the choice of model when that was repeated. */
  readonly within: number;
  /** Variance of log n0 between the draws: linkage, or what was imputed. */
  readonly between: number;
  readonly df: number;
  readonly draws: number;
  readonly withoutEstimate: number;
}

/**
 * Rubin's rules on log n0. Undefined with fewer than two draws that give an estimate, or when more than one draw in
 * twenty gives none: what is left would then be a selection of the draws that agree with the model.
 */
export function combineDraws(draws: readonly (Draw | undefined)[], level: number): Combined | undefined {
  const usable = draws.filter((draw): draw is Draw => draw !== undefined && Number.isFinite(draw.logHidden));
  const withoutEstimate = draws.length - usable.length;
  if (usable.length < 2 || withoutEstimate > 0.05 * draws.length) return undefined;
  const m = usable.length;
  const mean = (value: (draw: Draw) => number): number =>
    usable.reduce((sum, draw) => sum + value(draw), 0) / m;
  const centre = mean((draw) => draw.logHidden);
  const within = mean((draw) => draw.variance);
  const between = usable.reduce((sum, draw) => sum + (draw.logHidden - centre) ** 2, 0) / (m - 1);
  const added = (1 + 1 / m) * between;
  const df = added === 0 ? Infinity : (m - 1) * (1 + within / added) ** 2;
  const reach = studentQuantile(0.5 + level / 2, df) * Math.sqrt(within + added);
  const seen = mean((draw) => draw.seen);
  return {
    estimate: seen + Math.exp(centre),
    lower: seen + Math.exp(centre - reach),
    upper: seen + Math.exp(centre + reach),
    within,
    between,
    df,
    draws: draws.length,
    withoutEstimate,
  };
}

export interface DrawOptions {
  readonly replicates: number;
  readonly seed: number;
  /** Number of this draw, so that each has its own resamples. */
  readonly draw: number;
}

/**
 * Estimates one completed table with the choice of model inside the variance: the selection is repeated in each
 * resample, and the middle 95 % of log n0 gives the variance, which a few wild resamples then cannot inflate.
 */
export function drawOf(table: CaptureTable, selection: Selection, options: DrawOptions): Draw | undefined {
  const seen = persons(table);
  const hidden = estimateBy(selection, table) - seen;
  if (!(hidden > 0)) return undefined;
  const from = options.draw * options.replicates;
  const resampled = estimateShare({
    table,
    selection,
    seed: options.seed,
    from,
    to: from + options.replicates,
  });
  const logs = Array.from(resampled, (estimate) => Math.log(estimate - seen))
    .filter((value) => Number.isFinite(value))
    .sort((a, b) => a - b);
  if (logs.length < 0.95 * options.replicates) return undefined;
  const width = medianUnbiasedQuantile(logs, 0.975) - medianUnbiasedQuantile(logs, 0.025);
  return { seen, logHidden: Math.log(hidden), variance: (width / (2 * normalQuantile(0.975))) ** 2 };
}

/** Independent strata add up: n0 is their sum, and its relative variance follows from theirs. */
export function sumOfDraws(parts: readonly (Draw | undefined)[]): Draw | undefined {
  let seen = 0;
  let hidden = 0;
  let variance = 0;
  for (const part of parts) {
    if (part === undefined) return undefined;
    const own = Math.exp(part.logHidden);
    seen += part.seen;
    hidden += own;
    variance += own ** 2 * part.variance;
  }
  return { seen, logHidden: Math.log(hidden), variance: variance / hidden ** 2 };
}

export interface CombineOptions {
  readonly replicates: number;
  readonly seed: number;
  readonly level: number;
}

/** M linked or imputed tables in, one estimate out, with their disagreement in its interval. */
export function combineTables(
  tables: readonly CaptureTable[],
  selection: Selection,
  { replicates, seed, level }: CombineOptions,
): Combined | undefined {
  return combineDraws(
    tables.map((table, draw) => drawOf(table, selection, { replicates, seed, draw })),
    level,
  );
}
