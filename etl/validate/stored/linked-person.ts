import type { AskedRow, StoredRows } from './asked-row.ts';

/** Stands in rules for the young person whom linkage found behind the surrogates of several agencies. */
export const LINKED = 'linked_person';

/**
 * Rows of one young person at any agency, as linkage has it. The way from one surrogate to the other is joined to the
 * other row, so that a statement stays a join of sets; ask for that row's relation afterwards.
 */
export function samePerson(rows: StoredRows, one: AskedRow, other: AskedRow): string {
  const [theirs, own] = [`${other.alias}_theirs`, `${other.alias}_own`];
  other.join(theirs, `JOIN ${rows.persons} ${theirs} ON ${theirs}.surrogate = ${other.alias}.surrogate`);
  other.join(own, `JOIN ${rows.persons} ${own} ON ${own}.person_id = ${theirs}.person_id`);
  return `${own}.surrogate = ${one.alias}.surrogate`;
}

export function isLinked(rows: StoredRows, row: AskedRow): string {
  return `EXISTS (SELECT FROM ${rows.persons} own WHERE own.surrogate = ${row.alias}.surrogate)`;
}
