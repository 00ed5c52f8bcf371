/** Holds a metric to its examples, on the database, as its documentation page shows them. */
import { describe, expect, test } from 'vitest';
import { measure } from '../../../etl/measure.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { Metric } from '../../../src/contracts/metric.ts';
import { candidateTable } from '../../../src/disclosure/candidate-table.ts';
import { testDatabase } from '../database.ts';
import { MeasuresWorld } from './world.ts';

const contracts = loadContracts();

export function describeMetric(id: string): void {
  const metric = contracts.metrics.get(id);
  if (metric === undefined) throw new Error(`there is no metric ${id}`);
  const database = testDatabase();
  describe(metric.title, () => {
    test('has examples', () => expect(metric.examples).not.toEqual([]));
    test.each(metric.examples)('$says', async ({ today, rows, figures }) => {
      const world = new MeasuresWorld(database);
      await world.clear();
      await world.deliver(rows);
      const measurer = await database.as('measurer');
      await measure({
        measurer,
        requestedBy: 'a test',
        codeVersion: id,
        today,
        full: true,
        contracts: { ...contracts, metrics: withDenominators(metric) },
      });
      const publisher = await database.as('publisher');
      for (const { period, by, ...wanted } of figures) {
        const { cells } = await candidateTable(publisher, contracts, {
          metric: id,
          period,
          by: [],
          where: new Map(Object.entries(by)),
        });
        const expected = Object.fromEntries(
          Object.entries(wanted).filter(([, value]) => value !== undefined),
        );
        expect({ period, by, cells }).toMatchObject({ period, by, cells: [expected] });
      }
    });
  });
}

function withDenominators(metric: Metric): ReadonlyMap<string, Metric> {
  const other = contracts.metrics.get(metric.denominatorOf?.metric ?? '');
  return new Map([...(other === undefined ? [] : [other]), metric].map((one) => [one.id, one]));
}
