import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlaps, persons } from '../../../etl/estimate/capture-table.ts';
import { internalConsistency, leaveOneListOut } from '../../../etl/estimate/list-checks.ts';
import { simulate } from './simulated-lists.ts';
import { tableOf, tables } from './tables.ts';

describe('checks by list', () => {
  test('three lists: leaving one out is Petersen of the other two', () => {
    fc.assert(
      fc.property(tables({ lists: [3, 3] }), (table) => {
        const sums = overlaps(table);
        const [withoutFirst] = leaveOneListOut(table, 0.95);
        expect(withoutFirst!.estimate / ((sums[2]! * sums[4]!) / sums[6]!)).toBeCloseTo(1, 7);
      }),
      { numRuns: 40 },
    );
  });

  test('independent lists predict each other’s size', () => {
    const { table } = simulate(
      {
        size: 4000,
        reach: [0.4, 0.4, 0.35, 0.4],
        referrals: [],
        heterogeneity: 0,
        missedLinks: 0,
        falseLinks: 0,
      },
      9,
    );
    for (const { ratio, lower, upper, known } of internalConsistency(table, 0.99)) {
      expect(Math.abs(ratio - 1)).toBeLessThan(0.15);
      expect(lower).toBeLessThan(known);
      expect(upper).toBeGreaterThan(known);
    }
  });

  test('persons who differ make lists look smaller than they are', () => {
    const { table } = simulate(
      {
        size: 4000,
        reach: [0.3, 0.3, 0.3],
        referrals: [],
        heterogeneity: 1.5,
        missedLinks: 0,
        falseLinks: 0,
      },
      9,
    );
    for (const { ratio } of internalConsistency(table, 0.95)) expect(ratio).toBeLessThan(0.9);
  });

  test('a list that the others hardly touch has a check without an estimate, not a number', () => {
    const table = tableOf({ '100': 30, '010': 25, '001': 40, '110': 9, '101': 0, '011': 0, '111': 0 });
    const third = internalConsistency(table, 0.95)[2]!;
    expect(third.status).not.toBe(0);
    expect(third.estimate).toBeNaN();
    expect(persons(table)).toBe(104);
  });
});
