import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateFigures } from '../../../etl/measure/estimate-figures.ts';
import { inFacts } from '../../../etl/measure/in-facts.ts';
import type { HubAnswer } from '../../../etl/prevalence/hub-answer.ts';
import { leastOverlap, publishable, stepOf } from '../../../etl/prevalence/publishable.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { transaction } from '../../../src/db/transaction.ts';
import { registerSources } from '../../../src/sources/register.ts';
import { testDatabase } from '../../support/database.ts';

const lists = ['a', 'b', 'c'];
// Histories by bit: 3 is a and b, 5 a and c, 6 b and c, 7 all.
const table = { lists, counts: [0, 90, 90, 20, 90, 30, 40, 5] };
const answer: HubAnswer = {
  refused: false,
  reasons: [],
  value: 1234.4,
  lower: 1101.2,
  upper: 1499.9,
  annex: { table },
};

describe('an estimate as it may leave the hub', () => {
  test('is rounded, its limits outwards; what stands beside it more coarsely', () => {
    expect(publishable(answer)).toMatchObject({ figure: { value: 1230, lower: 1100, upper: 1500 } });
    expect([80, 200, 201, 900, 1234, 4000, 9999].map(stepOf)).toEqual([10, 10, 20, 50, 100, 200, 500]);
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (value, share) => {
          const [lower, upper] = [value * (1 - share), value * (1 + share)];
          const shown = publishable({ ...answer, value, lower, upper });
          if ('withheld' in shown) throw new Error(shown.withheld);
          const { figure } = shown;
          expect([figure.value, figure.lower, figure.upper].map((each) => each % 10)).toEqual([0, 0, 0]);
          expect(figure.lower).toBeLessThanOrEqual(lower);
          expect(figure.upper).toBeGreaterThanOrEqual(upper);
          expect(stepOf(value)).toBeGreaterThanOrEqual(value / 20);
        },
      ),
    );
  });

  test.each([
    [
      'two lists share ten',
      { annex: { table: { lists, counts: [0, 9, 9, 5, 9, 30, 40, 5] } } },
      /withheld: two of the lists/,
    ],
    ['in one draw', { annex: { table, draws: [{ lists, counts: [0, 9, 9, 5, 9, 30, 40, 5] }] } }, /withheld/],
    ['no two lists', { annex: { table: { lists: ['a'], counts: [0, 4] } } }, /withheld/],
    [
      'refused',
      {
        refused: true,
        value: null,
        reasons: ['TOO_FEW_LISTS: 2 of 4 lists share persons', 'bma: GRID_EDGE: 977'],
      },
      /^no figure: fewer than three lists .*; the lists say nothing against any number$/,
    ],
  ])('%s: the reason in words and no number', (_, change, reason) => {
    const refused = publishable({ ...answer, ...change });
    expect(refused).toEqual({ withheld: expect.stringMatching(reason) });
    expect(JSON.stringify(refused)).not.toMatch(/977|of 4/);
  });

  test('the fewest that two lists share, over every draw', () => {
    const first = { lists, counts: [0, 9, 9, 20, 9, 30, 40, 5] };
    expect(leastOverlap([first])).toBe(25);
    expect(leastOverlap([first, { lists, counts: [0, 9, 9, 20, 9, 6, 40, 5] }])).toBe(11);
    expect(leastOverlap([{ lists: ['a'], counts: [0, 4] }])).toBeNull();
  });
});

const database = testDatabase();

