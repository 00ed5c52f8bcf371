import type { Clock, Limit } from '../../../src/contracts/clock.ts';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Span } from '../../../src/contracts/quality-test.ts';
import { addMonths, dayOfMoment, dayOfText } from '../calendar.ts';
import { type RowLayout, slotOf } from './row-layout.ts';

/**
 * Whether a stretch of time is longer than a limit. Hours are hours that passed; days and months are of the
 * calendar, so that the tenth day ends at midnight. Where one end is only a day, hours are rounded up to days.
 */
export type Exceeds = (from: number, to: number) => boolean;

export interface Kinds {
  readonly from: 'day' | 'moment';
  readonly to: 'day' | 'moment';
}

const HOUR = 3_600_000;

function exceeds(limit: Limit, kinds: Kinds): Exceeds {
  const dayFrom = kinds.from === 'moment' ? dayOfMoment : (day: number): number => day;
  const dayTo = kinds.to === 'moment' ? dayOfMoment : (day: number): number => day;
  const { months, days, hours } = limit;
  const elapsed = kinds.from === 'moment' && kinds.to === 'moment';
  if (months === 0 && days === 0 && elapsed) return (from, to) => to - from > hours * HOUR;
  const more = days + Math.ceil(hours / 24);
  if (months === 0) return (from, to) => dayTo(to) - dayFrom(from) > more;
  return (from, to) => dayTo(to) > addMonths(dayFrom(from), months) + more;
}

/** A limit that may differ by the row's county and by the day on which the stretch began. */
export function compileSpan(contracts: Contracts, layout: RowLayout, span: Span, kinds: Kinds): Exceeds {
  if (span.clock === undefined) return exceeds(givenLimit(span), kinds);
  const clock = contracts.clocks.get(span.clock);
  if (clock === undefined) return () => false;
  const day = kinds.from === 'moment' ? dayOfMoment : (value: number): number => value;
  const shared = inForceBetween(clock, clock.limit, kinds);
  const county = slotOf(layout, 'county_fips');
  const own = (layout.codeNames[county] ?? []).map((code) =>
    clock.counties
      .filter((candidate) => candidate.county === code)
      .map((candidate) => inForceBetween(candidate, candidate.limit, kinds)),
  );
  const { values } = layout;
  return (from, to) => {
    const on = day(from);
    if (!(on >= shared.first && on <= shared.last)) return false;
    const local = own[values[county] as number]?.find((limit) => on >= limit.first && on <= limit.last);
    return (local ?? shared).exceeds(from, to);
  };
}

function givenLimit({ hours = 0, days = 0 }: Span): Limit {
  return { iso: '', hours, days, months: 0 };
}

function inForceBetween(
  { effectiveFrom, effectiveTo }: Pick<Clock, 'effectiveFrom' | 'effectiveTo'>,
  limit: Limit,
  kinds: Kinds,
): { first: number; last: number; exceeds: Exceeds } {
  return {
    first: dayOfText(effectiveFrom),
    last: effectiveTo === undefined ? Infinity : dayOfText(effectiveTo),
    exceeds: exceeds(limit, kinds),
  };
}
