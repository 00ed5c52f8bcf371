import type { IdentifierWords } from '../../../src/contracts/identifier-words.ts';

/** What something that identifies a person is called in a message; the value itself is never shown. */
export type Identifier =
  | 'a social security number'
  | 'a phone number'
  | 'an e-mail address'
  | 'a street address'
  | 'a full date'
  | 'a name'
  | 'free text';

const E_MAIL = /[^\s@;,<>]+@[^\s@;,<>]+\.\p{L}{2,}/u;
const DIVIDED_SSN = /(?<![\w-])\d{3}([- .])\d{2}\1\d{4}(?![\w-])/;
/** Nine digits with no divider, of the numbers that are ever given out. */
const BARE_SSN = /(?<![A-Za-z\d])(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}(?![A-Za-z\d]|\.\d)/;
const PHONE =
  /(?<![A-Za-z\d])(?:\+?1[-. ]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ]?)[2-9]\d{2}[-. ]?\d{4}(?![A-Za-z\d]|\.\d)/;
const P_O_BOX = /\bp\.? ?o\.? ?box\b/i;

/** A number that stands for one person: a social security number, a phone number, an e-mail address. */
export function numberOrAddressOf(value: string): Identifier | undefined {
  if (value.includes('@') && E_MAIL.test(value)) return 'an e-mail address';
  if (DIVIDED_SSN.test(value) || BARE_SSN.test(value)) return 'a social security number';
  if (PHONE.test(value)) return 'a phone number';
  return undefined;
}

/** A house number, and later a word for a street. */
export function isStreetAddress(value: string, words: IdentifierWords): boolean {
  if (P_O_BOX.test(value)) return true;
  const from = value.search(/\b\d{1,6}[A-Za-z]?\s/);
  if (from < 0) return false;
  const after = wordsOf(value.slice(from)).slice(1, 6);
  return after.some((word) => words.streetWords.has(word.toLowerCase()));
}

/** A day written whole, as the day of a birth would be; midnight may stand behind it. */
export function isFullDate(value: string): boolean {
  const date = /^(?<date>[^T]+?)(?:[T ]00:00(?::00(?:\.0+)?)?)?$/.exec(value.trim())?.groups?.date ?? '';
  const iso = /^((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})$/.exec(date);
  if (iso !== null) return isMonthAndDay(Number(iso[3]), Number(iso[4]));
  const local = /^(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d|\d\d)$/.exec(date);
  if (local === null) return /^(\d{1,2} )?[A-Za-z]{3,9}\.? (\d{1,2},? )?(19|20)\d\d$/.test(date);
  const [first, second] = [Number(local[1]), Number(local[3])];
  return isMonthAndDay(first, second) || isMonthAndDay(second, first);
}

/** Eight digits that are a day of somebody's lifetime. Only asked of numbers: a code of eight digits is common. */
export function isDateInDigits(value: string): boolean {
  const found = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(value);
  return found !== null && isMonthAndDay(Number(found[2]), Number(found[3]));
}

function isMonthAndDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Every word of it is a name that is hardly ever anything else: `garcia`, `Maria-Lopez`, `mariaGarcia`. */
export function isName(value: string, words: IdentifierWords): boolean {
  if (!/^[\p{L}\s,.'’_-]+$/u.test(value)) return false;
  const found = wordsOf(value.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
  return found.length > 0 && found.length <= 6 && found.every((word) => words.names.has(word.toLowerCase()));
}

/** Words one after the other, or letters of a script that writes without spaces between them. */
export function isSeveralWords(value: string): boolean {
  const words = value
    .split(/[\s,]+/)
    .filter((word) => /^[("'“‘]*\p{L}[\p{L}'’.-]+[)"'”’.,;:!?]*$/u.test(word));
  return (
    (/\s/.test(value) && words.length >= 2) || /\p{Script=Han}|\p{Script=Thai}|\p{Script=Hangul}/u.test(value)
  );
}

/** Several words that tell what somebody did: more than the name of an organization. */
export function isNarrative(value: string, words: IdentifierWords): boolean {
  const found = wordsOf(value);
  const telling = [...new Set(found.map((word) => word.toLowerCase()))].filter((word) =>
    words.narrativeWords.has(word),
  ).length;
  if (telling >= 2 && found.length >= 4) return true;
  if (telling === 1 && found.length >= 6) return true;
  return found.length >= 5 && /\p{Ll}[.!?](\s|$)/u.test(value);
}

function wordsOf(value: string): string[] {
  return value.split(/[^\p{L}'’]+/u).filter((word) => word.length > 0);
}
