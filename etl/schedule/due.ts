/**
 * Whether something is due: it has not begun since the last time that its calendar named. A hub that was off then, or
 * in a blackout, finds it due afterwards, and once only. Pure: the moments are the ledger's.
 */
import { type Blackout, blackoutAt, type Calendar, endOfBlackouts, latestOf, nextOf } from './calendar.ts';

/**
 * `began` are the moments at which it began, in any order. One that lies in the future was written while a clock was wrong, and
 * says nothing: otherwise a clock that was a year ahead for a minute would stop the nights for a year.
 */
export function isDue(
  calendar: Calendar,
  began: readonly Date[],
  now: Date,
  blackouts: readonly Blackout[] = [],
): boolean {
  if (blackoutAt(blackouts, now) !== undefined) return false;
  const latest = latestOf(calendar, now);
  return !began.some((moment) => moment >= latest && moment <= now);
}

/** When it begins next if nothing is held back: now, where it is due and nothing stands in the way. */
export function nextBegin(
  calendar: Calendar,
  began: readonly Date[],
  now: Date,
  blackouts: readonly Blackout[] = [],
): Date {
  const missed = isDue(calendar, began, now);
  return endOfBlackouts(blackouts, missed ? now : nextOf(calendar, now));
}
