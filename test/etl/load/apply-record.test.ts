/** Whatever comes, in whatever order, the stored rows are what a plain model in memory says. */
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { describe, expect, test } from 'vitest';
import { applyRecord } from '../../../etl/load/apply-record.ts';
import { recordTable } from '../../../etl/load/record-table.ts';
import { createStaging } from '../../../etl/load/staging.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../src/contracts/lookup.ts';
import { transaction } from '../../../src/db/transaction.ts';
import { testDatabase } from '../../support/database.ts';

interface Row {
  readonly id: string;
  readonly version: number;
  readonly op: 'insert' | 'update' | 'delete';
  readonly words: string;
}
interface Delivery {
  readonly full: boolean;
  readonly rows: readonly Row[];
}

const database = testDatabase();
const table = recordTable(recordNamed(loadContracts(), 'denominator_count'));
const staged = { table, staged: 'staging.model' };

async function deliver(client: PoolClient, delivery: Delivery, number: number): Promise<number> {
  await createStaging(client, staged.staged, [{ name: 'line', type: 'integer' }, ...table.columns]);
  for (const [index, row] of delivery.rows.entries()) {
    await client.query(
      `INSERT INTO staging.model (line, source_record_id, source_agency, county_fips, record_version, op,
         source_updated_at, period_start, period_end, population, n)
       VALUES ($1, $2, 'CW-1', '06001', $3, $4, '2026-01-01Z', '2026-01-01', '2026-01-31', $5, 0)`,
      [index + 2, row.id, row.version, row.op, row.words],
    );
  }
  const arrival = { agency: 'CW-1', delivery: number, full: delivery.full, now: moment(number) };
  return (await applyRecord(client, staged, arrival, [])).length;
}

function moment(number: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString();
}

/** The model: a map of keys to their highest version, and how many rows it turned away. */
type State = Map<string, { version: number; op: string; words: string }>;

function model(state: State, { full, rows }: Delivery): number {
  let rejected = 0;
  const came = new Set(rows.map((row) => row.id));
  const first = new Map<string, Row>();
  for (const row of rows) {
    const place = `${row.id} ${row.version}`;
    if (first.has(place)) rejected++;
    else first.set(place, row);
  }
  if (full) {
    for (const [id, held] of state) {
      if (!came.has(id) && held.op !== 'delete' && held.op !== 'absent')
        state.set(id, { ...held, op: 'absent' });
    }
  }
  const before = new Map(state);
  for (const row of first.values()) {
    const held = before.get(row.id);
    const same = held?.version === row.version && held.op !== 'absent';
    const differs = same && (held.words !== row.words || (held.op === 'delete') !== (row.op === 'delete'));
    if (held !== undefined && (row.version < held.version || differs)) rejected++;
    else if (!same && row.version >= (state.get(row.id)?.version ?? 0)) state.set(row.id, row);
  }
  return rejected;
}

async function stored(client: PoolClient, at: string): Promise<State> {
  const { rows } = await client.query<{ id: string; version: number; op: string; words: string }>(
    `SELECT source_record_id AS id, record_version AS version, op, population AS words
     FROM events.denominator_count WHERE known_from <= $1 AND known_to > $1 ORDER BY id`,
    [at],
  );
  return new Map(rows.map(({ id, version, op, words }) => [id, { version, op, words }]));
}

function plain(state: State): unknown[] {
  return [...state]
    .map(([id, { version, op, words }]) => [id, version, op === 'update' ? 'insert' : op, words])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
}

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  version: fc.integer({ min: 1, max: 4 }),
  op: fc.constantFrom('insert', 'update', 'delete'),
  words: fc.constantFrom('one', 'other'),
});
const deliveries = fc.array(fc.record({ full: fc.boolean(), rows: fc.array(row, { maxLength: 6 }) }), {
  minLength: 1,
  maxLength: 6,
});

describe('a delivery', () => {
  test('of any rows in any order leaves what the model says, now and at every moment before', async () => {
    const loader = await database.as('loader');
    await fc.assert(
      fc.asyncProperty(deliveries, async (sequence) => {
        await transaction(loader, async ({ client }) => {
          const state: State = new Map();
          const history: unknown[] = [];
          for (const [number, delivery] of sequence.entries()) {
            expect(await deliver(client, delivery, number)).toBe(model(state, delivery));
            history.push(plain(state));
          }
          for (const [number, expected] of history.entries()) {
            expect(plain(await stored(client, moment(number)))).toEqual(expected);
          }
          throw new RolledBack();
        }).catch((error: unknown) => {
          if (!(error instanceof RolledBack)) throw error;
        });
      }),
      { numRuns: 150 },
    );
  });
});

class RolledBack extends Error {}
