/**
 * When something recurs, in UTC, so that no change of clocks leaves a time out or has it twice. Pure. A day that a month
 * does not have is its last.
 */
export type Weekday = 'sunday' | 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday';
export const WEEKDAYS: readonly Weekday[] = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
];

/** `at` is minutes after midnight. */
export type Calendar = { readonly at: number } & (
  | { readonly every: 'day' }
  | { readonly every: 'week'; readonly on: Weekday }
  | { readonly every: 'month' | 'quarter'; readonly onDay: number }
  | { readonly every: 'year'; readonly inMonth: number; readonly onDay: number }
);

/** A stretch of time in which nothing begins by itself. */
export interface Blackout {
  readonly from: Date;
  readonly until: Date;
  readonly because: string;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The latest time on or before a moment. */
export function latestOf(calendar: Calendar, moment: Date): Date {
  return sought(calendar, moment, -1, (time) => time <= moment.getTime());
}

/** The first time after a moment. */
export function nextOf(calendar: Calendar, moment: Date): Date {
  return sought(calendar, moment, 1, (time) => time > moment.getTime());
}

/** Day by day: at most a year of them, and nothing to reckon wrong. */
function sought(calendar: Calendar, moment: Date, step: 1 | -1, fits: (time: number) => boolean): Date {
  let day = Math.floor(moment.getTime() / DAY_MS) * DAY_MS;
  for (let looked = 0; looked <= 367; looked++, day += step * DAY_MS) {
    const time = day + calendar.at * MINUTE_MS;
    if (isOn(calendar, new Date(day)) && fits(time)) return new Date(time);
  }
  throw new Error('a calendar without a day in a whole year');
}

function isOn(calendar: Calendar, day: Date): boolean {
  if (calendar.every === 'day') return true;
  if (calendar.every === 'week') return WEEKDAYS[day.getUTCDay()] === calendar.on;
  const month = day.getUTCMonth();
  if (calendar.every === 'quarter' && month % 3 !== 0) return false;
  if (calendar.every === 'year' && month + 1 !== calendar.inMonth) return false;
  const lastDay = new Date(Date.UTC(day.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return day.getUTCDate() === Math.min(calendar.onDay, lastDay);
}

export function blackoutAt(blackouts: readonly Blackout[], moment: Date): Blackout | undefined {
  return blackouts.find(({ from, until }) => from <= moment && moment < until);
}

/** Blackouts may touch or overlap: the end of all of them together. */
export function endOfBlackouts(blackouts: readonly Blackout[], moment: Date): Date {
  let end = moment;
  for (let one = blackoutAt(blackouts, end); one !== undefined; one = blackoutAt(blackouts, end))
    end = one.until;
  return end;
}
