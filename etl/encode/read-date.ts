/** The order of day, month and year in dates that do not start with the year. */
export type DateOrder = 'mdy' | 'dmy';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A date in any of the forms that extracts have, as eight characters, year first; nothing where it is none of them. */
export function readDate(text: string, order: DateOrder): string | undefined {
  if (/^[0-9a-z]{8}$/.test(text)) return compactDate(text, order);
  const parts = text.split(/[^0-9a-z]+/).filter((part) => part !== '');
  if (parts.length !== 3) return undefined;
  const [first = '', second = '', third = ''] = parts.map(monthNumber);
  if (first.length === 4) return `${first}${pad(second)}${pad(third)}`;
  if (third.length !== 4 && third.length !== 2) return undefined;
  const year = third.length === 4 ? third : century(third);
  const named = parts.findIndex((part) => /^[a-z]{3,}$/.test(part));
  const monthFirst =
    named === 0 || (named === -1 && (order === 'mdy') !== wrongWayRound(first, second, order));
  return monthFirst ? `${year}${pad(first)}${pad(second)}` : `${year}${pad(second)}${pad(first)}`;
}

/** Eight digits start with the year unless only the end can be one. */
function compactDate(text: string, order: DateOrder): string {
  const start = Number(text.slice(0, 4));
  const end = Number(text.slice(4));
  const yearLast = (start < 1850 || start > 2100) && end >= 1850 && end <= 2100;
  if (!yearLast) return text;
  const [a, b] = [text.slice(0, 2), text.slice(2, 4)];
  const monthFirst = (order === 'mdy') !== wrongWayRound(a, b, order);
  return monthFirst ? `${text.slice(4)}${a}${b}` : `${text.slice(4)}${b}${a}`;
}

/** Whether the number in the month's place can only be a day. */
function wrongWayRound(first: string, second: string, order: DateOrder): boolean {
  const [month, day] = order === 'mdy' ? [Number(first), Number(second)] : [Number(second), Number(first)];
  return month > 12 && day >= 1 && day <= 12;
}

function monthNumber(part: string): string {
  if (!/^[a-z]{3,}$/.test(part)) return part;
  const month = MONTHS.indexOf(part.slice(0, 3));
  return month === -1 ? part.slice(0, 2) : String(month + 1);
}

function pad(part: string): string {
  return part.slice(0, 2).padStart(2, '0');
}

function century(year: string): string {
  return Number(year) > 30 ? `19${year}` : `20${year}`;
}

export function isCalendarDate(value: string): boolean {
  if (!/^\d{8}$/.test(value)) return false;
  const [year, month, day] = [value.slice(0, 4), value.slice(4, 6), value.slice(6)].map(Number) as [
    number,
    number,
    number,
  ];
  if (year < 1850 || year > 2100 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
