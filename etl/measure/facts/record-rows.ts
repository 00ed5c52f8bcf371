import type { Contracts } from '../../../src/contracts/contracts.ts';
import { deliveredRecords, recordTable } from '../../load/record-table.ts';
import { literal } from '../../validate/stored/sql.ts';
import { statusRows } from '../status-rows.ts';

const RENAMED: Readonly<Record<string, string>> = {
  source_agency: 'agency',
  source_record_id: 'record_id',
  county_fips: 'county',
};
const LEFT_BEHIND = new Set(['surrogate', 'record_version', 'op', 'source_updated_at']);

export interface FactRecord {
  readonly record: string;
  readonly personal: boolean;
  readonly columns: readonly string[];
}

/** The record types that have a table of facts: all that lie in `events`. */
export function factRecords(contracts: Contracts): readonly FactRecord[] {
  return deliveredRecords(contracts)
    .map(recordTable)
    .filter((table) => table.schema === 'events')
    .map((table) => ({
      record: table.record,
      personal: table.columns.some(({ name }) => name === 'surrogate'),
      columns: table.columns.map(({ name }) => name).filter((name) => !LEFT_BEHIND.has(name)),
    }));
}

/** The rows that hold, as the hub knew them at the end of a day. */
export function holding(alias: string, knownOn: string | undefined): string {
  const now = `${alias}.known_to = 'infinity'`;
  const then = `${alias}.known_from < '${knownOn}'::date + 1 AND ${alias}.known_to >= '${knownOn}'::date + 1`;
  return `${knownOn === undefined ? now : then} AND ${alias}.op NOT IN ('delete', 'absent')`;
}

/**
 * The persons of whom rows of one of these records are to be made anew, from the table `changed_part`; everything of whoever
 * came into scope, left it or was joined otherwise.
 */
export function changedIn(records: readonly string[]): string {
  return `SELECT person_id FROM changed_part WHERE record IN (${['*', ...records].map(literal).join(', ')})`;
}

/** Of a young person in scope every row is kept, and beside their others, where they are read; of everybody else none. */
export function copyRows({ record, personal, columns }: FactRecord, knownOn: string | undefined): string {
  const from = columns.map((name) => `e.${name}`).join(', ');
  const to = columns.map((name) => RENAMED[name] ?? name).join(', ');
  return personal
    ? `INSERT INTO ${record} (person_id, ${to})
       SELECT d.person_id, ${from} FROM in_scope d JOIN events.${record} e USING (surrogate)
       WHERE d.person_id IN (${changedIn([record])}) AND ${holding('e', knownOn)} ORDER BY 1`
    : `INSERT INTO ${record} (${to}) SELECT ${from} FROM events.${record} e WHERE ${holding('e', knownOn)}`;
}

/** Everybody in scope, with all that agencies know them by: any row of theirs says a status. */
export function scopeSql(contracts: Contracts, knownOn: string | undefined): string {
  const said = statusRows(contracts).map(
    ({ record, condition }) =>
      `SELECT r.surrogate FROM events.${record} r WHERE ${condition} AND ${holding('r', knownOn)}`,
  );
  return `
    CREATE TEMPORARY TABLE in_scope ON COMMIT DROP AS
    WITH said AS (${said.join(' UNION ')})
    SELECT surrogate, person_id FROM linked
    WHERE person_id IN (SELECT person_id FROM linked JOIN said USING (surrogate));
    ANALYZE in_scope`;
}

/**
 * What came or went since the last build of the persons in scope, by record; and everything of those who came into scope,
 * left it or were joined otherwise. Of those who never were in scope there are no facts.
 */
export function changedSql(contracts: Contracts): string {
  const touched = factRecords(contracts)
    .filter(({ personal }) => personal)
    .map(
      ({ record }) => `
      SELECT '${record}' AS record, surrogate FROM events.${record} WHERE delivery > $1
      UNION ALL SELECT '${record}', surrogate FROM events.${record} WHERE known_to < 'infinity' AND known_to >= $2`,
    );
  return `
    SELECT DISTINCT record, person_id FROM (${touched.join(' UNION ALL ')}) touched JOIN in_scope USING (surrogate)
    UNION SELECT '*', moved.person_id FROM in_scope a FULL JOIN member b USING (surrogate)
      CROSS JOIN LATERAL (VALUES (a.person_id), (b.person_id)) AS moved (person_id)
      WHERE a.person_id IS DISTINCT FROM b.person_id AND moved.person_id IS NOT NULL`;
}
