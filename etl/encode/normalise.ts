import { type DateOrder, isCalendarDate, readDate } from './read-date.ts';

/** What a field holds; decides how its values are normalised, compared and blocked on. */
export const fieldKinds = [
  'name',
  'given',
  'surname',
  'date',
  'id',
  'postcode',
  'sex',
  'text',
  'phone',
] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** How a value fared: counted in a dry run, and never shown with the value. */
export type Outcome = 'present' | 'empty' | 'placeholder' | 'malformed';

/** The normalised value; an empty one counts as missing whatever the outcome says. */
export interface Normalised {
  readonly value: string;
  readonly outcome: Outcome;
}

const EMPTY: Normalised = { value: '', outcome: 'empty' };
const PLACEHOLDER: Normalised = { value: '', outcome: 'placeholder' };
const MALFORMED: Normalised = { value: '', outcome: 'malformed' };

const NO_ANSWER = new Set([
  'unknown',
  'unk',
  'unkn',
  'na',
  'n a',
  'none',
  'null',
  'nil',
  'nan',
  'not given',
  'not known',
  'not available',
  'not applicable',
  'no name',
  'noname',
  'tbd',
  'test',
  'xxx',
  'xx',
  'declined',
  'withheld',
  'missing',
  'baby boy',
  'baby girl',
  'newborn',
]);
const NO_ADDRESS = new Set(['homeless', 'transient', 'general delivery', 'no fixed address', 'no address']);

// Letters that Unicode does not take apart into a base letter and a mark.
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
};
const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'jr', 'sr', 'ii', 'iii', 'iv', 'esq']);
const STREET_WORDS: Readonly<Record<string, string>> = {
  street: 'st',
  avenue: 'ave',
  road: 'rd',
  drive: 'dr',
  boulevard: 'blvd',
  lane: 'ln',
  court: 'ct',
  place: 'pl',
  circle: 'cir',
  crescent: 'cres',
  apartment: 'apt',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
};
const LONG_STREET_WORD = new RegExp(`(?<=^| )(?:${Object.keys(STREET_WORDS).join('|')})(?= |$)`, 'g');
const PLACEHOLDER_DATES = new Set([
  '19000101',
  '19000102',
  '18000101',
  '17530101',
  '16000101',
  '00010101',
  '11111111',
  '99991231',
  '99999999',
  '00000000',
]);
// Numbers that were printed in advertisements or that keyboards make.
const PLACEHOLDER_SSNS = new Set(['123456789', '987654321', '078051120', '219099999', '012345678']);

export function normalise(kind: FieldKind, raw: string, dateOrder: DateOrder = 'mdy'): Normalised {
  if (raw.length === 0) return EMPTY;
  switch (kind) {
    case 'name':
    case 'given':
    case 'surname':
      return name(raw, kind);
    case 'date':
      return date(raw, dateOrder);
    case 'id':
      return identifier(raw);
    case 'postcode':
      return postcode(raw);
    case 'sex':
      return sex(raw);
    case 'phone':
      return phone(raw);
    case 'text':
      return text(raw);
  }
}

