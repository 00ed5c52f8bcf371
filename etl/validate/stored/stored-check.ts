import { listNamed } from '../../../src/contracts/lookup.ts';
import { type AskedRow, askedRow, type StoredRows } from './asked-row.ts';
import { samePerson } from './linked-person.ts';
import { ageBreaks } from './person-age.ts';
import { exceedsSql } from './span-sql.ts';
import { day, literal, momentLiteral } from './sql.ts';

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
  const assessed = row.time('assessed_at');
  const asOf = momentLiteral(rows.asOf);
  const moves = [
    { record: 'cw_placement', at: 'start_date' },
    { record: 'pr_detention', at: 'booked_at' },
  ].map(({ record, at }) => {
    const move = askedRow(rows, record, 'm');
    const later = askedRow(rows, 'assessment', 'l');
    const moved = move.time(at);
    const span = { clock: 'reassess', hours: undefined, days: undefined };
    const [movedPerson, laterPerson] = [samePerson(rows, row, move), samePerson(rows, row, later)];
    return `EXISTS (SELECT FROM ${move.from()}
      WHERE ${movedPerson} AND ${day(moved)} > ${day(assessed)}
        AND ${exceedsSql(rows.contracts, span, moved, asOf, `${row.alias}.county_fips`)}
        AND NOT EXISTS (SELECT FROM ${later.from()}
          WHERE ${laterPerson} AND ${day(later.time('assessed_at'))} > ${day(assessed)}))`;
  });
  return moves.join(' OR ');
}
