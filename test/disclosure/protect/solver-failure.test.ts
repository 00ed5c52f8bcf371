import { afterEach, expect, it, vi } from 'vitest';
import { namedPolicy } from '../../../src/disclosure/policy.ts';
import { protect } from '../../../src/disclosure/protect/protect.ts';
import { solver } from '../../../src/disclosure/protect/solver.ts';
import { verifyCertificate } from '../../../src/disclosure/verify.ts';
import { twoWay } from '../tables.ts';

const policy = namedPolicy('calhhs-ddg-2');
const table = twoWay([
  [20, 3, 35, 14],
  [41, 52, 18, 22],
  [33, 27, 64, 6],
]);

afterEach(() => vi.restoreAllMocks());

it('a solver that aborts neither stops a release nor lets an unsafe one through', async () => {
  const highs = await solver();
  const aborting = vi.spyOn(highs, 'createModel').mockImplementation(() => {
    throw new WebAssembly.RuntimeError('Aborted()');
  });
  const result = await protect(table, { policy, cost: 'values' });
  expect(aborting).toHaveBeenCalled();
  if (result.refused) throw new Error(result.reason);
  expect(verifyCertificate(table, policy, result.certificate)).toEqual([]);
  // Whoever comes next gets a solver that works.
  expect(await solver()).not.toBe(highs);
});

it('an error that is no failure of the solver is not taken for one', async () => {
  const highs = await solver();
  vi.spyOn(highs, 'createModel').mockImplementation(() => {
    throw new TypeError('a mistake of ours');
  });
  await expect(protect(table, { policy, cost: 'values' })).rejects.toThrow('a mistake of ours');
});
