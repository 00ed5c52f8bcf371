import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inFacts } from '../../../etl/measure/in-facts.ts';
import { refuseBroken } from '../../../etl/measure/make-figures.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { packageRoot } from '../../../src/package-root.ts';
import { testDatabase } from '../../support/database.ts';

const database = testDatabase();
const contracts = loadContracts();
const metrics = [...contracts.metrics.values()];
const definitions = metrics.flatMap((metric) =>
  [...metric.sql].map(([version, sql]) => ({ id: metric.id, metric, version, sql })),
);

describe('the catalogue of metrics', () => {
  test.each(definitions)('$id version $version reads only facts that are there', async ({ metric, sql }) => {
    await inFacts(
      await database.as('measurer'),
      contracts,
      { aside: false, knownOn: '2026-06-30' },
      (client) => refuseBroken(client, metric, sql),
    );
  });

  test('shows every figure that SQL makes by example, each held by a test of its name', () => {
    const without = definitions.filter(({ id, metric }) => {
      const spec = join(packageRoot, 'test', 'spec', `${id}.spec.ts`);
      return metric.examples.length === 0 || !existsSync(spec);
    });
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  test('refuses SQL that names a missing column, and SQL that leaves out a dimension', async () => {
    const metric = metrics.find(({ id }) => id === 'identified');
    if (metric === undefined) throw new Error('the catalogue has lost its first metric');
    const measurer = await database.as('measurer');
    for (const sql of [
      'SELECT person_id AS unit, period, shoe_size FROM person_period',
      'SELECT person_id AS unit, period FROM person_period',
    ])
      await expect(
        inFacts(measurer, contracts, { aside: false, knownOn: '2026-06-30' }, (client) =>
          refuseBroken(client, metric, sql),
        ),
      ).rejects.toMatchObject({ code: 'METRIC_BROKEN' });
  });
});
