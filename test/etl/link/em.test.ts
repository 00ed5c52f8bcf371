import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectationMaximisation, type Pattern, type Probabilities } from '../../../etl/link/em.ts';

/** Exact expected counts of every pattern under known parameters. */
function simulate(m: Probabilities, u: Probabilities, prior: number, pairs: number): Pattern[] {
  let patterns: { levels: number[]; match: number; other: number }[] = [
    { levels: [], match: prior, other: 1 - prior },
  ];
  m.forEach((levels, field) => {
    patterns = patterns.flatMap((pattern) =>
      levels.slice(1).map((share, i) => ({
        levels: [...pattern.levels, i + 1],
        match: pattern.match * share,
        other: pattern.other * (u[field]?.[i + 1] ?? 0),
      })),
    );
  });
  return patterns.map(({ levels, match, other }) => ({ levels, count: (match + other) * pairs }));
}

const m = [
  [0, 0.05, 0.15, 0.8],
  [0, 0.1, 0.9],
  [0, 0.02, 0.08, 0.9],
  [0, 0.3, 0.7],
];
const u = [
  [0, 0.9, 0.08, 0.02],
  [0, 0.95, 0.05],
  [0, 0.97, 0.02, 0.01],
  [0, 0.5, 0.5],
];
const start = {
  m: m.map((levels) =>
    levels.map((_, i) => (i === 0 ? 0 : i === levels.length - 1 ? 0.6 : 0.4 / (levels.length - 2))),
  ),
  u: u.map((levels) => levels.map((_, i) => (i === 0 ? 0 : i === 1 ? 0.8 : 0.2 / (levels.length - 2)))),
  prior: 0.3,
};

function near(found: Probabilities, expected: Probabilities, digits: number): void {
  expected.forEach((levels, field) =>
    levels.forEach((share, level) => {
      if (level > 0) expect(found[field]?.[level]).toBeCloseTo(share, digits);
    }),
  );
}

test('known parameters are recovered, u and all', () => {
  const patterns = simulate(m, u, 0.2, 1e6);
  const found = expectationMaximisation(patterns, start, { estimateU: true, rounds: 5000 });
  expect(found.converged).toBe(true);
  expect(found.prior).toBeCloseTo(0.2, 3);
  near(found.m, m, 2);
  near(found.u, u, 2);
});

test('with u known, m and a rare prior are recovered from all pairs', () => {
  const patterns = simulate(m, u, 0.0005, 1e8);
  const found = expectationMaximisation(patterns, { ...start, u }, { estimateU: false, rounds: 5000 });
  expect(found.prior).toBeCloseTo(0.0005, 5);
  near(found.m, m, 2);
});

test('leaving out pairs that can hardly match changes the result little', () => {
  const patterns = simulate(m, u, 0.0005, 1e8);
  const likely = patterns.filter(({ levels }) => levels.filter((level) => level > 1).length >= 2);
  const found = expectationMaximisation(
    likely,
    { ...start, u },
    { estimateU: false, pairs: 1e8, rounds: 5000 },
  );
  expect(found.prior).toBeGreaterThan(0.00045);
  expect(found.prior).toBeLessThan(0.00055);
});

test('the likelihood never falls', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: 3 }),
          fc.integer({ min: 0, max: 2 }),
          fc.integer({ min: 1, max: 999 }),
        ),
        {
          minLength: 2,
          maxLength: 12,
        },
      ),
      (rows) => {
        const patterns = rows.map(([a, b, count]) => ({ levels: [a, b], count }));
        const begin = { m: start.m.slice(0, 2), u: start.u.slice(0, 2), prior: 0.3 };
        const { logLikelihood } = expectationMaximisation(patterns, begin, { estimateU: true, rounds: 60 });
        logLikelihood.slice(1).forEach((value, i) => {
          // A hundredth of a pair is added per level, so the last digits may fall.
          expect(value).toBeGreaterThan((logLikelihood[i] ?? 0) - 1);
        });
      },
    ),
  );
});

test('a floor keeps a share of matches at different', () => {
  const patterns = simulate(m, u, 0.2, 1e6);
  const found = expectationMaximisation(
    patterns,
    { ...start, u },
    { estimateU: false, floors: [0.2, 0, 0, 0] },
  );
  expect(found.m[0]?.[1]).toBeCloseTo(0.2, 6);
  expect((found.m[0] ?? []).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
});

test('no pairs, and a parameter that is not a number, are refused', () => {
  expect(() => expectationMaximisation([], start, { estimateU: true })).toThrow('no pairs');
  const broken = { ...start, prior: Number.NaN };
  expect(() => expectationMaximisation(simulate(m, u, 0.2, 10), broken, { estimateU: true })).toThrow(
    'not a number',
  );
});
