import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { strFromU8, unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import { Client } from 'pg';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import { readHistory } from '../../src/audit/history.ts';
import { transaction } from '../../src/db/transaction.ts';
import type { ReleaseFigure } from '../../src/disclosure/release/release-figures.ts';
import { storedFigures } from '../../src/disclosure/release/stored-releases.ts';
import { withdrawRelease } from '../../src/disclosure/release/verify-release.ts';
import { registerSources } from '../../src/sources/register.ts';
import { testDatabase } from '../support/database.ts';
import { fips, madeUpState } from '../support/made-up-candidate.ts';
import { release, storeCandidate } from '../support/released.ts';
import { testServer } from '../support/server.ts';

const database = testDatabase();
const server = testServer(database);
let number: number;
let county: readonly ReleaseFigure[];

beforeAll(async () => {
  const state = madeUpState({
    seed: 11,
    counties: 5,
    largest: 45,
    years: [2023, 2024],
    only: ['identified'],
  });
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
  await storeCandidate(await database.as('measurer'), state.candidate);
  number = await release(await database.as('publisher'), state, '2024');
  const api = await database.as('api');
  const all = await transaction(api, ({ client }) => storedFigures(client, number));
  county = all.filter(({ metric, tbl }) => metric === 'identified' && tbl === 'county');
}, 180_000);

const cells = `cells(first: 200) { nodes { period dims { dimension member } status value numerator footnotes trace } }`;
const absent = { message: 'There is nothing here, or not for you.', extensions: { code: 'NOT_FOUND' } };

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.url}/data/${path}`, { headers });
}

describe('figures by GraphQL', () => {
  test('are the release, cell by cell', async () => {
    const answer = await server.ask(`{ table(metric: "identified", by: [COUNTY]) { permalink ${cells} } }`);
    expect(answer.errors).toBeUndefined();
    const table = (
      answer.data as unknown as {
        table: {
          permalink: string;
          cells: {
            nodes: { period: string; status: string; value: number | null; dims: { member: string }[] }[];
          };
        };
      }
    ).table;
    expect(table.permalink).toBe(`/data/identified.csv?by=county&release=${number}`);
    expect(
      table.cells.nodes.map((c) => [c.period, c.dims[0]?.member, c.status.toLowerCase(), c.value]),
    ).toEqual(county.map((f) => [f.period, f.dims['county'], f.status, f.value]));
    expect(county.map(({ status }) => status)).toContain('hidden');
  });

  test('compares two periods, with a difference only where both are shown', async () => {
    const { data } = await server.ask(
      '{ compare(metric: "identified", by: [COUNTY], periods: ["2023", "2024"]) { difference first { value } second { value } } }',
    );
    const rows = (
      data as unknown as {
        compare: {
          difference: number | null;
          first: { value: number | null };
          second: { value: number | null };
        }[];
      }
    ).compare;
    expect(rows.length).toBe(county.filter(({ period }) => period === '2024').length);
    for (const { difference, first, second } of rows)
      expect(difference).toBe(
        first.value === null || second.value === null ? null : second.value - first.value,
      );
  });

  test('compares two counties in one period, and nothing but two', async () => {
    const compare = (what: string) =>
      server.ask(
        `{ compare(metric: "identified", ${what}) { difference first { value dims { member } } second { value dims { member } } } }`,
      );
    const [one, other] = [fips(0), fips(1)];
    const { data } = await compare(`by: [COUNTY], periods: ["2024"], counties: ["${one}", "${other}"]`);
    const of = (place: string) =>
      county.find(({ period, dims }) => period === '2024' && dims['county'] === place)?.value ?? null;
    const [first, second] = [of(one), of(other)];
    expect(data).toEqual({
      compare: [
        {
          first: { value: first, dims: [{ member: one }] },
          second: { value: second, dims: [{ member: other }] },
          difference: first === null || second === null ? null : second - first,
        },
      ],
    });
    for (const wrong of [
      `by: [COUNTY], periods: ["2024"], counties: ["${one}"]`,
      `by: [COUNTY], periods: ["2023", "2024"], counties: ["${one}", "${other}"]`,
      'by: [COUNTY], periods: ["2024"]',
    ])
      expect((await compare(wrong)).errors?.[0]?.extensions.code).toBe('COMPARE_TWO');
  });

  test.each([
    '{ table(metric: "no_such") { metric } }',
    '{ table(metric: "identified", by: [SYSTEM]) { metric } }',
    '{ table(metric: "identified", by: [COUNTY], period: ["1999"]) { metric } }',
    '{ table(metric: "identified", where: [{dimension: COUNTY, member: "99999"}]) { metric } }',
    '{ table(metric: "identified", release: 99) { metric } }',
    '{ metric(id: "no_such") { id } }',
    '{ release(number: 99) { number } }',
    '{ countyTable(county: "06001", metric: "identified") { metric } }',
  ])('answers what is not there and what is not allowed alike: %s', async (query) => {
    expect((await server.ask(query)).errors?.[0]).toMatchObject(absent);
  });

  test("shows a county's twin to its own analysts under an agreement, and to nobody else", async () => {
    const own = fips(0);
    const query = (place: string): string =>
      `{ countyTable(county: "${place}", metric: "identified", by: [COUNTY]) { metric } }`;
    const token = await server.token({ role: 'county-analyst', county: own });
    expect((await server.ask(query(own), { token })).errors?.[0]).toMatchObject(absent);
    await transaction(
      await database.as('owner'),
      ({ client }) =>
        client.query(`INSERT INTO governance.agency (id, name, system, county_fips) VALUES ('CW-1', 'Agency CW-1', 'child_welfare', '${own}');
          INSERT INTO governance.agreement (id, agencies, record_types, purposes, minor_consent_services, content_up_front, effective_from)
          VALUES ('AG-1', '{CW-1}', '{person}', '{program_evaluation}', false, false, '2025-01-01')`),
      { county: '*' },
    );
    const answer = await server.ask(
      `{ countyTable(county: "${own}", metric: "identified", by: [COUNTY]) { ${cells} } }`,
      { token },
    );
    const { nodes } = (
      answer.data as unknown as {
        countyTable: { cells: { nodes: { dims: { member: string }[]; value: number }[] } };
      }
    ).countyTable.cells;
    expect(new Set(nodes.map(({ dims }) => dims[0]?.member))).toEqual(new Set([own]));
    expect((await server.ask(query(own))).errors?.[0]).toMatchObject(absent);
    expect((await server.ask(query(fips(1)), { token })).errors?.[0]).toMatchObject(absent);
  });

  test('are on record with the release that was read', async () => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ table(metric: "identified") { metric } }' }),
    });
    const id = response.headers.get('x-request-id');
    const file = (await get('identified.csv')).headers.get('x-request-id');
    const log = await readHistory(await database.as('api'), { audit: 'all' }, { most: 10 });
    for (const request of [id, file])
      expect(log.find((line) => line.request === request)).toMatchObject({ release: number });
  });
});

describe('the number of statements', () => {
  /** Who asks, whether an answer is kept, what stands, the tables, and the record. */
  test.each([
    ['a table', '{ table(metric: "identified", by: [COUNTY, SEX]) { metric } }', 5],
    ['a group of twenty metrics', '{ gaps { metric cells { nodes { value } } } }', 5],
    ['four groups', '{ crossover { metric } cascade { metric } clocks { metric } gaps { metric } }', 5],
    ['the same again', '{ gaps { metric cells { nodes { value } } } }', 3],
  ])('for %s does not grow with the metrics', async (_, query, most) => {
    const token = await server.token({ role: 'state-analyst' });
    await server.ask('{ me { role } }', { token });
    const statements = vi.spyOn(Client.prototype, 'query');
    onTestFinished(() => statements.mockRestore());
    const answer = await server.ask(query, { token });
    expect(answer.errors).toBeUndefined();
    expect(statements.mock.calls.length).toBeLessThanOrEqual(most);
  });
});

describe('figures as files', () => {
  const query = 'by=county';
  test('hold the same numbers in every format', async () => {
    const expected = county.map((f) => f.value);
    const json = (await (await get(`identified.json?${query}`)).json()) as {
      rows: { value: number | null }[];
      note: string;
    };
    expect(json.rows.map(({ value }) => value)).toEqual(expected);
    expect(json.note).toContain('Made-up');
    const arrow = tableFromIPC(await (await get(`identified.arrow?${query}`)).arrayBuffer());
    expect([...(arrow.getChild('value') ?? [])]).toEqual(expected);
    const parquet = await parquetReadObjects({
      file: await (await get(`identified.parquet?${query}`)).arrayBuffer(),
    });
    expect(parquet.map((row) => row['value'] ?? null)).toEqual(expected);
    const lines = (await (await get(`identified.csv?${query}`)).text()).trimEnd().split('\r\n');
    const at = lines[0]?.split(',').indexOf('value') ?? -1;
    expect(lines.slice(1).map((line) => line.split(',')[at])).toEqual(
      expected.map((value) => String(value ?? '')),
    );
  });

  test('come as a ZIP with what they mean and how to cite them', async () => {
    const sent = await get(`identified.zip?${query}`);
    expect(sent.headers.get('content-disposition')).toContain(`identified-release-${number}.zip`);
    const parts = unzipSync(await sent.bytes());
    const text = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
    expect(Object.keys(parts).toSorted()).toEqual([
      'CITATION.cff',
      'README.md',
      'codebook.csv',
      'data.csv',
      'data.parquet',
      'datapackage.json',
    ]);
    expect(text('data.csv')).toBe(await (await get(`identified.csv?${query}`)).text());
    const file = Uint8Array.from(parts['data.parquet'] ?? []).buffer;
    const rows = await parquetReadObjects({ file });
    expect(rows.map((row) => row['value'] ?? null)).toEqual(county.map((f) => f.value));
    const described = JSON.parse(text('datapackage.json')) as {
      resources: { schema?: { fields: { name: string; description: string }[] } }[];
    };
    const fields = described.resources[0]?.schema?.fields ?? [];
    expect(fields.map(({ name }) => name).join(',')).toBe(text('data.csv').split('\r\n')[0]);
    expect(fields.filter(({ description }) => description === '')).toEqual([]);
    expect(text('codebook.csv')).toContain('county,06001,Alameda');
    for (const name of ['README.md', 'CITATION.cff']) {
      expect(text(name)).toContain('Made-up data');
      expect(text(name)).toContain(`/data/identified.zip?by=county&release=${number}`);
    }
    expect(parse(text('CITATION.cff'))).toMatchObject({ type: 'dataset', version: String(number) });
  });

  test('are not sent again while the release stands', async () => {
    const first = await get(`identified.csv?${query}`);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(new RegExp(`^"r${number}-`));
    expect(
      (await get(`identified.csv?${query}`, { 'if-none-match': tag, 'cache-control': 'max-age=0' })).status,
    ).toBe(304);
  });

  test('are written once, however many ask for one at a time', async () => {
    const before = readdirSync(join(server.cache, 'data')).filter((name) => name.endsWith('.arrow'));
    const path = 'identified.arrow?by=county&by=age_band';
    const sent = await Promise.all(Array.from({ length: 20 }, async () => (await get(path)).bytes()));
    expect(new Set(sent.map((bytes) => Buffer.from(bytes).toString('base64'))).size).toBe(1);
    expect(tableFromIPC(sent[0]).numRows).toBeGreaterThan(county.length);
    const files = readdirSync(join(server.cache, 'data')).filter((name) => name.endsWith('.arrow'));
    expect(files.length - before.length).toBe(1);
  });

  test('hold the cells that GraphQL answers, whatever is asked of a table', async () => {
    for (const [file, asked] of [
      ['by=county&kind=year', 'by: [COUNTY], kind: YEAR'],
      ['by=county&from=2024', 'by: [COUNTY], from: 2024'],
      ['by=county&period=2023/2024&period=2024', 'by: [COUNTY], period: ["2023/2024", "2024"]'],
      ['county=06001&to=2023', 'where: [{dimension: COUNTY, member: "06001"}], to: 2023'],
    ]) {
      const { rows } = (await (await get(`identified.json?${file}`)).json()) as { rows: Row[] };
      const answer = await server.ask(`{ table(metric: "identified", ${asked}) { cells(first: 200) { nodes {
        period status value numerator } } } }`);
      expect(answer.errors).toBeUndefined();
      const cells = (answer.data as unknown as { table: { cells: { nodes: Row[] } } }).table.cells.nodes;
      expect(
        rows.map(({ period, status, value, numerator }) => ({ period, status, value, numerator })),
      ).toEqual(cells.map((cell) => ({ ...cell, status: cell.status.toLowerCase() })));
    }
  });

  test("a county's twin is a file for its own analysts, and is kept nowhere", async () => {
    const own = fips(0);
    const headers = {
      authorization: `Bearer ${await server.token({ role: 'county-analyst', county: own })}`,
    };
    const sent = await get(`identified.json?by=county&twin=${own}`, headers);
    expect([sent.status, sent.headers.get('cache-control'), sent.headers.get('etag')]).toEqual([
      200,
      'private, no-store',
      null,
    ]);
    const { rows } = (await sent.json()) as { rows: (Row & { county: string })[] };
    expect(new Set(rows.map((row) => row.county))).toEqual(new Set([own]));
    expect(rows.map(({ status }) => status)).not.toContain('hidden');
    for (const [twin, by] of [
      [own, {}],
      [fips(1), headers],
      ['*', headers],
      ['', headers],
    ] as const)
      expect((await get(`identified.json?by=county&twin=${twin}`, by)).status).toBe(404);
    await expect
      .poll(() => readdirSync(join(server.cache, 'data')).filter((name) => name.endsWith('.draft')))
      .toEqual([]);
  });

  test.each([
    'no_such.csv',
    'identified.xls',
    'identified.csv?by=nothing',
    'identified.csv?release=x',
    'identified.csv?county=99999',
    '..%2fsecret.csv',
  ])('answer %s as what is not there', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errors: [absent] });
  });
});

/** Last, since it cannot be undone. */
test('a release that is withdrawn is gone at once from every answer and file, kept ones too', async () => {
  const question = '{ table(metric: "identified", by: [COUNTY]) { metric madeUp } hub { madeUp } }';
  for (let time = 0; time < 2; time++)
    expect((await server.ask(question)).data).toEqual({
      table: { metric: 'identified', madeUp: true },
      hub: { madeUp: true },
    });
  expect((await get('identified.csv?by=county')).status).toBe(200);
  await withdrawRelease(await database.as('publisher'), number, 'a test');
  expect((await server.ask(question)).errors?.[0]).toMatchObject(absent);
  for (const link of ['identified.csv?by=county', `identified.csv?by=county&release=${number}`])
    expect((await get(link)).status).toBe(404);
});

interface Row {
  readonly period: string;
  readonly status: string;
  readonly value: number | null;
  readonly numerator: number | null;
}
