import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaptureTable, persons, size } from '../../../etl/estimate/capture-table.ts';
import {
  allPairs,
  generators,
  hierarchicalModels,
  type Model,
  mainEffects,
  modelNamed,
} from '../../../etl/estimate/model.ts';
import { count, fitModel } from '../../../etl/estimate/model-fit.ts';
import { tableOf, tables } from './tables.ts';

/** Iterative proportional fitting on the observable cells: another way to the same estimate. */
function proportionalFitting(table: CaptureTable, model: Model): Float64Array {
  const fitted = table.counts.map((_, cell) => (cell === 0 ? 0 : 1));
  const margin = (values: Float64Array, set: number): Map<number, number> => {
    const sums = new Map<number, number>();
    values.forEach((value, cell) => {
      if (cell !== 0) sums.set(cell & set, (sums.get(cell & set) ?? 0) + value);
    });
    return sums;
  };
  for (let turn = 0; turn < 20_000; turn++) {
    let change = 0;
    for (const set of generators(model)) {
      const wanted = margin(table.counts, set);
      const have = margin(fitted, set);
      for (let cell = 1; cell < fitted.length; cell++) {
        const factor = wanted.get(cell & set)! / have.get(cell & set)!;
        fitted[cell]! *= factor;
        change = Math.max(change, Math.abs(factor - 1));
      }
    }
    if (change < 1e-13) break;
  }
  return fitted;
}

/** No model here has the interaction of all lists, so that odd cells over even cells give the empty one. */
function hiddenFrom(fitted: Float64Array): number {
  let log = 0;
  for (let cell = 1; cell < fitted.length; cell++)
    log += (size(cell) % 2 === 1 ? 1 : -1) * Math.log(fitted[cell]!);
  return Math.exp(log);
}

describe('fitting a log-linear model', () => {
  test('gives what iterative proportional fitting gives', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 4] }), fc.integer({ min: 0, max: 112 }), (table, pick) => {
        const models = [...hierarchicalModels(table.lists.length, table.lists.length - 1)];
        const model = models[pick % models.length]!;
        const fit = fitModel(count(table), model);
        const other = proportionalFitting(table, model);
        expect(fit.status).toBe(0);
        for (let cell = 1; cell < other.length; cell++)
          expect(Math.abs(fit.fitted[cell]! / other[cell]! - 1)).toBeLessThan(1e-7);
        expect(Math.abs(fit.hidden / hiddenFrom(other) - 1)).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    );
  });

  test('two lists are Petersen', () => {
    const table = tableOf({ '10': 120, '01': 45, '11': 15 });
    const fit = fitModel(count(table), mainEffects(2));
    expect(persons(table) + fit.hidden).toBeCloseTo((135 * 60) / 15, 8);
    expect(fit.logVariance).toBeCloseTo(1 / 120 + 1 / 45 + 1 / 15, 10);
    expect(fit.deviance).toBeCloseTo(0, 10);
  });

  test('three lists with all pairs are the closed form', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 3] }), (table) => {
        const fit = fitModel(count(table), allPairs(3));
        expect(fit.hidden / hiddenFrom(table.counts)).toBeCloseTo(1, 8);
        expect(fit.df).toBe(0);
      }),
    );
  });

  test('a pair that shares nobody takes its cells with it, and still counts as a parameter', () => {
    const table = tableOf({ '100': 50, '010': 30, '001': 20, '110': 9, '101': 0, '011': 4, '111': 0 });
    const fit = fitModel(count(table), modelNamed(3, '[13,2]'));
    expect(fit.minusInfinite).toBe(1);
    expect(fit.fitted[0b101]).toBe(0);
    expect(fit.fitted[0b111]).toBe(0);
    expect(fit.df).toBe(1);
    expect(fit.aic - 2 * 5).toBeCloseTo(fit.bic - 5 * Math.log(113), 10);
  });

  test('a table without overlap has no estimate under main effects', () => {
    const table = tableOf({ '100': 20, '010': 9, '001': 20, '110': 0, '101': 0, '011': 0, '111': 0 });
    const fit = fitModel(count(table), mainEffects(3));
    expect(fit.status).toBe(1);
    expect(fit.hidden).toBeNaN();
  });

  test('ten times the counts give ten times the hidden number and a tenth of the variance', () => {
    fc.assert(
      fc.property(tables({ lists: [4, 4] }), (table) => {
        const once = fitModel(count(table), allPairs(4));
        const tenfold = { lists: table.lists, counts: table.counts.map((value) => value * 10) };
        const tens = fitModel(count(tenfold), allPairs(4));
        expect(tens.hidden / once.hidden / 10).toBeCloseTo(1, 8);
        expect((tens.logVariance * 10) / once.logVariance).toBeCloseTo(1, 8);
      }),
      { numRuns: 30 },
    );
  });

  test('the order of the lists does not matter', () => {
    fc.assert(
      fc.property(tables({ lists: [4, 4], sparse: true }), (table) => {
        const mirrored = (cell: number): number =>
          ((cell & 1) << 3) | ((cell & 2) << 1) | ((cell & 4) >> 1) | ((cell & 8) >> 3);
        const other = {
          lists: table.lists,
          counts: table.counts.map((_, cell) => table.counts[mirrored(cell)]!),
        };
        const a = fitModel(count(table), mainEffects(4));
        const b = fitModel(count(other), mainEffects(4));
        expect(b.status).toBe(a.status);
        if (a.status === 0) expect(b.hidden / a.hidden).toBeCloseTo(1, 8);
      }),
    );
  });
});
