import type { Clock, Limit } from '../../../src/contracts/clock.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { askedRow } from '../../validate/stored/asked-row.ts';
import { conditionSql } from '../../validate/stored/condition-sql.ts';
import { day, literal, type Time } from '../../validate/stored/sql.ts';
import { relations } from '../row-days.ts';

/**
 * Every run of every clock of `schema/clocks.yaml`: when it started, when it was due under the protocol of the county
 * whose agency tells of it, and when it stopped. Two agencies that tell of the same start are one run, which the earlier
 * stop ends. A run that is neither stopped nor due by the day that is known is neither met nor missed.
 */
export function clockRunSql(contracts: Contracts): string {
  const runs = [...contracts.clocks.values()].map((clock) => runsOf(contracts, clock));
  return `CREATE TEMPORARY VIEW clock_run AS
    SELECT clock, person_id::text || ' ' || clock || ' ' || started_at AS run, person_id, agency, county, protocol, started_at, due_at, stopped_at,
      CASE WHEN stopped_at IS NULL AND due_at >= until THEN NULL WHEN through THEN coalesce(stopped_at >= due_at, false)
        ELSE coalesce(stopped_at <= due_at, false) END AS met,
      greatest(0, floor(extract(epoch FROM coalesce(stopped_at, until) - started_at) / 3600))::int AS hours,
      greatest(0, coalesce(stopped_at, until - interval '1 day')::date - started_at::date) AS days,
      stopped_at IS NOT NULL AS ended
    FROM (${runs.join(' UNION ALL ')}) run CROSS JOIN (SELECT (known_on + 1)::timestamptz AS until FROM known) known`;
}

function runsOf(contracts: Contracts, clock: Clock): string {
  const start = askedRow(relations(contracts), clock.start.record, 'r');
  const stop = askedRow(relations(contracts), clock.stop.record, 's');
  const sameRecord = clock.start.record === clock.stop.record;
  // From one row of a record to the next, a day is the finest grain at which two agencies tell of the same event.
  const next = sameRecord && clock.start.field === clock.stop.field;
  const sameRow = sameRecord && !next && !asksMore(clock);
  const startTime = start.time(clock.start.field);
  const stopTime = stop.time(clock.stop.field);
  const byDay = next || startTime.kind === 'day' || stopTime.kind === 'day';
  const moment = (time: Time): string => (byDay ? `${day(time)}::timestamptz` : time.sql);
  const stopped = sameRow ? moment(start.time(clock.stop.field)) : 'NULL::timestamptz';
  const started = `
    SELECT r.person_id, ${moment(startTime)} AS started_at, (array_agg(r.agency ORDER BY r.agency, r.record_id))[1] AS agency,
      (array_agg(r.county ORDER BY r.agency, r.record_id))[1] AS county, min(${stopped}) AS own_stop
    FROM ${clock.start.record} r
    WHERE ${startTime.sql} IS NOT NULL AND (${conditionSql(start, clock.start.where, 'is in no list') ?? 'true'})
      AND ${day(startTime)} BETWEEN ${literal(clock.effectiveFrom)}::date AND ${literal(clock.effectiveTo ?? 'infinity')}::date
    GROUP BY 1, 2`;
  const later = sameRow
    ? 'own_stop'
    : `(SELECT min(${moment(stopTime)}) FROM ${clock.stop.record} s WHERE s.person_id = b.person_id
          AND (${conditionSql(stop, clock.stop.where, 'is in no list') ?? 'true'}) AND ${moment(stopTime)} ${next ? '>' : '>='} b.started_at)`;
  return `
    SELECT ${literal(clock.name)} AS clock, person_id, agency, county, started_at, ${later} AS stopped_at, ${clock.through} AS through,
      CASE WHEN ${ownLimit(clock)} THEN 'county' ELSE 'shared' END AS protocol, started_at + ${limitSql(clock, byDay)} AS due_at
    FROM (${started}) b`;
}

/** A stop that is told by other rows than the start is looked for among them, and else in the row that started. */
function asksMore({ start, stop }: Clock): boolean {
  return (
    stop.where !== undefined && JSON.stringify(stop.where.fields) !== JSON.stringify(start.where?.fields)
  );
}

function ownLimit({ counties }: Clock): string {
  return counties.length === 0 ? 'false' : counties.map(inForce).join(' OR ');
}

function limitSql({ limit, counties }: Clock, byDay: boolean): string {
  const own = counties.map((county) => `WHEN ${inForce(county)} THEN ${intervalSql(county.limit, byDay)}`);
  return own.length === 0
    ? intervalSql(limit, byDay)
    : `CASE ${own.join(' ')} ELSE ${intervalSql(limit, byDay)} END`;
}

function inForce({ county, effectiveFrom, effectiveTo }: Clock['counties'][number]): string {
  return `(county = ${literal(county)} AND started_at::date BETWEEN ${literal(effectiveFrom)}::date AND ${literal(effectiveTo ?? 'infinity')}::date)`;
}

/** Between days of the calendar, hours are the days that they fill. */
function intervalSql({ months, days, hours }: Limit, byDay: boolean): string {
  return byDay
    ? `make_interval(months => ${months}, days => ${days + Math.ceil(hours / 24)})`
    : `make_interval(months => ${months}, days => ${days}, hours => ${hours})`;
}
