import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { transaction } from '../../src/db/transaction.ts';
import type { ReleaseFigure } from '../../src/disclosure/release/release-figures.ts';
import { storedFigures } from '../../src/disclosure/release/stored-releases.ts';
import { withdrawRelease } from '../../src/disclosure/release/verify-release.ts';
import { registerSources } from '../../src/sources/register.ts';
import { testDatabase } from '../support/database.ts';
import { madeUpState } from '../support/made-up-candidate.ts';
import { release, storeCandidate } from '../support/released.ts';
import { testServer } from '../support/server.ts';
import { outOfShape } from './dcat-us.ts';

const database = testDatabase();
const server = testServer(database, () => ({
  TESSERA_PUBLISHER: 'A county (made up)',
  TESSERA_CONTACT: 'data@county.example',
}));
let first: number;
let second: number;

beforeAll(async () => {
  await registerSources(await database.as('loader'), {
    agencies: [
      {
        id: 'CW-9',
        name: 'An agency (made-up data)',
        system: 'child_welfare',
        countyFips: '06001',
        deduplicated: false,
        vocaFunded: false,
        part2Program: false,
        madeUp: true,
      },
    ],
    agreements: [],
  });
  const shape = { seed: 11, counties: 4, largest: 45, only: ['identified'] };
  const [measurer, publisher] = [await database.as('measurer'), await database.as('publisher')];
  const before = madeUpState({ ...shape, years: [2023] });
  await storeCandidate(measurer, before.candidate);
  first = await release(publisher, before, '2023');
  const after = madeUpState({ ...shape, years: [2023, 2024] });
  await storeCandidate(measurer, after.candidate);
  second = await release(publisher, after, '2024');
}, 180_000);

interface Catalogue {
  readonly dataset: readonly {
    readonly identifier: string;
    readonly scopeNote: string;
    readonly distribution: readonly { readonly downloadURL: string; readonly mediaType: string }[];
  }[];
}

async function stored(number: number): Promise<ReleaseFigure[]> {
  return transaction(await database.as('api'), ({ client }) => storedFigures(client, number));
}

/** The bytes as a reader elsewhere has them: a file of their own, opened to be read. */
async function asked(bytes: ArrayBuffer, sql: string): Promise<Record<string, unknown>[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tessera-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'read.duckdb');
  writeFileSync(path, Buffer.from(bytes));
  const instance = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJS() as Record<string, unknown>[];
  connection.closeSync();
  instance.closeSync();
  return rows;
}

test('the catalogue has the published shape, says that the data are made up, and every link in it answers what it says', async () => {
  const response = await fetch(`${server.url}/data.json`);
  const catalogue = (await response.json()) as Catalogue;
  expect(outOfShape(catalogue)).toEqual([]);
  expect(JSON.stringify(catalogue)).toContain('mailto:data@county.example');
  expect(catalogue.dataset).toHaveLength(2);
  let followed = 0;
  for (const { distribution, scopeNote } of catalogue.dataset) {
    expect(scopeNote).toContain('Made-up');
    for (const { downloadURL, mediaType } of distribution) {
      const { pathname, search } = new URL(downloadURL);
      const file = await fetch(`${server.url}${pathname}${search}`);
      expect([downloadURL, file.status]).toEqual([downloadURL, 200]);
      expect(file.headers.get('content-type')).toContain(mediaType);
      await file.arrayBuffer();
      followed++;
    }
  }
  expect(followed).toBeGreaterThan(8);
  const again = await fetch(`${server.url}/data.json`, {
    headers: { 'if-none-match': response.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
  });
  expect(again.status).toBe(304);
});

test('a shape that is wrong is found', () => {
  expect(outOfShape({ dataset: [] })).toEqual(['catalog.dataset is no list of 1 or more']);
  expect(outOfShape({ dataset: [{ title: 'x', keyword: 'y' }] })).toContain(
    'catalog.dataset[0].identifier is missing',
  );
});

test('the database holds the release, figure by figure, with nothing where it is hidden', async () => {
  const response = await fetch(`${server.url}/data/newest.duckdb`);
  expect(response.url).toBe(`${server.url}/data/release-${second}.duckdb`);
  const bytes = await response.arrayBuffer();
  const figures = await stored(second);
  const rows = await asked(
    bytes,
    `SELECT metric, tbl, period, county, sex, age_band, race_ethnicity, value, numerator::DOUBLE AS numerator, status, note FROM figure`,
  );
  const asStored = figures.map(({ metric, tbl, period, dims, value, numerator, status }) => ({
    metric,
    tbl,
    period,
    county: dims['county'] ?? null,
    sex: dims['sex'] ?? null,
    age_band: dims['age_band'] ?? null,
    race_ethnicity: dims['race_ethnicity'] ?? null,
    value,
    numerator,
    status,
    note: 'Made-up data: no figure here is about anybody.',
  }));
  expect(rows).toEqual(asStored);
  expect(rows.some(({ status }) => status === 'hidden')).toBe(true);
  expect(
    rows.filter(
      ({ status, value, numerator }) => status === 'hidden' && (value !== null || numerator !== null),
    ),
  ).toEqual([]);
  const [about] = await asked(bytes, 'SELECT number, state, note FROM release');
  expect(about).toEqual({ number: second, state: 'final', note: asStored[0]?.note });
  const [view] = await asked(bytes, 'SELECT sum(value) AS sum FROM identified_by_county_sex');
  const own = figures.filter(({ tbl }) => tbl === 'county+sex');
  expect(view?.['sum']).toBe(own.reduce((so, { value }) => so + (value ?? 0), 0));
  // Written once: the second reader has the same file.
  const again = await fetch(`${server.url}/data/release-${second}.duckdb`);
  expect(Buffer.from(await again.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
});

interface Changes {
  readonly releases: readonly {
    readonly release: number;
    readonly state: string;
    readonly since: number | null;
    readonly withdrawnBecause: string | null;
    readonly database: string | null;
    readonly figures: readonly { readonly metric: string; readonly added: number; readonly gone: number }[];
  }[];
}

test('the log of changes counts what a reader of two releases could count, and keeps the name of one that was withdrawn', async () => {
  const read = async (): Promise<Changes> =>
    (await (await fetch(`${server.url}/data/changes.json`)).json()) as Changes;
  const { releases } = await read();
  expect(releases.map(({ release: number, since }) => [number, since])).toEqual([
    [second, first],
    [first, null],
  ]);
  const key = ({ tbl, period, cell }: ReleaseFigure): string => `${tbl} ${period} ${cell}`;
  const before = new Set((await stored(first)).map(key));
  const added = (await stored(second)).filter((figure) => !before.has(key(figure))).length;
  expect(added).toBeGreaterThan(0);
  expect(releases[0]?.figures).toMatchObject([{ metric: 'identified', added, gone: 0 }]);

  await withdrawRelease(await database.as('publisher'), first, 'a made-up reason');
  const after = await read();
  expect(after.releases).toMatchObject([
    { release: second, since: null, figures: [] },
    { release: first, state: 'withdrawn', withdrawnBecause: 'a made-up reason', database: null, figures: [] },
  ]);
  for (const gone of [first, 999, 99_999_999]) {
    const answer = await fetch(`${server.url}/data/release-${gone}.duckdb`);
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('nothing here')]);
  }
});
