import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitCensored, overCovered } from '../../../etl/estimate/censored.ts';
import { logFactorial } from '../../../etl/estimate/distributions.ts';
import { mainEffects } from '../../../etl/estimate/model.ts';
import { count, fitModel } from '../../../etl/estimate/model-fit.ts';
import { simulate } from './simulated-lists.ts';
import { tables } from './tables.ts';

describe('censored counts', () => {
  test('bounds that meet are the count itself', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 4] }), (table) => {
        const exact = fitModel(count(table), mainEffects(table.lists.length));
        const cells = overCovered(table, [0]).map(({ history, high }) => ({ history, low: high, high }));
        const bounded = fitCensored(table, mainEffects(table.lists.length), cells);
        expect(bounded.hidden / exact.hidden).toBeCloseTo(1, 7);
      }),
      { numRuns: 30 },
    );
  });

  test('the fit has the highest likelihood of the bounded counts', () => {
    const { table } = simulate(
      { size: 700, reach: [0.3, 0.25, 0.3], referrals: [], heterogeneity: 0, missedLinks: 0, falseLinks: 0 },
      8,
    );
    const [cell] = overCovered(table, [2]);
    const found = fitCensored(table, mainEffects(3), [cell!]);
    const logLikelihood = (chances: readonly number[], population: number): number => {
      let sum = 0;
      for (let history = 1; history < 8; history++) {
        const mean = chances.reduce(
          (product, p, list) => product * ((history >> list) & 1 ? p : 1 - p),
          population,
        );
        const point = (x: number): number => Math.exp(x * Math.log(mean) - mean - logFactorial(x));
        if (history !== cell!.history) sum += Math.log(point(table.counts[history]!));
        else {
          let mass = 0;
          for (let x = cell!.low; x <= cell!.high; x++) mass += point(x);
          sum += Math.log(mass);
        }
      }
      return sum;
    };
    // Expected counts on each list, hidden and censored persons included, give the chances of the fit.
    const all = found.seen + found.hidden;
    const completed = table.counts.slice();
    completed[cell!.history] = found.expected.get(cell!.history)!;
    const chances = [0, 1, 2].map(
      (list) => completed.reduce((sum, value, history) => sum + ((history >> list) & 1 ? value : 0), 0) / all,
    );
    const best = logLikelihood(chances, all);
    for (const step of [0.98, 1.02]) {
      expect(logLikelihood(chances, all * step)).toBeLessThan(best);
      for (let i = 0; i < 3; i++)
        expect(
          logLikelihood(
            chances.map((p, j) => (i === j ? p * step : p)),
            all,
          ),
        ).toBeLessThan(best);
    }
  });

  test('persons outside the population on one list raise the estimate unless that list is only a bound', () => {
    const { table, truth } = simulate(
      { size: 900, reach: [0.3, 0.3, 0.3], referrals: [], heterogeneity: 0, missedLinks: 0, falseLinks: 0 },
      2,
    );
    const counts = table.counts.slice();
    counts[4]! += 300;
    const crowded = { lists: table.lists, counts };
    const naive = fitModel(count(crowded), mainEffects(3));
    const bounded = fitCensored(crowded, mainEffects(3), overCovered(crowded, [2]));
    const naiveTotal = count(crowded).persons + naive.hidden;
    expect(naiveTotal / truth).toBeGreaterThan(1.3);
    expect(Math.abs((bounded.seen + bounded.hidden) / truth - 1)).toBeLessThan(0.15);
    expect(bounded.expected.get(4)!).toBeLessThan(counts[4]!);
  });
});
