import type { ProgramSaid } from './program.ts';

/** After so many months without anybody's word, an entry is out of date. */
const FRESH_MONTHS = 6;

export function isStale({ verification }: Pick<ProgramSaid, 'verification'>, today: string): boolean {
  return verification.on === undefined || verification.on < freshSince(today);
}

/** The same day of the month half a year ago, or that month's last. */
export function freshSince(today: string): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - FRESH_MONTHS, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - FRESH_MONTHS, Math.min(day, last))).toISOString().slice(0, 10);
}

export function todayText(): string {
  return new Date().toISOString().slice(0, 10);
}
