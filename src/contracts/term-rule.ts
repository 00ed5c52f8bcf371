import { type Condition, optionalCondition } from './condition.ts';
import { type Entry, isObject } from './entry.ts';
import type { Place } from './problem.ts';

/**
 * The rule of a term, over record types and codes. A closed vocabulary: whoever counts a term compiles these
 * seven forms and no others. A rule is asked of one young person on one day or over one period.
 */
export type Rule =
  | { readonly kind: 'all' | 'any'; readonly rules: readonly Rule[]; readonly place: Place }
  | { readonly kind: 'not'; readonly rule: Rule; readonly place: Place }
  /** Another term holds. */
  | { readonly kind: 'term'; readonly term: string; readonly place: Place }
  /** At least `atLeast` rows of a record match; `inDays` is the longest stretch that may hold them. */
  | {
      readonly kind: 'rows';
      readonly record: string;
      readonly where: Condition | undefined;
      readonly atLeast: number;
      readonly inDays: number | undefined;
      readonly when: When;
      /** The day by which a row is placed, where it is not the day on which it begins. */
      readonly on: string | undefined;
      readonly place: Place;
    }
  /** Rows of both records share at least one day, or the second follows the first within `withinDays`. */
  | {
      readonly kind: 'overlap' | 'follows';
      readonly first: Rule;
      readonly second: Rule;
      readonly withinDays: number | undefined;
      readonly place: Place;
    }
  /** Age in whole years, at the moment of the row or at the end of the period. */
  | {
      readonly kind: 'age';
      readonly min: number | undefined;
      readonly max: number | undefined;
      readonly place: Place;
    }
  /** The sum of some fields over that of others reaches a share. */
  | {
      readonly kind: 'share';
      readonly record: string;
      readonly where: Condition | undefined;
      readonly parts: readonly string[];
      readonly whole: readonly string[];
      readonly atLeast: number;
      readonly wholeAtLeast: number | undefined;
      readonly place: Place;
    };

/** Which rows of the young person count. */
export const WHENS = ['in_period', 'open_in_period', 'before_period', 'ever', 'latest'] as const;
export type When = (typeof WHENS)[number];

const FORMS = ['all', 'any', 'not', 'term', 'rows', 'overlap', 'follows', 'age', 'share'] as const;

export function readRule(entry: Entry): Rule {
  const form = FORMS.find((candidate) => entry.has(candidate));
  if (form === undefined || entry.keys().length !== 1) {
    entry.report('SHAPE', `is a rule of exactly one form: ${FORMS.join(', ')}`);
    return { kind: 'all', rules: [], place: entry.place };
  }
  const inside = entry.at(form);
  const { place } = entry;
  switch (form) {
    case 'all':
    case 'any':
      return { kind: form, rules: entry.list(form).map(readRule), place };
    case 'not':
      return { kind: 'not', rule: readRule(inside), place };
    case 'term':
      return { kind: 'term', term: entry.text('term'), place };
    case 'rows':
      return readRows(inside);
    case 'overlap':
    case 'follows':
      inside.only('first', 'second', 'within_days');
      return {
        kind: form,
        first: readRule(inside.at('first')),
        second: readRule(inside.at('second')),
        withinDays: inside.optionalNumber('within_days'),
        place,
      };
    case 'age':
      inside.only('min', 'max');
      return {
        kind: 'age',
        min: inside.optionalNumber('min'),
        max: inside.optionalNumber('max'),
        place,
      };
    case 'share':
      inside.only('record', 'where', 'parts', 'whole', 'at_least', 'whole_at_least');
      return {
        kind: 'share',
        record: inside.text('record'),
        where: optionalCondition(inside, 'where'),
        parts: inside.texts('parts'),
        whole: inside.texts('whole'),
        atLeast: inside.number('at_least'),
        wholeAtLeast: inside.optionalNumber('whole_at_least'),
        place,
      };
  }
}

function readRows(entry: Entry): Rule {
  if (!isObject(entry.value)) entry.report('SHAPE', 'expects a record and where');
  entry.only('record', 'where', 'at_least', 'in_days', 'when', 'on');
  return {
    kind: 'rows',
    record: entry.text('record'),
    where: optionalCondition(entry, 'where'),
    atLeast: entry.optionalNumber('at_least') ?? 1,
    inDays: entry.optionalNumber('in_days'),
    when: entry.choice('when', WHENS, 'in_period'),
    on: entry.optionalText('on'),
    place: entry.place,
  };
}
