import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountedRow, cellsOf, countedMargins } from '../../../etl/measure/cells.ts';
import { cellsSql, onceSql } from '../../../etl/measure/tabulate.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { Metric, MetricTable } from '../../../src/contracts/metric.ts';
import { transaction } from '../../../src/db/transaction.ts';
import { testDatabase } from '../../support/database.ts';

const database = testDatabase();
const first = [...loadContracts().metrics.values()][0] as Metric;

const tables: readonly MetricTable[] = [[], ['county'], ['tool', 'county'], ['sex']].map((by) => ({
  by,
  name: by.length === 0 ? 'all' : by.join('+'),
  publish: 'public',
  periods: ['year'],
}));
const metric: Metric = {
  ...first,
  statistic: 'share',
  sums: false,
  dimensions: new Map([
    ['county', 'ca_counties'],
    ['tool', 'screening_tools'],
    ['sex', 'sex_assigned'],
  ]),
  sourcesOf: new Map(),
  tables,
};

const told = fc.record({
  unit: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { nil: null }),
  period: fc.constantFrom('2023', '2024'),
  met: fc.option(fc.boolean(), { nil: null }),
  county: fc.constantFrom('06001', '06037', 'unknown'),
  tool: fc.constantFrom('ST01', 'ST02'),
  sex: fc.constantFrom('female', 'male'),
});
type Told = typeof told extends fc.Arbitrary<infer T> ? T : never;

/** By the words alone: whoever is told of in a cell is in it once, and met it if any row says so. */
function plainCell(rows: readonly Told[], period: string, of: Readonly<Record<string, string>>) {
  const here = rows.filter(
    (row) =>
      row.unit !== null &&
      row.period === period &&
      Object.entries(of).every(([name, member]) => member === 'all' || row[name as keyof Told] === member),
  );
  return {
    numerator: new Set(here.filter(({ met }) => met === true).map(({ unit }) => unit)).size,
    denominator: new Set(here.map(({ unit }) => unit)).size,
  };
}

test('every cell and margin counts each thing once, whether several rows tell of it or not', async () => {
  const measurer = await database.as('measurer');
  const once = fc.uniqueArray(told, { selector: ({ unit, period }) => `${unit} ${period}`, maxLength: 18 });
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.array(told, { maxLength: 30 }), once), async (rows) => {
      const counted = await transaction(measurer, async ({ client }) => {
        await client.query(
          `CREATE TEMPORARY TABLE contribution ON COMMIT DROP AS
           SELECT * FROM jsonb_to_recordset($1) AS r (unit text, period text, met boolean, county text, tool text, sex text)`,
          [JSON.stringify(rows)],
        );
        const found = await client.query<{ once: boolean }>(onceSql);
        return (await client.query<CountedRow>(cellsSql(metric, found.rows[0]?.once === true))).rows;
      });
      const margins = countedMargins(metric, counted);
      for (const table of tables)
        for (const cell of cellsOf(metric, table, ['2023', '2024'], margins, false)) {
          const of = Object.fromEntries(table.by.map((name, at) => [name, cell.members[at] ?? '']));
          const { numerator = 0, denominator = 0 } = cell;
          expect({ numerator, denominator }).toEqual(plainCell(rows, cell.period, of));
        }
    }),
    { numRuns: 25 },
  );
});