describe('the figures of a candidate', () => {
  const contracts = loadContracts();
  const figures = async (
    id: string,
    { knownThen, identified = 0 }: { knownThen?: string; identified?: number } = {},
  ) => {
    const metric = contracts.metrics.get(id);
    if (metric === undefined) throw new Error(`the catalogue has no ${id}`);
    return inFacts(
      await database.as('measurer'),
      contracts,
      { aside: false, knownOn: '2026-06-30', knownThen },
      (client) =>
        estimateFigures(client, {
          metric,
          years: ['2023', '2024'],
          missing: undefined,
          knownThen,
          identified: new Map([['2024', identified]]),
        }),
    );
  };
  const keep = async (kept: {
    value: number;
    knownOn: string;
    region?: string;
    stratum?: string;
  }): Promise<void> => {
    const point = { estimate: kept.value, lower: kept.value - 20, upper: kept.value + 20 };
    const annex = {
      table,
      draws: [],
      results: [
        { method: 'main-effects', ...point },
        { method: 'latent-class', ...point },
      ],
      sensitivity: {
        leaveOneOut: [
          { list: 'probation', status: 0, ...point },
          { list: 'education', status: 1, ...point },
        ],
        oddsRatio: { model: 'm', points: [{ xi: 2 / 3, ...point }] },
      },
    };
    await (await database.as('measurer')).query(
      `INSERT INTO measures.estimate (id, run_id, period, county, region, stratum, known_on, term, term_version, definitions,
         linkage, table_hash, code_version, seed, draws, lists, refused, reasons, value, lower, upper, annex)
       SELECT encode(sha256(concat($1::float8, $2::text, $3::text, $4::date)::bytea), 'hex'), gen_random_uuid(), '2024', 'all', $2, $3, $4,
         'identified', 1, '{}', max(number), repeat('0', 64), '1', 1, 2, '{a,b}', false, '{}', $1::float8, $1::float8 - 20, $1::float8 + 20, $5
       FROM persons.linkage`,
      [kept.value, kept.region ?? 'all', kept.stratum ?? 'all', kept.knownOn, JSON.stringify(annex)],
    );
  };
  const link = async (): Promise<unknown> =>
    (await database.as('linker')).query(
      `INSERT INTO persons.model (version, key_version, model, current) VALUES (repeat('0', 64), 'k', '{}', true) ON CONFLICT DO NOTHING;
       INSERT INTO persons.linkage (made_at, run_id, input_hash, stage_hash, method, kind, key_version, model, threshold, records, persons)
       VALUES ('2025-01-01', gen_random_uuid(), repeat('0', 64), repeat('0', 64), 1, 'full', 'k', repeat('0', 64), 0.5, 0, 0)`,
    );
  const told = (all: Awaited<ReturnType<typeof figures>>): unknown[] =>
    all.filter(({ period }) => period === '2024').map(({ cell, value, reason }) => [cell, value ?? reason]);

  test('are of the newest estimate of what was known on the day', async () => {
    await link();
    await keep({ value: 100, knownOn: '2026-01-01' });
    await keep({ value: 200, knownOn: '2026-02-01' });
    const [of2023, of2024] = await figures('prevalence');
    expect(of2023?.reason).toBe('no estimate was made for this year');
    expect(of2024).toMatchObject({ value: 200, lower: 180, upper: 220, numerator: null, denominator: null });
    expect(told(await figures('prevalence', { knownThen: '2026-01-15' }))[0]).toEqual(['all', 100]);
    expect(told(await figures('prevalence', { knownThen: '2025-12-31' }))[0]).toEqual([
      'all',
      'no estimate was made for this year',
    ]);
  });

  test('of regions and groups, and of ways of estimating side by side', async () => {
    await keep({ value: 150, knownOn: '2026-02-01', region: 'bay_area' });
    await keep({ value: 120, knownOn: '2026-02-01', stratum: 'sex=female' });
    expect(told(await figures('prevalence'))).toEqual([
      ['all', 200],
      ['region=all', 200],
      ['region=bay_area', 150],
      ['sex=all', 200],
      ['sex=female', 120],
      ['race_ethnicity=all', 200],
    ]);
    expect(told(await figures('prevalence_by_method'))).toEqual([
      ['method=all', 200],
      ['method=main-effects', 200],
    ]);
    expect(told(await figures('prevalence_without_system'))).toEqual([
      ['without=all', 200],
      ['without=probation', 200],
    ]);
    expect(told(await figures('prevalence_by_odds_ratio'))).toEqual([
      ['odds_ratio=all', 200],
      ['odds_ratio=0.67', 200],
    ]);
  });

  test('are outdated by what came after them, up to the day that is measured', async () => {
    const loader = await database.as('loader');
    await registerSources(loader, {
      agencies: [{ id: 'A-1', name: 'Made-up agency', system: 'education', countyFips: '06001' }],
      agreements: [],
    });
    await transaction(
      loader,
      async ({ client }) => {
        await client.query(
          `INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
           VALUES ('G', '{A-1}', '{}', '{}', false, true, '2020-01-01')`,
        );
        await client.query(
          `INSERT INTO ops.delivery (source_agency, delivery_id, agreement_id, extract_kind, as_of, manifest_hash, loaded_at)
           VALUES ('A-1', 'd', 'G', 'full', '2025-01-01', repeat('0', 64), '2026-02-10T20:00:00Z')`,
        );
      },
      { county: '*' },
    );
    const again = 'the estimate rests on what was known earlier and has to be made again';
    expect(told(await figures('prevalence'))[0]).toEqual(['all', again]);
    expect(told(await figures('prevalence', { knownThen: '2026-02-10' }))[0]).toEqual(['all', again]);
    expect(told(await figures('prevalence', { knownThen: '2026-02-09' }))[0]).toEqual(['all', 200]);
    await keep({ value: 210, knownOn: '2026-02-10' });
    expect(told(await figures('prevalence'))[0]).toEqual(['all', 210]);
  });

  test('are not given where more were identified, or where people were linked anew since', async () => {
    expect(told(await figures('prevalence', { identified: 191 }))[0]).toEqual([
      'all',
      'more young people were identified than the estimate would hold; it has to be made again',
    ]);
    await link();
    expect(told(await figures('prevalence'))[0]).toEqual([
      'all',
      'the estimate rests on an earlier linkage and has to be made again',
    ]);
  });
});
