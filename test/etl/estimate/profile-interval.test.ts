import { describe, expect, test } from 'vitest';
import { persons } from '../../../etl/estimate/capture-table.ts';
import { logFactorial } from '../../../etl/estimate/distributions.ts';
import { fitFamily } from '../../../etl/estimate/heterogeneity.ts';
import { mainEffects, modelNamed } from '../../../etl/estimate/model.ts';
import { count, fitModel } from '../../../etl/estimate/model-fit.ts';
import { familyDeviance, modelDeviance, profileInterval } from '../../../etl/estimate/profile-interval.ts';
import { tableOf } from './tables.ts';

/** The multinomial likelihood of two independent lists, with the chances at their maximum for each N. */
function twoListLimits(n1: number, n2: number, both: number): { peak: number; lower: number; upper: number } {
  const seen = n1 + n2 - both;
  const log = (total: number): number => {
    const chance = (on: number): number => on * Math.log(on / total) + (total - on) * Math.log1p(-on / total);
    return logFactorial(total) - logFactorial(total - seen) + chance(n1) + chance(n2);
  };
  let peak = seen;
  for (let total = seen; total < 20 * seen; total++) if (log(total) > log(peak)) peak = total;
  const cut = log(peak) - 3.841458820694124 / 2;
  let lower = peak;
  while (log(lower) > cut) lower--;
  let upper = peak;
  while (log(upper) > cut) upper++;
  return { peak, lower, upper };
}

describe('profile intervals', () => {
  test('two lists: the whole numbers at which the multinomial likelihood falls far enough', () => {
    const table = tableOf({ '10': 200, '01': 90, '11': 25 });
    const fit = fitModel(count(table), mainEffects(2));
    const found = profileInterval(modelDeviance(count(table), fit), persons(table), fit.hidden, 0.95);
    const { peak, lower, upper } = twoListLimits(225, 115, 25);
    expect(Math.abs(found.estimate - peak)).toBeLessThan(1);
    expect(Math.abs(found.lower - lower)).toBeLessThan(1.5);
    expect(Math.abs(found.upper - upper)).toBeLessThan(1.5);
  });

  test('the two ways to fit main effects give the same interval', () => {
    const table = tableOf({ '100': 60, '010': 45, '001': 80, '110': 12, '101': 9, '011': 14, '111': 3 });
    const model = fitModel(count(table), mainEffects(3));
    const family = fitFamily(table, 'mt');
    const a = profileInterval(modelDeviance(count(table), model), persons(table), model.hidden, 0.9);
    const b = profileInterval(familyDeviance(table, 'mt'), persons(table), family.hidden, 0.9);
    expect(a.estimate / b.estimate).toBeCloseTo(1, 6);
    expect(a.lower / b.lower).toBeCloseTo(1, 6);
    expect(a.upper / b.upper).toBeCloseTo(1, 6);
  });

  test('the estimate is a little under the Poisson one, and the limits lie about it', () => {
    const table = tableOf({ '100': 60, '010': 45, '001': 80, '110': 12, '101': 9, '011': 14, '111': 3 });
    const fit = fitModel(count(table), modelNamed(3, '[12,3]'));
    const found = profileInterval(modelDeviance(count(table), fit), persons(table), fit.hidden, 0.95);
    expect(found.estimate).toBeLessThan(persons(table) + fit.hidden);
    expect(found.estimate).toBeGreaterThan(persons(table) + fit.hidden - 15);
    expect(found.lower).toBeLessThan(found.estimate);
    expect(found.upper).toBeGreaterThan(found.estimate);
  });
});
