import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type EmOptions,
  type EmResult,
  expectationMaximisation,
  type Mixture,
  type Pattern,
} from '../../../etl/link/em.ts';

type Probabilities = readonly (readonly number[])[];

/** Matches and others, each with tables of its own. */
function matchesAndOthers(
  start: { m: Probabilities; u: Probabilities; prior: number },
  estimateU: boolean,
  floors: readonly number[] = [],
): Mixture {
  const fields = start.m.map((_, i) => i);
  return {
    classes: [
      { share: start.prior, tables: fields },
      { share: 1 - start.prior, tables: fields.map((i) => i + fields.length) },
    ],
    tables: [
      ...start.m.map((shares, i) => ({ shares, learned: true, floor: floors[i] ?? 0 })),
      ...start.u.map((shares) => ({ shares, learned: estimateU, floor: 0 })),
    ],
  };
}

function estimate(
  patterns: readonly Pattern[],
  begin: { m: Probabilities; u: Probabilities; prior: number },
  { estimateU, floors, ...options }: EmOptions & { estimateU: boolean; floors?: readonly number[] },
): EmResult & { m: Probabilities; u: Probabilities; prior: number } {
  const found = expectationMaximisation(patterns, matchesAndOthers(begin, estimateU, floors), options);
  const tables = found.tables.map(({ shares }) => shares);
  const fields = begin.m.length;
  return {
    ...found,
    m: tables.slice(0, fields),
    u: tables.slice(fields),
    prior: found.classes[0]?.share ?? 0,
  };
}

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
  const found = estimate(patterns, start, { estimateU: true, rounds: 5000 });
  expect(found.converged).toBe(true);
  expect(found.prior).toBeCloseTo(0.2, 3);
  near(found.m, m, 2);
  near(found.u, u, 2);
});

test('with u known, m and a rare prior are recovered from all pairs', () => {
  const patterns = simulate(m, u, 0.0005, 1e8);
  const found = estimate(patterns, { ...start, u }, { estimateU: false, rounds: 5000 });
  expect(found.prior).toBeCloseTo(0.0005, 5);
  near(found.m, m, 2);
});

test('leaving out pairs that can hardly match changes the result little', () => {
  const patterns = simulate(m, u, 0.0005, 1e8);
  const likely = patterns.filter(({ levels }) => levels.filter((level) => level > 1).length >= 2);
  const found = estimate(likely, { ...start, u }, { estimateU: false, pairs: 1e8, rounds: 5000 });
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
        const { logLikelihood } = estimate(patterns, begin, { estimateU: true, rounds: 60 });
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
  const found = estimate(patterns, { ...start, u }, { estimateU: false, floors: [0.2, 0, 0, 0] });
  expect(found.m[0]?.[1]).toBeCloseTo(0.2, 6);
  expect((found.m[0] ?? []).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
});

test('no pairs, and a parameter that is not a number, are refused', () => {
  expect(() => estimate([], start, { estimateU: true })).toThrow('no pairs');
  const broken = { ...start, prior: Number.NaN };
  expect(() => estimate(simulate(m, u, 0.2, 10), broken, { estimateU: true })).toThrow('not a number');
});

test('siblings, movers and strangers are told apart, and their parameters recovered', () => {
  // A name, a birth date, an address and a telephone; siblings share the last two and nothing of the person.
  const person = [
    [0, 0.06, 0.94],
    [0, 0.04, 0.96],
  ];
  const chance = [
    [0, 0.99, 0.01],
    [0, 0.999, 0.001],
  ];
  const home = [
    [0, 0.1, 0.9],
    [0, 0.3, 0.7],
  ];
  const elsewhere = [
    [0, 0.98, 0.02],
    [0, 0.995, 0.005],
  ];
  const kinds = [
    { share: 0.0008, levels: [...person, ...home] },
    { share: 0.0002, levels: [...person, ...elsewhere] },
    { share: 0.002, levels: [...chance, ...home] },
    { share: 0.997, levels: [...chance, ...elsewhere] },
  ];
  const pairs = 1e8;
  const patterns = Array.from({ length: 16 }, (_, code) => {
    const levels = [3, 2, 1, 0].map((bit) => 1 + ((code >> bit) & 1));
    const expected = kinds.map(({ share, levels: shares }) =>
      levels.reduce((product, level, field) => product * (shares[field]?.[level] ?? 0), share),
    );
    return { levels, count: pairs * expected.reduce((a, b) => a + b, 0) };
  });
  const leaning = [0, 0.4, 0.6];
  const found = expectationMaximisation(
    patterns,
    {
      classes: [
        { share: 0.001, tables: [0, 1, 2, 3] },
        { share: 0.001, tables: [0, 1, 6, 7] },
        { share: 0.001, tables: [4, 5, 2, 3] },
        { share: 0.997, tables: [4, 5, 6, 7] },
      ],
      tables: [
        ...[0, 1, 2, 3].map(() => ({ shares: leaning, learned: true, floor: 0 })),
        ...[...chance, ...elsewhere].map((shares) => ({ shares, learned: false, floor: 0 })),
      ],
    },
    { rounds: 5000 },
  );
  kinds.forEach(({ share }, i) => expect((found.classes[i]?.share ?? 0) / share).toBeCloseTo(1, 1));
  near(
    found.tables.slice(0, 4).map(({ shares }) => shares),
    [...person, ...home],
    2,
  );
});

test('a class that is a known part of another stays that part', () => {
  const patterns = simulate(m, u, 0.2, 1e6);
  const { classes, tables } = matchesAndOthers({ ...start, u }, false);
  const found = expectationMaximisation(patterns, {
    classes: [
      ...classes.slice(0, 1),
      { share: 0.01, tables: classes[0]?.tables ?? [], partOf: { other: 0, part: 0.1 } },
      ...classes.slice(1),
    ],
    tables,
  });
  const [whole = 0, part = 0] = found.classes.map(({ share }) => share);
  expect(part / (whole + part)).toBeCloseTo(0.1, 6);
});

test('matches are not taken to differ in most of what would make them matches', () => {
  const m = [[0, 0.9, 0.1], ...Array.from({ length: 3 }, () => [0, 0.05, 0.95])];
  const u = Array.from({ length: 4 }, () => [0, 0.9, 0.1]);
  const start = matchesAndOthers({ m, u, prior: 0.1 }, false);
  const tables = start.tables.map((table, i) => (i === 0 ? { ...table, most: 0.3 } : table));
  const found = expectationMaximisation(simulate(m, u, 0.1, 1e6), { ...start, tables });
  expect(found.tables[0]?.shares[1]).toBeCloseTo(0.3, 9);
  expect(found.tables[0]?.shares[2]).toBeCloseTo(0.7, 9);
});
