/** Days as whole numbers since 1970-01-01, so that no time zone comes near them. */
export type Day = number;

const MS = 86_400_000;

export function dayOf(year: number, month: number, day: number): Day {
  return Date.UTC(year, month - 1, day) / MS;
}

export function parseDay(text: string): Day {
  return Date.parse(`${text}T00:00:00Z`) / MS;
}

interface Calendar {
  readonly text: string;
  readonly year: number;
  readonly month: number;
  /** Of the month. */
  readonly day: number;
}

/** Days are asked about millions of times and come from forty years: a list that never has to grow is quickest. */
const known = Array.from({ length: 40_000 }, (): Calendar | undefined => undefined);

function calendar(day: Day): Calendar {
  let found = known[day];
  if (found === undefined) {
    const text = new Date(day * MS).toISOString().slice(0, 10);
    const [year, month, of] = [text.slice(0, 4), text.slice(5, 7), text.slice(8)].map(Number);
    found = { text, year: year as number, month: month as number, day: of as number };
    known[day] = found;
  }
  return found;
}

export function dayText(day: Day): string {
  return calendar(day).text;
}

/** A moment as minutes after midnight of a day, written with its offset. */
export function momentText(day: Day, minutes: number): string {
  const whole = day + Math.floor(minutes / 1440);
  const rest = ((minutes % 1440) + 1440) % 1440;
  return `${dayText(whole)}T${twoDigits(Math.floor(rest / 60))}:${twoDigits(rest % 60)}:00Z`;
}

function twoDigits(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}

export function yearOf(day: Day): number {
  return calendar(day).year;
}

export function monthOf(day: Day): number {
  return calendar(day).month;
}

/** Age in whole years. */
export function ageAt(born: Day, day: Day): number {
  const [from, to] = [calendar(born), calendar(day)];
  const before = to.month < from.month || (to.month === from.month && to.day < from.day);
  return to.year - from.year - (before ? 1 : 0);
}

/** The day on which somebody reaches an age; who was born on a leap day reaches it on 1 March. */
export function birthday(born: Day, age: number): Day {
  const { year, month, day } = calendar(born);
  return dayOf(year + age, month, day);
}
