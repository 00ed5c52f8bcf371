/** Ten metrics of the whole demo, made a second time in plain TypeScript, agree with the SQL in every cell. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sizes } from '../../etl/synthesize/size.ts';
import { synthesize } from '../../etl/synthesize/synthesize.ts';
import { loadContracts } from '../../src/contracts/contracts.ts';
import { testDatabase } from '../support/database.ts';
import { comparedTables } from '../support/measures/plain/compare.ts';
import { measureState } from '../support/measures/state-hub.ts';

const database = testDatabase();
const contracts = loadContracts();
const out = mkdtempSync(join(tmpdir(), 'plain-demo-'));
afterAll(() => rmSync(out, { recursive: true }));

test('plain TypeScript over the truth gives every figure of ten metrics that the SQL gives on the demo', async () => {
  synthesize(contracts, { seed: 1, out, size: sizes.demo });
  const compared = await comparedTables(database, contracts, await measureState(database, contracts, out));
  expect(new Set(compared.map(({ metric }) => metric)).size).toBe(10);
  for (const { metric, table, plain, measured } of compared) {
    expect(plain.size, `${metric} by ${table}`).toBeGreaterThan(0);
    expect(Object.fromEntries(measured), `${metric} by ${table}`).toEqual(Object.fromEntries(plain));
    console.log(`${metric} by ${table}: ${plain.size} cells`);
  }
});
