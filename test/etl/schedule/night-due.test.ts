import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nightDue } from '../../../etl/schedule/night-due.ts';

test.each([
  [9, '2026-03-07T09:00:01Z', '2026-03-08T08:59:59Z', false],
  [9, '2026-03-07T09:00:01Z', '2026-03-08T09:00:00Z', true],
  // Nights in which clocks in California change, one way and the other.
  [10, '2026-03-07T10:02:00Z', '2026-03-08T10:00:00Z', true],
  [9, '2026-10-31T09:02:00Z', '2026-11-01T09:00:00Z', true],
  [0, '2026-03-07T00:00:00Z', '2026-03-07T23:59:59Z', false],
])('hour %i, last began %s, now %s: %s', (hour, last, now, due) => {
  expect(nightDue(hour, new Date(last), new Date(now))).toBe(due);
});

test('whatever hours the hub is on, every night is begun once at the most, and one after any day off', () => {
  fc.assert(
    fc.property(fc.nat(23), fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 60 }), (hour, pauses) => {
      let [now, last] = [Date.UTC(2026, 0, 1, hour), Date.UTC(2026, 0, 1, hour)];
      for (const hours of pauses) {
        now += hours * 3_600_000;
        const due = nightDue(hour, new Date(last), new Date(now));
        // The clock is at the hour at the start, so nights are whole days from it.
        const day = (at: number): number => Math.floor((at - Date.UTC(2026, 0, 1, hour)) / 86_400_000);
        expect(due).toBe(day(now) > day(last));
        if (due) last = now;
      }
    }),
  );
});
