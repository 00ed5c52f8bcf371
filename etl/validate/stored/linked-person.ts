import type { AskedRow, StoredRows } from './asked-row.ts';

/** Stands in rules for the young person whom linkage found behind the surrogates of several agencies. */
export const LINKED = 'linked_person';

/** Rows of one young person at any agency, as linkage has it. */
export function samePerson(rows: StoredRows, one: AskedRow, other: AskedRow): string {
  return `${other.alias}.surrogate IN (
    SELECT theirs.surrogate FROM ${rows.persons} own JOIN ${rows.persons} theirs USING (person_id)
    WHERE own.surrogate = ${one.alias}.surrogate)`;
}

export function isLinked(rows: StoredRows, row: AskedRow): string {
  return `EXISTS (SELECT FROM ${rows.persons} own WHERE own.surrogate = ${row.alias}.surrogate)`;
}
