import { recordNamed } from '../../../src/contracts/lookup.ts';
import type { QualityRule, Scope, Severity } from '../../../src/contracts/quality-rule.ts';
import type { Test } from '../../../src/contracts/quality-test.ts';
import type { RecordType } from '../../../src/contracts/record.ts';
import { type AskedRow, askedRow, isSameRow, type StoredRows } from './asked-row.ts';
import { companionBreaks } from './companion.ts';
import { bound, comparable, conditionSql } from './condition-sql.ts';
import { silenceBreaks, trendBreaks, volumeBreaks } from './feed.ts';
import { LINKED, samePerson } from './linked-person.ts';
import { ageBreaks, firstEvent, outsideBounds } from './person-age.ts';
import { gapRows, overlapBreaks } from './sequence.ts';
import { exceedsSql } from './span-sql.ts';
import { all, day, momentLiteral } from './sql.ts';
import { checkBreaks } from './stored-check.ts';

/** One statement that answers `source_agency, source_record_id` of the rows that break a rule; of a feed no id. */
export interface StoredQuery {
  readonly rule: string;
  readonly severity: Severity;
  /** The record whose rows are answered. */
  readonly record: string;
  /** Which of the rule's tests, counted from 1. */
  readonly test: number;
  /** Nights for which a row that breaks it is tried again. */
  readonly nights: number;
  readonly sql: string;
}

/**
 * The rules of a scope that are written for a record. What joins rows of one young person across agencies is of
 * scope `linked` whatever its rule says, since only there the map of persons may be read.
 */
export function storedQueries(
  rows: StoredRows,
  name: string,
  scope: Extract<Scope, 'stored' | 'linked'>,
): readonly StoredQuery[] {
  const record = recordNamed(rows.contracts, name);
  return [...rows.contracts.qualityRules.values()]
    .filter((rule) => rule.record === '*' || rule.record === name)
    .flatMap((rule) =>
      rule.tests.flatMap((test, at) =>
        scopeOf(rule, test) === scope ? queriesOf(rows, record, rule, test, at + 1) : [],
      ),
    );
}

export function scopeOf(rule: QualityRule, test: Test): Scope {
  const joins = 'by' in test && test.by.includes(LINKED);
  const looks = test.kind === 'check' && test.check === 'reassessment_due';
  return rule.scope === 'stored' && (joins || looks) ? 'linked' : rule.scope;
}

function queriesOf(
  rows: StoredRows,
  record: RecordType,
  rule: QualityRule,
  test: Test,
  number: number,
): readonly StoredQuery[] {
  const about = test.kind === 'companion' && test.of !== undefined ? test.of : record.name;
  const nights = test.kind === 'reference' ? test.nights : 0;
  return statements(rows, about, test).map((sql) => ({
    rule: rule.id,
    severity: rule.severity,
    record: about,
    test: number,
    nights,
    sql,
  }));
}

function statements(rows: StoredRows, about: string, test: Test): readonly string[] {
  const record = recordNamed(rows.contracts, about);
  const some = (sql: string | undefined): string[] => (sql === undefined ? [] : [sql]);
  switch (test.kind) {
    case 'volume':
      return [volumeBreaks(rows, record, test)];
    case 'silence':
      return some(silenceBreaks(rows, record, test));
    case 'trend':
      return trendBreaks(rows, record, test);
    case 'no_gap':
      return [gapRows(rows, askedRow(rows, about, 't'), test)];
    case 'unique':
      return [repeats(askedRow(rows, about, 't'), test.fields)];
    case 'agree':
      return [disagreeing(rows, about, test)];
    case 'shape':
    case 'range':
    case 'order':
    case 'not_future':
    case 'requires':
    case 'forbids':
    case 'within':
    case 'sum':
    case 'age':
    case 'reference':
    case 'companion':
    case 'no_overlap':
    case 'check':
      return some(breakingRows(rows, askedRow(rows, about, 't'), test));
  }
}

function breakingRows(rows: StoredRows, row: AskedRow, test: RowTest): string | undefined {
  const breaks = breaksOf(rows, row, test);
  if (breaks === undefined) return undefined;
  const where = all([conditionSql(row, test.when), breaks]);
  return `SELECT t.source_agency, t.source_record_id FROM ${row.from()} WHERE ${where}`;
}

type RowTest = Exclude<Test, { kind: 'volume' | 'silence' | 'trend' | 'no_gap' | 'unique' | 'agree' }>;

