import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Calendar, latestOf, nextOf, WEEKDAYS } from '../../../etl/schedule/calendar.ts';
import { isDue, nextBegin } from '../../../etl/schedule/due.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const nightly = (hour: number): Calendar => ({ every: 'day', at: hour * 60 });

test.each([
  [9, '2026-03-07T09:00:01Z', '2026-03-08T08:59:59Z', false],
  [9, '2026-03-07T09:00:01Z', '2026-03-08T09:00:00Z', true],
  // Nights in which clocks in California change, one way and the other.
  [10, '2026-03-07T10:02:00Z', '2026-03-08T10:00:00Z', true],
  [9, '2026-10-31T09:02:00Z', '2026-11-01T09:00:00Z', true],
  [0, '2026-03-07T00:00:00Z', '2026-03-07T23:59:59Z', false],
])('hour %i, last began %s, now %s: %s', (hour, last, now, due) => {
  expect(isDue(nightly(hour), [new Date(last)], new Date(now))).toBe(due);
});

test('whatever hours the hub is on, every night is begun once at the most, and one after any day off', () => {
  fc.assert(
    fc.property(fc.nat(23), fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 }), (hour, pauses) => {
      let [now, last] = [Date.UTC(2026, 0, 1, hour), Date.UTC(2026, 0, 1, hour)];
      for (const hours of pauses) {
        now += hours * HOUR;
        const due = isDue(nightly(hour), [new Date(last)], new Date(now));
        // The clock is at the hour at the start, so nights are whole days from it.
        const day = (at: number): number => Math.floor((at - Date.UTC(2026, 0, 1, hour)) / (24 * HOUR));
        expect(due).toBe(day(now) > day(last));
        if (due) last = now;
      }
    }),
  );
});

const calendars = fc.oneof(
  fc.record({ every: fc.constant('day' as const), at: fc.nat(1439) }),
  fc.record({ every: fc.constant('week' as const), at: fc.nat(1439), on: fc.constantFrom(...WEEKDAYS) }),
  fc.record({
    every: fc.constantFrom('month' as const, 'quarter' as const),
    at: fc.nat(1439),
    onDay: fc.integer({ min: 1, max: 31 }),
  }),
  fc.record({
    every: fc.constant('year' as const),
    at: fc.nat(1439),
    inMonth: fc.integer({ min: 1, max: 12 }),
    onDay: fc.integer({ min: 1, max: 31 }),
  }),
);
const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });

test('the latest time and the next one enclose every moment, with none between, and months have their own lengths', () => {
  const days = { day: [1, 1], week: [7, 7], month: [28, 31], quarter: [90, 92], year: [365, 366] } as const;
  fc.assert(
    fc.property(calendars, moments, (calendar, moment) => {
      const [latest, next] = [latestOf(calendar, moment), nextOf(calendar, moment)];
      expect(latest <= moment && moment < next).toBe(true);
      expect(nextOf(calendar, latest)).toEqual(next);
      expect(latestOf(calendar, new Date(next.getTime() - 1))).toEqual(latest);
      const apart = (next.getTime() - latest.getTime()) / (24 * HOUR);
      const [least, most] = days[calendar.every];
      expect(apart >= least && apart <= most).toBe(true);
    }),
  );
});

test('the last day of a month stands in for one that it does not have', () => {
  const calendar: Calendar = { every: 'month', onDay: 31, at: 0 };
  const times: string[] = [];
  for (let at = new Date('2028-01-15'); times.length < 4; at = nextOf(calendar, at))
    times.push(nextOf(calendar, at).toISOString().slice(0, 10));
  expect(times).toEqual(['2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30']);
});

/** Asks every five minutes what the wall clock says, and begins what is due. */
function begun(
  calendar: Calendar,
  ticks: readonly number[],
  blackouts: Parameters<typeof isDue>[3] = [],
): number[] {
  const began = [new Date((ticks[0] ?? 0) - 1)];
  for (const tick of ticks) {
    const now = new Date(tick);
    if (isDue(calendar, began, now, blackouts)) began.push(now);
  }
  return began.slice(1).map((moment) => moment.getTime());
}

function everyFiveMinutes(from: string, hours: number): number[] {
  return Array.from({ length: hours * 12 }, (_, i) => Date.parse(from) + i * 5 * MINUTE);
}

test.each(['America/Los_Angeles', 'Europe/London', 'UTC'])(
  'both days on which clocks change have one night each, whatever zone the machine is in (%s)',
  (zone) => {
    const before = process.env['TZ'];
    process.env['TZ'] = zone;
    try {
      for (let hour = 0; hour < 24; hour++)
        for (const from of ['2026-03-06', '2026-03-27', '2026-10-23', '2026-10-30'])
          expect(begun(nightly(hour), everyFiveMinutes(`${from}T00:00:00Z`, 96))).toHaveLength(4);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  },
);

test('a clock that jumps ahead and comes back stops no night, and adds one at the most', () => {
  const right = everyFiveMinutes('2026-05-01T00:00:00Z', 48);
  const jumped = everyFiveMinutes('2027-08-01T00:00:00Z', 1);
  const after = everyFiveMinutes('2026-05-03T00:00:00Z', 96);
  const nights = begun(nightly(9), [...right, ...jumped, ...after]).filter((at) => at < jumped[0]!);
  expect(nights.map((at) => new Date(at).toISOString().slice(0, 16))).toEqual(
    ['01', '02', '03', '04', '05', '06'].map((day) => `2026-05-${day}T09:00`),
  );
});

test('a clock that falls back three hours after the night has no second one before the next hour', () => {
  const before = everyFiveMinutes('2026-05-01T00:00:00Z', 34);
  const back = everyFiveMinutes('2026-05-02T07:00:00Z', 2);
  expect(begun(nightly(9), [...before, ...back]).length).toBe(2);
});

test('nothing begins in a blackout, and what was due begins once at its end', () => {
  const blackouts = [
    { from: new Date('2026-05-02T06:00:00Z'), until: new Date('2026-05-02T12:00:00Z'), because: 'a test' },
    { from: new Date('2026-05-02T11:00:00Z'), until: new Date('2026-05-04T10:00:00Z'), because: 'a test' },
  ];
  const nights = begun(nightly(9), everyFiveMinutes('2026-05-01T00:00:00Z', 120), blackouts);
  expect(nights.map((at) => new Date(at).toISOString().slice(0, 16))).toEqual([
    '2026-05-01T09:00',
    '2026-05-04T10:00',
    '2026-05-05T09:00',
  ]);
  const asked = new Date('2026-05-02T07:00:00Z');
  expect(nextBegin(nightly(9), [new Date('2026-05-01T09:00:00Z')], asked, blackouts)).toEqual(
    blackouts[1]?.until,
  );
});
