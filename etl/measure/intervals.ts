import { normalQuantile, poissonAtLeast, poissonAtMost } from '../estimate/distributions.ts';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

const Z = normalQuantile(0.975);

/** Wilson's score interval for a share: it stays within 0 and 1 and keeps its width at 0 and at all. */
export function wilson(met: number, of: number): Interval {
  const share = met / of;
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return { lower: met === 0 ? 0 : middle - half, upper: met === of ? 1 : middle + half };
}

/** The exact interval for the mean of a Poisson count (Garwood): each tail beyond it has 2.5 %. */
export function poisson(count: number): Interval {
  const far = count + 10 + 6 * Math.sqrt(count + 1);
  return {
    lower: count === 0 ? 0 : root((mean) => poissonAtLeast(count, mean) - 0.025, 0, count),
    upper: root((mean) => 0.025 - poissonAtMost(count, mean), count, far),
  };
}

/** Where a function that rises through zero does so. */
function root(rising: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export { Z as STANDARD_QUANTILE };
