import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  average,
  best,
  fitAll,
  modelsUpTo,
  ranked,
  usualOrder,
  weights,
} from '../../../etl/estimate/all-models.ts';
import { logNormal } from '../../../etl/estimate/log-normal.ts';
import { hierarchicalModels } from '../../../etl/estimate/model.ts';
import { count } from '../../../etl/estimate/model-fit.ts';
import { tables } from './tables.ts';

describe('all models', () => {
  test('the best is the first of the ranking, and no admissible model is below it', () => {
    fc.assert(
      fc.property(
        tables({ lists: [3, 4], sparse: true }),
        fc.constantFrom('aic', 'bic'),
        (table, criterion) => {
          const { admissible, statuses } = fitAll(count(table), hierarchicalModels(table.lists.length, 2));
          expect(statuses[0]).toBe(admissible.length);
          const first = best(admissible, criterion);
          expect(first).toBe(ranked(admissible, criterion)[0]);
          for (const fit of admissible) expect(fit[criterion]).toBeGreaterThan(first![criterion] - 1e-6);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('weights sum to one, the best model has the largest, and the mean lies among the estimates', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 4] }), fc.constantFrom('aic', 'bic'), (table, criterion) => {
        const { admissible } = fitAll(count(table), hierarchicalModels(table.lists.length, 2));
        const share = weights(admissible, criterion);
        expect(share.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(share[admissible.indexOf(best(admissible, criterion)!)]).toBe(Math.max(...share));
        const mixed = average(admissible, criterion, 0.95);
        const hidden = admissible.map((fit) => fit.hidden);
        expect(mixed.hidden).toBeGreaterThanOrEqual(Math.min(...hidden));
        expect(mixed.hidden).toBeLessThanOrEqual(Math.max(...hidden));
        expect(mixed.lowerHidden).toBeLessThan(mixed.upperHidden);
      }),
      { numRuns: 40 },
    );
  });

  test('the average of one model is that model, its interval the log-normal one', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 3] }), (table) => {
        const fit = fitAll(count(table), hierarchicalModels(3, 2)).admissible[0]!;
        const mixed = average([fit], 'bic', 0.95);
        const wald = logNormal(0, fit, 0.95);
        expect(mixed.hidden / fit.hidden).toBeCloseTo(1, 12);
        expect(mixed.lowerHidden / wald.lower).toBeCloseTo(1, 8);
        expect(mixed.upperHidden / wald.upper).toBeCloseTo(1, 8);
      }),
      { numRuns: 20 },
    );
  });

  test('up to five lists every order is fitted, with six the pairs, with seven none', () => {
    expect(modelsUpTo(5, usualOrder(5))).toHaveLength(6893);
    expect(modelsUpTo(6, usualOrder(6))).toHaveLength(32_768);
    expect(modelsUpTo(6, 3)).toBeUndefined();
    expect(modelsUpTo(7, usualOrder(7))).toBeUndefined();
    expect(modelsUpTo(2, usualOrder(2))).toHaveLength(1);
  });
});
