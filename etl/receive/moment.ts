const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT =
  /^(?<day>\d{4}-\d{2}-\d{2})[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?:Z|[+-]\d{2}(?::?\d{2})?)$/;

/** A day of the calendar, such as 2026-03-01; there is no 30th of February. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Milliseconds since 1970 of a moment with its offset from UTC, such as 2026-03-01T04:00:00Z; none if it is none. */
export function momentOf(text: string): number | undefined {
  const parts = MOMENT.exec(text)?.groups;
  if (parts?.['day'] === undefined || !isDay(parts['day'])) return undefined;
  const offset = text.slice(parts['day'].length + 1 + (parts['time'] ?? '').length);
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const written = offset === 'Z' ? 'Z' : `${offset[0]}${digits.slice(0, 2)}:${digits.slice(2)}`;
  const moment = Date.parse(`${parts['day']}T${parts['time']}${written}`);
  return Number.isNaN(moment) ? undefined : moment;
}
