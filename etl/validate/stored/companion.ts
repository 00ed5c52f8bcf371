import type { Companion, CompanionRow } from '../../../src/contracts/quality-test.ts';
import { type AskedRow, askedRow, isSameRow, type StoredRows, spanOf } from './asked-row.ts';
import { conditionSql } from './condition-sql.ts';
import { isLinked, LINKED, samePerson } from './linked-person.ts';
import { all, day, momentLiteral } from './sql.ts';

/**
 * Rows that lack a companion they need, or have one they may not. Where the row itself leaves a join or a moment
 * open the answer is open too, and a companion that may still come is waited for until its last day has passed.
 */
export function companionBreaks(
  rows: StoredRows,
  row: AskedRow,
  test: Companion & { readonly wanted: boolean },
): string {
  const found = test.anyOf.map((other, at) => `EXISTS (${companionRows(rows, row, test, other, `o${at}`)})`);
  if (!test.wanted) return `(${found.join(' OR ')})`;
  const { from, afterDays } = test;
  return all([
    ...test.by.map((name) => (name === LINKED ? isLinked(rows, row) : `${row.column(name)} IS NOT NULL`)),
    from === undefined ? undefined : `${row.column(from)} IS NOT NULL`,
    from === undefined || afterDays === undefined || afterDays === 0
      ? undefined
      : `${day(row.time(from))} + ${afterDays} < ${day(momentLiteral(rows.asOf))}`,
    ...found.map((companion) => `NOT ${companion}`),
  ]);
}

function companionRows(
  rows: StoredRows,
  row: AskedRow,
  test: Companion,
  wanted: CompanionRow,
  alias: string,
): string {
  const other = askedRow(rows, wanted.record, alias);
  const conditions = [
    ...test.by.map((name) =>
      name === LINKED ? samePerson(rows, row, other) : `${other.column(name)} = ${row.column(name)}`,
    ),
    other.record.name === row.record.name ? `NOT (${isSameRow(row, other)})` : undefined,
    test.otherAgency ? `${alias}.source_agency <> ${row.alias}.source_agency` : undefined,
    conditionSql(other, wanted.where),
    test.overlapping ? overlap(row, other) : undefined,
    test.from === undefined || wanted.to === undefined
      ? undefined
      : near(row, other, test, test.from, wanted.to),
  ];
  return `SELECT FROM ${other.from()} WHERE ${all(conditions)}`;
}

function overlap(row: AskedRow, other: AskedRow): string {
  const [own, theirs] = [spanOf(row), spanOf(other)];
  return `${own.first} <= ${theirs.last} AND ${theirs.first} <= ${own.last}`;
}

function near(row: AskedRow, other: AskedRow, test: Companion, from: string, to: string): string {
  const [asked, at] = [day(row.time(from)), day(other.time(to))];
  const after = test.afterDays === undefined ? undefined : `${at} <= ${asked} + ${test.afterDays}`;
  return all([`${at} >= ${asked} - ${test.beforeDays}`, after]);
}
