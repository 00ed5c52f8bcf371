import { describe, expect, it } from 'vitest';
import { refusedStatistics } from '../../../src/disclosure/rules/reconstruction.ts';
import { possibleGroups } from './possible-groups.ts';

describe('means and medians', () => {
  it('of fewer than the threshold, or of all but a few, are refused', () => {
    const groups = [
      { group: 'all', n: 50 },
      { group: 'girls', n: 42, within: 'all' },
      { group: 'boys', n: 8, within: 'all' },
      { group: 'placed', n: 30, within: 'all' },
    ];
    expect(refusedStatistics(groups, 11)).toEqual([
      { group: 'girls', why: 'small-rest' },
      { group: 'boys', why: 'small' },
    ]);
  });

  it('leave as many groups possible as plain counting finds', () => {
    const given = { n: 5, median: 4, mean: 4, decimals: 1, least: 1, most: 9 };
    let found = 0;
    for (let a = 1; a <= 4; a++)
      for (let b = a; b <= 4; b++)
        for (let d = 4; d <= 9; d++) for (let e = d; e <= 9; e++) if (a + b + 4 + d + e === 20) found++;
    expect(possibleGroups(given)).toBe(found);
  });

  it('make no sense of an even group', () => {
    const even = { n: 4, median: 4, mean: 4, decimals: 1, least: 1, most: 9 };
    expect(() => possibleGroups(even)).toThrow(RangeError);
  });
});
