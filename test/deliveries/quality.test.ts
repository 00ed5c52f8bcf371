import { join } from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { takeDelivery } from '../../etl/intake.ts';
import { qualityOf } from '../../src/deliveries/quality.ts';
import { testDatabase } from '../support/database.ts';
import { countRow, csv, registerTestAgency, testAgency, writeDelivery } from '../support/delivery.ts';
import { scratchFolder, tessera } from '../support/tessera.ts';

const database = testDatabase();

beforeAll(async () => registerTestAgency(await database.as('loader')));

/** So many rows, of which the first few are wrong. */
async function deliver(
  id: string,
  day: number,
  rows: number,
  wrong: number,
  kind: 'full' | 'delta' = 'delta',
) {
  const loader = await database.as('loader');
  const made = Array.from({ length: rows }, (_, i) => ({
    ...countRow(`${id}r${i}`, 1, i),
    ...(i < wrong ? { period_end: '2026-02-30' } : {}),
  }));
  const content = { id, kind, files: [csv('denominator_count', made)], asOf: `2026-03-${day}T02:00:00Z` };
  const intake = { loader, surrogateKey: Buffer.alloc(32, 7), requestedBy: 'test', onProgress: () => {} };
  await takeDelivery(intake, writeDelivery(join(scratchFolder(), id), content));
}

test('tells each feed’s deliveries and rules against the median of the earlier ones', async () => {
  await deliver('Q1', 10, 10, 0);
  await deliver('Q2', 11, 20, 4);
  await deliver('Q3', 12, 30, 3);
  await deliver('Q4', 13, 7, 0, 'full');
  await deliver('Q5', 14, 40, 8);
  const feeds = await qualityOf(await database.as('loader'), testAgency);
  expect(feeds.map(({ record, kind }) => [record, kind])).toEqual([
    ['denominator_count', 'delta'],
    ['denominator_count', 'full'],
  ]);
  const [deltas, fulls] = feeds;
  expect(deltas?.deliveries.map(({ delivery, asOf }) => [delivery, asOf])).toEqual([
    ['Q1', '2026-03-10T02:00:00Z'],
    ['Q2', '2026-03-11T02:00:00Z'],
    ['Q3', '2026-03-12T02:00:00Z'],
    ['Q5', '2026-03-14T02:00:00Z'],
  ]);
  expect(deltas?.deliveries.map(({ rows }) => rows)).toEqual([
    { value: 10, usual: null, change: null },
    { value: 20, usual: 10, change: 10 },
    { value: 30, usual: 15, change: 15 },
    { value: 40, usual: 20, change: 20 },
  ]);
  expect(deltas?.deliveries.map(({ accepted, rejected }) => [accepted, rejected])).toEqual([
    [10, 0],
    [16, 4],
    [27, 3],
    [32, 8],
  ]);
  expect(deltas?.deliveries.map(({ rejectedShare }) => [rejectedShare.value, rejectedShare.usual])).toEqual([
    [0, null],
    [0.2, 0],
    [0.1, 0.1],
    [0.2, 0.1],
  ]);
  expect(deltas?.rules.find(({ rule }) => rule === 'Q001')).toEqual({
    rule: 'Q001',
    severity: 'reject_row',
    series: [
      { value: 0, usual: null, change: null },
      { value: 4, usual: 0, change: 4 },
      { value: 3, usual: 2, change: 1 },
      { value: 8, usual: 3, change: 5 },
    ],
  });
  expect(fulls?.deliveries).toMatchObject([{ delivery: 'Q4', rows: { value: 7, usual: null } }]);
  expect(await qualityOf(await database.as('loader'), 'CW-1')).toEqual([]);
});

test('the command says it in words and as JSON, and knows who is no agency', async () => {
  const environment = {
    DATABASE_URL: database.target.urlFor('owner'),
    TESSERA_ROLE_SECRET: inject('roleSecret'),
    TESSERA_DATA_DIR: scratchFolder(),
  };
  const { stdout } = await tessera(['quality', testAgency], environment);
  expect(stdout).toContain('CW-9  denominator_count (delta), 4 deliveries');
  expect(stdout).toMatch(/2026-03-14T02:00\s+40\s+20\s+32\s+8\s+0\s+20\.0\s+10\.0\n/);
  expect(stdout).toMatch(/Q001 {2}reject_row\s+8 rows, 5 more than usual/);
  const json = await tessera(['quality', '--json'], environment);
  expect(JSON.parse(json.stdout)).toEqual(await qualityOf(await database.as('loader')));
  const unknown = await tessera(['quality', 'XX-1'], environment);
  expect([unknown.code, unknown.stderr]).toEqual([6, expect.stringContaining('AGENCY_UNKNOWN')]);
});
