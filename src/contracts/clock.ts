import { type Change, readChanges } from './change.ts';
import { type Condition, optionalCondition } from './condition.ts';
import type { Entry } from './entry.ts';
import type { Place } from './problem.ts';
import { type Authority, readAuthority } from './term.ts';

/** A limit of time as written in ISO 8601: `PT2H`, `P10D`, `P1M`. Months are months of the calendar. */
export interface Limit {
  readonly iso: string;
  readonly hours: number;
  readonly days: number;
  readonly months: number;
}

/** The moment that starts or stops a clock. */
export interface Moment {
  readonly record: string;
  readonly field: string;
  readonly where: Condition | undefined;
  readonly words: string;
  readonly place: Place;
}

export interface CountyLimit {
  readonly county: string;
  readonly limit: Limit;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | undefined;
  readonly why: string;
  readonly authority: Authority;
  /** An invented county setting, for the synthetic state only. */
  readonly madeUp: boolean;
  readonly place: Place;
}

export interface Clock {
  readonly name: string;
  readonly title: string;
  readonly words: string;
  readonly limit: Limit;
  readonly start: Moment;
  readonly stop: Moment;
  /** Starts again at every stop, as monthly meetings do. */
  readonly repeats: boolean;
  /** Met by what goes on through the limit, instead of by what comes before it. */
  readonly through: boolean;
  readonly authority: Authority;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | undefined;
  readonly counties: readonly CountyLimit[];
  readonly meets: readonly string[];
  readonly version: number;
  readonly changes: readonly Change[];
  readonly place: Place;
}

export function readClocks(file: Entry): Clock[] {
  return file
    .only('about', 'clocks')
    .list('clocks')
    .map((entry) => {
      entry.only(
        'clock',
        'title',
        'words',
        'limit',
        'start',
        'stop',
        'repeats',
        'through',
        'authority',
        'effective_from',
        'effective_to',
        'counties',
        'meets',
        'version',
        'changes',
      );
      return {
        name: entry.text('clock'),
        title: entry.text('title'),
        words: entry.text('words'),
        limit: readLimit(entry),
        start: readMoment(entry.at('start')),
        stop: readMoment(entry.at('stop')),
        repeats: entry.flag('repeats'),
        through: entry.flag('through'),
        authority: readAuthority(entry.at('authority')),
        effectiveFrom: entry.date('effective_from'),
        effectiveTo: entry.optionalDate('effective_to'),
        counties: entry.list('counties').map(readCountyLimit),
        meets: entry.texts('meets'),
        version: entry.number('version'),
        changes: readChanges(entry),
        place: entry.place,
      };
    });
}

function readCountyLimit(entry: Entry): CountyLimit {
  entry.only('county', 'limit', 'effective_from', 'effective_to', 'why', 'authority', 'made_up');
  return {
    county: entry.text('county'),
    limit: readLimit(entry),
    effectiveFrom: entry.date('effective_from'),
    effectiveTo: entry.optionalDate('effective_to'),
    why: entry.text('why'),
    authority: readAuthority(entry.at('authority')),
    madeUp: entry.flag('made_up'),
    place: entry.place,
  };
}

function readMoment(entry: Entry): Moment {
  entry.only('record', 'field', 'where', 'words');
  return {
    record: entry.text('record'),
    field: entry.text('field'),
    where: optionalCondition(entry, 'where'),
    words: entry.text('words'),
    place: entry.place,
  };
}

const DURATION = /^P(?:(?<months>\d+)M)?(?:(?<days>\d+)D)?(?:T(?<hours>\d+)H)?$/;

function readLimit(entry: Entry): Limit {
  const iso = entry.text('limit');
  const parts = DURATION.exec(iso)?.groups;
  const limit = {
    iso,
    months: Number(parts?.months ?? 0),
    days: Number(parts?.days ?? 0),
    hours: Number(parts?.hours ?? 0),
  };
  if (limit.months + limit.days + limit.hours === 0) {
    entry.at('limit').report('SHAPE', 'expects a duration such as PT2H, P10D or P1M');
  }
  return limit;
}
