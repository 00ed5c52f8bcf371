import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { size } from '../../../etl/estimate/capture-table.ts';
import { poissonAtLeast, poissonAtMost } from '../../../etl/estimate/distributions.ts';
import { allPairs, listSets, mainEffects, modelName, modelWith } from '../../../etl/estimate/model.ts';
import { type Counted, count, fitModel, type ModelFit } from '../../../etl/estimate/model-fit.ts';
import { stepwise } from '../../../etl/estimate/stepwise.ts';
import { tables } from './tables.ts';

/** The procedure as it is written down: every candidate is checked, and the least tail of the estimable ones wins. */
function plainly(data: Counted, threshold: number): ModelFit {
  const lists = data.table.lists.length;
  const chosen: number[] = [];
  for (;;) {
    const fit = fitModel(data, modelWith(lists, chosen));
    if (fit.status !== 0) return fit;
    let best = { pair: 0, tail: 1 };
    for (const pair of listSets(lists, 2, 2)) {
      if (chosen.includes(pair)) continue;
      let expected = 0;
      fit.fitted.forEach((mu, cell) => {
        if (cell !== 0 && (cell & pair) === pair) expected += mu;
      });
      const observed = data.overlaps[pair]!;
      const estimable = fitModel(data, modelWith(lists, [...chosen, pair])).status === 0;
      const tail = estimable
        ? Math.min(poissonAtMost(observed, expected), poissonAtLeast(observed, expected))
        : 1;
      if (tail < best.tail) best = { pair, tail };
    }
    if (best.tail >= threshold) return fit;
    chosen.push(best.pair);
  }
}

describe('stepwise selection', () => {
  test('is the written procedure, whatever the threshold and however sparse the table', () => {
    fc.assert(
      fc.property(
        fc.oneof(tables({ lists: [3, 5], sparse: true }), tables({ lists: [3, 4] })),
        fc.constantFrom(0.001, 0.02, 0.2),
        (table, threshold) => {
          const data = count(table);
          expect(modelName(stepwise(data, threshold).model)).toBe(modelName(plainly(data, threshold).model));
        },
      ),
      { numRuns: 120 },
    );
  });

  test('threshold 0 keeps the main effects, 1 takes all pairs of a full table', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 4] }), (table) => {
        const data = count(table);
        expect(stepwise(data, 0).model).toEqual(mainEffects(table.lists.length));
        expect(stepwise(data, 1).model).toEqual(allPairs(table.lists.length));
      }),
      { numRuns: 30 },
    );
  });

  test('declared pairs are always in', () => {
    fc.assert(
      fc.property(tables({ lists: [4, 4] }), (table) => {
        const { model } = stepwise(count(table), 0, [0b0011, 0b1100]);
        expect([...model.terms].filter((term) => size(term) === 2)).toEqual([0b0011, 0b1100]);
      }),
      { numRuns: 20 },
    );
  });
});
