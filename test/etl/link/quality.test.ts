import { expect, test } from 'vitest';
import { accuracyAt, truthOfLabels } from '../../../etl/link/evaluate.ts';
import { link } from '../../../etl/link/link.ts';
import { drift, modelQuality, reviewedShare, unlinkables } from '../../../etl/link/quality.ts';
import { madeUpPeople, tableOf } from './people.ts';

const { rows, labels } = madeUpPeople(800, 4);
const table = tableOf(rows);
const linked = link(table);

test("the model's own estimate is near the truth", () => {
  const real = accuracyAt(linked.edges, truthOfLabels(labels), 0);
  const { precision, recall } = modelQuality(linked.edges, linked.model, 0.5);
  expect(Math.abs(precision.value - real.precision)).toBeLessThan(0.02);
  expect(Math.abs(recall.value - real.recall)).toBeLessThan(0.04);
  expect(precision.low).toBeLessThanOrEqual(precision.value);
  expect(recall.high).toBeGreaterThanOrEqual(recall.value);
});

test("Wilson's interval as published: 81 of 263 is 0.2553 to 0.3662", () => {
  const { low, high } = reviewedShare(81, 263);
  expect(low).toBeCloseTo(0.2553, 4);
  expect(high).toBeCloseTo(0.3662, 4);
});

test('records with hardly a value cannot be linked, and the stricter the threshold the more of them', () => {
  const sparse = tableOf([...rows, { source: 'a', id: 99_999, values: ['', '', '', '', ''] }]);
  const curve = unlinkables(sparse, linked.model, [0.5, 0.99, 0.999999]);
  expect(curve[0]?.share).toBeGreaterThan(0);
  const shares = curve.map(({ share }) => share);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test('a model does not drift from itself, and a changed probability is named', () => {
  expect(drift(linked.model, linked.model)).toEqual([]);
  const fields = linked.model.fields.map((field, i) =>
    i === 0 ? { ...field, m: field.m.map((share, level) => (level === 1 ? share / 8 : share)) } : field,
  );
  expect(
    drift({ ...linked.model, fields }, linked.model).map(({ field, level, what }) => [field, level, what]),
  ).toEqual([['given', 'different', 'm']]);
});
