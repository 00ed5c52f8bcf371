import { type Condition, optionalCondition, readCondition } from './condition.ts';
import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';

/**
 * The closed vocabulary of data-quality tests: a validator is compiled from these. A field may be written
 * `record.field` to follow a foreign key of the row. `when` narrows a test to the rows that match it. What no
 * form expresses names a `check` that code carries out.
 *
 * Four names stand for what differs by record: `$start` and `$end` for its span, `$primary_key` for its key, and
 * `$first_event` for the young person's first moment; `linked_person` joins rows across agencies.
 */
export type Test = { readonly when: Condition | undefined; readonly place: Place } & (
  | { readonly kind: 'shape' }
  | { readonly kind: 'unique'; readonly fields: readonly string[] }
  /** Every foreign key of the record, or the one to `record`, finds its row. */
  | {
      readonly kind: 'reference';
      readonly record: string | undefined;
      readonly orIn: string | undefined;
      readonly nights: number;
    }
  | {
      readonly kind: 'range';
      readonly field: string;
      readonly min: number | string | undefined;
      readonly max: number | string | undefined;
    }
  /** `earlier` is not after `later`, give or take `allowDays`. */
  | { readonly kind: 'order'; readonly earlier: string; readonly later: string; readonly allowDays: number }
  /** No moment of the row lies after the delivery's as-of. */
  | { readonly kind: 'not_future' }
  /** Where `when` holds, `must` holds too. */
  | { readonly kind: 'requires'; readonly must: Condition }
  /** No row matches. */
  | { readonly kind: 'forbids'; readonly that: Condition }
  /** From one moment to another at most so long, by a clock of clocks.yaml or as given. */
  | ({
      readonly kind: 'within';
      readonly from: string;
      readonly to: string;
      readonly missing: 'breaks' | 'passes';
    } & Span)
  | {
      readonly kind: 'sum';
      readonly parts: readonly string[];
      readonly total: string;
      readonly tolerance: number;
    }
  | {
      readonly kind: 'age';
      readonly at: string;
      readonly min: number | undefined;
      readonly max: number | undefined;
    }
  /** Another row must exist (`wanted`) or must not. */
  | ({ readonly kind: 'companion'; readonly wanted: boolean } & Companion)
  /** Spans of one record that share a key do not overlap. */
  | {
      readonly kind: 'no_overlap';
      readonly start: string;
      readonly end: string;
      readonly by: readonly string[];
      readonly toleranceDays: number;
    }
  /** Between consecutive rows that share a key, at most so long, unless another record covers the gap. */
  | ({
      readonly kind: 'no_gap';
      readonly start: string;
      readonly end: string;
      readonly by: readonly string[];
      readonly coveredBy: string | undefined;
    } & Span)
  /** Values of one young person differ by at most this among agencies. */
  | {
      readonly kind: 'agree';
      readonly field: string;
      readonly by: readonly string[];
      readonly tolerance: number;
    }
  | { readonly kind: 'volume'; readonly days: number; readonly share: number }
  | { readonly kind: 'silence'; readonly hours: number }
  | { readonly kind: 'trend'; readonly codes: readonly string[]; readonly points: number }
  | { readonly kind: 'check'; readonly check: string }
);

export interface Span {
  readonly clock: string | undefined;
  readonly hours: number | undefined;
  readonly days: number | undefined;
}

/** A row that another row is asked for; `anyOf` holds the alternatives. */
export interface Companion {
  /** The record whose rows are asked about, where it is not the rule's own. */
  readonly of: string | undefined;
  readonly anyOf: readonly CompanionRow[];
  /** Fields that both rows carry, or `linked_person` for rows of one young person at any agency. */
  readonly by: readonly string[];
  readonly otherAgency: boolean;
  /** Both rows' spans share a day. */
  readonly overlapping: boolean;
  /** A moment of the row; that of the other (`to`) lies from `beforeDays` before it to `afterDays` after it. */
  readonly from: string | undefined;
  readonly beforeDays: number;
  readonly afterDays: number | undefined;
}

export interface CompanionRow {
  readonly record: string;
  readonly where: Condition | undefined;
  readonly to: string | undefined;
}

/** Names of checks that code carries out; the contract check refuses a rule that names another. */
export const CHECKS = [
  'manifest_matches_files',
  'identifier_guard',
  'code_valid_in_fiscal_year',
  'score_in_tool_range',
  'required_parties_present',
  'reassessment_due',
  'parts_sum_or_residual',
  'small_cells_protected',
  'figure_is_traceable',
  'provisional_period_marked',
  'history_codes_not_current',
  'part_2_services',
  'age_fits_grade',
  'moved_back',
] as const;

const TEST_KINDS = [
  'shape',
  'unique',
  'reference',
  'range',
  'order',
  'not_future',
  'requires',
  'forbids',
  'within',
  'sum',
  'age',
  'companion',
  'no_overlap',
  'no_gap',
  'agree',
  'volume',
  'silence',
  'trend',
  'check',
] as const;

