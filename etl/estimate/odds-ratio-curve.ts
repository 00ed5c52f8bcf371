import { type CaptureTable, persons, size } from './capture-table.ts';
import { normalQuantile } from './distributions.ts';

/**
 * Every log-linear estimate assumes that the interaction of all lists is absent: that the odds ratio ξ of highest order
 * is 1. The data say nothing about ξ. If it were ξ, the hidden number would be n0/ξ, and this curve shows it
 * (Aleshin-Guendel, Sadinle & Wakefield 2023).
 */
export interface CurvePoint {
  readonly xi: number;
  readonly estimate: number;
  readonly se: number;
  readonly lower: number;
  readonly upper: number;
}

export interface Curve {
  /** `saturated` when every history was seen, otherwise the name of the model. */
  readonly model: string;
  readonly points: readonly CurvePoint[];
}

const USUAL_RATIOS = [0.25, 0.5, 2 / 3, 1, 1.5, 2, 4];

export interface CurveBase {
  readonly hidden: number;
  readonly logVariance: number;
}

/** The model with all interactions but the highest, which fits every count exactly; undefined with an empty cell. */
export function saturated(table: CaptureTable): CurveBase | undefined {
  let log = 0;
  let logVariance = 0;
  for (let history = 1; history < table.counts.length; history++) {
    const count = table.counts[history]!;
    if (count === 0) return undefined;
    log += size(history) % 2 === 1 ? Math.log(count) : -Math.log(count);
    logVariance += 1 / count;
  }
  return { hidden: Math.exp(log), logVariance };
}

export function oddsRatioCurve(
  table: CaptureTable,
  { hidden, logVariance }: CurveBase,
  level: number,
  ratios: readonly number[] = USUAL_RATIOS,
): CurvePoint[] {
  const seen = persons(table);
  const reach = Math.exp(normalQuantile(0.5 + level / 2) * Math.sqrt(logVariance));
  return ratios.map((xi) => {
    const here = hidden / xi;
    return {
      xi,
      estimate: seen + here,
      se: Math.sqrt(here + here ** 2 * logVariance),
      lower: seen + here / reach,
      upper: seen + here * reach,
    };
  });
}
