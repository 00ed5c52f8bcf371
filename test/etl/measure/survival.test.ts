import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { endedWithin, medianOf, survivalCurve } from '../../../etl/measure/survival.ts';

test('where every wait ended, half have ended by the median, and not by the day before', () => {
  const days = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(days, (waits) => {
      const sorted = waits.toSorted((a, b) => a - b);
      const steps = survivalCurve(waits.map((wait) => ({ days: wait, ended: true, n: 1 })));
      expect(medianOf(steps).value).toBe(sorted[Math.ceil(sorted.length / 2) - 1]);
    }),
    { numRuns: 2000 },
  );
});

/** Weeks in remission of 21 children on 6-mercaptopurine (Freireich and others, 1963); a plus is one still in remission. */
const REMISSION = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'
  .split(' ')
  .map((week) => ({ days: Number.parseInt(week, 10), ended: !week.endsWith('+'), n: 1 }));

test.each([
  [6, 0.8571, 0.6197, 0.9516],
  [7, 0.8067, 0.5631, 0.9228],
  [10, 0.7529, 0.5032, 0.8894],
  [13, 0.6902, 0.4316, 0.8491],
  [16, 0.6275, 0.3675, 0.8049],
  [22, 0.5378, 0.2678, 0.7468],
  [23, 0.4482, 0.1881, 0.6801],
])('the published curve of a trial at week %i, with its bounds', (week, waiting, lower, upper) => {
  const step = survivalCurve(REMISSION).find(({ day }) => day === week);
  expect(step?.waiting).toBeCloseTo(waiting, 4);
  expect(step?.interval.lower).toBeCloseTo(lower, 4);
  expect(step?.interval.upper).toBeCloseTo(upper, 4);
});

test('half of that trial had ended by week 23; what nobody was followed for is not told', () => {
  const steps = survivalCurve(REMISSION);
  expect(medianOf(steps).value).toBe(23);
  expect(endedWithin(steps, REMISSION, 10).value).toBeCloseTo(1 - 0.7529, 4);
  expect(endedWithin(steps, REMISSION, 36).value).toBeUndefined();
});
