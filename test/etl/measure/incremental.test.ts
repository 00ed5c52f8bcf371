import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Measured, measure } from '../../../etl/measure.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { ExampleRow } from '../../../src/contracts/metric-example.ts';
import { testDatabase } from '../../support/database.ts';
import { MeasuresWorld } from '../../support/measures/world.ts';

const database = testDatabase();
const contracts = loadContracts();

const day = fc
  .integer({ min: 0, max: 2000 })
  .map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10));
const of = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F');
const from = fc.constantFrom('CW-1', 'PR-1', 'HL-1');

const row: fc.Arbitrary<ExampleRow> = fc
  .oneof(
    fc
      .record({ status: fc.constantFrom('confirmed', 'suspected', 'at_risk', 'ruled_out'), decided_at: day })
      .map((fields) => ({ record: 'identification', fields })),
    fc
      .record({ outcome: fc.constantFrom('clear', 'possible', 'none'), screened_at: day })
      .map((fields) => ({ record: 'screening', fields })),
    fc
      .record({ start_date: day, placement_type: fc.constantFrom('PL.FH', 'PL.GH') })
      .map((fields) => ({ record: 'cw_placement', fields })),
    fc
      .record({ csec_type: fc.constantFrom('6867', '6868', '6869'), start_date: day })
      .map((fields) => ({ record: 'cw_csec_history', fields })),
    fc
      .record({ birth_year: fc.integer({ min: 2003, max: 2012 }), sex: fc.constantFrom('female', 'male') })
      .map((fields) => ({ record: 'person', fields })),
  )
  .chain((made) => fc.tuple(of, from).map(([person, agency]) => ({ ...made, of: person, from: agency })));

test('facts and figures of what changed are those of everybody made anew', { timeout: 3_000_000 }, async () => {
  const world = new MeasuresWorld(database);
  const deliveries = fc.array(fc.array(row, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(deliveries, async (nights) => {
      await world.clear();
      let last: Measured | undefined;
      for (const rows of nights) {
        await world.deliver(rows);
        last = await figures({ codeVersion: `${Math.random()}` });
      }
      expect(last?.facts?.kind).toBe('changes');
      const anew = await figures({ full: true, codeVersion: 'anew' });
      expect(await payload(last?.candidate)).toEqual(await payload(anew.candidate));
    }),
    // One seed among several once found a difference that is still to be hunted down: try others.
    { numRuns: Number(process.env["RUNS"] ?? 6), ...(process.env["TESSERA_TEST_SEED"] ? { seed: Number(process.env["TESSERA_TEST_SEED"]) } : {}) },
  );
});

async function figures(wanted: { full?: boolean; codeVersion: string }): Promise<Measured> {
  return measure({
    measurer: await database.as('measurer'),
    requestedBy: 'a test',
    today: '2026-06-30',
    contracts,
    ...wanted,
  });
}

async function payload(candidate: string | undefined): Promise<unknown> {
  const publisher = await database.as('publisher');
  return publisher.query(
    `SELECT facts_hash, linkage_version, (SELECT md5(string_agg(md5((metric, tbl, period, cell, value, lower, upper, status)::text), '' ORDER BY metric, tbl, period, cell))
       FROM measures.figure WHERE candidate_id = c.id) AS figures FROM measures.candidate c WHERE id = $1`,
    [candidate],
  );
}
