import { normalQuantile } from './distributions.ts';

/**
 * Convergence of several chains (Vehtari et al. 2021): the larger of the rank-normalised split R̂ and the folded one,
 * and the smaller of the effective sample sizes of the bulk and of the two 5 % tails.
 */
export interface Diagnosis {
  readonly rhat: number;
  readonly effective: number;
}

export function diagnose(chains: readonly ArrayLike<number>[]): Diagnosis {
  const halves = chains.flatMap(split);
  const all = halves.flat();
  if (all.every((value) => value === all[0])) return { rhat: Number.NaN, effective: 0 };
  const sorted = all.toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1]!;
  const folded = halves.map((chain) => chain.map((value) => Math.abs(value - median)));
  const ranked = rankNormalised(halves);
  const low = sorted[Math.floor(sorted.length * 0.05)]!;
  const high = sorted[Math.floor(sorted.length * 0.95)]!;
  const within = (limit: number): number[][] => halves.map((chain) => chain.map((v) => (v <= limit ? 1 : 0)));
  return {
    rhat: Math.max(potentialScaleReduction(ranked), potentialScaleReduction(rankNormalised(folded))),
    effective: Math.min(effectiveSize(ranked), effectiveSize(within(low)), effectiveSize(within(high))),
  };
}

function split(chain: ArrayLike<number>): number[][] {
  const values = Array.from(chain);
  const half = values.length >> 1;
  return [values.slice(0, half), values.slice(values.length - half)];
}

/** Replaces values by the normal scores of their average ranks over all chains. */
function rankNormalised(chains: readonly number[][]): number[][] {
  const values = chains.flat();
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const score = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && values[order[end]!] === values[order[i]!]) end++;
    const rank = (i + 1 + end) / 2;
    for (let j = i; j < end; j++) score[order[j]!] = normalQuantile((rank - 0.375) / (values.length + 0.25));
    i = end;
  }
  let from = 0;
  return chains.map((chain) => {
    from += chain.length;
    return Array.from(score.subarray(from - chain.length, from));
  });
}

interface Variances {
  readonly within: number;
  readonly pooled: number;
}

function variances(chains: readonly number[][]): Variances {
  const n = chains[0]!.length;
  const means = chains.map(mean);
  const within = mean(chains.map((chain, i) => variance(chain, means[i]!)));
  const between = variance(means, mean(means));
  return { within, pooled: (within * (n - 1)) / n + between };
}

function potentialScaleReduction(chains: readonly number[][]): number {
  const { within, pooled } = variances(chains);
  return within === 0 ? Infinity : Math.sqrt(pooled / within);
}

/** Geyer's initial monotone sequence over the chains' mean autocovariance. */
function effectiveSize(chains: readonly number[][]): number {
  const n = chains[0]!.length;
  const total = n * chains.length;
  const { within, pooled } = variances(chains);
  if (!(pooled > 0)) return total;
  const centred = chains.map((chain) => {
    const centre = mean(chain);
    return chain.map((value) => value - centre);
  });
  const correlation = (lag: number): number => {
    const covariance = mean(
      centred.map((chain) => {
        let sum = 0;
        for (let i = lag; i < n; i++) sum += chain[i]! * chain[i - lag]!;
        return sum / n;
      }),
    );
    return 1 - (within - (covariance * n) / (n - 1)) / pooled;
  };
  let time = -1;
  let before = Infinity;
  for (let lag = 0; lag + 1 < n; lag += 2) {
    const pair = Math.min(before, (lag === 0 ? 1 : correlation(lag)) + correlation(lag + 1));
    if (pair <= 0) break;
    time += 2 * pair;
    before = pair;
  }
  return Math.min(total / Math.max(time, 1 / Math.log10(total)), total * Math.log10(total));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[], centre: number): number {
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
