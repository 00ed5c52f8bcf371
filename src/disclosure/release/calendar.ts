import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Refused } from '../../errors.ts';
import { packageRoot } from '../../package-root.ts';
import { periodEnd } from '../catalogue/periods.ts';
import { expectArray, expectFields, expectObject } from '../reading.ts';
import type { Cadence } from '../release.entity.ts';

export interface CalendarRule {
  readonly cadence: Cadence;
  readonly afterDays: number;
  readonly state: 'provisional' | 'final';
}

export interface DueRelease {
  readonly cadence: Cadence;
  /** The period that has closed: a month, a quarter or a year. */
  readonly period: string;
  readonly closedOn: string;
  readonly state: 'provisional' | 'final';
}

const CADENCES: readonly Cadence[] = ['monthly', 'quarterly', 'yearly'];

export function readCalendar(
  file: string = join(packageRoot, 'schema/release-calendar.yaml'),
): CalendarRule[] {
  const source = expectObject(parse(readFileSync(file, 'utf8')), 'release-calendar');
  expectFields(source, ['cadences'], 'release-calendar');
  return expectArray(source['cadences'], 'release-calendar').map((item) => {
    const rule = expectObject(item, 'release-calendar');
    expectFields(rule, ['cadence', 'after_days', 'state', 'words'], 'release-calendar');
    const cadence = CADENCES.find((one) => one === rule['cadence']);
    const [afterDays, state] = [rule['after_days'], rule['state']];
    if (cadence === undefined || !Number.isSafeInteger(afterDays) || (afterDays as number) < 0)
      throw new Refused('CALENDAR', 'release-calendar: a cadence and a whole number of days were expected');
    if (state !== 'provisional' && state !== 'final')
      throw new Refused('CALENDAR', `release-calendar ${cadence}: state is provisional or final`);
    return { cadence, afterDays: afterDays as number, state };
  });
}

/**
 * The release of a period, by its calendar's rule. Quality rule Q604: what was known before the agencies had their time
 * to send is not complete, and is provisional whatever the calendar calls the release.
 */
export function releaseOf(calendar: readonly CalendarRule[], period: string, knownOn: string): DueRelease {
  const cadence = cadenceOf(period);
  const rule = calendar.find((one) => one.cadence === cadence);
  if (rule === undefined)
    throw new Refused('CALENDAR', `the calendar has no release for ${period}`, {
      remedy: 'add its cadence to schema/release-calendar.yaml',
    });
  const closedOn = periodEnd(period);
  const settled = closedOn <= daysBefore(knownOn, rule.afterDays);
  return { cadence, period, closedOn, state: settled ? rule.state : 'provisional' };
}

/** What should have been released by a day and was not: for each cadence the newest period that is over and settled. */
export function dueReleases(
  calendar: readonly CalendarRule[],
  made: readonly { readonly cadence: string | null; readonly period: string | null }[],
  today: string,
  knownOn: string,
): DueRelease[] {
  return calendar.flatMap((rule) => {
    const period = newestClosed(rule.cadence, daysBefore(today, rule.afterDays));
    const there = made.some((release) => release.cadence === rule.cadence && release.period === period);
    return there ? [] : [releaseOf(calendar, period, knownOn)];
  });
}

/** For each cadence the next release to come, and from which day on: the newest that is over, unless it is made. */
export function nextReleases(
  calendar: readonly CalendarRule[],
  made: readonly { readonly cadence: string | null; readonly period: string | null }[],
  today: string,
): { readonly cadence: Cadence; readonly period: string; readonly dueOn: string }[] {
  return calendar.map(({ cadence, afterDays }) => {
    const dueOn = (period: string): string => daysBefore(periodEnd(period), -afterDays);
    let period = newestClosed(cadence, daysBefore(today, afterDays));
    // Periods follow one another: the day after one ended lies in the next.
    if (made.some((release) => release.cadence === cadence && release.period === period))
      period = periodOf(cadence, daysBefore(periodEnd(period), -1));
    return { cadence, period, dueOn: dueOn(period) };
  });
}

function periodOf(cadence: Cadence, day: string): string {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))];
  if (cadence === 'monthly') return day.slice(0, 7);
  return cadence === 'yearly' ? year : `${year}-Q${Math.ceil(month / 3)}`;
}

function cadenceOf(period: string): Cadence {
  if (/^\d{4}-\d{2}$/.test(period)) return 'monthly';
  return period.includes('Q') ? 'quarterly' : 'yearly';
}

/** The newest month, quarter or year whose last day is on or before a day. */
function newestClosed(cadence: Cadence, day: string): string {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const ended = periodEnd(day.slice(0, 7)) <= day;
  const last = new Date(Date.UTC(year, ended ? month - 1 : month - 2, 1)).toISOString();
  const [y, m] = [Number(last.slice(0, 4)), Number(last.slice(5, 7))];
  if (cadence === 'monthly') return last.slice(0, 7);
  if (cadence === 'yearly') return String(m === 12 ? y : y - 1);
  const quarter = Math.floor(m / 3);
  return quarter === 0 ? `${y - 1}-Q4` : `${y}-Q${quarter}`;
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
