import { expect, test } from 'vitest';
import {
  accuracyAt,
  clusterAccuracy,
  thresholds,
  truthOfLabels,
  truthOfPairs,
} from '../../../etl/link/evaluate.ts';

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
