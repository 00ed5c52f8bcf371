import { describe, expect, test } from 'vitest';
import { persons } from '../../../etl/estimate/capture-table.ts';
import { latentClass } from '../../../etl/estimate/latent-class.ts';
import { simulate } from './simulated-lists.ts';
import { tableOf } from './tables.ts';

const short = { seed: 5, burnIn: 500, draws: 500, thinning: 4 };

describe('latent classes', () => {
  test('one class of persons with well-filled lists: the chains mix and find the size', () => {
    const { table, truth } = simulate(
      {
        size: 800,
        reach: [0.5, 0.4, 0.45, 0.5],
        referrals: [],
        heterogeneity: 0,
        missedLinks: 0,
        falseLinks: 0,
      },
      3,
    );
    const found = latentClass(table, short);
    expect(found.diagnosis.rhat).toBeLessThan(1.1);
    expect(Math.abs(found.median / truth - 1)).toBeLessThan(0.08);
    expect(found.lower).toBeLessThan(truth);
    expect(found.upper).toBeGreaterThan(truth);
  });

  test('four dispersed chains at least, whatever is asked for, and the same for a seed', () => {
    const table = tableOf({ '100': 60, '010': 45, '001': 80, '110': 12, '101': 9, '011': 14, '111': 3 });
    const options = { ...short, burnIn: 20, draws: 20, thinning: 1 };
    const found = latentClass(table, { ...options, chains: 1 });
    expect(found.chainMedians).toHaveLength(4);
    expect(latentClass(table, { ...options, chains: 1 })).toEqual(found);
    expect(latentClass(table, { ...options, seed: 6 }).chainMedians).not.toEqual(found.chainMedians);
    for (const median of found.chainMedians) expect(median).toBeGreaterThanOrEqual(persons(table));
  });

  test('chains too short to agree are not called mixed', () => {
    const table = tableOf({ '100': 400, '010': 300, '001': 350, '110': 4, '101': 3, '011': 5, '111': 2 });
    expect(latentClass(table, { seed: 1, burnIn: 5, draws: 40, thinning: 1 }).mixed).toBe(false);
  });
});
