import { momentOfText, ZONE } from '../calendar.ts';

/** A value of a contract inside a statement; contracts are data, so even they are quoted. */
export function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

export function texts(values: readonly string[]): string {
  return `ARRAY[${values.map(literal).join(', ')}]::text[]`;
}

export function all(conditions: readonly (string | undefined)[]): string {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? 'true' : given.map((condition) => `(${condition})`).join(' AND ');
}

/** A value of time, and whether it is a day of the calendar or a moment. */
export interface Time {
  readonly sql: string;
  readonly kind: 'day' | 'moment';
}

/** The day of the calendar in California. */
export function day(time: Time): string {
  return time.kind === 'day' ? time.sql : `(${time.sql} AT TIME ZONE '${ZONE}')::date`;
}

export function momentLiteral(asOf: string): Time {
  if (Number.isNaN(momentOfText(asOf))) throw new RangeError('an as-of is a moment with its offset');
  return { sql: `${literal(asOf)}::timestamptz`, kind: 'moment' };
}
