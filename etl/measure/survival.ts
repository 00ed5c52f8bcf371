import type { Interval } from './intervals.ts';
import { STANDARD_QUANTILE } from './intervals.ts';

/** Waits of so many days, which ended or were still going on when last looked at. */
export interface Wait {
  readonly days: number;
  readonly ended: boolean;
  /** How many of them. */
  readonly n: number;
}

export interface Step {
  readonly day: number;
  /** Share still waiting after that day, with its interval. */
  readonly waiting: number;
  readonly interval: Interval;
}

/** Kaplan and Meier's curve with log(-log) intervals; one step for each day on which a wait ended. */
export function survivalCurve(waits: readonly Wait[]): readonly Step[] {
  const sorted = waits.toSorted((a, b) => a.days - b.days);
  const steps: Step[] = [];
  let waiting = 1;
  let greenwood = 0;
  let atRisk = countOf(waits);
  for (let at = 0; at < sorted.length; ) {
    const day = sorted[at]?.days ?? 0;
    let ends = 0;
    let left = 0;
    for (; at < sorted.length && sorted[at]?.days === day; at++) {
      const { n, ended } = sorted[at] as Wait;
      left += n;
      if (ended) ends += n;
    }
    if (ends > 0) {
      waiting *= 1 - ends / atRisk;
      greenwood += ends / (atRisk * (atRisk - ends));
      steps.push({ day, waiting, interval: around(waiting, greenwood) });
    }
    atRisk -= left;
  }
  return steps;
}

export function countOf(waits: readonly Wait[]): number {
  return waits.reduce((sum, { n }) => sum + n, 0);
}

function around(waiting: number, greenwood: number): Interval {
  if (waiting <= 0 || waiting >= 1) return { lower: waiting, upper: waiting };
  const half = (STANDARD_QUANTILE * Math.sqrt(greenwood)) / Math.abs(Math.log(waiting));
  return { lower: waiting ** Math.exp(half), upper: waiting ** Math.exp(-half) };
}

export interface Estimate {
  readonly value: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

/** A product of many fractions that is a half comes out a hair beside it. */
const HALF = 0.5 + 1e-9;

/** The day by which half have ended; undefined where the curve, or a bound of it, does not come down to half. */
export function medianOf(steps: readonly Step[]): Estimate {
  const firstDay = (share: (step: Step) => number): number | undefined =>
    steps.find((step) => share(step) <= HALF)?.day;
  return {
    value: firstDay((step) => step.waiting),
    lower: firstDay((step) => step.interval.lower),
    upper: firstDay((step) => (step.waiting <= 0 ? 0 : step.interval.upper)),
  };
}

/** The share that had ended within some days; undefined where nobody was followed so long. */
export function endedWithin(steps: readonly Step[], waits: readonly Wait[], days: number): Estimate {
  const step = steps.findLast((one) => one.day <= days);
  const followed = waits.some((wait) => wait.days >= days) || (step?.waiting ?? 1) === 0;
  if (!followed) return { value: undefined, lower: undefined, upper: undefined };
  if (step === undefined) return { value: 0, lower: undefined, upper: undefined };
  return { value: 1 - step.waiting, lower: 1 - step.interval.upper, upper: 1 - step.interval.lower };
}
