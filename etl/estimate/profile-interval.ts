import type { CaptureTable } from './capture-table.ts';
import { logGamma, normalQuantile } from './distributions.ts';
import { type Family, fitFamily } from './heterogeneity.ts';
import { type Counted, type ModelFit, maximise, supportOf } from './model-fit.ts';

/**
 * Cormack's multinomial profile likelihood of the population size N: with n0 = N − n persons put into the empty
 * history, the Poisson deviance of the refitted model and the multinomial coefficient give the profile.
 */
export interface ProfileInterval {
  /** The multinomial (conditional) estimate, slightly below the Poisson one. */
  readonly estimate: number;
  readonly lower: number;
  /** Infinite when the likelihood never falls far enough. */
  readonly upper: number;
}

/** Deviance of the model when `hidden` persons are put into the empty history. */
export type DevianceWith = (hidden: number) => number;

export function modelDeviance(data: Counted, fit: ModelFit): DevianceWith {
  const support = supportOf(data, fit.model);
  return (hidden) => maximise(data, support, hidden)?.deviance ?? Number.NaN;
}

export function familyDeviance(table: CaptureTable, family: Family): DevianceWith {
  return (hidden) => fitFamily(table, family, { hidden }).deviance;
}

const FURTHEST = 1e4;

export function profileInterval(
  deviance: DevianceWith,
  seen: number,
  poissonHidden: number,
  level: number,
): ProfileInterval {
  const logLikelihood = (hidden: number): number => -deviance(hidden) / 2 + coefficient(hidden, seen);
  const least = Math.min(1e-3, poissonHidden / 10);
  const peak = highest(logLikelihood, least, Math.max(3 * (seen + poissonHidden) - seen, least * 2));
  const cut = logLikelihood(peak) - normalQuantile(0.5 + level / 2) ** 2 / 2;
  const excess = (hidden: number): number => logLikelihood(hidden) - cut;
  const lower = excess(least) > 0 ? 0 : crossing(excess, least, peak);
  let far = Math.max(2 * peak, peak + 1);
  while (excess(far) > 0 && far < FURTHEST * (seen + peak)) far *= 2;
  const upper = excess(far) > 0 ? Infinity : crossing(excess, peak, far);
  return { estimate: seen + peak, lower: seen + lower, upper: seen + upper };
}

/** The logarithm of n0^n0 N! / (N^N n0!), the part of the multinomial likelihood that the deviance leaves out. */
function coefficient(hidden: number, seen: number): number {
  const all = seen + hidden;
  return (
    (hidden === 0 ? 0 : hidden * Math.log(hidden)) -
    logGamma(hidden + 1) -
    all * Math.log(all) +
    logGamma(all + 1)
  );
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Golden-section search on the logarithm of the hidden count, whose profile is closer to a parabola. */
function highest(f: (hidden: number) => number, from: number, to: number): number {
  let a = Math.log(from);
  let b = Math.log(to);
  let c = b - GOLDEN * (b - a);
  let d = a + GOLDEN * (b - a);
  let atC = f(Math.exp(c));
  let atD = f(Math.exp(d));
  while (b - a > 1e-8) {
    if (atC > atD) {
      b = d;
      d = c;
      atD = atC;
      c = b - GOLDEN * (b - a);
      atC = f(Math.exp(c));
    } else {
      a = c;
      c = d;
      atC = atD;
      d = a + GOLDEN * (b - a);
      atD = f(Math.exp(d));
    }
  }
  return Math.exp((a + b) / 2);
}

function crossing(f: (x: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  const rising = f(low) < 0;
  for (let i = 0; i < 100 && high - low > 1e-10 * (1 + high); i++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0 === rising) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
