import { describe, expect, test } from 'vitest';
import { estimate } from '../../../etl/estimate/estimate.ts';
import { readReferrals, requiredPairs } from '../../../etl/estimate/referrals.ts';
import { Refused } from '../../../src/errors.ts';
import { simulate } from './simulated-lists.ts';

const referred = simulate(
  {
    size: 2000,
    reach: [0.25, 0.2, 0.2],
    referrals: [{ from: 0, to: 1, chance: 0.3 }],
    heterogeneity: 0,
    missedLinks: 0,
    falseLinks: 0,
  },
  6,
);

describe('referral maps', () => {
  test.each([
    ['not json', 'REFERRALS_NOT_JSON'],
    ['{}', 'REFERRALS_NOT_A_LIST'],
    ['[{"from": "A"}]', 'REFERRAL_UNKNOWN_LIST'],
    ['[{"from": "A", "to": "nobody"}]', 'REFERRAL_UNKNOWN_LIST'],
    ['[null]', 'REFERRAL_UNKNOWN_LIST'],
    ['[{"from": "A", "to": "A"}]', 'REFERRAL_TO_ITSELF'],
  ])('%s is refused as %s', (text, code) => {
    const read = (): unknown => readReferrals(text, 'map.json', referred.table);
    expect(read).toThrow(Refused);
    expect(read).toThrow(expect.objectContaining({ code }));
  });

  test('two ways between two lists are one pair', () => {
    const text = '[{"from": "A", "to": "B"}, {"from": "B", "to": "A"}, {"from": "C", "to": "A"}]';
    expect(requiredPairs(referred.table, readReferrals(text, 'map.json', referred.table))).toEqual([
      0b011, 0b101,
    ]);
  });

  test('a declared referral raises the figure towards the truth', async () => {
    const without = await estimate(referred.table, ['main-effects', 'best-bic'], { order: 2 });
    const declared = await estimate(referred.table, ['stepwise', 'best-bic'], {
      order: 2,
      required: [0b011],
      threshold: 0,
    });
    const [plain] = without.results;
    for (const result of declared.results) {
      expect(result.estimate!).toBeGreaterThan(plain!.estimate!);
      expect(Math.abs(result.estimate! - referred.truth)).toBeLessThan(
        Math.abs(plain!.estimate! - referred.truth),
      );
      expect(result.model).toContain('12');
    }
    expect(declared.sensitivity.contradictedReferrals).toEqual([]);
  });

  test('a declaration that the counts contradict is named', async () => {
    const { table } = simulate(
      { size: 2000, reach: [0.3, 0.3, 0.3], referrals: [], heterogeneity: 0, missedLinks: 0, falseLinks: 0 },
      1,
    );
    const counts = table.counts.slice();
    counts[0b011] = Math.round(counts[0b011]! / 4);
    const found = await estimate({ lists: table.lists, counts }, ['stepwise'], { required: [0b011] });
    expect(found.sensitivity.contradictedReferrals).toEqual(['A:B']);
  });
});
