import type { Contracts } from '../../src/contracts/contracts.ts';
import type { TermVersion } from '../../src/contracts/term.ts';
import type { Rule } from '../../src/contracts/term-rule.ts';
import { askedRow } from '../validate/stored/asked-row.ts';
import { all } from '../validate/stored/sql.ts';
import { rowsOfTerm } from '../validate/stored/term-rows.ts';
import { daysOf, relations } from './row-days.ts';

/**
 * The rule of a term as SQL, asked of `g`: a young person in a period (person_id, starts, ends, born_on). Of rows, those
 * up to the end of the period count and no later ones, or an old period would change with every new event. What another
 * term asks may be `named` instead of being spelled out again.
 */
export function ruleSql(
  contracts: Contracts,
  rule: Rule,
  version: (term: string) => TermVersion,
  named: (sql: string) => string = (sql) => sql,
): string {
  const of = (inner: Rule): string => ruleSql(contracts, inner, version, named);
  switch (rule.kind) {
    case 'all':
      return all(rule.rules.map(of));
    case 'any':
      return rule.rules.map((inner) => `(${of(inner)})`).join(' OR ');
    case 'not':
      return `NOT (${of(rule.rule)})`;
    case 'term':
      return named(of(ruleOf(version(rule.term))));
    case 'age':
      return all([
        rule.min === undefined ? undefined : `extract(year FROM age(g.ends, g.born_on)) >= ${rule.min}`,
        rule.max === undefined ? undefined : `extract(year FROM age(g.ends, g.born_on)) <= ${rule.max}`,
      ]);
    case 'rows':
      return rowsSql(contracts, rule);
    case 'share':
      return shareSql(contracts, rule);
    case 'overlap':
    case 'follows': {
      const meets =
        rule.kind === 'follows'
          ? rule.withinDays === undefined
            ? 'b.first > a.first'
            : `b.first BETWEEN a.first AND a.first + ${rule.withinDays}`
          : rule.withinDays === undefined
            ? 'a.first <= b.last AND b.first <= a.last'
            : `a.first <= b.last AND b.first <= a.last + ${rule.withinDays}`;
      return `EXISTS (SELECT FROM (${spansSql(contracts, rule.first, version)}) a
        JOIN (${spansSql(contracts, rule.second, version)}) b ON ${meets})`;
    }
  }
}

export function ruleOf({ rule, place }: TermVersion): Rule {
  if (rule === undefined) throw new Error(`${place.file}: a term without a rule cannot be counted`);
  return rule;
}

type Rows = Extract<Rule, { kind: 'rows' }>;

function rowsSql(contracts: Contracts, rule: Rows): string {
  const { first } = daysOf(contracts, rule.record, rule.on);
  const matching = `FROM ${rule.record} r WHERE r.person_id = g.person_id AND ${rowsIn(contracts, rule)}`;
  if (rule.when === 'latest')
    return `EXISTS (SELECT ${matching} AND NOT EXISTS (SELECT FROM ${rule.record} later
      WHERE later.person_id = g.person_id AND ${first.replaceAll(/\br\./g, 'later.')} <= g.ends
        AND (${first.replaceAll(/\br\./g, 'later.')}, later.agency, later.record_id) > (${first}, r.agency, r.record_id)))`;
  if (rule.inDays !== undefined)
    return `EXISTS (SELECT FROM (SELECT ${first} AS began,
        count(*) OVER (ORDER BY ${first} RANGE BETWEEN CURRENT ROW AND '${rule.inDays - 1} days'::interval FOLLOWING) AS near
        ${matching}) close WHERE near >= ${rule.atLeast})`;
  return rule.atLeast === 1
    ? `EXISTS (SELECT ${matching})`
    : `(SELECT count(*) ${matching}) >= ${rule.atLeast}`;
}

/** The rows `r` that a rule speaks of, in the period of `g`. */
function rowsIn(
  contracts: Contracts,
  { record, where, when, on }: Pick<Rows, 'record' | 'where' | 'when'> & Partial<Pick<Rows, 'on'>>,
): string {
  const row = askedRow(relations(contracts), record, 'r');
  const period = { from: 'g.starts', to: 'g.ends' };
  return rowsOfTerm(row, { where, when }, () => daysOf(contracts, record, on), period);
}

function shareSql(contracts: Contracts, rule: Extract<Rule, { kind: 'share' }>): string {
  const row = askedRow(relations(contracts), rule.record, 'r');
  const sum = (fields: readonly string[]): string =>
    fields.map((field) => `coalesce(sum(${row.column(field)}), 0)`).join(' + ');
  const enough = rule.wholeAtLeast === undefined ? '' : ` AND ${sum(rule.whole)} >= ${rule.wholeAtLeast}`;
  const rows = rowsIn(contracts, { record: rule.record, where: rule.where, when: 'in_period' });
  return `EXISTS (SELECT FROM ${rule.record} r WHERE r.person_id = g.person_id AND ${rows}
    HAVING ${sum(rule.whole)} > 0 AND (${sum(rule.parts)}) >= ${rule.atLeast} * (${sum(rule.whole)})${enough})`;
}

/** The days that a rule's rows span, for rules that compare two of them. */
function spansSql(contracts: Contracts, rule: Rule, version: (term: string) => TermVersion): string {
  switch (rule.kind) {
    case 'term':
      return spansSql(contracts, ruleOf(version(rule.term)), version);
    case 'any':
      return rule.rules.map((inner) => spansSql(contracts, inner, version)).join(' UNION ALL ');
    case 'rows': {
      const { first, last } = daysOf(contracts, rule.record, rule.on);
      return `SELECT ${first} AS first, ${last} AS last FROM ${rule.record} r
        WHERE r.person_id = g.person_id AND ${rowsIn(contracts, rule)}`;
    }
    case 'all':
    case 'not':
    case 'age':
    case 'share':
    case 'overlap':
    case 'follows':
      throw new Error(`${rule.place.file}: a rule of the form ${rule.kind} has no days to compare`);
  }
}
