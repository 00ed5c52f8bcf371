/** A researcher's bundle as they open it: pandas, pyarrow, DuckDB and base R read every file back with equal sums and types. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PYTHON, requirePeers } from '../../bench/peers/python.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { packageRoot } from '../../src/package-root.ts';
import { madeUpBundle } from '../datasets/made-up-bundle.ts';
import { testDatabase } from '../support/database.ts';
import { needPackages } from './debian.ts';

const database = testDatabase();
const folder = mkdtempSync(join(tmpdir(), 'tessera-bundle-'));
const unpacked = join(folder, 'bundle');
let files: Record<string, Uint8Array> = {};
let told: { cells: number; sums: Record<string, number> };

beforeAll(async () => {
  needPackages('r-base-core');
  requirePeers();
  const path = await madeUpBundle(database, loadContracts(), folder);
  files = unzipSync(readFileSync(path));
  mkdirSync(unpacked);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(unpacked, name), content);
  told = (JSON.parse(strFromU8(files['datapackage.json'] ?? new Uint8Array())) as { tessera: typeof told })
    .tessera;
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(program: string, ...words: readonly string[]): Promise<string> {
  return (await promisify(execFile)(program, [...words])).stdout;
}

test('pandas, pyarrow and DuckDB read the same cells, texts as texts and numbers as numbers', async () => {
  const said = JSON.parse(
    await run(PYTHON, join(packageRoot, 'bench/peers/read_bundle.py'), unpacked),
  ) as typeof told;
  expect(said.cells).toBe(told.cells);
  for (const [name, sum] of Object.entries(told.sums)) expect(said.sums[name]).toBeCloseTo(sum, 6);
});

test('base R reads the same, and the package arrow where it is installed', async () => {
  const lines = (await run('Rscript', join(packageRoot, 'bench/peers/read_bundle.R'), unpacked))
    .trim()
    .split('\n');
  const [cells, ...sums] = (lines.at(-1) ?? '').trim().split(/\s+/).map(Number);
  expect(cells).toBe(told.cells);
  const names = ['value', 'numerator', 'denominator', 'lower', 'upper'];
  for (const [at, name] of names.entries()) expect(sums[at]).toBeCloseTo(told.sums[name] ?? 0, 6);
});

test('the loaders say what there is to see when they are run', async () => {
  for (const said of [await run(PYTHON, join(unpacked, 'load.py'))]) {
    expect(said).toContain('Made-up data');
    expect(said).toContain('hidden');
  }
  const inR = await promisify(execFile)('Rscript', ['load.R'], { cwd: unpacked });
  expect(inR.stdout).toContain('Made-up data');
});
