/** Days as whole numbers since 1970-01-01, so that no time zone comes near them. */
export type Day = number;

const MS = 86_400_000;

export function dayOf(year: number, month: number, day: number): Day {
  return Date.UTC(year, month - 1, day) / MS;
}

export function parseDay(text: string): Day {
  return Date.parse(`${text}T00:00:00Z`) / MS;
}

/** Texts of days are asked for millions of times and come from forty years. */
const texts = new Map<Day, string>();

export function dayText(day: Day): string {
  let text = texts.get(day);
  if (text === undefined) {
    text = new Date(day * MS).toISOString().slice(0, 10);
    texts.set(day, text);
  }
  return text;
}

/** A moment as minutes after midnight of a day, written with its offset. */
export function momentText(day: Day, minutes: number): string {
  const whole = day + Math.floor(minutes / 1440);
  const rest = ((minutes % 1440) + 1440) % 1440;
  const hours = String(Math.floor(rest / 60)).padStart(2, '0');
  return `${dayText(whole)}T${hours}:${String(rest % 60).padStart(2, '0')}:00Z`;
}

export function yearOf(day: Day): number {
  return Number(dayText(day).slice(0, 4));
}

export function monthOf(day: Day): number {
  return Number(dayText(day).slice(5, 7));
}

/** Age in whole years. */
export function ageAt(born: Day, day: Day): number {
  const [from, to] = [dayText(born), dayText(day)];
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

/** The day on which somebody reaches an age; who was born on a leap day reaches it on 1 March. */
export function birthday(born: Day, age: number): Day {
  const text = dayText(born);
  return dayOf(Number(text.slice(0, 4)) + age, Number(text.slice(5, 7)), Number(text.slice(8)));
}
