import { type CaptureTable, captureTable } from './capture-table.ts';
import {
  type Combined,
  type CombineOptions,
  combineDraws,
  type Draw,
  drawOf,
  sumOfDraws,
} from './combine.ts';
import { gamma, multinomial, type Random, randomStream } from './random.ts';
import type { Selection } from './selection.ts';

/** The same lists, split by a characteristic that some persons' records lack. */
export interface Stratified {
  readonly strata: Readonly<Record<string, CaptureTable>>;
  readonly unknown: CaptureTable;
}

export interface StratifiedEstimate {
  readonly strata: Readonly<Record<string, Combined | undefined>>;
  readonly total: Combined | undefined;
}

/**
 * One imputation: persons of unknown stratum are spread over the strata as persons of the same history whose stratum
 * is known, with those shares drawn too. Dropping them instead would take whole histories out of the table, often
 * those of one list alone, and the estimate with them.
 */
export function impute({ strata, unknown }: Stratified, random: Random): Record<string, CaptureTable> {
  const names = Object.keys(strata);
  const known = names.map((name) => strata[name]!.counts);
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
  const overall = known.map(sum);
  const everyone = sum(overall);
  const completed = known.map((counts) => counts.slice());
  const drawn = new Float64Array(names.length);
  unknown.counts.forEach((missing, history) => {
    if (missing === 0) return;
    // One person's worth of the overall shares keeps a history that was never seen complete from being certain.
    const share = known.map((counts, s) => gamma(random, counts[history]! + overall[s]! / everyone));
    multinomial(random, missing, share, drawn);
    completed.forEach((counts, s) => (counts[history]! += drawn[s]!));
  });
  return Object.fromEntries(names.map((name, s) => [name, captureTable(unknown.lists, completed[s]!)]));
}

export interface StrataOptions extends CombineOptions {
  readonly imputations: number;
}

/** Estimates each stratum and their sum in every imputation and combines the imputations. */
export function estimateStrata(
  data: Stratified,
  selection: Selection,
  options: StrataOptions,
): StratifiedEstimate {
  const names = Object.keys(data.strata);
  const draws = new Map<string, (Draw | undefined)[]>(names.map((name) => [name, []]));
  const totals: (Draw | undefined)[] = [];
  for (let i = 0; i < options.imputations; i++) {
    const completed = impute(data, randomStream(options.seed, i));
    const parts = names.map((name, s) =>
      drawOf(completed[name]!, selection, {
        replicates: options.replicates,
        seed: options.seed + 1,
        draw: i * names.length + s,
      }),
    );
    parts.forEach((part, s) => draws.get(names[s]!)!.push(part));
    totals.push(sumOfDraws(parts));
  }
  return {
    strata: Object.fromEntries(names.map((name) => [name, combineDraws(draws.get(name)!, options.level)])),
    total: combineDraws(totals, options.level),
  };
}
