import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  estimateFigure,
  estimateFigures,
  type KeptEstimate,
  leastOverlap,
} from '../../../etl/measure/estimate-figures.ts';
import { inFacts } from '../../../etl/measure.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { testDatabase } from '../../support/database.ts';

const metric = { id: 'prevalence', version: 1 };
const kept: KeptEstimate = {
  period: '2024',
  linkage: 3,
  refused: false,
  reasons: [],
  value: 1234.4,
  lower: 1101.2,
  upper: 1499.9,
  leastOverlap: 11,
};
const figure = (change: Partial<KeptEstimate> = {}, linkage = 3) =>
  estimateFigure(metric, '2024', { ...kept, ...change }, linkage, undefined);

describe('an estimate as it may leave the hub', () => {
  test('is rounded, its limits outwards, with no count beside it', () => {
    expect(figure()).toMatchObject({
      value: 1230,
      lower: 1100,
      upper: 1500,
      numerator: null,
      denominator: null,
      status: 'counted',
    });
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (value, share) => {
          const [lower, upper] = [value * (1 - share), value * (1 + share)];
          const shown = figure({ value, lower, upper });
          expect([shown.value, shown.lower, shown.upper].map((each) => (each ?? 1) % 10)).toEqual([0, 0, 0]);
          expect(shown.lower).toBeLessThanOrEqual(lower);
          expect(shown.upper).toBeGreaterThanOrEqual(upper);
        },
      ),
    );
  });

  test.each([
    ['two lists share ten', { leastOverlap: 10 }, 3, /withheld: two of the lists/],
    ['no two lists', { leastOverlap: null }, 3, /withheld/],
    ['linked anew since', {}, 4, /earlier linkage/],
    [
      'refused',
      {
        refused: true,
        value: null,
        reasons: ['TOO_FEW_LISTS: 2 of 4 lists share persons', 'bma: GRID_EDGE: 977'],
      },
      3,
      /^no figure: fewer than three lists .*; the lists say nothing against any number$/,
    ],
  ])('%s: not available, with its reason and no number', (_, change, linkage, reason) => {
    const refused = figure(change, linkage);
    expect(refused).toMatchObject({ value: null, lower: null, upper: null, status: 'not_available' });
    expect(refused.reason).toMatch(reason);
    expect(refused.reason).not.toMatch(/977|of 4/);
  });

  test('the fewest that two lists share, over every draw', () => {
    const lists = ['a', 'b', 'c'];
    // Histories by bit: 3 is a and b, 5 a and c, 6 b and c, 7 all.
    const first = { lists, counts: [0, 9, 9, 20, 9, 30, 40, 5] };
    expect(leastOverlap([first])).toBe(25);
    expect(leastOverlap([first, { lists, counts: [0, 9, 9, 20, 9, 6, 40, 5] }])).toBe(11);
    expect(leastOverlap([{ lists: ['a'], counts: [0, 4] }])).toBeNull();
  });
});

const database = testDatabase();

test('a year without an estimate says so; the newest one counts, or the newest of an earlier day', async () => {
  const contracts = loadContracts();
  const declared = contracts.metrics.get('prevalence');
  if (declared === undefined) throw new Error('the catalogue has no prevalence');
  await (await database.as('linker')).query(
    `INSERT INTO persons.model (version, key_version, model, current) VALUES (repeat('0', 64), 'k', '{}', true);
     INSERT INTO persons.linkage (made_at, run_id, input_hash, stage_hash, method, kind, key_version, model, threshold, records, persons)
     VALUES ('2025-12-31', gen_random_uuid(), repeat('0', 64), repeat('0', 64), 1, 'full', 'k', repeat('0', 64), 0.5, 0, 0)`,
  );
  const measurer = await database.as('measurer');
  const annex = JSON.stringify({ table: { lists: ['a', 'b'], counts: [0, 5, 5, 40] }, draws: [] });
  for (const [at, value] of [
    ['2026-01-01T12:00:00-08:00', 100],
    ['2026-01-02T12:00:00-08:00', 200],
  ] as const)
    await measurer.query(
      `INSERT INTO measures.estimate (id, made_at, run_id, period, county, term, term_version, linkage, table_hash, code_version,
         seed, draws, lists, refused, reasons, value, lower, upper, annex)
       SELECT encode(sha256($1::text::bytea), 'hex'), $1::timestamptz, gen_random_uuid(), '2024', 'all', 'identified', 1,
         max(number), repeat('0', 64), '1', 1, 2, '{a,b}', false, '{}', $2, $2, $2, $3 FROM persons.linkage`,
      [at, value, annex],
    );
  const figures = async (knownThen?: string): Promise<unknown> =>
    inFacts(measurer, contracts, { aside: false, knownThen }, async (client) => {
      const made = await estimateFigures(client, declared, ['2023', '2024'], undefined, knownThen);
      return made.map(({ value, reason }) => value ?? reason);
    });
  expect(await figures()).toEqual(['no estimate was made for this year', 200]);
  expect(await figures('2026-01-01')).toEqual(['no estimate was made for this year', 100]);
  expect(await figures('2025-12-30')).toEqual([
    'no estimate was made for this year',
    'no estimate was made for this year',
  ]);
});
