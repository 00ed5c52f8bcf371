import type { Day } from './day.ts';
import type { Sex, Tradition } from './names/tradition.ts';
import type { Place } from './places.ts';

/** A made-up young person as they are, before any agency wrote them down. */
export interface Person {
  /** Across the whole state that was made: county, household, place in the household. */
  readonly id: string;
  readonly household: string;
  readonly place: Place;
  readonly tradition: Tradition;
  readonly born: Day;
  readonly sex: Sex;
  readonly given: string;
  readonly surname: string;
  /** A surname that the person bore until a day. */
  readonly formerly: { readonly surname: string; readonly until: Day } | undefined;
  readonly twin: boolean;
  readonly ssn: string | undefined;
  readonly phone: string | undefined;
  readonly homes: readonly Home[];
  readonly race: string;
  readonly language: string;
  readonly orientation: string;
  readonly genderIdentity: string;
  /** Schooling, income and care differ between families: 0 to 2, the more the more agencies know the family. */
  readonly hardship: number;
}

export interface Home {
  readonly from: Day;
  readonly place: Place;
  readonly street: string;
  readonly zip: string;
}

/** Where somebody lived on a day. */
export function homeOn(person: Person, day: Day): Home {
  let found = person.homes[0] as Home;
  for (const home of person.homes) if (home.from <= day) found = home;
  return found;
}

export function surnameOn(person: Person, day: Day): string {
  const { formerly } = person;
  return formerly !== undefined && day < formerly.until ? formerly.surname : person.surname;
}
