import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sizes } from '../../../etl/synthesize/size.ts';
import { synthesize } from '../../../etl/synthesize/synthesize.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { testDatabase } from '../../support/database.ts';
import { comparedTables } from '../../support/measures/plain/compare.ts';
import { measureState } from '../../support/measures/state-hub.ts';

const database = testDatabase();
const contracts = loadContracts();
const out = mkdtempSync(join(tmpdir(), 'plain-'));
afterAll(() => rmSync(out, { recursive: true }));

test('plain TypeScript over the truth gives every figure that the SQL gives', {
  timeout: 300_000,
}, async () => {
  synthesize(contracts, { seed: 11, out, size: sizes.test });
  const candidate = await measureState(database, contracts, out);
  for (const { metric, table, plain, measured } of await comparedTables(database, contracts, candidate)) {
    expect(plain.size, `${metric} by ${table}`).toBeGreaterThan(0);
    expect(Object.fromEntries(measured), `${metric} by ${table}`).toEqual(Object.fromEntries(plain));
  }
});
