import { normalCdf, normalQuantile } from './distributions.ts';

/** An estimate with one person taken out of a history, and how many persons have that history. */
export interface LeftOut {
  readonly estimate: number;
  readonly weight: number;
}

export interface BcaInput {
  readonly estimate: number;
  readonly resampled: readonly number[];
  readonly jackknife: readonly LeftOut[];
}

export interface Bca {
  readonly bias: number;
  readonly acceleration: number;
  readonly quantile: (p: number) => number;
}

/** Estimates nearer to each other than this are the same but for rounding. */
const TIE = 1e-7;

/** Efron's bias-corrected and accelerated bootstrap; `quantile` gives the limit for a tail probability. */
export function bca({ estimate, resampled, jackknife }: BcaInput): Bca {
  const sorted = resampled.toSorted((a, b) => a - b);
  // A resample with the same sufficient statistics as the data gives the same estimate up to rounding: half below.
  const tie = TIE * Math.abs(estimate);
  const below = sorted.filter((value) => value < estimate - tie).length;
  const same = sorted.filter((value) => Math.abs(value - estimate) <= tie).length;
  const bias = normalQuantile((below + same / 2) / sorted.length);
  const acceleration = accelerationOf(jackknife);
  return {
    bias,
    acceleration,
    quantile: (p) => {
      const z = bias + normalQuantile(p);
      return medianUnbiasedQuantile(sorted, normalCdf(bias + z / (1 - acceleration * z)));
    },
  };
}

function accelerationOf(jackknife: readonly LeftOut[]): number {
  const total = jackknife.reduce((sum, { weight }) => sum + weight, 0);
  const mean = jackknife.reduce((sum, { estimate, weight }) => sum + weight * estimate, 0) / total;
  let squares = 0;
  let cubes = 0;
  for (const { estimate, weight } of jackknife) {
    const residual = mean - estimate;
    squares += weight * residual ** 2;
    cubes += weight * residual ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/** Hyndman & Fan's type 8 on sorted values. */
export function medianUnbiasedQuantile(sorted: ArrayLike<number>, p: number): number {
  const position = sorted.length * p + (p + 1) / 3;
  const index = Math.floor(position + 4 * Number.EPSILON);
  const share = Math.abs(position - index) < 4 * Number.EPSILON ? 0 : position - index;
  const at = (i: number): number => sorted[Math.min(Math.max(i, 1), sorted.length) - 1]!;
  return share === 0 ? at(index) : (1 - share) * at(index) + share * at(index + 1);
}