/** Lower case, no marks, words of letters and digits with one space between them. */
function plain(raw: string): string {
  const lower = raw.toLowerCase();
  // Most values are plain already, and need none of what follows.
  if (/^[a-z0-9]+(?: [a-z0-9]+)*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/[\p{M}'’`´.]/gu, '')
    .replace(/[ßæœøłđðþıħ]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function answered(raw: string, words: string): Normalised | undefined {
  if (words === '') return raw.trim() === '' ? EMPTY : PLACEHOLDER;
  return NO_ANSWER.has(words) ? PLACEHOLDER : undefined;
}

/**
 * Titles and generational suffixes go; the parts of a name, its particles among them, are then written
 * together, because "de la Cruz", "Dela Cruz" and "De-La-Cruz" are one name. A field that holds a whole name
 * keeps its words apart and in alphabetical order, because no order of given and family name can be relied on.
 */
function name(raw: string, kind: FieldKind): Normalised {
  const words = plain(raw);
  const missing = answered(raw, words);
  if (missing !== undefined) return missing;
  if (!words.includes(' ') && !/\d/.test(words)) return { value: words, outcome: 'present' };
  const parts = words.split(' ').filter((part, _, all) => !TITLES.has(part) || all.length === 1);
  if (kind === 'name') return { value: parts.sort().join(' '), outcome: 'present' };
  return { value: parts.join(''), outcome: 'present' };
}

/** Eight characters, year first. A date that the calendar lacks is kept as it is: a typing error still compares. */
function date(raw: string, order: DateOrder): Normalised {
  const trimmed = raw.trim();
  if (trimmed === '') return EMPTY;
  const value = readDate(trimmed.toLowerCase().replace(/[t ]\d{1,2}:\d{2}.*$/, ''), order);
  if (value === undefined) return NO_ANSWER.has(plain(trimmed)) ? PLACEHOLDER : MALFORMED;
  if (PLACEHOLDER_DATES.has(value)) return PLACEHOLDER;
  return { value, outcome: isCalendarDate(value) ? 'present' : 'malformed' };
}

/** Letters and digits only. Nine digits must be able to be a Social Security number. */
function identifier(raw: string): Normalised {
  const value = raw.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '');
  if (value === '') return raw.trim() === '' ? EMPTY : PLACEHOLDER;
  if (NO_ANSWER.has(value.toLowerCase()) || /^(.)\1*$/u.test(value)) return PLACEHOLDER;
  if (!/^\d{9}$/.test(value)) return { value, outcome: 'present' };
  if (PLACEHOLDER_SSNS.has(value)) return PLACEHOLDER;
  const [area, group, serial] = [value.slice(0, 3), value.slice(3, 5), value.slice(5)];
  const impossible = area === '000' || area === '666' || area >= '900' || group === '00' || serial === '0000';
  return impossible ? MALFORMED : { value, outcome: 'present' };
}

/** Five digits of a ZIP code, without the four that may follow; otherwise letters and digits. */
function postcode(raw: string): Normalised {
  const value = raw.toUpperCase().replace(/[^A-Z0-9]+/g, '');
  if (value === '') return raw.trim() === '' ? EMPTY : PLACEHOLDER;
  if (NO_ANSWER.has(value.toLowerCase()) || /^(0+|9+|X+)$/.test(value)) return PLACEHOLDER;
  return { value: /^\d{9}$/.test(value) ? value.slice(0, 5) : value, outcome: 'present' };
}

function sex(raw: string): Normalised {
  const value = plain(raw);
  const missing = answered(raw, value);
  if (missing !== undefined) return missing;
  if (value === 'u' || value === '9' || value === '0') return PLACEHOLDER;
  if (['m', 'male', 'boy', 'man', '1'].includes(value)) return { value: 'm', outcome: 'present' };
  if (['f', 'female', 'girl', 'woman', '2'].includes(value)) return { value: 'f', outcome: 'present' };
  return { value, outcome: 'present' };
}

/** The last ten digits; fewer than five say nothing. */
function phone(raw: string): Normalised {
  const value = raw.toLowerCase().replace(/[^0-9a-z]+/g, '');
  if (value === '') return raw.trim() === '' ? EMPTY : PLACEHOLDER;
  if (NO_ANSWER.has(value) || /^(.)\1*$/.test(value)) return PLACEHOLDER;
  const local = /^1\d{10}$/.test(value) ? value.slice(1) : value.slice(-10);
  return local.length < 5 ? MALFORMED : { value: local, outcome: 'present' };
}

function text(raw: string): Normalised {
  const words = plain(raw);
  const missing = answered(raw, words);
  if (missing !== undefined) return missing;
  if (NO_ADDRESS.has(words)) return PLACEHOLDER;
  return { value: words.replace(LONG_STREET_WORD, (word) => STREET_WORDS[word] ?? word), outcome: 'present' };
}
