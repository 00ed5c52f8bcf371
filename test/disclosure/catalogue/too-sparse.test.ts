import { describe, expect, it } from 'vitest';
import { levelOf } from '../../../src/disclosure/catalogue/level.ts';
import { linkedTables } from '../../../src/disclosure/catalogue/linked-tables.ts';
import { isHeld } from '../../../src/disclosure/catalogue/periods.ts';
import { tooSparse } from '../../../src/disclosure/catalogue/too-sparse.ts';
import { namedPolicy } from '../../../src/disclosure/policy.ts';
import { madeUpState } from '../../support/made-up-candidate.ts';

const state = madeUpState({ seed: 7, counties: 14, largest: 80, years: [2023, 2024] });
const linked = linkedTables(state.candidate.figures, {
  metrics: state.metrics,
  hierarchies: [],
  threshold: 11,
  leftOut: new Set<string>(),
});
const { leastShown: _, ...unlimited } = namedPolicy('calhhs-ddg-2');
const leftAt = (single: number, crossed: number): Set<string> =>
  tooSparse(linked, { ...unlimited, leastShown: { single, crossed } });

describe('levels of detail that would be mostly blank', () => {
  it('are none where the policy names no share', () => {
    expect(tooSparse(linked, unlimited).size).toBe(0);
  });

  it('are the same ones and more when a larger share is asked for', () => {
    const [few, many] = [leftAt(0.2, 0.4), leftAt(0.6, 0.9)];
    expect(many.size).toBeGreaterThan(few.size);
    expect([...few].every((level) => many.has(level))).toBe(true);
  });

  it('never have fewer than ten counts, so that none of them is told to be small, unless a coarser one is left out', () => {
    const left = leftAt(1, 1);
    expect(left.size).toBeGreaterThan(0);
    const states = linked.placed.filter(({ figure }) =>
      Object.values(figure.dims).every((member) => member === 'all'),
    );
    expect(states.length).toBeGreaterThan(0);
    expect(states.some(({ figure }) => left.has(levelOf(figure)))).toBe(false);
  });

  it('take finer levels with them', () => {
    const left = leftAt(1, 0.01);
    const [metric, , period] = 'identified county 2024'.split(' ');
    expect(left.has(`${metric} county ${period}`)).toBe(true);
    const finer = linked.placed
      .map(({ figure }) => levelOf(figure))
      .filter(
        (level) =>
          level.startsWith('identified ') && level.endsWith(' 2024') && /county\+|\+county/.test(level),
      );
    expect(finer.length).toBeGreaterThan(0);
    expect(finer.every((level) => left.has(level))).toBe(true);
  });
});

describe('the periods of a release', () => {
  it.each([
    ['2025', true],
    ['2024', true],
    ['2025-Q4', false],
    ['2023/2025', true],
    ['2022/2024', false],
    ['2026', false],
  ])('of 2025: %s held is %s', (period, held) => {
    expect(isHeld(period, { period: '2025', closedOn: '2025-12-31' })).toBe(held);
  });

  it('of a quarter are quarters, years and the pools that ended last', () => {
    const release = { period: '2026-Q1', closedOn: '2026-03-31' };
    const held = ['2026-Q1', '2025-Q4', '2025', '2023/2025', '2024/2026', '2022/2024', '2026-Q2'];
    expect(held.filter((period) => isHeld(period, release))).toEqual(held.slice(0, 4));
  });
});
