/** Figures as analysts read them elsewhere: base R and pandas, from the files and from GraphQL. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { PYTHON, requirePeers } from '../../bench/peers/python.ts';
import { packageRoot } from '../../src/package-root.ts';
import { registerSources } from '../../src/sources/register.ts';
import { testDatabase } from '../support/database.ts';
import { madeUpState } from '../support/made-up-candidate.ts';
import { release, storeCandidate } from '../support/released.ts';
import { testServer } from '../support/server.ts';
import { needPackages } from './debian.ts';

const database = testDatabase();
const server = testServer(database);
let shown: number;

beforeAll(async () => {
  needPackages('r-base-core', 'r-cran-jsonlite', 'curl');
  requirePeers();
  const state = madeUpState({
    seed: 11,
    counties: 5,
    largest: 90,
    years: [2022, 2023, 2024],
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
  await release(await database.as('publisher'), state, '2024');
  const { data } = await server.ask(
    '{ table(metric: "identified", by: [COUNTY]) { cells(first: 200) { nodes { value } } } }',
  );
  const { nodes } = (data as unknown as { table: { cells: { nodes: { value: number | null }[] } } }).table
    .cells;
  shown = nodes.reduce((sum, { value }) => sum + (value ?? 0), 0);
}, 600_000);

/** The server answers in this process meanwhile. */
async function run(program: string, ...words: readonly string[]): Promise<string> {
  return (await promisify(execFile)(program, [...words])).stdout;
}

test('pandas reads the same of it as CSV, JSON, Parquet and Arrow, and by GraphQL', async () => {
  const said = await run(PYTHON, join(packageRoot, 'bench/peers/read_data.py'), server.url);
  expect(Number(said)).toBeCloseTo(shown, 6);
});

test('DuckDB in Python reads the database of the release, with the same sum', async () => {
  const said = await run(PYTHON, join(packageRoot, 'bench/peers/read_database.py'), server.url);
  const { sum, by_table, hidden_with_numbers } = JSON.parse(said) as Record<string, number>;
  expect(sum).toBeCloseTo(shown, 6);
  expect(by_table).toBeCloseTo(shown, 6);
  expect(hidden_with_numbers).toBe(0);
});

test.each([
  ['R', () => run('Rscript', example('rates_by_county.R'), server.url, 'identified')],
  ['Python', () => run(PYTHON, '-c', notebook(example('rates_by_county.ipynb')))],
])('the example in %s reads the table as a file and by GraphQL', async (_, ran) => {
  const out = await ran();
  // The made-up release has no rates: the example is shown another metric in place of the one that it names.
  expect(out).toContain('Made-up data');
  expect(out).toContain('shown');
  expect(out).toContain('release 1');
});

function example(name: string): string {
  return join(packageRoot, 'examples', name);
}

/** What a notebook would run, cell by cell. */
function notebook(file: string): string {
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as {
    cells: { cell_type: string; source: string[] }[];
  };
  const code = cells.filter((cell) => cell.cell_type === 'code').map(({ source }) => source.join(''));
  return [
    'import os',
    `os.environ["TESSERA_HUB"] = "${server.url}"`,
    'os.environ["TESSERA_METRIC"] = "identified"',
    ...code,
  ].join('\n');
}
