import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  logFactorial,
  logGamma,
  normalCdf,
  normalQuantile,
  poissonAtLeast,
  poissonAtMost,
  studentQuantile,
} from '../../../etl/estimate/distributions.ts';

describe('distributions', () => {
  test('log Γ meets the factorials, Γ(1/2) and its own recurrence', () => {
    let sum = 0;
    for (let n = 1; n < 170; n++) {
      sum += Math.log(n);
      expect(Math.abs(logGamma(n + 1) - sum)).toBeLessThan(1e-12 * (1 + sum));
      expect(logFactorial(n)).toBe(logGamma(n + 1) * (n < 2 ? 0 : 1));
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (x) => {
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(
          1e-12 * (1 + Math.abs(logGamma(x + 1))),
        );
      }),
    );
  });

  test('the normal distribution function is the integral of its density', () => {
    const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    for (const z of [-4, -1.5, -0.2, 0.7, 1.959963985, 3]) {
      const steps = 4000;
      const width = (z + 10) / steps;
      let simpson = density(-10) + density(z);
      for (let i = 1; i < steps; i++) simpson += (i % 2 === 1 ? 4 : 2) * density(-10 + i * width);
      expect(Math.abs(normalCdf(z) - (simpson * width) / 3)).toBeLessThan(1e-12);
    }
  });

  test('the normal quantile undoes the distribution function', () => {
    fc.assert(
      fc.property(fc.double({ min: -7, max: 7, noNaN: true }), (z) => {
        const p = normalCdf(z);
        if (p > 1 - 1e-9) return;
        expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-7 * (1 + Math.abs(z)));
      }),
    );
    expect(normalQuantile(0)).toBe(-Infinity);
  });

  test('Poisson tails are the sums of their terms', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 0.01, max: 60, noNaN: true }),
        (count, mean) => {
          let below = 0;
          for (let x = 0; x <= count; x++) below += Math.exp(x * Math.log(mean) - mean - logFactorial(x));
          expect(Math.abs(poissonAtMost(count, mean) - below)).toBeLessThan(1e-12);
          expect(Math.abs(poissonAtLeast(count + 1, mean) + poissonAtMost(count, mean) - 1)).toBeLessThan(
            1e-12,
          );
        },
      ),
    );
  });

  test('a far upper tail keeps its relative accuracy', () => {
    expect(poissonAtLeast(1, 1e-12) / 1e-12).toBeCloseTo(1, 9);
    expect(poissonAtLeast(3, 1e-6) / (1e-18 / 6)).toBeCloseTo(1, 5);
  });

  test("Student's quantiles are the printed ones", () => {
    const printed = [
      [0.975, 1, 12.706],
      [0.975, 5, 2.571],
      [0.95, 10, 1.812],
      [0.995, 30, 2.75],
    ] as const;
    for (const [p, df, value] of printed) expect(studentQuantile(p, df)).toBeCloseTo(value, 3);
    expect(studentQuantile(0.025, 7)).toBe(-studentQuantile(0.975, 7));
    expect(studentQuantile(0.975, Infinity)).toBe(normalQuantile(0.975));
  });
});
