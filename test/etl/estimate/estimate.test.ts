import { describe, expect, test } from 'vitest';
import { captureTable, persons } from '../../../etl/estimate/capture-table.ts';
import { estimate } from '../../../etl/estimate/estimate.ts';
import { METHODS } from '../../../etl/estimate/result.ts';
import { LEAST_OVERLAP } from '../../../etl/estimate/verdict.ts';
import { simulate } from './simulated-lists.ts';
import { names, tableOf } from './tables.ts';

const plain = { referrals: [], heterogeneity: 0, missedLinks: 0, falseLinks: 0 };
const quick = METHODS.filter((method) => method !== 'latent-class');
const HANDLE = [
  'method',
  'model',
  'estimate',
  'lower',
  'upper',
  'level',
  'se',
  'deviance',
  'df',
  'aic',
  'bic',
  'status',
  'refused',
  'reason',
].sort();

describe('an estimation', () => {
  const good = simulate({ ...plain, size: 1200, reach: [0.3, 0.35, 0.3, 0.25] }, 12);

  test('every method answers with the same keys, and stands by the truth of independent lists', async () => {
    const { results, verdict } = await estimate(good.table, quick);
    for (const result of results) {
      expect(Object.keys(result).sort()).toEqual(HANDLE);
      expect([result.method, result.refused, result.reason]).toEqual([result.method, false, null]);
      if (
        result.method === 'all-pairs' ||
        result.method.startsWith('mh-') ||
        result.method.startsWith('mth-')
      )
        continue;
      expect([result.method, Math.abs(result.estimate! / good.truth - 1) < 0.2]).toEqual([
        result.method,
        true,
      ]);
    }
    expect(new Set(results.map(({ method }) => method))).toEqual(new Set(quick));
    expect(verdict.refused).toBe(false);
    expect(verdict.reasons).toEqual([]);
  });

  test('a document of it has no value that JSON cannot write', async () => {
    const found = await estimate(good.table, ['stepwise', 'mh-gamma35', 'bma'], { profile: true });
    const bad: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'number' && !Number.isFinite(value)) bad.push(path);
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    };
    walk(found.results, 'results');
    walk(found.verdict, 'verdict');
    expect(bad).toEqual([]);
  });

  test('main-effects and mt are the same', async () => {
    const { results } = await estimate(good.table, ['mt', 'main-effects']);
    expect({ ...results[0], method: '' }).toEqual({ ...results[1], method: '' });
  });

  test('resampling gives limits about the estimate, wider for the choice of model than without it', async () => {
    const options = { order: 2, seed: 4 };
    const [alone] = (await estimate(good.table, ['best-bic'], options)).results;
    const [chosen] = (await estimate(good.table, ['best-bic'], { ...options, replicates: 200 })).results;
    expect(chosen!.estimate).toBe(alone!.estimate);
    expect(chosen!.upper! - chosen!.lower!).toBeGreaterThan(alone!.upper! - alone!.lower!);
  });
});

describe('refusals', () => {
  const codes = async (counts: Record<string, number>): Promise<string[]> =>
    (await estimate(tableOf(counts), ['main-effects'])).verdict.reasons.map(
      (reason) => reason.split(':')[0]!,
    );

  test('two lists are too few to publish, though they have their own estimators', async () => {
    const { results, verdict } = await estimate(tableOf({ '10': 90, '01': 40, '11': 30 }), [
      'chapman',
      'mh-chao',
    ]);
    expect(results[0]!.refused).toBe(false);
    expect(results[1]!.reason).toMatch(/^TOO_FEW_LISTS/);
    expect(verdict.reasons.map((reason) => reason.split(':')[0])).toContain('TOO_FEW_LISTS');
  });

  test('a list that shares nobody is no list', async () => {
    expect(
      await codes({ '100': 50, '010': 60, '001': 70, '110': 25, '101': 0, '011': 0, '111': 0 }),
    ).toContain('TOO_FEW_LISTS');
  });

  test('no overlap at all: no method has a figure', async () => {
    const table = tableOf({ '100': 20, '010': 9, '001': 20, '110': 0, '101': 0, '011': 0, '111': 0 });
    const { results, verdict } = await estimate(table, quick);
    for (const { method, refused, estimate, lower, upper, reason } of results) {
      expect([method, refused, estimate, lower, upper]).toEqual([method, true, null, null, null]);
      expect(reason).toMatch(/^[A-Z_]+: /);
    }
    expect(verdict.refused).toBe(true);
    expect(verdict.families).toEqual([]);
  });

  test('overlap one person short of the least is too thin, and at the least it is not', async () => {
    const thin = { '100': 50, '010': 60, '001': 70, '110': 4, '101': 3, '011': LEAST_OVERLAP - 9, '111': 1 };
    expect(await codes(thin)).toContain('OVERLAP_TOO_THIN');
    expect(await codes({ ...thin, '011': LEAST_OVERLAP - 8 })).not.toContain('OVERLAP_TOO_THIN');
  });

  test('families that disagree leave no figure', async () => {
    // Persons on all three lists are far more than chance gives: what the pairs say depends on whom one asks.
    const table = tableOf({ '100': 72, '010': 58, '001': 66, '110': 21, '101': 17, '011': 19, '111': 31 });
    const { verdict } = await estimate(table, ['stepwise']);
    expect(verdict.reasons.some((reason) => reason.startsWith('FAMILIES_DISAGREE'))).toBe(
      verdict.disagreement! > 2,
    );
    expect(verdict.disagreement!).toBeGreaterThan(2);
  });

  test('a posterior on the edge of its grid', async () => {
    const table = tableOf({ '100': 400, '010': 400, '001': 400, '110': 5, '101': 5, '011': 5, '111': 400 });
    const [result] = (await estimate(table, ['bma'])).results;
    expect(result!.reason).toMatch(/^GRID_EDGE/);
    expect(result!.estimate).toBeNull();
  });

  test('an estimate that single persons carry gets no resampled interval', async () => {
    const table = tableOf({ '100': 30, '010': 25, '001': 40, '110': 1, '101': 1, '011': 1, '111': 0 });
    const [result] = (await estimate(table, ['main-effects'], { replicates: 100 })).results;
    expect(result!.reason).toMatch(/^RESAMPLES_WITHOUT_ESTIMATE/);
  });

  test('eight lists: what cannot be enumerated says so, the rest answers', async () => {
    const { table } = simulate({ ...plain, size: 700, reach: Array.from({ length: 8 }, () => 0.15) }, 4);
    const { results, sensitivity } = await estimate(table, ['main-effects', 'stepwise', 'best-bic', 'bma']);
    expect(results.map(({ refused }) => refused)).toEqual([false, false, true, true]);
    expect(results[2]!.reason).toMatch(/^TOO_MANY_MODELS/);
    expect(sensitivity.allModels).toBeNull();
    expect(sensitivity.leaveOneOut).toHaveLength(8);
  });

  test('an empty list is an absent list', async () => {
    const counts = new Float64Array(16);
    const { table } = simulate({ ...plain, size: 500, reach: [0.3, 0.3, 0.3] }, 1);
    counts.set(table.counts);
    const { results } = await estimate(captureTable(names(4), counts), [
      'main-effects',
      'mh-darroch',
      'sample-coverage',
    ]);
    expect(persons(table)).toBeGreaterThan(0);
    for (const result of results) expect(result.estimate === null).toBe(result.refused);
  });
});
