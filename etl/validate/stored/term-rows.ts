import type { Condition } from '../../../src/contracts/condition.ts';
import type { When } from '../../../src/contracts/term-rule.ts';
import type { AskedRow } from './asked-row.ts';
import { conditionSql } from './condition-sql.ts';
import { all } from './sql.ts';

/** The first and the last day of a row, as SQL. */
export interface RowDays {
  readonly first: string;
  readonly last: string;
}

/** The first and the last day that a term is asked of, as SQL. */
export interface AskedPeriod {
  readonly from: string;
  readonly to: string;
}

/**
 * Which rows of a record a rule of a term speaks of, as a condition on the row: what scope, estimates and measures share, so
 * that a term means one thing. Without a period, rows of all time.
 */
export function rowsOfTerm(
  row: AskedRow,
  rule: { readonly where: Condition | undefined; readonly when: When },
  days: () => RowDays,
  period: AskedPeriod | undefined,
): string {
  return all([
    conditionSql(row, rule.where, 'is in no list'),
    period === undefined ? undefined : whenSql(rule.when, days(), period),
  ]);
}

/** Rows after the end of the period never count, or an old period would change with every new event. */
function whenSql(when: When, { first, last }: RowDays, { from, to }: AskedPeriod): string {
  switch (when) {
    case 'in_period':
      return `${first} BETWEEN ${from} AND ${to}`;
    case 'open_in_period':
      return `${first} <= ${to} AND ${last} >= ${from}`;
    case 'before_period':
      return `${first} < ${from}`;
    case 'ever':
    case 'latest':
      return `${first} <= ${to}`;
  }
}
