import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  byNumberOfLists,
  overlaps,
  persons,
  withinList,
  withoutList,
} from '../../../etl/estimate/capture-table.ts';
import { chao } from '../../../etl/estimate/chao.ts';
import { allPairs } from '../../../etl/estimate/model.ts';
import { count, fitModel } from '../../../etl/estimate/model-fit.ts';
import { oddsRatioCurve, saturated } from '../../../etl/estimate/odds-ratio-curve.ts';
import { sampleCoverage } from '../../../etl/estimate/sample-coverage.ts';
import { chapman, petersen, twoLists } from '../../../etl/estimate/two-lists.ts';
import { simulate } from './simulated-lists.ts';
import { tableOf, tables } from './tables.ts';

describe('tables of histories', () => {
  test('leaving a list out loses only whom it alone had; a list alone keeps those on it', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 5] }), fc.integer({ min: 0, max: 2 }), (table, list) => {
        const without = withoutList(table, list);
        expect(persons(without)).toBe(persons(table) - table.counts[1 << list]!);
        const within = withinList(table, list);
        expect(persons(within)).toBe(overlaps(table)[1 << list]! - table.counts[1 << list]!);
        expect(without.lists).toHaveLength(table.lists.length - 1);
        expect(without.lists).not.toContain(table.lists[list]);
      }),
    );
  });
});

describe('two lists', () => {
  test('Petersen and Chapman of a worked example', () => {
    const sizes = twoLists(tableOf({ '10': 90, '01': 40, '11': 10 }), 0, 1);
    expect(sizes).toEqual({ first: 100, second: 50, both: 10 });
    expect(petersen(sizes, 0.95).estimate).toBe(500);
    expect(chapman(sizes, 0.95).estimate).toBeCloseTo((101 * 51) / 11 - 1, 12);
    expect(chapman(sizes, 0.95).se ** 2).toBeCloseTo((101 * 51 * 90 * 40) / (121 * 12), 8);
  });

  test('Chapman is nearly unbiased where Petersen is not', () => {
    let chapmanMean = 0;
    let petersenMean = 0;
    const runs = 400;
    for (let seed = 1; seed <= runs; seed++) {
      const { table } = simulate(
        { size: 300, reach: [0.3, 0.25], referrals: [], heterogeneity: 0, missedLinks: 0, falseLinks: 0 },
        seed,
      );
      const sizes = twoLists(table, 0, 1);
      chapmanMean += chapman(sizes, 0.95).estimate / runs;
      petersenMean += petersen(sizes, 0.95).estimate / runs;
    }
    expect(Math.abs(chapmanMean / 300 - 1)).toBeLessThan(0.02);
    expect(petersenMean).toBeGreaterThan(chapmanMean);
  });
});

describe("Chao's lower bounds", () => {
  test('worked example: 60 on one list, 20 on two, 5 on three', () => {
    const table = tableOf({ '100': 30, '010': 20, '001': 10, '110': 12, '101': 5, '011': 3, '111': 5 });
    expect(byNumberOfLists(table)).toEqual([0, 60, 20, 5]);
    expect(chao(table, 'poisson', 0.95).estimate).toBe(85 + 3600 / 40);
    expect(chao(table, 'occasions', 0.95).estimate).toBeCloseTo(85 + (2 / 3) * 90, 12);
    expect(chao(table, 'corrected', 0.95).estimate).toBeCloseTo(85 + ((2 / 3) * 60 * 59) / 42, 12);
  });

  test('the bound is below the truth when persons differ, main effects further still', () => {
    const { table, truth } = simulate(
      {
        size: 3000,
        reach: [0.2, 0.2, 0.2, 0.2],
        referrals: [],
        heterogeneity: 1.2,
        missedLinks: 0,
        falseLinks: 0,
      },
      2,
    );
    const bound = chao(table, 'occasions', 0.95).estimate;
    expect(bound).toBeLessThan(truth);
    expect(
      count(table).persons + fitModel(count(table), { lists: 4, terms: Int32Array.of(0, 1, 2, 4, 8) }).hidden,
    ).toBeLessThan(bound);
  });

  test('nobody on one list alone: nobody hidden, and an interval of one point', () => {
    const table = tableOf({ '100': 0, '010': 0, '001': 0, '110': 12, '101': 5, '011': 3, '111': 5 });
    const { estimate, lower, upper } = chao(table, 'corrected', 0.95);
    expect([estimate, lower, upper]).toEqual([25, 25, 25]);
  });
});

describe('sample coverage', () => {
  test('lists that share all their persons have full coverage and hide nobody', () => {
    const table = tableOf({ '100': 0, '010': 0, '001': 0, '110': 0, '101': 0, '011': 0, '111': 50 });
    const found = sampleCoverage(table);
    expect(found.coverage).toBe(1);
    expect(found.independent).toBe(50);
  });

  test('independent lists: all three estimates stand by the truth', () => {
    const { table, truth } = simulate(
      { size: 5000, reach: [0.5, 0.4, 0.45], referrals: [], heterogeneity: 0, missedLinks: 0, falseLinks: 0 },
      5,
    );
    const { independent, highCoverage, lowCoverage } = sampleCoverage(table);
    for (const estimate of [independent, highCoverage, lowCoverage])
      expect(Math.abs(estimate / truth - 1)).toBeLessThan(0.06);
  });
});

describe('the odds-ratio curve', () => {
  test('is the model of all pairs at ξ = 1, and falls as 1/ξ', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 3] }), (table) => {
        const fit = fitModel(count(table), allPairs(3));
        const [half, one, two] = oddsRatioCurve(table, saturated(table)!, 0.95, [0.5, 1, 2]);
        expect((one!.estimate - persons(table)) / fit.hidden).toBeCloseTo(1, 7);
        expect((half!.estimate - persons(table)) / (two!.estimate - persons(table))).toBeCloseTo(4, 9);
        expect(one!.lower).toBeLessThan(one!.estimate);
      }),
      { numRuns: 30 },
    );
  });

  test('an empty history leaves the saturated model without an answer', () => {
    expect(
      saturated(tableOf({ '100': 5, '010': 4, '001': 6, '110': 2, '101': 0, '011': 1, '111': 1 })),
    ).toBeUndefined();
  });
});
