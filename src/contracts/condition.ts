import { type Entry, isObject } from './entry.ts';
import type { Place } from './problem.ts';

type Value = string | number | boolean;

/**
 * What the value of one field must be; whatever is given must hold. An empty value is in no list and within no
 * bound, so it matches `not` and `present: false` alone.
 */
export interface Matcher {
  /** One of these codes or values. */
  readonly in: readonly Value[] | undefined;
  readonly notIn: readonly Value[] | undefined;
  /** A code that begins with one of these, for lists whose codes are built from their ancestors. */
  readonly under: readonly string[] | undefined;
  /** Has a value (true) or has none (false). */
  readonly present: boolean | undefined;
  readonly min: number | string | undefined;
  readonly max: number | string | undefined;
}

/** A condition on one row: every field named must match. */
export interface Condition {
  readonly fields: Readonly<Record<string, Matcher>>;
  readonly place: Place;
}

const ANYTHING: Matcher = {
  in: undefined,
  notIn: undefined,
  under: undefined,
  present: undefined,
  min: undefined,
  max: undefined,
};

/** `{status: confirmed}`, `{status: [a, b]}`, `{end_date: {present: true}}`, `{grade: {min: 6, max: 8}}`. */
export function readCondition(entry: Entry): Condition {
  if (!isObject(entry.value)) entry.report('SHAPE', 'expects fields with what they must be');
  return {
    fields: Object.fromEntries(entry.keys().map((field) => [field, readMatcher(entry.at(field))])),
    place: entry.place,
  };
}

export function optionalCondition(entry: Entry, key: string): Condition | undefined {
  return entry.has(key) ? readCondition(entry.at(key)) : undefined;
}

function readMatcher(entry: Entry): Matcher {
  if (!isObject(entry.value)) return { ...ANYTHING, in: readValues(entry) };
  entry.only('not', 'under', 'present', 'min', 'max');
  if (entry.keys().length === 0) entry.report('SHAPE', 'says nothing about the field');
  return {
    in: undefined,
    notIn: entry.has('not') ? readValues(entry.at('not')) : undefined,
    under: entry.has('under') ? entry.texts('under') : undefined,
    present: entry.has('present') ? entry.flag('present') : undefined,
    min: entry.optionalBound('min'),
    max: entry.optionalBound('max'),
  };
}

function readValues(entry: Entry): Value[] {
  const values: unknown[] = Array.isArray(entry.value) ? entry.value : [entry.value];
  if (values.length === 0 || !values.every(isValue)) entry.report('SHAPE', 'expects codes or values');
  return values.filter(isValue);
}

function isValue(value: unknown): value is Value {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
