import { logFactorial } from './distributions.ts';
import { estimateExists, rankOf } from './existence.ts';
import { leastSquares } from './least-squares.ts';
import type { Status } from './model-fit.ts';

/** A Poisson regression with log link: counts, columns (the first is the intercept) and an optional offset. */
export interface Regression {
  readonly counts: Float64Array;
  readonly columns: readonly Float64Array[];
  readonly offset?: Float64Array;
}

export interface RegressionFit {
  readonly status: Status;
  readonly coefficients: Float64Array;
  readonly interceptVariance: number;
  readonly deviance: number;
  readonly logLikelihood: number;
  readonly fitted: Float64Array;
}

const MOST_STEPS = 200;

function regressionStatus(regression: Regression): Status {
  const identifiable = rankOf(regression.columns) === regression.columns.length;
  const exists =
    regression.counts.every((count) => count > 0) ||
    estimateExists(
      regression.columns,
      regression.columns.map((column) => dot(column, regression.counts)),
    );
  return ((exists ? 0 : 1) + (identifiable ? 0 : 2)) as Status;
}

/** Iteratively reweighted least squares with the existence and rank checks first. */
export function fitRegression(regression: Regression): RegressionFit {
  const status = regressionStatus(regression);
  const fit = status === 0 ? reweight(regression) : undefined;
  if (fit !== undefined) return fit;
  return {
    status: status === 0 ? 1 : status,
    coefficients: new Float64Array(0),
    interceptVariance: Number.NaN,
    deviance: Number.NaN,
    logLikelihood: Number.NaN,
    fitted: new Float64Array(0),
  };
}

/** The iteration alone, once the estimate is known to exist. */
function reweight(regression: Regression): RegressionFit | undefined {
  const { counts, columns } = regression;
  const offset = regression.offset ?? new Float64Array(counts.length);
  let mu = counts.map((count) => count + 0.1);
  let eta = mu.map(Math.log);
  let coefficients: Float64Array | undefined;
  let deviance = devianceOf(counts, mu);
  for (let turn = 0; turn < MOST_STEPS; turn++) {
    const working = eta.map((value, i) => value - offset[i]! + (counts[i]! - mu[i]!) / mu[i]!);
    const solution = leastSquares(columns, mu, working);
    if (solution === undefined) return undefined;
    let next = solution.coefficients;
    let reached = Number.NaN;
    for (let halvings = 0; halvings < 40; halvings++) {
      eta = predictor(columns, offset, next);
      mu = eta.map((value) => Math.exp(Math.min(700, value)));
      reached = devianceOf(counts, mu);
      if (coefficients === undefined || reached <= deviance + 1e-10 * (Math.abs(deviance) + 0.1)) break;
      const before = coefficients;
      next = next.map((value, j) => (value + before[j]!) / 2);
    }
    const change = Math.abs(reached - deviance) / (Math.abs(reached) + 0.1);
    const shift =
      coefficients === undefined
        ? Infinity
        : Math.max(...next.map((value, j) => Math.abs(value - coefficients![j]!) / (1 + Math.abs(value))));
    coefficients = next;
    deviance = reached;
    if (change < 1e-12 && shift < 1e-9) {
      const variance = leastSquares(columns, mu, eta)?.firstVariance;
      if (variance === undefined) return undefined;
      return {
        status: 0,
        coefficients,
        interceptVariance: variance,
        deviance,
        logLikelihood: logLikelihoodOf(counts, mu),
        fitted: mu,
      };
    }
  }
  return undefined;
}

function predictor(columns: readonly Float64Array[], offset: Float64Array, coefficients: Float64Array) {
  const eta = offset.slice();
  columns.forEach((column, j) => {
    const coefficient = coefficients[j]!;
    for (let i = 0; i < eta.length; i++) eta[i]! += coefficient * column[i]!;
  });
  return eta;
}

function devianceOf(counts: Float64Array, mu: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const y = counts[i]!;
    const m = mu[i]!;
    sum += y === 0 ? 2 * m : 2 * (y * Math.log(y / m) - (y - m));
  }
  return sum;
}

function logLikelihoodOf(counts: Float64Array, mu: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const y = counts[i]!;
    sum += (y === 0 ? 0 : y * Math.log(mu[i]!)) - mu[i]! - logFactorial(y);
  }
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
