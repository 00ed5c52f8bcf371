import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlaps, persons } from '../../../etl/estimate/capture-table.ts';
import { linkageDraws } from '../../../etl/estimate/linkage-draws.ts';
import {
  correctedPetersen,
  correctTable,
  withLinksLost,
  withLinksRestored,
} from '../../../etl/estimate/linkage-error.ts';
import { petersen, twoLists } from '../../../etl/estimate/two-lists.ts';
import { simulate } from './simulated-lists.ts';
import { tableOf, tables } from './tables.ts';

const share = fc.double({ min: 0.6, max: 0.999, noNaN: true });

describe('linkage error', () => {
  test('losing links keeps every record, and restoring them gives the table back', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 4] }), share, (table, kept) => {
        const lost = withLinksLost(table, kept);
        const before = overlaps(table);
        const after = overlaps(lost);
        table.lists.forEach((_, list) => expect(after[1 << list]! / before[1 << list]!).toBeCloseTo(1, 10));
        expect(persons(lost)).toBeGreaterThan(persons(table));
        const back = withLinksRestored(lost, kept);
        table.counts.forEach((count, history) =>
          expect(Math.abs(back.counts[history]! - count)).toBeLessThan(1e-3),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('two lists: the corrected table gives the closed form, Ding and Fienberg’s too', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 400 }),
        fc.integer({ min: 60, max: 400 }),
        fc.integer({ min: 10, max: 50 }),
        share,
        share,
        (a, b, both, recall, precision) => {
          const table = tableOf({ '10': a, '01': b, '11': both });
          const sizes = twoLists(table, 0, 1);
          const closed = correctedPetersen(sizes, { recall, precision });
          const corrected = petersen(
            twoLists(correctTable(table, { recall, precision }), 0, 1),
            0.95,
          ).estimate;
          expect(corrected / closed).toBeCloseTo(1, 6);
          // Their β: the false links per record of the first list that is not on the second.
          const matched = (sizes.both * precision) / recall;
          const beta = (sizes.both * (1 - precision)) / (sizes.first - matched);
          const theirs = (sizes.first * sizes.second * (recall - beta)) / (sizes.both - beta * sizes.first);
          expect(theirs / closed).toBeCloseTo(1, 8);
        },
      ),
    );
  });

  test('a restored table has no negative count, even where the inverse would', () => {
    // More was lost than the counts can have held: some overlaps are smaller than losses alone explain.
    const table = tableOf({ '100': 1, '010': 0, '001': 30, '110': 9, '101': 0, '011': 6, '111': 0 });
    const restored = withLinksRestored(table, 0.6);
    for (const count of restored.counts) expect(count).toBeGreaterThanOrEqual(0);
  });

  test('a simulated linkage is put right on average', () => {
    const population = {
      size: 4000,
      reach: [0.3, 0.3, 0.3],
      referrals: [],
      heterogeneity: 0,
      missedLinks: 0.1,
      falseLinks: 0.03,
    };
    let wrong = 0;
    let right = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const { table, linkedRight } = simulate(population, seed);
      const pair = overlaps(linkedRight)[3]!;
      wrong += overlaps(table)[3]! / pair - 1;
      right += overlaps(correctTable(table, { recall: 0.9, precision: 0.97 }))[3]! / pair - 1;
    }
    expect(Math.abs(right / 10)).toBeLessThan(0.02);
    expect(Math.abs(wrong / 10)).toBeGreaterThan(0.05);
  });

  test('draws of a review are whole tables that scatter more the fewer pairs it saw', () => {
    const table = tableOf({ '100': 260, '010': 245, '001': 180, '110': 52, '101': 49, '011': 44, '111': 23 });
    const spread = (reviewed: number): number => {
      const seen = linkageDraws(table, { recall: 0.9, precision: 0.97, reviewed }, 60, 4).map(persons);
      const mean = seen.reduce((a, b) => a + b, 0) / seen.length;
      return seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / seen.length;
    };
    expect(spread(50)).toBeGreaterThan(2 * spread(2000));
    for (const draw of linkageDraws(table, { recall: 0.9, precision: 0.97, reviewed: 100 }, 5, 1))
      expect(draw.counts.every(Number.isInteger)).toBe(true);
  });
});
