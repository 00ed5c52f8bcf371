/** What a single group's published statistics leave possible: the reconstruction that the rule keeps from being possible. */
export interface Published {
  readonly n: number;
  readonly median: number;
  readonly mean: number;
  /** Decimals to which the mean was rounded. */
  readonly decimals: number;
  readonly least: number;
  readonly most: number;
}

/** How many groups of n whole numbers have this median and this mean; n must be odd. */
export function possibleGroups({ n, median, mean, decimals, least, most }: Published): number {
  if (n % 2 === 0 || !Number.isInteger(median)) throw new RangeError('an odd group has a whole median');
  const half = (n - 1) / 2;
  const below = multisets(half, least, median);
  const above = multisets(half, median, most);
  const unit = 10 ** decimals;
  let groups = 0;
  for (const [low, ways] of below)
    for (const [high, others] of above) {
      const sum = low + median + high;
      if (Math.round((sum / n) * unit) === Math.round(mean * unit)) groups += ways * others;
    }
  return groups;
}

/** For each sum, the number of ways to choose k values from a range in which order does not count. */
function multisets(k: number, from: number, to: number): Map<number, number> {
  let ways: Map<number, number>[] = [new Map([[0, 1]]), ...Array.from({ length: k }, () => new Map())];
  for (let value = from; value <= to; value++) {
    const next = ways.map((sums) => new Map(sums));
    for (let taken = 1; taken <= k; taken++)
      for (const [sum, count] of next[taken - 1] ?? [])
        next[taken]?.set(sum + value, (next[taken]?.get(sum + value) ?? 0) + count);
    ways = next;
  }
  return ways[k] ?? new Map();
}
