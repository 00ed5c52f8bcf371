import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sizes } from '../../../etl/synthesize/size.ts';
import { synthesize } from '../../../etl/synthesize/synthesize.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { Metric } from '../../../src/contracts/metric.ts';
import { testDatabase } from '../../support/database.ts';
import {
  type Counted,
  needRows,
  needsFound,
  needsReceived,
  type Span,
  staffTrained,
  timeToService,
  trainedRows,
} from '../../support/measures/second-count.ts';
import { measureState } from '../../support/measures/state-hub.ts';

const contracts = loadContracts();
const database = testDatabase();
const out = mkdtempSync(join(tmpdir(), 'second-count-'));
const COUNTED = ['needs_found', 'needs_received', 'time_to_service', 'staff_trained'];
let measurer: DataSource;
let spans: readonly Span[];

beforeAll(async () => {
  synthesize(contracts, {
    size: { ...sizes.demo, people: 1500, counties: ['06001', '06037'] },
    seed: 1,
    out,
  });
  const metrics = new Map(COUNTED.map((id) => [id, contracts.metrics.get(id) as Metric]));
  await measureState(database, { ...contracts, metrics }, out);
  measurer = await database.as('measurer');
  spans = await measurer.query(
    'SELECT period, starts::text, ends::text FROM measures.period ORDER BY period',
  );
}, 300_000);
afterAll(() => rmSync(out, { recursive: true }));

/** Cells of a metric by the member of its one dimension, with what was counted; zeros and what is not available left out. */
async function figures(metric: string, tbl: string, period: string): Promise<Map<string, Counted>> {
  const rows = await measurer.query<
    { member: string; numerator: number; denominator: number | null; value: number }[]
  >(
    `SELECT CASE tbl WHEN 'all' THEN 'all' ELSE dims->>tbl END AS member, numerator::int, denominator::int, value
     FROM measures.figure f JOIN measures.candidate c ON c.id = f.candidate_id
     WHERE c.current AND metric = $1 AND tbl = $2 AND period = $3 AND status <> 'not_available' AND coalesce(denominator, numerator) > 0`,
    [metric, tbl, period],
  );
  const median = contracts.metrics.get(metric)?.statistic === 'median';
  return new Map(
    rows.map(({ member, numerator, denominator, value }) => [
      member,
      median ? [numerator, denominator, value] : [numerator, denominator],
    ]),
  );
}

function somebody(counted: ReadonlyMap<string, Counted>): Map<string, Counted> {
  return new Map([...counted].filter(([, [numerator, denominator]]) => (denominator ?? numerator) > 0));
}

describe('a second count in plain TypeScript agrees with the SQL in every period', () => {
  test('needs found at every node of the tree', async () => {
    const rows = await needRows(measurer);
    expect(rows.length).toBeGreaterThan(40);
    for (const span of spans)
      expect(await figures('needs_found', 'need', span.period)).toEqual(somebody(needsFound(rows, span)));
  });

  test('needs answered, by area', async () => {
    const rows = await needRows(measurer);
    for (const span of spans)
      expect(await figures('needs_received', 'area', span.period)).toEqual(
        somebody(needsReceived(rows, span)),
      );
  });

  test('time from need to service', async () => {
    const rows = await needRows(measurer);
    const [known] = await measurer.query<{ day: string }[]>(
      'SELECT known_on::text AS day FROM measures.candidate WHERE current',
    );
    for (const span of spans)
      expect((await figures('time_to_service', 'all', span.period)).get('all')).toEqual(
        timeToService(rows, span, known?.day ?? ''),
      );
  });

  test('staff trained, by role', async () => {
    const rows = await trainedRows(measurer);
    expect(rows.length).toBeGreaterThan(10);
    for (const span of spans.filter(({ period }) => /^\d{4}$/.test(period)))
      expect(await figures('staff_trained', 'role', span.period)).toEqual(somebody(staffTrained(rows, span)));
  });
});
