/**
 * The surrogates for whom a term holds, as one statement: of all time or of one period, of each county's rows by that
 * county's wording, and of each agency's rows by themselves. Pure.
 */
import type { Contracts } from '../../src/contracts/contracts.ts';
import { recordNamed, termAsOf } from '../../src/contracts/lookup.ts';
import type { Rule } from '../../src/contracts/term-rule.ts';
import { Refused } from '../../src/errors.ts';
import { recordTable } from '../load/record-table.ts';
import { standsFor } from '../validate/rule/row-layout.ts';
import { type AskedRow, askedRow, type StoredRows, spanOf } from '../validate/stored/asked-row.ts';
import { all, day, literal, texts } from '../validate/stored/sql.ts';
import { type AskedPeriod, type RowDays, rowsOfTerm } from '../validate/stored/term-rows.ts';

export interface TermQuery {
  /** Gives two columns, `surrogate` and `source_agency`. */
  readonly sql: string;
  /** The record types that it reads. */
  readonly records: readonly string[];
}

/** Days from and to; what is asked to be `in_period` begins inside, and what is open then overlaps it. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export interface TermQuestion {
  readonly term: string;
  /** The day whose wording counts. */
  readonly on: string;
  /** Without a period, all time. */
  readonly period?: Period;
  /** Without a county, all of them. */
  readonly county?: string;
}

export function termQuery(contracts: Contracts, question: TermQuestion): TermQuery {
  const wanted = question.county;
  const own = countiesWithTheirOwn(contracts).filter((county) => wanted === undefined || county === wanted);
  const records = new Set<string>();
  const about = { contracts, on: question.on, period: question.period, records };
  const parts = own.map((county) =>
    ofTerm({ ...about, county, rows: countyRows([county], true) }, question.term),
  );
  if (wanted === undefined || own.length === 0) {
    const rows = wanted === undefined ? countyRows(own, false) : countyRows([wanted], true);
    parts.push(ofTerm({ ...about, county: undefined, rows }, question.term));
  }
  return { sql: parts.map((part) => `(${part})`).join(' UNION '), records: [...records].toSorted() };
}

interface Asked {
  readonly contracts: Contracts;
  readonly on: string;
  readonly period: Period | undefined;
  readonly county: string | undefined;
  /** Which counties' rows are asked, as a condition on the row. */
  readonly rows: (alias: string) => string;
  readonly records: Set<string>;
}

function countiesWithTheirOwn({ terms }: Contracts): string[] {
  return [
    ...new Set([...terms.values()].flatMap(({ local }) => local.map(({ county }) => county))),
  ].toSorted();
}

function countyRows(counties: readonly string[], inside: boolean): (alias: string) => string {
  const among = (alias: string): string => `${alias}.county_fips = ANY(${texts(counties)})`;
  return (alias) => (inside ? among(alias) : `NOT ${among(alias)}`);
}

function ofTerm(asked: Asked, term: string): string {
  const when = { on: asked.on, ...(asked.county === undefined ? {} : { county: asked.county }) };
  const { rule } = termAsOf(asked.contracts, term, when);
  if (rule === undefined) throw cannot(term);
  return ofRule(asked, rule);
}

function ofRule(asked: Asked, rule: Rule): string {
  switch (rule.kind) {
    case 'term':
      return ofTerm(asked, rule.term);
    case 'any':
      return rule.rules.map((part) => `(${ofRule(asked, part)})`).join(' UNION ');
    case 'all': {
      const holds = rule.rules.filter((part) => part.kind !== 'not');
      const fails = rule.rules.flatMap((part) => (part.kind === 'not' ? [part.rule] : []));
      if (holds.length === 0) throw cannot('not alone');
      const some = holds.map((part) => `(${ofRule(asked, part)})`).join(' INTERSECT ');
      return [`(${some})`, ...fails.map((part) => `(${ofRule(asked, part)})`)].join(' EXCEPT ');
    }
    case 'rows':
      if (rule.when === 'latest' || rule.inDays !== undefined) throw cannot(rule.when);
      return rowsThat(asked, rule);
    case 'not':
    case 'overlap':
    case 'follows':
    case 'age':
    case 'share':
      throw cannot(rule.kind);
  }
}

function rowsThat(
  asked: Asked,
  { record, where, atLeast, when, on }: Extract<Rule, { kind: 'rows' }>,
): string {
  asked.records.add(record);
  const row = askedRow(storedNow(asked.contracts), record, 'r');
  const condition = all([
    asked.rows('r'),
    rowsOfTerm(row, { where, when }, () => daysOf(row, asked.contracts, on), periodSql(asked.period)),
    'r.surrogate IS NOT NULL',
  ]);
  const enough = atLeast > 1 ? ` HAVING count(*) >= ${literal(atLeast)}` : '';
  return `SELECT r.surrogate, r.source_agency FROM ${row.from()} WHERE ${condition} GROUP BY 1, 2${enough}`;
}

function periodSql(period: Period | undefined): AskedPeriod | undefined {
  return period && { from: `${literal(period.from)}::date`, to: `${literal(period.to)}::date` };
}

/** The moment that the rule names, where it names one. */
function daysOf(row: AskedRow, contracts: Contracts, on: string | undefined): RowDays {
  const named = on === undefined ? undefined : day(row.time(on));
  return named === undefined ? spanNear(row, contracts) : { first: named, last: named };
}

/** A row without a moment of its own, such as a diagnosis, has that of the row it belongs to. */
function spanNear(row: AskedRow, contracts: Contracts): RowDays {
  if (standsFor(row.record, '$start') !== undefined) return spanOf(row);
  for (const { record } of row.record.foreignKeys) {
    const start = standsFor(recordNamed(contracts, record), '$start');
    if (start === undefined) continue;
    const first = day(row.time(`${record}.${start}`));
    return { first, last: first };
  }
  throw cannot(`rows of ${row.record.name}, which have no moment`);
}

function storedNow(contracts: Contracts): StoredRows {
  const relation = (record: string): string => {
    const table = recordTable(recordNamed(contracts, record));
    return `(SELECT * FROM ${table.schema}.${table.record} WHERE known_to = 'infinity' AND op NOT IN ('delete', 'absent'))`;
  };
  return {
    contracts,
    relation,
    persons: 'persons.membership',
    deliveries: 'ops.delivery',
    asOf: '2000-01-01T00:00:00Z',
  };
}

function cannot(what: string): Refused {
  return new Refused('TERM_RULE', `This term cannot be asked of stored rows by a rule of the form ${what}.`, {
    remedy: 'Word it over rows of records, other terms, any, all and not.',
  });
}
