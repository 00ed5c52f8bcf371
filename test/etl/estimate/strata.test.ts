import { describe, expect, test } from 'vitest';
import { captureTable, persons } from '../../../etl/estimate/capture-table.ts';
import { randomStream } from '../../../etl/estimate/random.ts';
import { estimateBy } from '../../../etl/estimate/selection.ts';
import { estimateStrata, impute } from '../../../etl/estimate/strata.ts';
import { simulate } from './simulated-lists.ts';

const base = { reach: [0.35, 0.3, 0.3], referrals: [], heterogeneity: 0, missedLinks: 0, falseLinks: 0 };
const stepwise = { kind: 'stepwise', threshold: 0.02 } as const;

/** Persons whom only the third list has lack their stratum half of the time, as when one agency does not ask. */
function withGaps() {
  const north = simulate({ ...base, size: 900 }, 1);
  const south = simulate({ ...base, size: 500 }, 2);
  const unknown = new Float64Array(8);
  const strip = (counts: Float64Array): Float64Array => {
    const gone = Math.round(counts[4]! / 2);
    unknown[4]! += gone;
    const kept = counts.slice();
    kept[4]! -= gone;
    return kept;
  };
  const { lists } = north.table;
  return {
    data: {
      strata: {
        north: captureTable(lists, strip(north.table.counts)),
        south: captureTable(lists, strip(south.table.counts)),
      },
      unknown: captureTable(lists, unknown),
    },
    whole: captureTable(
      lists,
      north.table.counts.map((count, i) => count + south.table.counts[i]!),
    ),
  };
}

describe('strata', () => {
  test('imputation places every person, and each history where its like are', () => {
    const { data, whole } = withGaps();
    const completed = impute(data, randomStream(1, 0));
    const sum = Object.values(completed).map(({ counts }) => counts);
    whole.counts.forEach((count, history) => expect(sum[0]![history]! + sum[1]![history]!).toBe(count));
    const share = completed.north!.counts[4]! / whole.counts[4]!;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.8);
  });

  test('the imputed total stands by the table without gaps; leaving the gaps out does not', () => {
    const { data, whole } = withGaps();
    const found = estimateStrata(data, stepwise, { replicates: 40, seed: 1, level: 0.95, imputations: 12 });
    const truth = estimateBy(stepwise, whole);
    const complete = captureTable(
      whole.lists,
      whole.counts.map((count, i) => count - data.unknown.counts[i]!),
    );
    const off = (estimate: number): number => Math.abs(estimate / truth - 1);
    expect(off(found.total!.estimate)).toBeLessThan(off(estimateBy(stepwise, complete)));
    expect(found.total!.lower).toBeLessThan(truth);
    expect(found.total!.upper).toBeGreaterThan(truth);
    const parts = found.strata.north!.estimate + found.strata.south!.estimate;
    expect(Math.abs(parts / found.total!.estimate - 1)).toBeLessThan(0.02);
  });

  test('nothing missing is nothing added', () => {
    const { data } = withGaps();
    const none = { ...data, unknown: captureTable(data.unknown.lists, new Float64Array(8)) };
    const found = estimateStrata(none, stepwise, { replicates: 40, seed: 1, level: 0.95, imputations: 3 });
    expect(found.total!.between).toBe(0);
    expect(persons(impute(none, randomStream(1, 0)).north!)).toBe(persons(none.strata.north));
  });
});
