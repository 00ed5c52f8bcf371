import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianOf, survivalCurve } from '../../../etl/measure/survival.ts';

test('where every wait ended, half have ended by the median, and not by the day before', () => {
  const days = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(days, (waits) => {
      const sorted = waits.toSorted((a, b) => a - b);
      const steps = survivalCurve(waits.map((wait) => ({ days: wait, ended: true })));
      expect(medianOf(steps).value).toBe(sorted[Math.ceil(sorted.length / 2) - 1]);
    }),
    { numRuns: 2000 },
  );
});
