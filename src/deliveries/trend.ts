/** A value against those of earlier deliveries. */
export interface Trend {
  readonly value: number;
  /** The median of the earlier ones; none for the first. */
  readonly usual: number | null;
  /** How far the value lies from the usual one. */
  readonly change: number | null;
}

/** How many earlier deliveries say what is usual. */
export const earlierLookedAt = 28;

/** Each value of a series against at most so many before it, from the oldest to the newest. */
export function trendOf(values: readonly number[]): readonly Trend[] {
  return values.map((value, at) => {
    const usual = medianOf(values.slice(Math.max(0, at - earlierLookedAt), at));
    return { value, usual, change: usual === null ? null : value - usual };
  });
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
