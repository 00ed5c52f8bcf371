import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { storedQueries } from '../../../../etl/validate/stored/stored-rule.ts';
import { codesAsOf, listNamed, recordNamed } from '../../../../src/contracts/lookup.ts';
import type { Field } from '../../../../src/contracts/record.ts';
import { transaction } from '../../../../src/db/transaction.ts';
import { testDatabase } from '../../../support/database.ts';
import { validRow } from '../valid-row.ts';
import {
  type CompanionTest,
  type OverlapTest,
  type PlainStored,
  plainCompanion,
  plainOverlap,
} from './plain-stored.ts';
import { contracts, delivered, type Row, rows, store, tables } from './stored-world.ts';

const database = testDatabase('empty');

beforeAll(async () => {
  const owner = await database.as('owner');
  await owner.query(tables());
});

const asked = [...contracts.qualityRules.values()].flatMap((rule) =>
  rule.tests.flatMap((found, at) => {
    if (found.kind !== 'companion' && found.kind !== 'no_overlap') return [];
    const about = found.kind === 'companion' ? (found.of ?? rule.record) : rule.record;
    return { name: `${rule.id}.${at + 1}`, found, about };
  }),
);

const queries = new Map(
  delivered
    .flatMap((record) => [
      storedQueries(rows, record.name, 'stored'),
      storedQueries(rows, record.name, 'linked'),
    ])
    .flat()
    .map((query) => [`${query.rule}.${query.test}`, query.sql]),
);

/** Few days, few keys and the codes that the test asks for, so that rows meet each other often. */
function cellsOf(record: string, found: CompanionTest | OverlapTest): fc.Arbitrary<Record<string, string>> {
  const conditions = [found.when, ...('anyOf' in found ? found.anyOf.map((row) => row.where) : [])];
  const named = new Set(
    conditions.flatMap((condition) =>
      Object.values(condition?.fields ?? {}).flatMap(({ in: some = [], notIn = [], under = [] }) =>
        [some, notIn, under].flat(),
      ),
    ),
  );
  const day = fc.integer({ min: 1, max: 28 }).map((at) => `2026-03-${String(at).padStart(2, '0')}`);
  const valueOf = (field: Field): fc.Arbitrary<string> | undefined => {
    if (field.name === 'source_agency') return fc.constantFrom('A-1', 'A-1', 'B-1');
    if (field.token === 'person') return fc.constantFrom('p1.a', 'p1.b', 'p2.a');
    if (field.name.endsWith('_id') && field.token === 'record' && field.name !== 'source_record_id')
      return fc.constantFrom('k1', 'k2');
    if (field.type === 'date' && field.name !== 'effective_date') return day;
    if (field.type === 'datetime') return day.map((at) => `${at}T23:30:00-08:00`);
    if (field.codes === undefined || field.several || field.name === 'county_fips') return undefined;
    const known = [...codesAsOf(listNamed(contracts, field.codes), '2026-06-30').keys()];
    const wanted = known.filter(
      (code) => named.has(code) || [...named].some((stem) => code.startsWith(`${stem}`)),
    );
    return wanted.length === 0 ? undefined : fc.constantFrom(...wanted, known[0] ?? '');
  };
  const fields = recordNamed(contracts, record).fields.flatMap((field) => {
    const value = valueOf(field);
    if (value === undefined) return [];
    return [[field.name, field.constraints.required ? value : fc.oneof(value, value, fc.constant(''))]];
  });
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<string>>);
}

describe('on random rows the statement agrees with a plain evaluation', () => {
  test.each(asked)('$name', async ({ name, found, about }) => {
    const owner = await database.as('owner');
    const records = [about, ...('anyOf' in found ? found.anyOf.map((row) => row.record) : [])];
    const row = fc
      .constantFrom(...records)
      .chain((record) => cellsOf(record, found).map((cells) => ({ record, cells })));
    const undo = new Error('undone');
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 9 }), async (made) => {
        const stored = made.map(({ record, cells }, at): Row => [record, `r${at}`, cells]);
        const plain = stored.map(([record, id, cells]): PlainStored => {
          const filled = Object.entries(validRow(contracts, record, cells)).filter(([, cell]) => cell !== '');
          return { record, id, cells: Object.fromEntries(filled) };
        });
        const expected =
          found.kind === 'companion'
            ? plainCompanion(plain, about, found)
            : plainOverlap(plain, about, found);
        await transaction(owner, async ({ client }) => {
          await store(client, stored);
          const { rows: answered } = await client.query<{ source_record_id: string }>(
            queries.get(name) ?? '',
          );
          expect(answered.map((answer) => answer.source_record_id).sort()).toEqual(expected);
          throw undo;
        }).catch((error: unknown) => {
          if (error !== undo) throw error;
        });
      }),
      { numRuns: 25 },
    );
  });
});
