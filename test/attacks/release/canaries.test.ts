import { beforeAll, describe, expect, it } from 'vitest';
import { transaction } from '../../../src/db/transaction.ts';
import { storedFigures } from '../../../src/disclosure/release/stored-releases.ts';
import { testDatabase } from '../../support/database.ts';
import { candidateOf, madeUpState } from '../../support/made-up-candidate.ts';
import { release, storeCandidate } from '../../support/released.ts';
import { surfaces } from './surfaces.ts';

const database = testDatabase();
const plain = madeUpState({
  seed: 33,
  counties: 4,
  largest: 60,
  years: [2024],
  only: ['identified', 'missing_share'],
});
/** Numbers that occur nowhere else, planted in the limits of every figure with a small count in it. */
const planted: string[] = [];
const figures = plain.candidate.figures.map((figure, at) => {
  const counts = [figure.numerator, figure.denominator];
  if (!counts.some((count) => count !== null && count >= 1 && count <= 10)) return figure;
  const canary = `0.${7_310_000_001 + at * 97}`;
  planted.push(canary.slice(2));
  return { ...figure, lower: Number(canary), upper: Number(canary) };
});
let number: number;

beforeAll(async () => {
  const candidate = candidateOf(figures);
  await storeCandidate(await database.as('measurer'), candidate);
  number = await release(await database.as('publisher'), { ...plain, candidate }, '2024');
}, 180_000);

describe('attack 15: what is left over in formats', { timeout: 180_000 }, () => {
  it('finds no planted number on any surface', async () => {
    expect(planted.length).toBeGreaterThan(10);
    for (const { name, text } of surfaces(database, number)) {
      const found = await text();
      expect(found.length, name).toBeGreaterThan(0);
      expect(
        planted.filter((canary) => found.includes(canary)),
        name,
      ).toEqual([]);
    }
  });

  it('would find them where they are kept', async () => {
    const publisher = await database.as('publisher');
    const rows = JSON.stringify(await publisher.query('SELECT lower FROM measures.figure'));
    expect(planted.every((canary) => rows.includes(canary.replace(/0+$/, '')))).toBe(true);
  });
});

describe('attack 16: how long, how large', { timeout: 60_000 }, () => {
  it('has hidden figures that differ in nothing but their place', async () => {
    const api = await database.as('api');
    const rows = await transaction(api, ({ client }) => storedFigures(client, number));
    const hidden = rows.filter(({ status }) => status === 'hidden');
    // A breakdown that is left out as a whole says so; within one table no cell says more than another.
    const ways = Map.groupBy(hidden, ({ metric, tbl, period }) => `${metric} ${tbl} ${period}`);
    const said = [...ways.values()].map((figures) =>
      figures.map(({ metric, tbl, period, cell, dims, footnotes, ...other }) => {
        expect({ metric, tbl, period, cell, dims }).toBeDefined();
        return JSON.stringify([other, footnotes[0]]);
      }),
    );
    expect(hidden.length).toBeGreaterThan(5);
    expect(said.filter((figures) => new Set(figures).size !== 1)).toEqual([]);
  });

  it('has one query for every figure, which looks at places only', async () => {
    const api = await database.as('api');
    const plan = async (cell: string): Promise<string> => {
      const rows = await api.query<{ 'QUERY PLAN': string }[]>(
        'EXPLAIN (COSTS OFF) SELECT * FROM release.figure WHERE release_number = $1 AND metric = $2 AND cell = $3',
        [number, 'identified', cell],
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const rows = await transaction(api, ({ client }) => storedFigures(client, number));
    const one = (status: string): string => rows.find((row) => row.status === status)?.cell ?? '';
    const shape = (text: string): string => text.replaceAll(/'[^']*'/g, "'…'");
    expect(shape(await plan(one('hidden')))).toBe(shape(await plan(one('shown'))));
    expect(shape(await plan('county=99999'))).toBe(shape(await plan(one('shown'))));
  });
});
