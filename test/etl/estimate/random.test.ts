import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logFactorial } from '../../../etl/estimate/distributions.ts';
import {
  beta,
  binomial,
  gamma,
  multinomial,
  normal,
  poisson,
  type Random,
  randomStream,
} from '../../../etl/estimate/random.ts';

const DRAWS = 40_000;

function moments(draw: (random: Random) => number): { mean: number; variance: number } {
  const random = randomStream(11, 5);
  const values = Array.from({ length: DRAWS }, () => draw(random));
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS };
}

/** Pearson's statistic of drawn counts against their probabilities, as standard deviations from its mean. */
function misfit(
  draw: (random: Random) => number,
  log: (x: number) => number,
  from: number,
  to: number,
): number {
  const random = randomStream(12, 9);
  const seen = new Map<number, number>();
  for (let i = 0; i < DRAWS; i++) {
    const value = draw(random);
    seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  let statistic = 0;
  let cells = 0;
  for (let x = from; x <= to; x++) {
    const expected = DRAWS * Math.exp(log(x));
    if (expected < 5) continue;
    statistic += ((seen.get(x) ?? 0) - expected) ** 2 / expected;
    cells++;
  }
  return (statistic - cells) / Math.sqrt(2 * cells);
}

describe('random streams', () => {
  test('a stream is the same each time, and no two of its neighbours agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), fc.integer({ min: 0, max: 1e6 }), (seed, stream) => {
        const take = (random: Random): number[] => Array.from({ length: 4 }, () => random.uniform());
        const here = take(randomStream(seed, stream));
        expect(take(randomStream(seed, stream))).toEqual(here);
        expect(take(randomStream(seed, stream + 1))).not.toEqual(here);
        expect(take(randomStream(seed + 1, stream))).not.toEqual(here);
        for (const value of here) expect(value >= 0 && value < 1).toBe(true);
      }),
    );
  });

  test('first draws over neighbouring streams are uniform', () => {
    const bins = new Float64Array(50);
    for (let stream = 0; stream < DRAWS; stream++)
      bins[Math.floor(randomStream(3, stream).uniform() * 50)]!++;
    const expected = DRAWS / 50;
    const statistic = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(Math.abs(statistic - 49) / Math.sqrt(98)).toBeLessThan(4);
  });

  test('continuous draws have the mean and the variance of their distribution', () => {
    const cases = [
      [normal, 0, 1],
      [(r: Random) => gamma(r, 0.3), 0.3, 0.3],
      [(r: Random) => gamma(r, 7), 7, 7],
      [(r: Random) => beta(r, 2, 5), 2 / 7, 10 / (49 * 8)],
    ] as const;
    for (const [draw, mean, variance] of cases) {
      const found = moments(draw);
      expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / DRAWS));
      expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.06);
    }
  });

  test.each([0.4, 8, 37, 1200])('Poisson counts of mean %d follow their probabilities', (mean) => {
    const log = (x: number): number => x * Math.log(mean) - mean - logFactorial(x);
    expect(Math.abs(misfit((r) => poisson(r, mean), log, 0, Math.ceil(mean * 4 + 30)))).toBeLessThan(4);
  });

  test.each([
    [12, 0.3],
    [40, 0.9],
    [500, 0.35],
    [100_000, 0.0002],
  ])('binomial counts of %d trials at %d follow their probabilities', (trials, p) => {
    const log = (x: number): number =>
      logFactorial(trials) -
      logFactorial(x) -
      logFactorial(trials - x) +
      x * Math.log(p) +
      (trials - x) * Math.log1p(-p);
    expect(Math.abs(misfit((r) => binomial(r, trials, p), log, 0, Math.min(trials, 600)))).toBeLessThan(4);
  });

  test('multinomial counts sum to the total, and an empty category stays empty', () => {
    const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 5, noNaN: true })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 5000 }), fc.integer(), (shares, total, seed) => {
        fc.pre(shares.some((share) => share > 0));
        const into = new Float64Array(shares.length).fill(7);
        multinomial(randomStream(seed, 0), total, shares, into);
        expect(into.reduce((sum, count) => sum + count, 0)).toBe(total);
        shares.forEach((share, i) => {
          if (share === 0) expect(into[i]).toBe(0);
        });
      }),
    );
  });
});
