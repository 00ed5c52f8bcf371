/** Reports are written in both languages side by side, in the file of the chapter that says them. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Bilingual = Readonly<Record<Language, string>>;

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

export interface Writing {
  readonly language: Language;
  /** At most so many digits after the point. */
  readonly number: (value: number, digits?: number) => string;
  /** With one digit after the point always, so that columns line up. */
  readonly percent: (share: number) => string;
  readonly day: (iso: string) => string;
  readonly period: (period: string) => string;
  /** Several names in a row. */
  readonly all: (names: readonly string[]) => string;
}

export function writingIn(language: Language): Writing {
  const locale = LOCALES[language];
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const hundredths = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const row = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    language,
    number: (value, digits = 0) => [whole, tenths, hundredths][digits]?.format(value) ?? String(value),
    percent: (share) => `${percent.format(share * 100)}%`,
    day: (iso) => day.format(new Date(`${iso.slice(0, 10)}T12:00:00Z`)),
    all: (names) => row.format(names),
    period: (period) => {
      const [from, to] = period.split('/');
      return to === undefined ? period : `${from}–${to}`;
    },
  };
}
