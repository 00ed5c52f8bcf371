import { normalQuantile } from './distributions.ts';

export interface Limits {
  readonly lower: number;
  readonly upper: number;
  readonly se: number;
}

/** What is estimated of the hidden number: itself, and the variance of its logarithm. */
export interface HiddenEstimate {
  readonly hidden: number;
  readonly logVariance: number;
}

/**
 * The log-normal interval n + n0·exp(±z·se) and the standard error of N, in which the hidden number also varies as
 * a Poisson count does (Rivest & Lévesque 2001).
 */
export function logNormal(seen: number, { hidden, logVariance }: HiddenEstimate, level: number): Limits {
  const reach = Math.exp(normalQuantile(0.5 + level / 2) * Math.sqrt(logVariance));
  return {
    lower: seen + hidden / reach,
    upper: seen + hidden * reach,
    se: Math.sqrt(hidden + hidden ** 2 * logVariance),
  };
}
