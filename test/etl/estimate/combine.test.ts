import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combineDraws, combineTables } from '../../../etl/estimate/combine.ts';
import { studentQuantile } from '../../../etl/estimate/distributions.ts';
import { linkageDraws } from '../../../etl/estimate/linkage-draws.ts';
import { withLinksLost } from '../../../etl/estimate/linkage-error.ts';
import { tableOf } from './tables.ts';

const table = tableOf({ '100': 260, '010': 245, '001': 180, '110': 52, '101': 49, '011': 44, '111': 23 });
const options = { replicates: 60, seed: 3, level: 0.95 };
const stepwise = { kind: 'stepwise', threshold: 0.02 } as const;

describe('combining draws', () => {
  test("Rubin's rules by hand", () => {
    const logs = [6, 6.2, 6.4, 6.1];
    const draws = logs.map((logHidden) => ({ seen: 500, logHidden, variance: 0.01 }));
    const found = combineDraws(draws, 0.95)!;
    const mean = 6.175;
    const between = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 3;
    const total = 0.01 + 1.25 * between;
    const df = 3 * (1 + 0.01 / (1.25 * between)) ** 2;
    expect(found.between).toBeCloseTo(between, 12);
    expect(found.df).toBeCloseTo(df, 10);
    expect(found.estimate).toBeCloseTo(500 + Math.exp(mean), 9);
    expect(found.upper).toBeCloseTo(500 + Math.exp(mean + studentQuantile(0.975, df) * Math.sqrt(total)), 6);
  });

  test('draws that agree add nothing to the variance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 20 }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (m, variance) => {
          const draws = Array.from({ length: m }, () => ({ seen: 100, logHidden: 5, variance }));
          const found = combineDraws(draws, 0.95)!;
          expect(found.between).toBe(0);
          expect(Math.log(found.upper - 100) - 5).toBeCloseTo(1.959963985 * Math.sqrt(variance), 8);
        },
      ),
    );
  });

  test('one draw is not an uncertainty, and too many draws without an estimate are a refusal', () => {
    const good = { seen: 100, logHidden: 5, variance: 0.1 };
    expect(combineDraws([good], 0.95)).toBeUndefined();
    expect(combineDraws([good, good, undefined], 0.95)).toBeUndefined();
    expect(combineDraws([...Array.from({ length: 39 }, () => good), undefined], 0.95)?.withoutEstimate).toBe(
      1,
    );
  });

  test('uncertain links widen the interval, and missed ones raise the estimate', () => {
    const certain = combineTables([table, table], stepwise, options)!;
    const uncertain = combineTables(
      linkageDraws(table, { recall: 0.85, precision: 0.95, reviewed: 60 }, 20, 1),
      stepwise,
      options,
    )!;
    expect(certain.between).toBe(0);
    expect(uncertain.between).toBeGreaterThan(0);
    expect(Math.log(uncertain.upper / uncertain.lower)).toBeGreaterThan(
      Math.log(certain.upper / certain.lower),
    );
    const lost = withLinksLost(table, 0.8);
    const rounded = { lists: lost.lists, counts: lost.counts.map(Math.round) };
    expect(combineTables([rounded, rounded], stepwise, options)!.estimate).toBeGreaterThan(certain.estimate);
  });
});
