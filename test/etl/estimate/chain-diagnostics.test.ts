import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../etl/estimate/chain-diagnostics.ts';
import { normal, randomStream } from '../../../etl/estimate/random.ts';

const LENGTH = 2000;

/** An autoregressive chain with known effective size: n (1 − ρ) / (1 + ρ). */
function chain(stream: number, correlation: number, shift = 0, scale = 1): number[] {
  const random = randomStream(21, stream);
  let value = normal(random);
  return Array.from({ length: LENGTH }, () => {
    value = correlation * value + Math.sqrt(1 - correlation ** 2) * normal(random);
    return shift + scale * value;
  });
}

describe('diagnostics of chains', () => {
  test('independent draws: R-hat about 1, and all draws count', () => {
    const { rhat, effective } = diagnose([0, 1, 2, 3].map((i) => chain(i, 0)));
    expect(rhat).toBeLessThan(1.005);
    expect(effective / (4 * LENGTH)).toBeGreaterThan(0.8);
  });

  test('a sluggish chain counts for as little as theory says', () => {
    const { effective } = diagnose([0, 1, 2, 3].map((i) => chain(i, 0.9)));
    const theory = (4 * LENGTH * 0.1) / 1.9;
    expect(effective / theory).toBeGreaterThan(0.7);
    expect(effective / theory).toBeLessThan(1.4);
  });

  test('a chain that stays elsewhere, or is wider, is seen', () => {
    const good = [0, 1, 2].map((i) => chain(i, 0));
    expect(diagnose([...good, chain(3, 0, 3)]).rhat).toBeGreaterThan(1.2);
    expect(diagnose([...good, chain(3, 0, 0, 5)]).rhat).toBeGreaterThan(1.05);
  });

  test('chains that drift alike are seen by their halves', () => {
    const drifting = [0, 1, 2, 3].map((i) => chain(i, 0).map((value, t) => value + (4 * t) / LENGTH));
    expect(diagnose(drifting).rhat).toBeGreaterThan(1.1);
  });

  test('a chain that never moves has converged to nothing', () => {
    const stuck = diagnose([0, 1, 2, 3].map(() => Array.from({ length: 100 }, () => 7)));
    expect(stuck.rhat).toBeNaN();
    expect(stuck.effective).toBe(0);
  });
});
