/** Tables for every delivered record, made from the contracts, and rows in them that vanish with the transaction. */
import type { ClientBase } from 'pg';
import { stagingColumns } from '../../../../etl/validate/staging-columns.ts';
import type { StoredRows } from '../../../../etl/validate/stored/asked-row.ts';
import { loadContracts } from '../../../../src/contracts/contracts.ts';
import { recordNamed } from '../../../../src/contracts/lookup.ts';
import type { RecordType } from '../../../../src/contracts/record.ts';
import { type Cells, validRow } from '../valid-row.ts';

export const contracts = loadContracts();
export const AS_OF = '2026-06-30T22:00:00-07:00';

export const rows: StoredRows = {
  contracts,
  relation: (record) => `(SELECT * FROM held.${record})`,
  persons: 'held.persons',
  deliveries: 'held.deliveries',
  asOf: AS_OF,
};

export const delivered: readonly RecordType[] = [...contracts.records.values()].filter((record) =>
  record.fields.some((field) => field.name === 'source_record_id'),
);

interface Column {
  readonly name: string;
  readonly field: string;
  readonly type: string;
}

function columnsOf(record: RecordType): readonly Column[] {
  return stagingColumns(record).flatMap(({ field, type }) => {
    if (field === undefined) return [];
    return field.token === 'person'
      ? [{ name: 'surrogate', field: field.name, type: 'bytea' }]
      : [{ name: field.name.toLowerCase(), field: field.name, type }];
  });
}

export function tables(): string {
  const made = delivered.map((record) => {
    const columns = columnsOf(record).map(({ name, type }) => `${name} ${type}`);
    return `CREATE TABLE held.${record.name} (${columns.join(', ')});`;
  });
  return `CREATE SCHEMA held; ${made.join(' ')}
    CREATE TABLE held.persons (surrogate bytea, person_id text);
    CREATE TABLE held.deliveries (source_agency text, record text, received_at timestamptz, rows integer);`;
}

/** The record, the row's id, and what differs from a valid row. Tokens up to their first dot name the person. */
export type Row = readonly [record: string, id: string, cells?: Cells];

export async function store(client: ClientBase, stored: readonly Row[]): Promise<void> {
  const tokens = new Set<string>();
  for (const [name, id, cells] of stored) {
    if (name === 'deliveries') {
      await client.query('INSERT INTO held.deliveries VALUES ($1, $2, $3, $4)', [
        'A-1',
        cells?.record,
        cells?.received_at,
        cells?.rows,
      ]);
      continue;
    }
    const row = validRow(contracts, name, {
      source_agency: 'A-1',
      person_token: 'p1.one',
      ...cells,
      source_record_id: id,
    });
    const columns = columnsOf(recordNamed(contracts, name));
    const values = columns.map(({ field, type }) => cellOf(row[field] ?? '', type));
    await client.query(
      `INSERT INTO held.${name} (${columns.map((column) => column.name).join(', ')})
       VALUES (${columns.map(({ type }, at) => `$${at + 1}::${type}`).join(', ')})`,
      values,
    );
    if (row.person_token !== undefined) tokens.add(row.person_token);
  }
  for (const token of tokens)
    await client.query('INSERT INTO held.persons VALUES ($1, $2)', [Buffer.from(token), token.split('.')[0]]);
}

function cellOf(value: string, type: string): string | Buffer | readonly string[] | null {
  if (value === '') return null;
  if (type === 'bytea') return Buffer.from(value);
  return type === 'text[]' ? value.split(';') : value;
}
