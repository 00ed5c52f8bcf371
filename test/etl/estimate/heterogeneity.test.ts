import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byNumberOfLists, persons } from '../../../etl/estimate/capture-table.ts';
import { chao } from '../../../etl/estimate/chao.ts';
import { FAMILIES, fitFamily } from '../../../etl/estimate/heterogeneity.ts';
import { mainEffects } from '../../../etl/estimate/model.ts';
import { count, fitModel } from '../../../etl/estimate/model-fit.ts';
import { tableOf, tables } from './tables.ts';

describe('families of heterogeneity', () => {
  test('Mt is the main-effects model, by another algorithm', () => {
    fc.assert(
      fc.property(tables({ sparse: true }), (table) => {
        const family = fitFamily(table, 'mt');
        const model = fitModel(count(table), mainEffects(table.lists.length));
        expect(family.status).toBe(model.status);
        if (model.status !== 0) return;
        expect(family.hidden / model.hidden).toBeCloseTo(1, 7);
        expect(family.logVariance / model.logVariance).toBeCloseTo(1, 7);
        expect(family.deviance).toBeCloseTo(model.deviance, 7);
        expect(family.bic).toBeCloseTo(model.bic, 7);
      }),
      { numRuns: 60 },
    );
  });

  test('M0 is where the score equation of equal lists is zero', () => {
    fc.assert(
      fc.property(tables(), (table) => {
        const k = table.lists.length;
        const fit = fitFamily(table, 'm0');
        const population = persons(table) + fit.hidden;
        const records = byNumberOfLists(table).reduce((sum, f, lists) => sum + f * lists, 0);
        // With catchability p: records = k p N and hidden = N (1 − p)^k.
        const p = records / (k * population);
        expect((population * (1 - p) ** k) / fit.hidden).toBeCloseTo(1, 7);
      }),
      { numRuns: 40 },
    );
  });

  test("Chao's bound with effects of either sign is its closed form, empty levels or not", () => {
    fc.assert(
      fc.property(tables({ sparse: true }), (table) => {
        fc.pre(byNumberOfLists(table)[2]! > 0);
        const fit = fitFamily(table, 'mh-chao', { keepNegative: true });
        expect(fit.status).toBe(0);
        expect((persons(table) + fit.hidden) / chao(table, 'occasions', 0.95).estimate).toBeCloseTo(1, 6);
      }),
      { numRuns: 60 },
    );
  });

  test('dropping negative effects leaves none, and costs deviance', () => {
    fc.assert(
      fc.property(tables({ lists: [4, 5] }), (table) => {
        const free = fitFamily(table, 'mth-chao', { keepNegative: true });
        const bound = fitFamily(table, 'mth-chao');
        expect(bound.deviance).toBeGreaterThan(free.deviance - 1e-7);
        if (bound.dropped === 0) expect(bound.hidden / free.hidden).toBeCloseTo(1, 6);
      }),
      { numRuns: 30 },
    );
  });

  test('grouping by number of lists changes the deviance, not the estimate', () => {
    fc.assert(
      fc.property(
        tables(),
        fc.constantFrom('m0', 'mh-chao', 'mh-poisson2', 'mh-darroch', 'mh-gamma35'),
        (table, family) => {
          const whole = fitFamily(table, family);
          const grouped = fitFamily(table, family, { grouped: true });
          expect(grouped.status).toBe(whole.status);
          if (whole.status !== 0) return;
          expect(Math.abs(Math.log(grouped.hidden / whole.hidden))).toBeLessThan(1e-5);
          expect(grouped.df).toBe(table.lists.length - (2 ** table.lists.length - 1 - whole.df));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('every family refuses a table without overlap', () => {
    const table = tableOf({ '100': 20, '010': 9, '001': 20, '110': 0, '101': 0, '011': 0, '111': 0 });
    for (const family of FAMILIES) expect(fitFamily(table, family).status).not.toBe(0);
  });
});
