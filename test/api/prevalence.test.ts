/** What the question about prevalence makes of a release's tables of estimates. */
import { beforeAll, describe, expect, test } from 'vitest';
import { transaction } from '../../src/db/transaction.ts';
import { testDatabase } from '../support/database.ts';
import { testServer } from '../support/server.ts';

const database = testDatabase();
const server = testServer(database);
const REASON = 'no figure: fewer than 11 young people are on both of two lists';

/** Metric, dimension and member (none for the state), period, value; without one the estimate was refused. */
const estimates: readonly (readonly [string, string, string, string, number | null])[] = [
  ['prevalence', '', '', '2024', 1200],
  ['prevalence', 'sex', 'F', '2024', 900],
  ['prevalence', 'sex', 'all', '2024', 1200],
  ['prevalence', '', '', '2023', null],
  ['prevalence_by_method', 'method', 'main-effects', '2024', 1100],
  ['prevalence_by_method', 'method', 'all', '2024', 1200],
  ['prevalence_without_system', 'without', 'probation', '2024', 1300],
  ['prevalence_by_odds_ratio', 'odds_ratio', '0.5', '2024', 2000],
  ['prevalence_by_odds_ratio', 'odds_ratio', '2', '2024', 900],
];

beforeAll(async () => {
  await transaction(
    await database.as('owner'),
    async ({ client }) => {
      for (const [number, known] of [
        [1, '2025-03-01'],
        [2, '2026-03-01'],
      ])
        await client.query(
          `INSERT INTO release.release (number, state, closed_on, published_at, period, known_on)
           VALUES ($1, 'final', '2024-12-31', $2::date, '2024', $2::date)`,
          [number, known],
        );
      for (const [metric, dimension, member, period, value] of estimates)
        await client.query(
          `INSERT INTO release.figure (release_number, metric, version, tbl, period, cell, dims, value, lower, upper, status, footnotes)
           VALUES (2, $1, 1, $2, $3, $4, $5, $6::float8, $6::float8 - 100, $6::float8 + 100, $7, $8)`,
          [
            metric,
            dimension === '' ? 'all' : dimension,
            period,
            dimension === '' ? 'all' : `${dimension}=${member}`,
            dimension === '' ? {} : { [dimension]: member },
            value,
            value === null ? 'not_available' : 'shown',
            value === null ? [REASON] : [],
          ],
        );
    },
    { county: '*' },
  );
});

interface Estimate {
  readonly period: string;
  readonly dims: readonly { dimension: string; member: string }[];
  readonly ways: readonly { dims: readonly { dimension: string; member: string }[]; value: number }[];
}

async function ask(of = ''): Promise<readonly Estimate[]> {
  const answer =
    await server.ask(`{ prevalence${of} { period dims { dimension member } status refused value lower upper footnotes
    limits trace release { number } ways { value dims { dimension member } } } }`);
  expect(answer.errors).toBeUndefined();
  return (answer.data as unknown as { prevalence: readonly Estimate[] }).prevalence;
}

describe('prevalence', () => {
  test('has one estimate for the state and each part in each year, and no margin a second time', async () => {
    const found = await ask();
    expect(found.map(({ period, dims }) => [period, dims.map(({ member }) => member)])).toEqual([
      ['2023', []],
      ['2024', []],
      ['2024', ['F']],
    ]);
    expect(found[1]).toMatchObject({
      status: 'SHOWN',
      refused: false,
      value: 1200,
      lower: 1100,
      upper: 1300,
      release: { number: 2 },
      limits: [
        expect.stringContaining('at least about'),
        ...Array.from({ length: 4 }, () => expect.any(String)),
      ],
    });
  });

  test('has beside the state’s every way of making it, and beside a part’s none that is not of that part', async () => {
    const [refused, state, part] = await ask();
    expect(state?.ways.map(({ dims: [way], value }) => [way?.dimension, way?.member, value])).toEqual([
      ['METHOD', 'main-effects', 1100],
      ['ODDS_RATIO', '0.5', 2000],
      ['ODDS_RATIO', '2', 900],
      ['WITHOUT', 'probation', 1300],
    ]);
    expect([refused?.ways, part?.ways]).toEqual([[], []]);
  });

  test('says why there is none where an estimate was refused, and gives no number with it', async () => {
    const [refused] = await ask('(period: ["2023"])');
    expect(refused).toMatchObject({
      status: 'NOT_AVAILABLE',
      refused: true,
      value: null,
      lower: null,
      upper: null,
      footnotes: [REASON],
      ways: [],
    });
  });

  test('is nothing of a release without estimates, and not found in one that is not there', async () => {
    expect(await ask('(release: 1)')).toEqual([]);
    const { errors } = await server.ask('{ prevalence(release: 9) { period } }');
    // As before the first release: no estimate, and nothing told of which releases there are.
    expect(errors ?? []).toEqual([]);
  });
});
