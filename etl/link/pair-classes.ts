import type { Field } from '../encode/layout.ts';
import type { FieldKind } from '../encode/normalise.ts';
import type { LevelTable, Mixture } from './em.ts';
import type { Levels } from './levels.ts';

/**
 * What two records can be to each other. Fields are not independent among people who live together: a surname,
 * an address and a telephone agree at once, and would add up to proof that siblings are one person. So siblings
 * are a class of their own, in which what belongs to the home agrees and what belongs to the person is as among
 * strangers. Likewise one person who moved has another address, postcode and street at once. Nor are given and family
 * name independent among strangers: people of one origin share both more often than chance has it, and are namesakes.
 */
export const pairClasses = [
  'same',
  'moved',
  'household',
  'twins',
  'namesakes',
  'given_alike',
  'unrelated',
] as const;
export type PairClass = (typeof pairClasses)[number];

/** What is counted or known beforehand, and not learned. */
const GIVEN: ReadonlySet<Follows> = new Set(['random', 'twins']);
/** Of pairs that share a name for another reason than being one person, those whose names are not alike at all. */
const NAMESAKES_DIFFERENT = 0.1;

/** Which classes are records of one person. */
export function isMatch(name: PairClass): boolean {
  return name === 'same' || name === 'moved';
}

const NAMES: ReadonlySet<FieldKind> = new Set(['name', 'given', 'surname']);
const PERSONAL: ReadonlySet<FieldKind> = new Set(['name', 'given', 'date', 'id', 'sex']);
/** Texts that tell where somebody lives; any other, such as an occupation or an e-mail address, is a person's own. */
const WHERE =
  /(^|_)(addr|address|address\d|street|streets|road|line\d?|house|apt|apartment|unit|city|town|village|suburb|district|locality|municipality|county|state|region|home|residence|location)(_|$)/;
const OF_BIRTH = /(^|_)(birth|born|mail|email)(_|$)/;

function isPlace({ kind, name }: Field): boolean {
  return kind === 'postcode' || (kind === 'text' && WHERE.test(name) && !OF_BIRTH.test(name));
}

function isPersonal(field: Field): boolean {
  return PERSONAL.has(field.kind) || (field.kind === 'text' && !isPlace(field));
}

/** Where a class takes the levels of a field from; `random` is what unrelated people show. */
export type Follows = 'match' | 'moved' | 'household' | 'twins' | 'namesakes' | 'random';

export function follows(name: PairClass, field: Field): Follows {
  switch (name) {
    case 'same':
      return 'match';
    case 'moved':
      return isPlace(field) ? 'moved' : 'match';
    case 'household':
      return isPersonal(field) && field.kind !== 'name' ? 'random' : 'household';
    case 'twins':
      if (field.kind === 'sex') return 'twins';
      return field.kind === 'date' ? 'match' : follows('household', field);
    case 'namesakes':
      if (field.kind === 'sex') return 'match';
      return NAMES.has(field.kind) ? 'namesakes' : 'random';
    case 'given_alike':
      if (field.kind === 'sex') return 'match';
      return field.kind === 'given' ? 'namesakes' : 'random';
    case 'unrelated':
      return 'random';
  }
}

/** Whether pairs of a class agree exactly in a field the oftener, the commoner the value: strangers do, and namesakes in their names. */
export function byCommonness(name: PairClass, field: Field): boolean {
  return ['random', 'namesakes'].includes(follows(name, field));
}

/**
 * The classes that a layout's fields can tell apart. Without a birth date or a number nothing tells somebody who moved
 * from a namesake elsewhere.
 */
