import { describe, expect, test } from 'vitest';
import { biasCorrected } from '../../../etl/estimate/bias-corrected.ts';
import { persons } from '../../../etl/estimate/capture-table.ts';
import { fitFamily } from '../../../etl/estimate/heterogeneity.ts';
import { simulate } from './simulated-lists.ts';

const independent = { referrals: [], heterogeneity: 0, missedLinks: 0, falseLinks: 0 };

describe('corrected frequencies', () => {
  test.each(['m0', 'mt'] as const)('%s: nearer to the truth of small tables, on average', (family) => {
    let corrected = 0;
    let plain = 0;
    let runs = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const { table, truth } = simulate({ ...independent, size: 120, reach: [0.2, 0.2, 0.2] }, seed);
      const fit = fitFamily(table, family);
      if (fit.status !== 0) continue;
      plain += persons(table) + fit.hidden - truth;
      corrected += biasCorrected(table, family).estimate - truth;
      runs++;
    }
    expect(runs).toBeGreaterThan(250);
    expect(plain / runs).toBeGreaterThan(4);
    expect(Math.abs(corrected / runs)).toBeLessThan((0.7 * plain) / runs);
  });

  test('the correction vanishes as the counts grow', () => {
    const { table } = simulate({ ...independent, size: 60_000, reach: [0.3, 0.25, 0.3, 0.2] }, 1);
    for (const family of ['m0', 'mt', 'mh-darroch', 'mth-chao', 'mth-poisson2', 'mth-darroch'] as const) {
      const fit = fitFamily(table, family, { keepNegative: false });
      const { estimate, se } = biasCorrected(table, family);
      expect([family, Math.abs(estimate - persons(table) - fit.hidden) < 0.2 * se + 30]).toEqual([
        family,
        true,
      ]);
    }
  });
});