/** The condition under which a row breaks a test; none if no row of the record ever can. */
function breaksOf(rows: StoredRows, row: AskedRow, test: RowTest): string | undefined {
  switch (test.kind) {
    case 'reference':
      return dangling(rows, row, test.record, test.orIn);
    case 'requires':
      return `NOT (${conditionSql(row, test.must) ?? 'true'})`;
    case 'forbids':
      return conditionSql(row, test.that);
    case 'range':
      return [
        test.min === undefined ? undefined : `${comparable(row, test.field)} < ${bound(test.min)}`,
        test.max === undefined ? undefined : `${comparable(row, test.field)} > ${bound(test.max)}`,
      ]
        .filter((side) => side !== undefined)
        .join(' OR ');
    case 'order':
      return outOfOrder(row, test.earlier, test.later, test.allowDays);
    case 'within': {
      const [from, to] = [row.time(test.from), row.time(test.to)];
      const asOf = momentLiteral(rows.asOf);
      const now = to.kind === 'moment' ? asOf.sql : day(asOf);
      const until = test.missing === 'breaks' ? { ...to, sql: `coalesce(${to.sql}, ${now})` } : to;
      return exceedsSql(rows.contracts, test, from, until, `${row.alias}.county_fips`);
    }
    case 'sum': {
      const parts = test.parts.map((part) => `coalesce(${row.column(part)}, 0)`);
      return `abs(${parts.join(' + ')} - ${row.column(test.total)}) > ${test.tolerance}`;
    }
    case 'age': {
      const on = test.at === '$first_event' ? firstEvent(rows, row) : day(row.time(test.at));
      return ageBreaks(rows, row, on, outsideBounds(test.min, test.max));
    }
    case 'companion':
      return companionBreaks(rows, row, test);
    case 'no_overlap':
      return overlapBreaks(rows, row, test);
    case 'check':
      return checkBreaks(rows, row, test.check);
    case 'shape':
    case 'not_future':
      throw new Error(`a test of kind ${test.kind} is asked of a row before it is stored`);
  }
}

function outOfOrder(row: AskedRow, earlier: string, later: string, allowDays: number): string {
  const [first, second] = [row.time(earlier), row.time(later)];
  if (first.kind === 'moment' && second.kind === 'moment' && allowDays === 0)
    return `${first.sql} > ${second.sql}`;
  return `${day(first)} > ${day(second)} + ${allowDays}`;
}

/** All but the first of the rows that share a key and a version. */
function repeats(row: AskedRow, fields: readonly string[]): string {
  const names = fields.flatMap((name) => (name === '$primary_key' ? row.record.primaryKey : [name]));
  const key = names.map((name) => row.column(name)).join(', ');
  return `
    SELECT r.source_agency, r.source_record_id FROM (
      SELECT t.source_agency, t.source_record_id, row_number() OVER (PARTITION BY ${key}) AS nth
      FROM ${row.from()}) r
    WHERE r.nth > 1`;
}

/** A foreign key that is given and leads to no row; the young person may be known from linkage alone. */
function dangling(
  rows: StoredRows,
  row: AskedRow,
  only: string | undefined,
  orIn: string | undefined,
): string | undefined {
  const broken = row.record.foreignKeys
    .filter((key) => only === undefined || key.record === only)
    .map((key) => {
      const missing = [key.record, ...(orIn === undefined ? [] : [orIn])].map((name) => {
        const other = askedRow(rows, name, 'o');
        const same = key.fields.map(
          (own, at) => `${other.column(key.referenced[at] ?? own)} = ${row.column(own)}`,
        );
        return `NOT EXISTS (SELECT FROM ${other.from()} WHERE ${all(same)})`;
      });
      const given = key.fields.map((own) => `${row.column(own)} IS NOT NULL`);
      return `(${all([...given, ...missing])})`;
    });
  return broken.length === 0 ? undefined : broken.join(' OR ');
}

/**
 * Rows of one young person whose values lie further apart than that, from one agency to another. Of each agency
 * only the latest row counts: what changed since is no disagreement.
 */
function disagreeing(rows: StoredRows, about: string, test: Extract<Test, { kind: 'agree' }>): string {
  const [row, other] = [askedRow(rows, about, 't'), askedRow(rows, about, 'o')];
  const [own, theirs] = [row.column(test.field), other.column(test.field)];
  const apart =
    row.field(test.field).type === 'integer' || row.field(test.field).type === 'number'
      ? `abs(${own} - ${theirs}) > ${test.tolerance}`
      : `${own} <> ${theirs}`;
  const at = row.record.fields.find((field) => field.moment === 'at')?.name;
  const isLatest = (of: AskedRow, alias: string): string | undefined => {
    if (at === undefined) return undefined;
    const later = askedRow(rows, about, alias);
    return `NOT EXISTS (SELECT FROM ${later.from()}
      WHERE ${alias}.source_agency = ${of.alias}.source_agency AND ${alias}.surrogate = ${of.alias}.surrogate
        AND NOT (${isSameRow(later, of)})
        AND (${later.column(at)}, ${alias}.source_record_id) > (${of.column(at)}, ${of.alias}.source_record_id))`;
  };
  const differs = all([
    samePerson(rows, row, other),
    'o.source_agency <> t.source_agency',
    apart,
    isLatest(other, 'k'),
  ]);
  const where = all([
    conditionSql(row, test.when),
    isLatest(row, 'l'),
    `EXISTS (SELECT FROM ${other.from()} WHERE ${differs})`,
  ]);
  return `SELECT t.source_agency, t.source_record_id FROM ${row.from()} WHERE ${where}`;
}
