import { beforeAll, describe, expect, test } from 'vitest';
import { type StoredQuery, scopeOf, storedQueries } from '../../../../etl/validate/stored/stored-rule.ts';
import { transaction } from '../../../../src/db/transaction.ts';
import { testDatabase } from '../../../support/database.ts';
import { type StoredCase, storedCases } from './stored-cases.ts';
import { contracts, delivered, type Row, rows, store, tables } from './stored-world.ts';

const database = testDatabase('empty');

beforeAll(async () => {
  const owner = await database.as('owner');
  await owner.query(tables());
});

const queries = new Map<string, StoredQuery[]>();
for (const record of delivered) {
  for (const scope of ['stored', 'linked'] as const) {
    for (const query of storedQueries(rows, record.name, scope)) {
      const name = `${query.rule}.${query.test}`;
      queries.set(name, [...(queries.get(name) ?? []), query]);
    }
  }
}

const tests = [...contracts.qualityRules.values()]
  .filter((rule) => rule.scope === 'stored' || rule.scope === 'linked')
  .flatMap((rule) => rule.tests.map((_, at) => `${rule.id}.${at + 1}`));

/** The ids that a rule's statements answer, over the records of the stored rows. */
async function breaking(name: string, stored: readonly Row[], feed: boolean): Promise<string[]> {
  const owner = await database.as('owner');
  const ids: string[] = [];
  const records = new Set(stored.map(([record, , cells]) => (feed ? (cells?.record ?? record) : record)));
  const undo = new Error('undone');
  await transaction(owner, async ({ client }) => {
    await store(client, stored);
    for (const query of queries.get(name) ?? []) {
      if (!records.has(query.record)) continue;
      const found = await client.query<{ source_agency: string; source_record_id: string | null }>(query.sql);
      ids.push(...found.rows.map((row) => row.source_record_id ?? row.source_agency));
    }
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return ids;
}

describe('every rule over stored rows', () => {
  test.each(tests)('%s lets a good row pass and finds a bad one', async (name) => {
    const found: StoredCase | undefined = storedCases[name];
    if (found === undefined) throw new Error(`${name} has no case`);
    const { beside = [], passes, breaks, feed = false } = found;
    const asked = feed ? 'A-1' : 'asked';
    expect(await breaking(name, [...beside, ...passes], feed)).not.toContain(asked);
    expect(await breaking(name, [...beside, ...breaks], feed)).toContain(asked);
  });

  test('names no case of a rule that is gone', () => {
    expect(Object.keys(storedCases).filter((name) => !tests.includes(name))).toEqual([]);
  });

  test('runs for every record, whichever rows there are', async () => {
    const owner = await database.as('owner');
    for (const query of [...queries.values()].flat()) expect(await owner.query(query.sql)).toEqual([]);
  });
});

test('a rule that joins agencies is never asked where persons may not be read', () => {
  for (const rule of contracts.qualityRules.values()) {
    for (const asked of rule.tests) {
      if (scopeOf(rule, asked) !== 'stored') continue;
      expect('by' in asked ? asked.by : []).not.toContain('linked_person');
    }
  }
  const stored = delivered.flatMap((record) => storedQueries(rows, record.name, 'stored'));
  expect(stored.length).toBeGreaterThan(0);
  for (const { sql } of stored) expect(sql).not.toContain('held.persons');
});
