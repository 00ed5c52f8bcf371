import type { Condition, Matcher } from '../../../src/contracts/condition.ts';
import type { AskedRow } from './asked-row.ts';
import { all, day, literal, texts } from './sql.ts';

/**
 * What a missing value says to `not`. In a rule of quality it leaves the answer open, so that nobody is reproached with it;
 * in a term it is an answer: it is in no list.
 */
export type Missing = 'leaves it open' | 'is in no list';

/** A condition on a row as SQL. */
export function conditionSql(
  row: AskedRow,
  condition: Condition | undefined,
  missing: Missing = 'leaves it open',
): string | undefined {
  if (condition === undefined) return undefined;
  return all(
    Object.entries(condition.fields).flatMap(([path, matcher]) => matcherSql(row, path, matcher, missing)),
  );
}

function matcherSql(row: AskedRow, path: string, matcher: Matcher, missing: Missing): string[] {
  const column = row.column(path);
  const conditions: string[] = [];
  if (matcher.present !== undefined) conditions.push(`${column} IS ${matcher.present ? 'NOT ' : ''}NULL`);
  if (matcher.in !== undefined) conditions.push(among(row, path, matcher.in));
  if (matcher.notIn !== undefined) {
    const listed = among(row, path, matcher.notIn);
    conditions.push(missing === 'is in no list' ? `(${listed}) IS NOT TRUE` : `NOT (${listed})`);
  }
  if (matcher.under !== undefined)
    conditions.push(matcher.under.map((stem) => `starts_with(${column}, ${literal(stem)})`).join(' OR '));
  if (matcher.min !== undefined) conditions.push(`${comparable(row, path)} >= ${bound(matcher.min)}`);
  if (matcher.max !== undefined) conditions.push(`${comparable(row, path)} <= ${bound(matcher.max)}`);
  return conditions;
}

function among(row: AskedRow, path: string, values: readonly (string | number | boolean)[]): string {
  const column = row.column(path);
  const field = row.field(path);
  if (field.several) return `${column} && ${texts(values.map(String))}`;
  if (field.codes !== undefined || field.type === 'string')
    return `${column} = ANY(${texts(values.map(String))})`;
  return `${comparable(row, path)} IN (${values.map(bound).join(', ')})`;
}

/** Bounds of time are days. */
export function comparable(row: AskedRow, path: string): string {
  const { type } = row.field(path);
  return type === 'date' || type === 'datetime' ? day(row.time(path)) : row.column(path);
}

export function bound(value: string | number | boolean): string {
  return typeof value === 'string' ? `${literal(value)}::date` : literal(value);
}
