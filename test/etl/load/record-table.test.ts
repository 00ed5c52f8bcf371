import { expect, test } from 'vitest';
import { deliveredRecords, provenance, recordTable } from '../../../etl/load/record-table.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { testDatabase } from '../../support/database.ts';

const database = testDatabase();

test('the tables are what the contracts say', async () => {
  const owner = await database.as('owner');
  const rows = await owner.query<{ name: string; columns: string[] }[]>(
    `SELECT n.nspname || '.' || c.relname AS name,
            array_agg(attname || ' ' || format_type(atttypid, atttypmod) ORDER BY attnum) AS columns
     FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = relnamespace
     WHERE c.relkind = 'r' AND attnum > 0 AND NOT attisdropped
     GROUP BY 1`,
  );
  const found = new Map(rows.map((row) => [row.name, row.columns]));
  const records = deliveredRecords(loadContracts());
  expect(records.length).toBeGreaterThan(40);
  for (const record of records) {
    const { schema, columns } = recordTable(record);
    expect(found.get(`${schema}.${record.name}`), record.name).toEqual(
      [...columns, ...provenance].map((column) => `${column.name} ${column.type}`),
    );
  }
});

test('no table of content has room for an agency’s pseudonym or for what is never held', () => {
  const contracts = loadContracts();
  for (const record of deliveredRecords(contracts)) {
    const names = recordTable(record).columns.map((column) => column.name);
    expect(names).not.toContain('person_token');
    for (const field of record.fields) if (!field.leaves) expect(names).not.toContain(field.name);
  }
});