export function classesFor(fields: readonly Field[]): readonly PairClass[] {
  const count = (test: (field: Field) => boolean): number => fields.filter(test).length;
  const places = count(isPlace);
  // A whole name is a person's own, and what its family name makes of it is of the home.
  const ofHomes = count((field) => !isPersonal(field) || field.kind === 'name');
  const ofPersons = count((field) => isPersonal(field) && field.kind !== 'sex');
  const dates = count(({ kind }) => kind === 'date');
  const numbers = count(({ kind }) => kind === 'id');
  const sexes = count(({ kind }) => kind === 'sex');
  const whole = count(({ kind }) => kind === 'name');
  const names = count(({ kind }) => kind === 'given' || kind === 'surname');
  const others = count(({ kind }) => !NAMES.has(kind) && kind !== 'sex');
  return pairClasses.filter((name) => {
    if (name === 'moved') return places >= 2 && dates + numbers >= 1;
    if (name === 'household') return ofHomes >= 2 && ofPersons >= 1;
    if (name === 'twins') return ofHomes >= 2 && dates >= 1 && ofPersons > dates;
    if (name === 'given_alike') return sexes >= 1 && names >= 1 && others >= 1;
    if (name === 'namesakes') return (names >= 2 || whole >= 1) && others >= 1;
    return true;
  });
}

/**
 * What the register of births says and a file is too small to: about three births in a hundred are of twins, so
 * about two pairs of siblings in a hundred, and two pairs of twins in three are of one sex.
 */
const TWINS_AMONG_SIBLINGS = 0.02;
const TWINS_OF_ONE_SEX = 2 / 3;

/** Whole names of one family: different, somewhat alike, much alike, equal. */
const PARTLY = [0, 0.3, 0.5, 0.15, 0.05];

/** Starting shares by class, in pairs per record. */
const PER_RECORD: Readonly<Record<PairClass, number>> = {
  same: 0.2,
  moved: 0.05,
  household: 0.2,
  twins: 0.005,
  namesakes: 0.1,
  given_alike: 1,
  unrelated: 0,
};

/** What estimation starts from: each class follows its tables, and those of strangers stay as they were counted. */
export function startingMixture(
  fields: readonly Field[],
  levels: readonly Levels[],
  random: readonly (readonly number[])[],
  records: number,
  pairs: number,
): Mixture {
  const tables: LevelTable[] = [];
  const places = new Map<string, number>();
  const tableOf = (from: Follows, field: number): number => {
    const key = `${from} ${field}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    const u = random[field] ?? [];
    const size = u.length;
    const starts = {
      match: () => leaningTo(size, 0.85),
      household: () => (fields[field]?.kind === 'name' ? PARTLY : leaningTo(size, 0.7)),
      moved: () => u,
      twins: () => leaningTo(size, TWINS_OF_ONE_SEX),
      namesakes: () => leaningTo(size, 0.95),
      random: () => u,
    };
    const own = { shares: starts[from](), learned: !GIVEN.has(from) };
    const { floor = 0, most = from === 'namesakes' ? NAMESAKES_DIFFERENT : 1 } =
      (from === 'match' ? levels[field] : undefined) ?? {};
    places.set(key, tables.push({ ...own, floor, most }) - 1);
    return tables.length - 1;
  };
  const perRecord = Math.min(1, (0.8 * pairs) / records);
  const names = classesFor(fields);
  const shareOf = (name: PairClass): number => (PER_RECORD[name] * perRecord * records) / pairs;
  const related = names.reduce((sum, name) => sum + shareOf(name), 0);
  const classes = names.map((name) => ({
    share: name === 'unrelated' ? 1 - related : shareOf(name),
    tables: fields.map((one, field) => tableOf(follows(name, one), field)),
    ...(name === 'twins'
      ? { partOf: { other: names.indexOf('household'), part: TWINS_AMONG_SIBLINGS } }
      : {}),
  }));
  return { classes, tables };
}

/** Mostly exact agreement, a little of none, and the rest between. */
function leaningTo(levels: number, exact: number): number[] {
  const different = (1 - exact) / 3;
  const between = Math.max(1, levels - 3);
  return Array.from({ length: levels }, (_, level) => {
    if (level === 0) return 0;
    if (level === levels - 1) return exact;
    if (levels === 3) return 1 - exact;
    return level === 1 ? different : (1 - exact - different) / between;
  });
}
