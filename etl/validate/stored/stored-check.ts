import { listNamed } from '../../../src/contracts/lookup.ts';
import { type AskedRow, askedRow, type StoredRows } from './asked-row.ts';
import { samePerson } from './linked-person.ts';
import { ageBreaks } from './person-age.ts';
import { exceedsSql } from './span-sql.ts';
import { all, day, literal, momentLiteral, type Time } from './sql.ts';

/** How far an age may lie from the usual one of a grade before somebody should look. */
const YEARS_OFF_GRADE = 3;

/** Carries out what no form of test expresses; answers the condition under which the row breaks it. */
export function checkBreaks(rows: StoredRows, row: AskedRow, check: string): string {
  switch (check) {
    case 'code_valid_in_fiscal_year':
      return codeOutsideFiscalYear(rows, row);
    case 'age_fits_grade':
      return ageOffGrade(rows, row);
    case 'reassessment_due':
      return reassessmentDue(rows, row);
    case 'moved_back':
      return movedBack(rows, row);
    default:
      throw new Error(`stored rows cannot answer the check ${check}`);
  }
}

/** The federal fiscal year of a code begins in October of the year before; a code must hold on some day of it. */
function codeOutsideFiscalYear({ contracts }: StoredRows, row: AskedRow): string {
  const codes = listNamed(contracts, row.field('icd10').codes ?? '').codes.map(
    ({ code, validFrom, validTo }) =>
      `(${literal(code)}, ${literal(validFrom)}::date, ${literal(validTo ?? 'infinity')}::date)`,
  );
  const year = row.column('fiscal_year');
  return `EXISTS (SELECT FROM (VALUES ${codes.join(', ')}) held (code, first, last)
    WHERE held.code = ${row.column('icd10')}
      AND (held.first > make_date(${year}, 9, 30) OR held.last < make_date(${year} - 1, 10, 1)))`;
}

/** Who begins a grade in its year is five years older than the grade's number, give or take. */
function ageOffGrade(rows: StoredRows, row: AskedRow): string {
  const grade = row.column('grade');
  const usual = `(CASE WHEN ${grade} = 'KN' THEN 5 WHEN ${grade} ~ '^[0-9]+$' THEN ${grade}::integer + 5 END)`;
  return ageBreaks(rows, row, day(row.time('start_date')), ({ oldest, youngest }) => [
    `${oldest} < ${usual} - ${YEARS_OFF_GRADE}`,
    `${youngest} > ${usual} + ${YEARS_OFF_GRADE}`,
  ]);
}

/**
 * A placement or a detention began after an assessment, the clock of reassessment has run out since, and no agency
 * assessed again. The assessment that should have been followed is the one that breaks.
 */
function reassessmentDue(rows: StoredRows, row: AskedRow): string {
  const assessed = day(row.time('assessed_at'));
  const moves = [
    { record: 'cw_placement', at: 'start_date' },
    { record: 'pr_detention', at: 'booked_at' },
  ].map(({ record, at }) => {
    const move = askedRow(rows, record, 'm');
    const moved = day(move.time(at));
    const linked = `JOIN ${rows.persons} theirs ON theirs.surrogate = m.surrogate JOIN ${rows.persons} own USING (person_id)`;
    return `SELECT own.surrogate, ${moved} AS moved FROM ${move.from()} ${linked}`;
  });
  const later = askedRow(rows, 'assessment', 'l');
  const isLater = all([samePerson(rows, row, later), `${day(later.time('assessed_at'))} > ${assessed}`]);
  const span = { clock: 'reassess', hours: undefined, days: undefined };
  const since: Time = { sql: 'm.moved', kind: 'day' };
  const ranOut = exceedsSql(
    rows.contracts,
    span,
    since,
    momentLiteral(rows.asOf),
    `${row.alias}.county_fips`,
  );
  return all([
    `NOT EXISTS (SELECT FROM ${later.from()} WHERE ${isLater})`,
    `EXISTS (SELECT FROM (${moves.join(' UNION ALL ')}) m
      WHERE m.surrogate = ${row.alias}.surrogate AND m.moved > ${assessed} AND ${ranOut})`,
  ]);
}

/** The agency saw the young person at a later step the last time that it looked. */
function movedBack(rows: StoredRows, row: AskedRow): string {
  const before = askedRow(rows, row.record.name, 'b');
  const steps = listNamed(rows.contracts, row.field('stage').codes ?? '').codes.map(
    ({ code, attributes }) => `(${literal(code)}, ${Number(attributes['step'])})`,
  );
  const moment = (of: AskedRow): string => `(${day(of.time('observed_at'))}, ${of.alias}.source_record_id)`;
  const isEarlier = all([
    `b.source_agency = ${row.alias}.source_agency`,
    `b.surrogate = ${row.alias}.surrogate`,
    `${moment(before)} < ${moment(row)}`,
  ]);
  return `EXISTS (SELECT FROM
    (SELECT ${before.column('stage')} AS stage FROM ${before.from()} WHERE ${isEarlier} ORDER BY ${moment(before)} DESC LIMIT 1) last
    JOIN (VALUES ${steps.join(', ')}) was (code, step) ON was.code = last.stage
    JOIN (VALUES ${steps.join(', ')}) now (code, step) ON now.code = ${row.column('stage')}
    WHERE now.step < was.step)`;
}
