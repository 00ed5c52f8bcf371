import { dayText, momentText, numberText } from '../contract-text.ts';

/** Whether a number is shown as a number, as a day, or as a day with its time. */
export type NumberForm = 'number' | 'day' | 'moment';

/** The formats that every workbook knows without naming them, and those of East Asian editions. */
function formOfBuiltIn(id: number): NumberForm {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'day';
  if ((id >= 18 && id <= 22) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return 'moment';
  return 'number';
}

export function formOfFormat(id: number, code: string | undefined): NumberForm {
  if (code === undefined) return formOfBuiltIn(id);
  // Words in quotes, signs behind a backslash, colours and languages in brackets say nothing about the number.
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').toLowerCase();
  if (bare.includes('general') || !/[dyhms]/.test(bare)) return 'number';
  return /[hs]/.test(bare) ? 'moment' : 'day';
}

const DAY_MS = 86_400_000;
/** Day 0 of the older count, as days since 1970. It has a 29th of February 1900, which never was. */
const EPOCH_1900 = -25_569;
const EPOCH_1904 = -24_107;
const LEAP_DAY_1900 = 60;

/** A number of a cell as the contracts write it; none if it is none. */
export function cellNumber(written: string, form: NumberForm, from1904: boolean): string | undefined {
  const text = written.trim();
  const value = text === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) return undefined;
  if (form === 'number') return numberText(value);
  const whole = Math.floor(value);
  if (!from1904 && whole === LEAP_DAY_1900) return undefined;
  const shift = from1904 ? EPOCH_1904 : whole < LEAP_DAY_1900 ? EPOCH_1900 + 1 : EPOCH_1900;
  // A fraction of a day is exact to some hundred thousandths of a second and no more.
  const milliseconds = Math.round((value - whole) * DAY_MS);
  if (form === 'day' && milliseconds === 0) return dayText(whole + shift);
  return momentText(BigInt(whole + shift) * BigInt(DAY_MS) + BigInt(milliseconds), 'ms', false);
}
