import { beforeAll, describe, expect, test } from 'vitest';
import { publishAgain } from '../../etl/publish-again.ts';
import { transaction } from '../../src/db/transaction.ts';
import { currentRelease } from '../../src/disclosure/current-release.ts';
import {
  allReleases,
  storedAudiences,
  storedCandidate,
  storedFigures,
  storedSuppression,
} from '../../src/disclosure/release/stored-releases.ts';
import { traceFigure } from '../../src/disclosure/release/trace.ts';
import { verifyStoredRelease, withdrawRelease } from '../../src/disclosure/release/verify-release.ts';
import { releaseTable } from '../../src/disclosure/release-table.ts';
import { testDatabase } from '../support/database.ts';
import { fips, madeUpState } from '../support/made-up-candidate.ts';
import { keys, QUICK, release, storeCandidate } from '../support/released.ts';

const database = testDatabase();
const only = ['identified', 'missing_share', 'identified_rate', 'clinic_visits'];
const shape = { seed: 11, counties: 5, largest: 90, years: [2024], only };
const night = madeUpState(shape);
let first: number;

beforeAll(async () => {
  await storeCandidate(await database.as('measurer'), night.candidate);
  first = await release(await database.as('publisher'), night, '2024');
}, 180_000);

describe('a release', { timeout: 180_000 }, () => {
  test('is numbered, signed, and the current one', async () => {
    const current = await currentRelease(await database.as('api'));
    expect(current).toMatchObject({ number: first, state: 'final', period: '2024', corrects: null });
    const audiences = await storedAudiences(await database.as('publisher'), first);
    expect(audiences.map(({ audience }) => audience)).toEqual(
      expect.arrayContaining(['public', fips(0), fips(4)]),
    );
  });

  test('shows no count from 1 to 10, nothing in a hidden cell, and the figures as they were counted', async () => {
    const api = await database.as('api');
    const figures = await transaction(api, ({ client }) => storedFigures(client, first));
    const facts = new Map(
      night.candidate.figures.map((f) => [`${f.metric} ${f.tbl} ${f.period} ${f.cell}`, f]),
    );
    expect(figures.filter(({ status }) => status === 'hidden').length).toBeGreaterThan(10);
    expect(figures.filter(({ status }) => status === 'shown').length).toBeGreaterThan(10);
    for (const { metric, tbl, period, cell, ...shown } of figures) {
      if (shown.status === 'hidden') {
        expect([shown.numerator, shown.denominator, shown.value]).toEqual([null, null, null]);
        continue;
      }
      const fact = facts.get(`${metric} ${tbl} ${period} ${cell}`);
      expect([shown.numerator, shown.denominator, shown.value]).toEqual([
        fact?.numerator,
        fact?.denominator,
        fact?.value,
      ]);
      for (const count of [shown.numerator, shown.denominator])
        if (count !== null && count > 0) expect(count).toBeGreaterThan(10);
    }
  });

  test('holds no county of what a minor may consent to alone, and no secure table', async () => {
    const api = await database.as('api');
    const figures = await transaction(api, ({ client }) => storedFigures(client, first));
    const tables = new Set(figures.map(({ metric, tbl }) => `${metric} ${tbl}`));
    expect(tables).toContain('clinic_visits all');
    expect(tables).not.toContain('clinic_visits county');
    expect(tables).not.toContain('missing_share county+race_ethnicity');
  });

  test('shows a county its own figures and no other county’s, and nobody without a claim', async () => {
    const api = await database.as('api');
    const question = { metric: 'missing_share', tbl: 'county+race_ethnicity' };
    const own = await releaseTable(api, { ...question, county: fips(1) });
    expect(own.figures.length).toBeGreaterThan(0);
    expect(new Set(own.figures.map(({ dims }) => dims['county']))).toEqual(new Set([fips(1)]));
    expect(own.figures.every(({ status }) => status === 'shown')).toBe(true);
    await expect(releaseTable(api, question)).rejects.toThrow(/no table/);
    expect(await api.query('SELECT count(*)::int AS n FROM release.county_figure')).toEqual([{ n: 0 }]);
  });

  test('lets the api read neither candidates nor evidence', async () => {
    const api = await database.as('api');
    for (const table of ['measures.candidate', 'measures.figure', 'release.evidence', 'release.certificate'])
      await expect(api.query(`SELECT * FROM ${table}`)).rejects.toThrow(/permission denied/);
  });

  test('can be verified, and is the same to the byte when it is made again', async () => {
    const publisher = await database.as('publisher');
    expect(await verifyStoredRelease(publisher, first, keys.commitmentKey)).toEqual([]);
    const given = { metrics: night.metrics, hierarchies: [], keys, effort: QUICK };
    expect(await publishAgain(publisher, first, given)).toEqual([]);
  });

  test('cannot be changed, not even by its owner', async () => {
    const owner = await database.as('owner');
    for (const statement of [
      `UPDATE release.figure SET numerator = 12, status = 'shown'`,
      'DELETE FROM release.audience',
      `UPDATE release.release SET period = '2023'`,
      'DELETE FROM release.release',
    ])
      await expect(owner.query(statement)).rejects.toThrow(/never changed/);
  });

  test('counts what it hides by county and by race and ethnicity', async () => {
    const groups = await storedSuppression(await database.as('api'), first);
    expect(new Set(groups.map(({ dimension }) => dimension))).toEqual(new Set(['county', 'race_ethnicity']));
    expect(groups.every(({ figures, hidden, pooled }) => hidden <= figures && pooled <= hidden)).toBe(true);
  });

  test('can be traced to its cells, its candidate and its runs', async () => {
    const trace = await traceFigure(await database.as('publisher'), 'identified/county/2024/county=all');
    expect(trace.cells).toEqual(['identified 2024 all']);
    expect(trace.candidate?.id).toBe(night.candidate.id);
    expect(trace.runs.map(({ kind }) => kind)).toEqual(['measure', 'release']);
  });

  test('is made once for a period', async () => {
    const publisher = await database.as('publisher');
    await expect(release(publisher, night, '2024')).rejects.toMatchObject({ code: 'RELEASE_EXISTS' });
    await expect(release(publisher, night, '2030')).rejects.toMatchObject({ code: 'PERIOD_OPEN' });
  });
});

