/** Rules that look at other rows, asked by SQL: before a delivery becomes current, and of what holds after it. */
import type { ClientBase } from 'pg';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { recordNamed } from '../../src/contracts/lookup.ts';
import type { StoredRows } from '../validate/stored/asked-row.ts';
import { type StoredQuery, storedQueries } from '../validate/stored/stored-rule.ts';
import { rowsAfter, type StagedRecord, stored } from './make-current.ts';
import { recordTable } from './record-table.ts';

/** Versions are sorted out where rows become current, and not asked of a second time. */
const versionRule = 'Q006';

/** What the rules see: of a record that came with the delivery, the rows as they will be. */
export function rowsWith(contracts: Contracts, staged: readonly StagedRecord[], asOf: string): StoredRows {
  const names = new Map(staged.map((record) => [record.table.record, record.staged]));
  return {
    contracts,
    relation: (record) => rowsAfter(recordTable(recordNamed(contracts, record)), names.get(record)),
    persons: 'persons.membership',
    deliveries: `(SELECT d.source_agency, f.record, d.loaded_at AS received_at, sum(f.rows) AS rows
      FROM ops.delivery d JOIN ops.delivery_file f ON f.delivery = d.id GROUP BY d.id, f.record)`,
    asOf,
  };
}

/** The rules that keep a row out, of a record's rows. */
export function keepingOut(rows: StoredRows, record: string): readonly StoredQuery[] {
  return storedQueries(rows, record, 'stored').filter(
    ({ rule, severity, record: about }) =>
      about === record && rule !== versionRule && (severity === 'reject_row' || severity === 'quarantine'),
  );
}

/** Counts the agency's rows that break the other rules, as they stand when the delivery is current. */
export async function countFindings(
  client: ClientBase,
  contracts: Contracts,
  delivery: { readonly id: string; readonly agency: string; readonly asOf: string },
): Promise<void> {
  const records = await recordsOf(client, delivery.agency);
  const rows = rowsWith(contracts, [], delivery.asOf);
  for (const record of records) {
    await client.query('SELECT ops.take_statistics($1)', [
      stored(recordTable(recordNamed(contracts, record))),
    ]);
  }
  for (const query of records.flatMap((record) => storedQueries(rows, record, 'stored'))) {
    if (query.severity === 'reject_row' || query.severity === 'quarantine' || query.rule === versionRule)
      continue;
    await client.query(
      `INSERT INTO ops.finding (delivery, record, rule, severity, rows)
       SELECT d.id, $3, $4, $5, found.n
       FROM ops.delivery d, (SELECT count(*) AS n FROM (${query.sql}) b WHERE b.source_agency = $1) found
       WHERE d.source_agency = $1 AND d.delivery_id = $2 AND found.n > 0
       ON CONFLICT (delivery, record, rule) DO UPDATE SET rows = finding.rows + excluded.rows`,
      [delivery.agency, delivery.id, query.record, query.rule, query.severity],
    );
  }
}

/** All that the agency has sent so far: a row of one record type may settle or unsettle what was found of another. */
async function recordsOf(client: ClientBase, agency: string): Promise<string[]> {
  const { rows } = await client.query<{ record: string }>(
    `SELECT DISTINCT f.record FROM ops.delivery_file f JOIN ops.delivery d ON d.id = f.delivery
     WHERE d.source_agency = $1 ORDER BY f.record`,
    [agency],
  );
  return rows.map((row) => row.record);
}
