import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bca, medianUnbiasedQuantile } from '../../../etl/estimate/bca.ts';
import { bootstrap, leaveOneOut, resample } from '../../../etl/estimate/bootstrap.ts';
import { persons } from '../../../etl/estimate/capture-table.ts';
import { hierarchicalModels } from '../../../etl/estimate/model.ts';
import { normal, randomStream } from '../../../etl/estimate/random.ts';
import { estimateBy, type Selection } from '../../../etl/estimate/selection.ts';
import { simulate } from './simulated-lists.ts';
import { tableOf, tables } from './tables.ts';

const stepwise = { kind: 'stepwise', threshold: 0.02 } as const;
const { table } = simulate(
  {
    size: 900,
    reach: [0.2, 0.25, 0.15],
    referrals: [{ from: 0, to: 1, chance: 0.2 }],
    heterogeneity: 0,
    missedLinks: 0,
    falseLinks: 0,
  },
  4,
);

describe('the bootstrap', () => {
  test('is the same for one, two and three threads', async () => {
    const runs = await Promise.all(
      [1, 2, 3].map((threads) =>
        bootstrap(table, stepwise, { replicates: 150, seed: 7, threads, patience: 0 }),
      ),
    );
    expect(runs[1]!.resampled).toEqual(runs[0]!.resampled);
    expect(runs[2]!.resampled).toEqual(runs[0]!.resampled);
    const other = await bootstrap(table, stepwise, { replicates: 150, seed: 8, threads: 1 });
    expect(other.resampled).not.toEqual(runs[0]!.resampled);
  });

  test.each<[string, Selection]>([
    ['the best of all models', { kind: 'best', criterion: 'bic', models: [...hierarchicalModels(3, 2)] }],
    ['an average of models', { kind: 'average', criterion: 'aic', models: [...hierarchicalModels(3, 2)] }],
    ['a family', { kind: 'family', family: 'mth-chao' }],
    ['sample coverage', { kind: 'coverage', estimate: 'lowCoverage' }],
    ['lists of others too', { kind: 'over-covered', lists: [1], threshold: 0.02 }],
  ])('of %s, too', async (_, selection) => {
    const [one, three] = await Promise.all(
      [1, 3].map((threads) => bootstrap(table, selection, { replicates: 60, seed: 7, threads, patience: 0 })),
    );
    expect(one?.resampled.some((value) => Number.isFinite(value))).toBe(true);
    expect(three?.resampled).toEqual(one?.resampled);
    expect(three?.bca?.quantile(0.025)).toBe(one?.bca?.quantile(0.025));
  });

  test('more resamples begin with the same ones', async () => {
    const few = await bootstrap(table, stepwise, { replicates: 20, seed: 3, threads: 1 });
    const more = await bootstrap(table, stepwise, { replicates: 30, seed: 3, threads: 1 });
    expect(more.resampled.subarray(0, 20)).toEqual(few.resampled);
  });

  test('a resample has as many persons, and none where there were none', () => {
    fc.assert(
      fc.property(tables({ sparse: true }), fc.integer(), (own, seed) => {
        const drawn = resample(own, randomStream(seed, 0));
        expect(persons(drawn)).toBe(persons(own));
        own.counts.forEach((count, history) => {
          if (count === 0) expect(drawn.counts[history]).toBe(0);
        });
      }),
    );
  });

  test('leaving out a person is estimating the table without that person', () => {
    const left = leaveOneOut(table, stepwise);
    expect(left.reduce((sum, { weight }) => sum + weight, 0)).toBe(persons(table));
    const counts = table.counts.slice();
    counts[1]!--;
    expect(left[0]!.estimate).toBe(estimateBy(stepwise, { lists: table.lists, counts }));
  });

  test('an answer that a few persons carry gets no interval', async () => {
    const thin = tableOf({ '100': 30, '010': 25, '001': 40, '110': 1, '101': 1, '011': 1, '111': 0 });
    const found = await bootstrap(thin, stepwise, { replicates: 100, seed: 1, threads: 1 });
    expect(found.withoutEstimate).toBeGreaterThan(5);
    expect(found.bca).toBeUndefined();
  });
});

describe('BCa limits', () => {
  const values = (n: number): number[] => {
    const random = randomStream(2, 2);
    return Array.from({ length: n }, () => 100 + 10 * normal(random));
  };
  const flat = [
    { estimate: 99, weight: 1 },
    { estimate: 101, weight: 1 },
  ];

  test('without bias and skewness they are the percentiles', () => {
    const resampled = values(2001);
    const estimate = medianUnbiasedQuantile(
      resampled.toSorted((a, b) => a - b),
      0.5,
    );
    const found = bca({ estimate, resampled, jackknife: flat });
    expect(found.acceleration).toBe(0);
    expect(found.bias).toBeCloseTo(0, 12);
    expect(found.quantile(0.025)).toBeCloseTo(
      medianUnbiasedQuantile(
        resampled.toSorted((a, b) => a - b),
        0.025,
      ),
      9,
    );
  });

  test('they move with the scale: a shift and a stretch pass through', () => {
    const resampled = values(500);
    const jackknife = [
      { estimate: 98, weight: 3 },
      { estimate: 101, weight: 9 },
      { estimate: 90, weight: 1 },
    ];
    const found = bca({ estimate: 103, resampled, jackknife });
    const moved = bca({
      estimate: 5 * 103 + 7,
      resampled: resampled.map((value) => 5 * value + 7),
      jackknife: jackknife.map(({ estimate, weight }) => ({ estimate: 5 * estimate + 7, weight })),
    });
    for (const p of [0.025, 0.5, 0.975]) expect(moved.quantile(p)).toBeCloseTo(5 * found.quantile(p) + 7, 8);
  });

  test('resamples equal to the estimate count half', () => {
    const found = bca({ estimate: 3, resampled: [1, 3, 3 + 1e-12, 3 - 1e-12, 5], jackknife: flat });
    expect(found.bias).toBeCloseTo(0, 12);
    expect(bca({ estimate: 3, resampled: [1, 3, 5], jackknife: flat }).bias).toBeCloseTo(0, 12);
  });

  test('quantiles are of type 8', () => {
    // Position np + (p + 1)/3 of ten values: 0.25 → 2.9167, 0.5 → 5.5.
    const sorted = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
    expect(medianUnbiasedQuantile(sorted, 0.25)).toBeCloseTo(29.1666667, 6);
    expect(medianUnbiasedQuantile(sorted, 0.5)).toBeCloseTo(55, 12);
    expect(medianUnbiasedQuantile(sorted, 0)).toBe(10);
    expect(medianUnbiasedQuantile(sorted, 1)).toBe(100);
  });
});
