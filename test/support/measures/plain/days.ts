/** Days as texts such as 2026-03-01, in California; the hub's own calendar is not asked. */
const california = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Los_Angeles',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

export function dayOf(moment: unknown): string | undefined {
  if (typeof moment !== 'string') return undefined;
  return moment.length === 10 ? moment : california.format(new Date(moment));
}

export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** The same day of a later month, or its last day where it has no such day. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** `2024`, `2024-Q1` or `2022/2024` as its first and last day. */
export function isWithin(day: string, period: string): boolean {
  const quarter = /^(\d{4})-Q(\d)$/.exec(period);
  if (quarter !== null)
    return day.slice(0, 4) === quarter[1] && Math.ceil(Number(day.slice(5, 7)) / 3) === Number(quarter[2]);
  const [first = '', last = first] = period.split('/');
  return day.slice(0, 4) >= first && day.slice(0, 4) <= last;
}

export function firstDayOf(period: string): string {
  const quarter = /^(\d{4})-Q(\d)$/.exec(period);
  if (quarter === null) return `${period.slice(0, 4)}-01-01`;
  return `${quarter[1]}-${String(3 * Number(quarter[2]) - 2).padStart(2, '0')}-01`;
}

export function lastDayOf(period: string): string {
  const quarter = /^(\d{4})-Q(\d)$/.exec(period);
  if (quarter === null) return `${period.slice(-4)}-12-31`;
  return new Date(Date.UTC(Number(quarter[1]), 3 * Number(quarter[2]), 0)).toISOString().slice(0, 10);
}