describe('a correction', { timeout: 180_000 }, () => {
  test('shows no revision of 1 to 10, and leaves a tombstone where the old one is withdrawn', async () => {
    const publisher = await database.as('publisher');
    const found = night.people.slice(0, 4).map((person) => ({ ...person, missing: false }));
    const later = madeUpState(shape, [...night.people, ...found]);
    await storeCandidate(await database.as('measurer'), later.candidate);
    const second = await release(publisher, later, '2024', first);
    const [old, now] = await Promise.all(
      [first, second].map((number) => transaction(publisher, ({ client }) => storedFigures(client, number))),
    );
    const before = new Map(old?.map((f) => [`${f.metric} ${f.tbl} ${f.period} ${f.cell}`, f.numerator]));
    for (const { metric, tbl, period, cell, numerator } of now ?? []) {
      const then = before.get(`${metric} ${tbl} ${period} ${cell}`);
      if (typeof numerator !== 'number' || typeof then !== 'number' || numerator === then) continue;
      expect(Math.abs(numerator - then)).toBeGreaterThan(10);
    }
    expect(await verifyStoredRelease(publisher, second, keys.commitmentKey)).toEqual([]);

    await withdrawRelease(publisher, second, 'a delivery was wrong');
    const api = await database.as('api');
    expect(await transaction(api, ({ client }) => storedFigures(client, second))).toEqual([]);
    expect((await currentRelease(api))?.number).toBe(first);
    expect((await allReleases(api)).at(-1)).toMatchObject({
      state: 'withdrawn',
      withdrawnBecause: 'a delivery was wrong',
    });
    expect(await verifyStoredRelease(publisher, second, keys.commitmentKey)).toEqual([]);
    expect((await storedCandidate(publisher)).id).toBe(later.candidate.id);
  });
});
