import { type CaptureTable, overlaps, persons } from './capture-table.ts';

/**
 * Estimates from sample coverage (Chao, Lee & Jeng 1992; Chao et al. 2001): the share of the population's chances
 * that the lists have used up, estimated by how few of each list's persons it alone has.
 */
export interface SampleCoverage {
  /** Estimated coverage, from 0 to 1. */
  readonly coverage: number;
  /** As if the lists were independent. */
  readonly independent: number;
  /** With the dependence of pairs of lists, for a coverage high enough (some take 55 % as enough). */
  readonly highCoverage: number;
  /** The one-step estimate for low coverage, a lower bound when dependence is positive. */
  readonly lowCoverage: number;
}

export function sampleCoverage(table: CaptureTable): SampleCoverage {
  const k = table.lists.length;
  const sums = overlaps(table);
  const seen = persons(table);
  const alone = table.lists.map((_, list) => table.counts[1 << list]!);
  const onList = table.lists.map((_, list) => sums[1 << list]!);
  const coverage = 1 - mean(alone.map((count, list) => count / onList[list]!));
  // For each list, the distinct persons on the union of the others.
  const onOthers = mean(alone.map((count) => seen - count));
  const independent = onOthers / coverage;

  const pairs: { weight: number; shared: number }[] = [];
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      const both = (1 << i) | (1 << j);
      // Persons on i or j and on no list besides, those on both of them counted twice.
      const weight = alone[i]! + alone[j]! + 2 * table.counts[both]!;
      pairs.push({ weight, shared: sums[both]! / (onList[i]! * onList[j]!) });
    }
  }
  const dependence = (population: number): number =>
    pairs.reduce((sum, { weight, shared }) => sum + weight * (population * shared - 1), 0) / (k * coverage);

  const denominator = k * coverage - pairs.reduce((sum, { weight, shared }) => sum + weight * shared, 0);
  const numerator = k * onOthers - pairs.reduce((sum, { weight }) => sum + weight, 0);
  const high = numerator / denominator;
  return {
    coverage,
    independent,
    highCoverage: denominator < 1e-4 || high < seen ? seen : high,
    lowCoverage: independent + dependence(independent + dependence(independent)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
