import type { Condition } from '../../../src/contracts/condition.ts';
import type { Span } from '../../../src/contracts/quality-test.ts';
import { standsFor } from '../rule/row-layout.ts';
import { type AskedRow, askedRow, isSameRow, type StoredRows, spanOf } from './asked-row.ts';
import { conditionSql } from './condition-sql.ts';
import { LINKED } from './linked-person.ts';
import { exceedsSql } from './span-sql.ts';
import { all, day, type Time } from './sql.ts';

interface Sequence {
  readonly when: Condition | undefined;
  readonly start: string;
  readonly end: string;
  readonly by: readonly string[];
}

/** The end of a row as a day; one that has not ended goes on. */
function lastDay(row: AskedRow, end: string): string {
  return `coalesce(${day(row.time(end))}, 'infinity'::date)`;
}

/**
 * A row that begins while an earlier one of the same key still runs. Ending and beginning on one day is a handover,
 * so what counts is the days beyond the first that both have; of two that begin alike the greater id breaks.
 */
export function overlapBreaks(
  rows: StoredRows,
  row: AskedRow,
  test: Sequence & { readonly toleranceDays: number },
): string {
  const other = askedRow(rows, row.record.name, 'o');
  const [start, before] = [day(row.time(test.start)), day(other.time(test.start))];
  const id = (of: AskedRow): string => `(${of.alias}.source_agency, ${of.alias}.source_record_id)`;
  const shared = `least(${lastDay(row, test.end)}, ${lastDay(other, test.end)})`;
  const conditions = [
    ...test.by.map((name) => `${other.column(name)} = ${row.column(name)}`),
    `NOT (${isSameRow(row, other)})`,
    conditionSql(other, test.when),
    `${before} < ${start} OR ${before} = ${start} AND ${id(other)} < ${id(row)}`,
    `${shared} > ${start} + ${test.toleranceDays}`,
  ];
  return `EXISTS (SELECT FROM ${other.from()} WHERE ${all(conditions)})`;
}

/**
 * The rows that follow too long after all earlier ones of the same key had ended. A record that covers the gap must
 * begin and end no further inside it than the limit allows.
 */
export function gapRows(
  rows: StoredRows,
  row: AskedRow,
  test: Sequence & Span & { readonly coveredBy: string | undefined },
): string {
  const event = test.start === test.end;
  const start = row.time(test.start);
  const end: Time = row.time(test.end);
  const until = event ? end.sql : `coalesce(${end.sql}, 'infinity')`;
  const linked = test.by.includes(LINKED);
  const keys = test.by.map((name) => (name === LINKED ? 'person.person_id' : row.column(name)));
  const order = `PARTITION BY ${keys.join(', ')} ORDER BY ${start.sql}, ${row.alias}.source_record_id`;
  const follows: Time = { sql: 'g.starts', kind: start.kind };
  const ended: Time = { sql: 'g.ended', kind: end.kind };
  const asked = all([conditionSql(row, test.when), ...keys.map((key) => `${key} IS NOT NULL`)]);
  return `
    SELECT g.source_agency, g.source_record_id FROM (
      SELECT ${row.alias}.*, ${start.sql} AS starts,
        max(${until}) OVER (${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended
      FROM ${row.from()}${linked ? ` JOIN ${rows.persons} person ON person.surrogate = ${row.alias}.surrogate` : ''}
      WHERE ${asked}) g
    WHERE ${all([
      'isfinite(g.ended)',
      exceedsSql(rows.contracts, test, ended, follows, 'g.county_fips'),
      test.coveredBy === undefined
        ? undefined
        : `NOT EXISTS (${covers(rows, test.coveredBy, test, ended, follows)})`,
    ])}`;
}

function covers(rows: StoredRows, record: string, { days = 0 }: Span, ended: Time, follows: Time): string {
  const cover = askedRow(rows, record, 'c');
  const { first, last } = spanOf(cover);
  if (standsFor(cover.record, '$start') === undefined)
    throw new Error(`${record} has no span to cover a gap`);
  return `SELECT FROM ${cover.from()}
    WHERE c.source_agency = g.source_agency AND c.surrogate = g.surrogate
      AND ${first} <= ${day(ended)} + ${days} AND ${last} >= ${day(follows)} - ${days}`;
}
