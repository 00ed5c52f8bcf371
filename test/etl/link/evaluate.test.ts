import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accuracyAt,
  clusterAccuracy,
  thresholds,
  truthOfLabels,
  truthOfPairs,
  unmetPairs,
} from '../../../etl/link/evaluate.ts';
import { pairSource } from '../../../etl/link/pairs.ts';

const edges = {
  a: Uint32Array.of(0, 0, 2),
  b: Uint32Array.of(1, 2, 3),
  weight: Float32Array.of(5, 1, -2),
};
const truth = truthOfLabels(['x', 'x', 'y', 'y', 'x', '']);

test('pairs that were never compared count against recall', () => {
  expect(truth.pairs).toBe(4);
  expect(accuracyAt(edges, truth, 0)).toEqual({ precision: 0.5, recall: 0.25, f1: 1 / 3 });
});

test('the table of thresholds runs from the strictest to the loosest', () => {
  expect(
    [...thresholds(edges, truth)].map(({ weight, accuracy }) => [
      weight,
      accuracy.precision,
      accuracy.recall,
    ]),
  ).toEqual([
    [5, 1, 0.25],
    [1, 0.5, 0.25],
    [-2, 2 / 3, 0.5],
  ]);
});

test('all pairs of a cluster count', () => {
  expect(clusterAccuracy(Uint32Array.of(0, 0, 0, 3, 4, 5), truth)).toEqual({
    precision: 1 / 3,
    recall: 0.25,
    f1: expect.closeTo(2 / 7, 9),
  });
});

test('a record without a label is like no other', () => {
  expect(truthOfLabels(['', '']).same(0, 1)).toBe(false);
});

test('listed pairs are true in either order', () => {
  const listed = truthOfPairs([
    [3, 1],
    [1, 3],
    [0, 2],
  ]);
  expect([listed.pairs, listed.same(1, 3), listed.same(0, 1)]).toEqual([2, true, false]);
});

test('true pairs that never met are told apart: lost to a cap, or sharing nothing', () => {
  const labels = ['x', 'x', 'y', 'y', 'z', 'z'];
  const token = Uint32Array.of(1, 1, 2, 2, 0, 0);
  // Of the first rule the block of the second pair was above the cap.
  const source = pairSource(6, [
    {
      of: Uint32Array.of(1, 1, 0, 0, 0, 0),
      offsets: Uint32Array.of(0, 0, 2),
      members: Uint32Array.of(0, 1),
      oversized: Uint32Array.of(2),
    },
  ]);
  expect(unmetPairs({ values: [token] }, [[0]], source, truthOfLabels(labels))).toEqual({
    lostToCaps: 1,
    sharingNothing: 1,
  });
});

test('large clusters are judged by counting, as pair by pair', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { minLength: 1, maxLength: 40 }), (drawn) => {
      const first = new Map<number, number>();
      const of = Uint32Array.from(drawn, ([cluster], i) => {
        if (!first.has(cluster)) first.set(cluster, i);
        return first.get(cluster) as number;
      });
      const labelled = truthOfLabels(drawn.map(([, label]) => (label === 0 ? '' : String(label))));
      const { numbers: _, ...pairByPair } = labelled;
      expect(clusterAccuracy(of, labelled)).toEqual(clusterAccuracy(of, pairByPair));
    }),
  );
});
