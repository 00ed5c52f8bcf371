import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MeasureWanted } from '../../../etl/measure/measure-input.ts';
import { type Measured, measure } from '../../../etl/measure.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import type { ExampleRow } from '../../../src/contracts/metric-example.ts';
import { candidateTable } from '../../../src/disclosure/candidate-table.ts';
import { testDatabase } from '../../support/database.ts';
import { madeUpRows } from '../../support/measures/made-up-rows.ts';
import { MeasuresWorld, personOf, surrogateOf } from '../../support/measures/world.ts';

const database = testDatabase();
const contracts = loadContracts();
const NIGHTS = ['2026-02-10', '2026-04-20', '2026-06-30'];

async function figures(wanted: Partial<MeasureWanted>): Promise<Measured> {
  const measurer = await database.as('measurer');
  return measure({ measurer, requestedBy: 'a test', codeVersion: randomUUID(), contracts, ...wanted });
}

async function payload({ candidate }: Measured): Promise<unknown> {
  const publisher = await database.as('publisher');
  return publisher.query(
    `SELECT metric, tbl, period, cell, numerator, denominator, value, lower, upper, status, reason FROM measures.figure
     WHERE candidate_id = $1 ORDER BY metric, tbl, period, cell`,
    [candidate],
  );
}

async function value(metric: string, by: Record<string, string>, { candidate }: Measured): Promise<unknown> {
  const where = new Map(Object.entries(by));
  const asked = { metric, period: '2024', by: [], where, candidate };
  const { cells } = await candidateTable(await database.as('publisher'), contracts, asked);
  return cells.map((cell) => cell.value);
}

describe('as known on an earlier day', () => {
  test('the figures are those that were made on that day', { timeout: 300_000 }, async () => {
    const world = new MeasuresWorld(database);
    await fc.assert(
      fc.asyncProperty(fc.tuple(madeUpRows, madeUpRows, madeUpRows), async (deliveries) => {
        await world.clear();
        const made: unknown[] = [];
        for (const [night, day] of NIGHTS.entries()) {
          await world.deliver(deliveries[night] ?? [], day);
          made.push(await payload(await figures({ today: day })));
        }
        for (const [night, day] of NIGHTS.entries())
          expect(await payload(await figures({ knownOn: day }))).toEqual(made[night]);
      }),
      { numRuns: 2 },
    );
  });

  test('who is one person is taken from the linkage of that day, and the newest candidate stays', async () => {
    const world = new MeasuresWorld(database);
    await world.clear();
    const said = (of: string, from: string): ExampleRow => ({
      record: 'identification',
      of,
      from,
      fields: { status: 'confirmed', decided_at: '2024-03-01T09:00:00-08:00' },
    });
    await world.deliver([said('A', 'CW-1'), said('A', 'PR-1')], '2026-01-05');
    const linker = await database.as('linker');
    await linker.query(
      `INSERT INTO persons.model (version, key_version, model, current) VALUES (repeat('0', 64), 'k', '{}', true)`,
    );
    for (const day of ['2026-01-06', '2026-03-01'])
      await linker.query(
        `INSERT INTO persons.linkage (made_at, run_id, input_hash, stage_hash, method, kind, key_version, model, threshold, records, persons)
         VALUES ($1::date, gen_random_uuid(), repeat('0', 64), repeat('0', 64), 1, 'full', 'k', repeat('0', 64), 0.5, 0, 0)`,
        [day],
      );
    const apart = `INSERT INTO persons.membership_history (surrogate, person_id, from_linkage, to_linkage)
      SELECT $1, $2, min(number) + $3::int, CASE $3::int WHEN 0 THEN max(number) END FROM persons.linkage`;
    const [cw, pr] = [surrogateOf('A', 'CW-1'), surrogateOf('A', 'PR-1')];
    // Two young people by the first linkage, one by the second.
    await linker.query(apart, [cw, personOf('A'), 0]);
    await linker.query(apart, [pr, personOf('B'), 0]);
    await linker.query(apart, [cw, personOf('A'), 1]);
    await linker.query(apart, [pr, personOf('A'), 1]);

    const now = await figures({ today: '2026-06-30' });
    expect(await value('identified', {}, now)).toEqual([1]);
    const then = await figures({ knownOn: '2026-01-31' });
    expect(await value('identified', {}, then)).toEqual([2]);
    expect(then.current).toBe(false);
    const [newest] = await (await database.as('publisher')).query<{ id: string }[]>(
      'SELECT id FROM measures.candidate WHERE current',
    );
    expect(newest?.id).toBe(now.candidate);
  });
});

