import type { Clock, Limit } from '../../../src/contracts/clock.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Span } from '../../../src/contracts/quality-test.ts';
import { day, literal, type Time } from './sql.ts';

/**
 * Whether a stretch of time is longer than its limit: hours as they pass, days and months by the calendar, as in
 * span-limit.ts. A clock goes by the county and by the day on which the stretch began.
 */
export function exceedsSql(contracts: Contracts, span: Span, from: Time, to: Time, county: string): string {
  if (span.clock === undefined)
    return exceeds({ iso: '', hours: span.hours ?? 0, days: span.days ?? 0, months: 0 }, from, to);
  const clock = contracts.clocks.get(span.clock);
  if (clock === undefined) throw new Error(`there is no clock ${span.clock}`);
  const own = clock.counties.map(
    (limit) =>
      `WHEN ${county} = ${literal(limit.county)} AND ${inForce(limit, from)} THEN ${exceeds(limit.limit, from, to)}`,
  );
  return [
    `CASE WHEN NOT (${inForce(clock, from)}) THEN false`,
    ...own,
    `ELSE ${exceeds(clock.limit, from, to)} END`,
  ].join(' ');
}

function exceeds({ months, days, hours }: Limit, from: Time, to: Time): string {
  if (months === 0 && days === 0 && from.kind === 'moment' && to.kind === 'moment')
    return `${to.sql} > ${from.sql} + interval '${hours} hours'`;
  const start = months === 0 ? day(from) : `(${day(from)} + interval '${months} months')::date`;
  return `${day(to)} > ${start} + ${days + Math.ceil(hours / 24)}`;
}

function inForce(
  { effectiveFrom, effectiveTo }: Pick<Clock, 'effectiveFrom' | 'effectiveTo'>,
  at: Time,
): string {
  return `${day(at)} BETWEEN ${literal(effectiveFrom)}::date AND ${literal(effectiveTo ?? 'infinity')}::date`;
}
