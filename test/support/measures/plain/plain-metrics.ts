/** Ten metrics a second time, from their words: no SQL, no contract, no code of the hub. */
import { isWithin } from './days.ts';
import { type Dated, ofEvents } from './events.ts';
import type { HeldRows } from './held-rows.ts';
import { needsFound, needsReceived, staffTrained, timeToService } from './needs.ts';
import { peopleMetrics } from './people.ts';
import type { Thing } from './things.ts';

/** What a metric counts in a period. */
export type ThingsIn = (period: string) => readonly Thing[];

export function plainMetrics(rows: HeldRows, knownOn: string): ReadonlyMap<string, ThingsIn> {
  const events = Object.entries(ofEvents).map(([metric, make]): [string, ThingsIn] => {
    const things = make(rows, knownOn);
    return [metric, (period) => things.filter(({ day }) => isWithin(day, period))];
  });
  const inPeriods = Object.entries(ofPeriods).map(([metric, make]): [string, ThingsIn] => [
    metric,
    (period) => {
      const isIn = (day: string): boolean => isWithin(day, period);
      return make(rows, knownOn, period, isIn).filter(({ day }) => isIn(day));
    },
  ]);
  return new Map([...events, ...inPeriods, ...Object.entries(peopleMetrics(rows))]);
}

type InPeriod = (rows: HeldRows, knownOn: string, period: string, isIn: (day: string) => boolean) => Dated[];

const ofPeriods: Readonly<Record<string, InPeriod>> = {
  needs_found: needsFound,
  needs_received: needsReceived,
  time_to_service: timeToService,
  staff_trained: staffTrained,
};
