import fc from 'fast-check';
import { expect, test } from 'vitest';
import { earlierLookedAt, trendOf } from '../../src/deliveries/trend.ts';

test('the usual value has as many earlier ones below it as above it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 80 }), (values) => {
      const trends = trendOf(values);
      expect(trends.map(({ value }) => value)).toEqual(values);
      for (const [at, { usual, value, change }] of trends.entries()) {
        const earlier = values.slice(0, at).slice(-earlierLookedAt);
        if (usual === null) expect(earlier).toEqual([]);
        else {
          expect(change).toBe(value - usual);
          const below = earlier.filter((one) => one < usual).length;
          const above = earlier.filter((one) => one > usual).length;
          expect(below).toBeLessThanOrEqual(earlier.length / 2);
          expect(above).toBeLessThanOrEqual(earlier.length / 2);
          expect(usual).toBeGreaterThanOrEqual(Math.min(...earlier));
          expect(usual).toBeLessThanOrEqual(Math.max(...earlier));
        }
      }
    }),
  );
});