export function readTest(entry: Entry): Test {
  const kind = entry.choice('kind', TEST_KINDS);
  const base = {
    when: optionalCondition(entry, 'when'),
    place: entry.place,
  };
  const only = (...keys: readonly string[]): Entry => entry.only('kind', 'when', ...keys);
  switch (kind) {
    case 'shape':
    case 'not_future':
      only();
      return { ...base, kind };
    case 'unique':
      only('fields');
      return { ...base, kind, fields: entry.texts('fields') };
    case 'reference':
      only('record', 'or_in', 'nights');
      return {
        ...base,
        kind,
        record: entry.optionalText('record'),
        orIn: entry.optionalText('or_in'),
        nights: entry.optionalNumber('nights') ?? 0,
      };
    case 'range':
      only('field', 'min', 'max');
      return {
        ...base,
        kind,
        field: entry.text('field'),
        min: entry.optionalBound('min'),
        max: entry.optionalBound('max'),
      };
    case 'order':
      only('earlier', 'later', 'allow_days');
      return {
        ...base,
        kind,
        earlier: entry.text('earlier'),
        later: entry.text('later'),
        allowDays: entry.optionalNumber('allow_days') ?? 0,
      };
    case 'requires':
      only('must');
      return { ...base, kind, must: readCondition(entry.at('must')) };
    case 'forbids':
      only('that');
      return { ...base, kind, that: readCondition(entry.at('that')) };
    case 'within':
      only('from', 'to', 'missing', 'clock', 'hours', 'days');
      return {
        ...base,
        kind,
        from: entry.text('from'),
        to: entry.text('to'),
        missing: entry.choice('missing', ['breaks', 'passes'] as const, 'passes'),
        ...readSpan(entry),
      };
    case 'sum':
      only('parts', 'total', 'tolerance');
      return {
        ...base,
        kind,
        parts: entry.texts('parts'),
        total: entry.text('total'),
        tolerance: entry.optionalNumber('tolerance') ?? 0,
      };
    case 'age':
      only('at', 'min', 'max');
      return {
        ...base,
        kind,
        at: entry.text('at'),
        min: entry.optionalNumber('min'),
        max: entry.optionalNumber('max'),
      };
    case 'companion':
      return { ...base, kind, wanted: entry.flag('wanted', true), ...readCompanion(entry) };
    case 'no_overlap':
      only('start', 'end', 'by', 'tolerance_days');
      return {
        ...base,
        kind,
        start: entry.text('start'),
        end: entry.text('end'),
        by: entry.texts('by'),
        toleranceDays: entry.optionalNumber('tolerance_days') ?? 0,
      };
    case 'no_gap':
      only('start', 'end', 'by', 'covered_by', 'clock', 'hours', 'days');
      return {
        ...base,
        kind,
        start: entry.text('start'),
        end: entry.text('end'),
        by: entry.texts('by'),
        coveredBy: entry.optionalText('covered_by'),
        ...readSpan(entry),
      };
    case 'agree':
      only('field', 'by', 'tolerance');
      return {
        ...base,
        kind,
        field: entry.text('field'),
        by: entry.texts('by'),
        tolerance: entry.optionalNumber('tolerance') ?? 0,
      };
    case 'volume':
      only('days', 'share');
      return { ...base, kind, days: entry.number('days'), share: entry.number('share') };
    case 'silence':
      only('hours');
      return { ...base, kind, hours: entry.number('hours') };
    case 'trend':
      only('codes', 'points');
      return { ...base, kind, codes: entry.texts('codes'), points: entry.number('points') };
    case 'check':
      only('check');
      return { ...base, kind, check: entry.text('check') };
  }
}

function readCompanion(entry: Entry): Companion {
  const row = ['record', 'where', 'to'] as const;
  entry.only(
    'kind',
    'when',
    'wanted',
    'of',
    ...row,
    'or',
    'by',
    'other_agency',
    'overlapping',
    'from',
    'before_days',
    'after_days',
  );
  return {
    of: entry.optionalText('of'),
    anyOf: [entry, ...entry.list('or').map((other) => other.only(...row))].map((other) => ({
      record: other.text('record'),
      where: optionalCondition(other, 'where'),
      to: other.optionalText('to'),
    })),
    by: entry.texts('by'),
    otherAgency: entry.flag('other_agency'),
    overlapping: entry.flag('overlapping'),
    from: entry.optionalText('from'),
    beforeDays: entry.optionalNumber('before_days') ?? 0,
    afterDays: entry.optionalNumber('after_days'),
  };
}

function readSpan(entry: Entry): Span {
  const given = ['clock', 'hours', 'days'].filter((key) => entry.has(key));
  if (given.length !== 1) entry.report('SHAPE', 'gives exactly one of clock, hours or days');
  return {
    clock: entry.optionalText('clock'),
    hours: entry.optionalNumber('hours'),
    days: entry.optionalNumber('days'),
  };
}
