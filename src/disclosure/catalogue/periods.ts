import { Refused } from '../../errors.ts';

/** `2024`, `2024-Q1`, `2024-03` or the pooled years `2022/2024`: the last day of the period. */
export function periodEnd(period: string): string {
  const years = /^(?:\d{4}\/)?(\d{4})$/.exec(period)?.[1];
  if (years !== undefined) return `${years}-12-31`;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter !== null) return lastDay(Number(quarter[1]), 3 * Number(quarter[2]));
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(period);
  if (month !== null) return lastDay(Number(month[1]), Number(month[2]));
  throw new Refused('PERIOD_UNKNOWN', `${period} is no period`, {
    remedy: 'periods are written 2024, 2024-Q1, 2024-03 or 2022/2024',
  });
}

function lastDay(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** Whether the period is over on a day; figures of a period that still runs are in no release. */
export function isClosed(period: string, on: string): boolean {
  return periodEnd(period) <= on;
}

/**
 * Whether a release holds a period: one that is over, and no shorter than the one that the release is of. Of pooled years
 * it holds those that end with it: pools that overlap give away differences, and cost blanks for little.
 */
export function isHeld(
  period: string,
  release: { readonly period: string; readonly closedOn: string },
): boolean {
  const isPool = period.includes('/');
  const ends = lastYearEnded(release.closedOn);
  if (isPool && period.slice(5) !== ends) return false;
  return isClosed(period, release.closedOn) && months(period) >= months(release.period);
}

function lastYearEnded(on: string): string {
  const year = on.slice(0, 4);
  return isClosed(year, on) ? year : String(Number(year) - 1);
}

function months(period: string): number {
  if (/^\d{4}(?:\/\d{4})?$/.test(period)) return 12;
  return period.includes('Q') ? 3 : 1;
}

/** The periods that make up a longer one: a year its quarters, pooled years their years. */
export function partsOfPeriod(period: string): string[] {
  const pooled = /^(\d{4})\/(\d{4})$/.exec(period);
  if (pooled !== null) {
    const [from, to] = [Number(pooled[1]), Number(pooled[2])];
    return Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
  }
  return /^\d{4}$/.test(period) ? [1, 2, 3, 4].map((quarter) => `${period}-Q${quarter}`) : [];
}