describe('as defined on an earlier day', () => {
  test('dual status takes the wording of that day, for every period', async () => {
    const world = new MeasuresWorld(database);
    await world.clear();
    const of = { of: 'A', from: 'CW-1' };
    await world.deliver([
      {
        record: 'identification',
        ...of,
        fields: { status: 'confirmed', decided_at: '2024-03-01T09:00:00-08:00' },
      },
      { record: 'pr_court', of: 'B', from: 'PR-1', fields: { filed_at: '2024-01-10', outcome: 'dismissed' } },
      { record: 'cw_case', ...of, fields: { start_date: '2024-01-10', court_status: '300' } },
      {
        record: 'pr_supervision',
        of: 'A',
        from: 'PR-1',
        fields: { start_date: '2024-02-10', supervision: 'ward' },
      },
    ]);
    expect(await value('dual_status', {}, await figures({ today: '2026-06-30' }))).toEqual([1]);
    const then = await figures({ today: '2026-06-30', definedOn: '2017-06-30' });
    expect(await value('dual_status', {}, then)).toEqual([0]);
  });

  test('a metric takes the version of that day, or one by its number, and says which', async () => {
    const declared = contracts.metrics.get('identified');
    if (declared === undefined) throw new Error('the catalogue has lost its first metric');
    const sql = declared.sql.get(declared.version) ?? '';
    const changed = {
      ...declared,
      version: 2,
      changes: [{ version: 2, on: '2025-07-01', what: 'Boys alone.', why: 'To try it.' }],
      sql: new Map([
        [1, sql],
        [2, `SELECT * FROM (${sql}) every WHERE sex = 'male'`],
      ]),
    };
    const later = { ...contracts, metrics: new Map([['identified', changed]]) };
    const world = new MeasuresWorld(database);
    await world.clear();
    const of = { of: 'A', from: 'CW-1' };
    await world.deliver([
      {
        record: 'identification',
        ...of,
        fields: { status: 'confirmed', decided_at: '2024-03-01T09:00:00-08:00' },
      },
      { record: 'person', ...of, fields: { sex: 'female', birth_year: 2009 } },
    ]);
    const asked = { contracts: later, today: '2026-06-30' };
    expect(await value('identified', {}, await figures(asked))).toEqual([0]);
    expect(await value('identified', {}, await figures({ ...asked, definedOn: '2025-06-30' }))).toEqual([1]);
    const first = await figures({ ...asked, versions: new Map([['identified', 1]]) });
    expect(await value('identified', {}, first)).toEqual([1]);
    const { definition } = await candidateTable(await database.as('publisher'), contracts, {
      metric: 'identified',
      period: '2024',
      by: [],
      where: new Map(),
      candidate: first.candidate,
    });
    expect(definition).toBe('identified version 1');
    await expect(figures({ ...asked, versions: new Map([['identified', 3]]) })).rejects.toMatchObject({
      code: 'METRIC_VERSION',
    });
    await expect(figures({ ...asked, versions: new Map([['shoe_size', 1]]) })).rejects.toMatchObject({
      code: 'NO_METRIC',
    });
  });
});

test('an input that changes no figure finds the same candidate again', async () => {
  const world = new MeasuresWorld(database);
  await world.clear();
  await world.deliver([
    { record: 'screening', of: 'A', from: 'CW-1', fields: { outcome: 'clear', screened_at: '2024-03-01' } },
  ]);
  const same = { codeVersion: 'the same', today: '2026-06-30' };
  const first = await figures(same);
  const anew = await figures({ ...same, full: true });
  expect(anew).toMatchObject({ outcome: 'measured', candidate: first.candidate });
  const again = await figures({ ...same, full: true });
  expect(again).toMatchObject({ outcome: 'unchanged', candidate: first.candidate });
});
