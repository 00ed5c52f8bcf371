import { type CaptureTable, overlaps } from './capture-table.ts';
import { normalQuantile } from './distributions.ts';

export interface TwoLists {
  readonly first: number;
  readonly second: number;
  readonly both: number;
}

export interface PointInterval {
  readonly estimate: number;
  readonly se: number;
  readonly lower: number;
  readonly upper: number;
}

export function twoLists(table: CaptureTable, a: number, b: number): TwoLists {
  const sums = overlaps(table);
  return { first: sums[1 << a]!, second: sums[1 << b]!, both: sums[(1 << a) | (1 << b)]! };
}

/** Lincoln and Petersen's n1 n2 / m, which is Sekar and Deming's; infinite without overlap. */
export function petersen({ first, second, both }: TwoLists, level: number): PointInterval {
  const estimate = (first * second) / both;
  const se = Math.sqrt((first * second * (first - both) * (second - both)) / both ** 3);
  return around(estimate, se, level);
}

/** Chapman's estimator, nearly unbiased, with Seber's variance. */
export function chapman({ first, second, both }: TwoLists, level: number): PointInterval {
  const estimate = ((first + 1) * (second + 1)) / (both + 1) - 1;
  const variance =
    ((first + 1) * (second + 1) * (first - both) * (second - both)) / ((both + 1) ** 2 * (both + 2));
  return around(estimate, Math.sqrt(variance), level);
}

function around(estimate: number, se: number, level: number): PointInterval {
  const reach = normalQuantile(0.5 + level / 2) * se;
  return { estimate, se, lower: estimate - reach, upper: estimate + reach };
}
