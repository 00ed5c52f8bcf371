import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeScenario } from '../../../etl/synthesize/scenarios/scenarios.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { type CandidateCell, candidateTable } from '../../../src/disclosure/candidate-table.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { measureState } from '../../support/measures/state-hub.ts';

const contracts = loadContracts();
const out = mkdtempSync(join(tmpdir(), 'measured-scenarios-'));
afterAll(() => rmSync(out, { recursive: true }));

function playing(name: string): TestDatabase {
  const database = testDatabase();
  beforeAll(async () => {
    writeScenario(contracts, name, out);
    await measureState(database, contracts, join(out, name));
  }, 120_000);
  return database;
}

async function cell(
  database: TestDatabase,
  metric: string,
  period: string,
  where: Readonly<Record<string, string>> = {},
): Promise<CandidateCell> {
  const { cells } = await candidateTable(await database.as('publisher'), contracts, {
    metric,
    period,
    by: [],
    where: new Map(Object.entries(where)),
  });
  expect(cells).toHaveLength(1);
  return cells[0] as CandidateCell;
}

describe('STAR Court', () => {
  const database = playing('star-court');

  test('56 of 72 were known to child welfare, 77.8 percent, and 42 under the dependency court, 58.3', async () => {
    const known = await cell(database, 'specialty_court_known', '2026');
    expect(known).toMatchObject({ numerator: 56, denominator: 72, status: 'provisional' });
    expect(known.value).toBeCloseTo(0.778, 3);
    expect(42 / 72).toBeCloseTo(0.583, 3);
  });

  test('the parts are 42, 4 and 5, and the metric carries the residual of 5', async () => {
    const part = async (history: string): Promise<number | null> =>
      (await cell(database, 'specialty_court_history', '2026', { history })).value;
    const [all, dependency, voluntary, unsubstantiated, residual, none] = await Promise.all(
      ['all', 'dependency', 'voluntary', 'unsubstantiated', 'residual', 'none'].map(part),
    );
    expect([all, dependency, voluntary, unsubstantiated, residual, none]).toEqual([72, 42, 4, 5, 5, 16]);
    const { numerator: known } = await cell(database, 'specialty_court_known', '2026');
    expect(known).toBe(Number(dependency) + Number(voluntary) + Number(unsubstantiated) + Number(residual));
  });
});

describe('LA probation', () => {
  const database = playing('la-probation');

  test('6 of 71 under supervision are in a locked placement, exact though no public table may show it', async () => {
    expect(await cell(database, 'locked_placement', '2026')).toMatchObject({ numerator: 6, denominator: 71 });
    expect(await cell(database, 'locked_placement', '2026', { county: '06037' })).toMatchObject({
      numerator: 6,
    });
    expect(await cell(database, 'locked_placement', '2025')).toMatchObject({ numerator: 0, denominator: 71 });
  });
});

describe('the specialty court', () => {
  const database = playing('specialty-court');

  test('52 of 115 were never charged as if for exploitation: 45 percent, as the source prints it', async () => {
    const share = await cell(database, 'never_charged_indicatively', '2014');
    expect(share).toMatchObject({ numerator: 52, denominator: 115, status: 'counted' });
    expect(Math.round(100 * Number(share.value))).toBe(45);
  });
});

describe("Georgia's funnel", () => {
  const database = playing('georgia-funnel');

  test('141 referred, 104 screened, 112 served and 18 completed: shown as it is', async () => {
    const step = async (name: string): Promise<number | null> =>
      (await cell(database, 'cascade_steps', '2025', { step: name })).value;
    expect(await Promise.all(['referred', 'screened', 'served', 'service_ended'].map(step))).toEqual([
      141, 104, 112, 18,
    ]);
  });

  test('more were served than screened because 37 of the 112 had never been screened', async () => {
    expect(await cell(database, 'cascade_unscreened', '2025', { step: 'served' })).toMatchObject({
      numerator: 37,
      denominator: 112,
    });
  });
});

describe('Oakland', () => {
  const database = playing('oakland');

  test('106 of 200 lived in a group home before they were identified, 53 percent', async () => {
    expect(
      await cell(database, 'prior_involvement', '2025', { kind: 'child_welfare.group_care' }),
    ).toMatchObject({ numerator: 106, denominator: 200, value: 0.53 });
  });
});
