import { expect, test } from 'vitest';
import { measure } from '../../../etl/measure.ts';
import type { ExampleRow } from '../../../src/contracts/metric-example.ts';
import { testDatabase } from '../../support/database.ts';
import { MeasuresWorld } from '../../support/measures/world.ts';

const database = testDatabase();

function need(of: string, fields: Readonly<Record<string, string>>): ExampleRow[] {
  const identified = { status: 'confirmed', decided_at: '2024-01-05T09:00:00-08:00' };
  return [
    { record: 'identification', of, from: 'CW-1', fields: identified },
    { record: 'service_event', of, from: 'CB-1', fields: { need_code: 'HN.HOU.PLC', ...fields } },
  ];
}

test('a need is of the period in which it was seen, also where no service ever came of it', async () => {
  const world = new MeasuresWorld(database);
  await world.clear();
  await world.deliver([
    ...need('A', { need_identified_at: '2024-03-10', accepted: 'pending', unmet_reason: 'no_provider' }),
    ...need('B', { need_identified_at: '2024-03-10', accepted: 'accepted', start_date: '2025-02-01' }),
    ...need('C', { need_identified_at: '2024-03-10', accepted: 'declined' }),
  ]);
  const measurer = await database.as('measurer');
  await measure({ measurer, requestedBy: 'a test', codeVersion: 'a test', today: '2025-06-30' });
  const rows = await measurer.query<{ period: string; term: string; n: number }[]>(
    `SELECT period, term, count(*)::int AS n FROM measures.person_period_term
     WHERE term IN ('need_seen', 'need_met', 'need_unmet') AND period IN ('2024', '2025') GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  expect(rows.map(({ period, term, n }) => `${period} ${term} ${n}`)).toEqual([
    '2024 need_met 1',
    '2024 need_seen 3',
    '2024 need_unmet 1',
  ]);
});
