import type { List } from './agencies.ts';
import { type Day, dayText } from './day.ts';
import { halved, heard, miskeyed, nickname, typed } from './mistakes.ts';
import { homeOn, type Person, surnameOn } from './person.ts';
import type { Stream } from './stream.ts';

/** A person as one agency wrote them down, with what went wrong; only the truth keeps the list of errors. */
export interface Observation {
  readonly given: string;
  readonly surname: string;
  /** Year, month, day. */
  readonly born: string;
  readonly ssn: string;
  readonly sex: string;
  readonly street: string;
  readonly zip: string;
  readonly phone: string;
  readonly errors: readonly Mistake[];
}

export const mistakes = [
  'nickname',
  'given_typed',
  'given_heard',
  'surname_typed',
  'surname_heard',
  'surname_halved',
  'former_surname',
  'alias',
  'day_month_swapped',
  'birth_date_miskeyed',
  'false_age',
  'ssn_missing',
  'ssn_miskeyed',
  'old_address',
  'names_swapped',
  'street_written_otherwise',
  'sex_unknown',
] as const;
export type Mistake = (typeof mistakes)[number];

/** In a thousand records of each kind of agency. Streets and halls know less than schools and claims do. */
interface Care {
  readonly slips: number;
  readonly noSsn: number;
  readonly nicknames: number;
  readonly falseAge: number;
  readonly alias: number;
  readonly oldAddress: number;
}

const CARE: Readonly<Record<List, Care>> = {
  child_welfare: { slips: 16, noSsn: 380, nicknames: 25, falseAge: 2, alias: 4, oldAddress: 120 },
  probation: { slips: 24, noSsn: 620, nicknames: 45, falseAge: 35, alias: 30, oldAddress: 220 },
  health: { slips: 9, noSsn: 130, nicknames: 8, falseAge: 1, alias: 1, oldAddress: 180 },
  mental_health: { slips: 14, noSsn: 330, nicknames: 25, falseAge: 2, alias: 4, oldAddress: 160 },
  education: { slips: 7, noSsn: 1000, nicknames: 20, falseAge: 0, alias: 0, oldAddress: 90 },
  community: { slips: 30, noSsn: 960, nicknames: 180, falseAge: 45, alias: 60, oldAddress: 400 },
};

export function observe(
  person: Person,
  list: List,
  on: Day,
  exploited: boolean,
  stream: Stream,
): Observation {
  const care = CARE[list];
  const errors: Mistake[] = [];
  const changed = (mistake: Mistake, before: string, after: string): string => {
    if (before !== after) errors.push(mistake);
    return after;
  };

  let given = person.given;
  let surname = surnameOn(person, on);
  if (surname !== person.surname) errors.push('former_surname');
  // Exploiters make young people give other names and ages, and some give them to keep themselves safe.
  const hiding = exploited ? 4 : 1;
  if (stream.perMille(Math.min(300, care.alias * hiding))) {
    const other = stream.weighted(person.tradition.given[person.sex]);
    given = changed('alias', given, stream.below(2) === 0 ? other : given);
    if (given === person.given)
      surname = changed('alias', surname, stream.weighted(person.tradition.surnames));
  } else if (stream.perMille(care.nicknames * 4)) given = changed('nickname', given, nickname(given, stream));
  if (stream.perMille(care.slips)) given = changed('given_typed', given, typed(given, stream));
  if (stream.perMille(care.slips)) given = changed('given_heard', given, heard(given, stream));
  if (stream.perMille(care.slips)) surname = changed('surname_typed', surname, typed(surname, stream));
  if (stream.perMille(care.slips)) surname = changed('surname_heard', surname, heard(surname, stream));
  if (/[- ]/.test(surname) && stream.perMille(280))
    surname = changed('surname_halved', surname, halved(surname, stream));
  if (stream.perMille(Math.floor(care.slips / 4))) {
    [given, surname] = [surname, given];
    errors.push('names_swapped');
  }

  const home = homeOn(person, stream.perMille(care.oldAddress) ? on - 500 : on);
  if (home !== homeOn(person, on)) errors.push('old_address');
  return {
    given,
    surname,
    born: birthDate(person, care, hiding, stream, errors),
    ssn: ssn(person, care, stream, errors),
    sex: stream.perMille(6) ? (errors.push('sex_unknown'), 'unknown') : person.sex,
    street: changed('street_written_otherwise', home.street, street(home.street, stream)),
    zip: home.zip,
    phone: stream.perMille(700) ? (person.phone ?? '') : '',
    errors,
  };
}

function birthDate(person: Person, care: Care, hiding: number, stream: Stream, errors: Mistake[]): string {
  const right = dayText(person.born);
  const [year, month, day] = [right.slice(0, 4), right.slice(5, 7), right.slice(8)];
  if (stream.perMille(Math.min(300, care.falseAge * hiding))) {
    errors.push('false_age');
    // A false age is an adult's, or that of a child who would be sent home: mostly older.
    const shift = stream.perMille(850) ? -stream.between(1, 5) : stream.between(1, 2);
    const safeDay = Math.min(28, Number(day) + (stream.below(3) === 0 ? 1 : 0));
    return `${Number(year) + shift}-${month}-${String(safeDay).padStart(2, '0')}`;
  }
  if (Number(day) <= 12 && day !== month && stream.perMille(care.slips)) {
    errors.push('day_month_swapped');
    return `${year}-${day}-${month}`;
  }
  if (stream.perMille(care.slips)) {
    errors.push('birth_date_miskeyed');
    if (stream.below(3) === 0)
      return `${Number(year) + (stream.below(2) === 0 ? 1 : -1)}-${month}-${day === '29' ? '28' : day}`;
    return `${year}-${month}-${String(1 + ((Number(day) - 1 + stream.between(1, 27)) % 28)).padStart(2, '0')}`;
  }
  return right;
}

function ssn(person: Person, care: Care, stream: Stream, errors: Mistake[]): string {
  if (person.ssn === undefined || stream.perMille(care.noSsn)) {
    if (person.ssn !== undefined) errors.push('ssn_missing');
    return '';
  }
  if (!stream.perMille(care.slips)) return person.ssn;
  errors.push('ssn_miskeyed');
  return `9${miskeyed(person.ssn.slice(1), stream)}`;
}

const SPELLED: Readonly<Record<string, string>> = {
  St: 'Street',
  Ave: 'Avenue',
  Rd: 'Road',
  Dr: 'Drive',
  Ln: 'Lane',
};

/** An address is written in as many ways as there are clerks: spelled out, with a flat, mistyped, or not at all. */
function street(right: string, stream: Stream): string {
  const way = stream.below(1000);
  if (way < 60) return '';
  if (way < 80) return typed(right, stream);
  const flat = way < 200 ? ` Apt ${stream.between(1, 40)}` : '';
  const kind = right.slice(right.lastIndexOf(' ') + 1);
  const spelled = stream.perMille(350) ? `${right.slice(0, -kind.length)}${SPELLED[kind] ?? kind}` : right;
  return `${spelled}${flat}`;
}
