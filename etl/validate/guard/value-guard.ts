import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Field } from '../../../src/contracts/record.ts';
import {
  type Identifier,
  isDateInDigits,
  isFullDate,
  isName,
  isNarrative,
  isSeveralWords,
  isStreetAddress,
  numberOrAddressOf,
} from './identifier-forms.ts';

/** Longer values are judged by their beginning: what gives them away stands there, and the rest costs time. */
const LOOKED_AT = 2000;

const WORDS_OF_DATES =
  /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|[ap]\.?m|utc|gmt|p[ds]t)(?:day)?\.?$/i;

/** Judges a value that does not have its field's form: an ordinary error is undefined, anything else has a name. */
export type Judge = (value: string) => Identifier | undefined;

export function judgeOf(contracts: Contracts, field: Field): Judge {
  const words = contracts.identifierWords;
  const isMoment = field.type === 'date' || field.type === 'datetime';
  const isNumber = field.type === 'integer' || field.type === 'number';
  const ordinary = ordinaryWords(contracts, field);
  return (whole) => {
    const value = whole.slice(0, LOOKED_AT);
    const found = numberOrAddressOf(value);
    if (found !== undefined) return found;
    if (isStreetAddress(value, words)) return 'a street address';
    if (!isMoment && (isFullDate(value) || (isNumber && isDateInDigits(value)))) return 'a full date';
    if (ordinary.has(plain(value))) return undefined;
    if (isName(value, words)) return 'a name';
    if (isMoment && isWordyDate(value)) return undefined;
    if (field.open !== undefined) return isNarrative(value, words) ? 'free text' : undefined;
    return isSeveralWords(value) ? 'free text' : undefined;
  };
}

/**
 * Judges a value that has its field's form, where that form lets such things in: a pseudonym of nine digits is a
 * social security number until the agency puts a letter before it.
 */
export function suspicionOf(contracts: Contracts, field: Field): ((value: string) => boolean) | undefined {
  const judge = admittedOf(contracts, field);
  return judge === undefined ? undefined : (value) => judge(value) !== undefined;
}

/** What a value is that has its field's form and identifies a person all the same; none if the form lets none in. */
export function admittedOf(contracts: Contracts, field: Field): Judge | undefined {
  const words = contracts.identifierWords;
  if (field.open !== undefined) return judgeOf(contracts, field);
  if (!admitsIdentifiers(field)) return undefined;
  const dated = field.token !== undefined;
  return (value) => {
    for (const part of partsOf(value)) {
      const found = /\d{3}|@/.test(part) ? numberOrAddressOf(part) : undefined;
      if (found !== undefined) return found;
      if (dated && part.length <= LONGEST_DATE && isFullDate(part)) return 'a full date';
      if (!/\d/.test(part) && isName(part, words)) return 'a name';
    }
    return undefined;
  };
}

const LONGEST_WHOLE = 64;
const LONGEST_DATE = 30;

/** A pseudonym is looked at whole, and a row of tokens or a filter part by part: no part of those means anything. */
function partsOf(value: string): readonly string[] {
  if (!/[;:=+/]/.test(value)) return [value];
  const parts = value.split(/[;:=+/]/);
  return value.length > LONGEST_WHOLE ? parts : [value, ...parts];
}

const SAMPLES = [
  '123-45-6789',
  '123456789',
  'a:123456789',
  'a=123456789',
  '916-555-1234',
  '9165551234',
  '2012-03-15',
  'hernandez',
  'HERNANDEZ',
  'maria-hernandez',
  'MARIA-HERNANDEZ',
  'maria_hernandez_lopez',
  'MARIA.HERNANDEZ',
];

function admitsIdentifiers(field: Field): boolean {
  const { pattern, minLength = 0, maxLength = Infinity } = field.constraints;
  if (field.type !== 'string' || field.codes !== undefined || pattern === undefined) return false;
  const whole = new RegExp(`^(?:${pattern})$`, 'u');
  return SAMPLES.some(
    (sample) => sample.length >= minLength && sample.length <= maxLength && whole.test(sample),
  );
}

/** An agency that sends the label in place of the code, or says that there is none, makes an ordinary mistake. */
function ordinaryWords(contracts: Contracts, field: Field): ReadonlySet<string> {
  const list = field.codes === undefined ? undefined : contracts.codeLists.get(field.codes);
  return new Set([
    ...contracts.identifierWords.placeholders,
    ...(list?.codes.flatMap((code) => [plain(code.code), plain(code.label)]) ?? []),
  ]);
}

function plain(value: string): string {
  return value
    .toLowerCase()
    .replaceAll(/[\s_.,;:()/-]+/g, ' ')
    .trim();
}

function isWordyDate(value: string): boolean {
  const words = value.split(/[^\p{L}.]+/u).filter((word) => /\p{L}/u.test(word));
  return words.length > 0 && words.every((word) => WORDS_OF_DATES.test(word));
}
