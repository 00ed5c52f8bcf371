/**
 * Means and medians of small groups give the people in them back (Garfinkel, Abowd and Martindale, Communications
 * of the ACM 62(3), 2019). A statistic of a group under the threshold, or of a group that differs from a published one
 * by fewer, is refused.
 */
export interface GroupStatistics {
  readonly group: string;
  readonly n: number;
  /** The group that this one is a part of, so that the rest can be worked out by subtraction. */
  readonly within?: string;
}

export interface RefusedStatistic {
  readonly group: string;
  readonly why: 'small' | 'small-rest';
}

export function refusedStatistics(groups: readonly GroupStatistics[], threshold: number): RefusedStatistic[] {
  const sizes = new Map(groups.map(({ group, n }) => [group, n]));
  return groups.flatMap(({ group, n, within }): RefusedStatistic[] => {
    if (n < threshold) return [{ group, why: 'small' }];
    const rest = within === undefined ? 0 : (sizes.get(within) ?? n) - n;
    return rest > 0 && rest < threshold ? [{ group, why: 'small-rest' }] : [];
  });
}
