import { type CaptureTable, overlaps, persons, sumOverSubsets, sumOverSupersets } from './capture-table.ts';
import { factor, firstOfInverse, solve } from './cholesky.ts';
import { logFactorial } from './distributions.ts';
import { estimateExists } from './existence.ts';
import type { Model } from './model.ts';
import { spannedBySeen, toldApart } from './spanned.ts';

/** 0: estimate exists and is unique; 1: it does not exist; 2: it is not identifiable; 3: neither. */
export type Status = 0 | 1 | 2 | 3;

/** The counts with the sums that every model of a table needs. */
export interface Counted {
  readonly table: CaptureTable;
  readonly persons: number;
  readonly overlaps: Float64Array;
  readonly logFactorials: number;
}

export interface ModelFit {
  readonly model: Model;
  readonly status: Status;
  /** Estimated number on no list, its logarithm's variance. Not a number unless `status` is 0. */
  readonly hidden: number;
  readonly logVariance: number;
  readonly deviance: number;
  readonly df: number;
  readonly aic: number;
  readonly bic: number;
  /** Effects of sets of lists that share nobody: estimated as −∞, with the cells they touch fitted as 0. */
  readonly minusInfinite: number;
  readonly fitted: Float64Array;
}

export function count(table: CaptureTable): Counted {
  return {
    table,
    persons: persons(table),
    overlaps: overlaps(table),
    logFactorials: table.counts.reduce((sum, value) => sum + logFactorial(value), 0),
  };
}

/** What is left of a model once the effects with zero overlap are taken as −∞. */
export interface Support {
  readonly terms: Int32Array;
  readonly cells: Int32Array;
  readonly minusInfinite: number;
}

export function supportOf(data: Counted, model: Model): Support {
  const finite: number[] = [];
  const empty: number[] = [];
  for (const term of model.terms) (data.overlaps[term]! > 0 ? finite : empty).push(term);
  const cells: number[] = [];
  for (let cell = 1; cell < data.table.counts.length; cell++) {
    if (empty.every((term) => (cell & term) !== term)) cells.push(cell);
  }
  return { terms: Int32Array.from(finite), cells: Int32Array.from(cells), minusInfinite: empty.length };
}

export function statusOf(data: Counted, support: Support): Status {
  const { terms, cells } = support;
  // Nobody at all: even the intercept is −∞, and there is nothing to extrapolate from.
  if (terms.length === 0) return 1;
  const { counts } = data.table;
  if (spannedBySeen(terms, cells, counts)) return 0;
  const exists = cells.every((cell) => counts[cell]! > 0) || estimateExists(...programme(data, support));
  return ((exists ? 0 : 1) + (toldApart(terms, cells) ? 0 : 2)) as Status;
}

/** One row per effect and one column per cell, and the sums that the counts have. */
function programme(data: Counted, { terms, cells }: Support): [Float64Array[], Float64Array] {
  const design: Float64Array[] = [];
  const sums = new Float64Array(terms.length);
  terms.forEach((term, i) => {
    const row = new Float64Array(cells.length);
    for (let j = 0; j < cells.length; j++) row[j] = (cells[j]! & term) === term ? 1 : 0;
    design.push(row);
    sums[i] = data.overlaps[term]!;
  });
  return [design, sums];
}

/** Fits a hierarchical model by extended maximum likelihood, after the existence and identifiability checks. */
export function fitModel(data: Counted, model: Model): ModelFit {
  const support = supportOf(data, model);
  const status = statusOf(data, support);
  const df = support.cells.length - support.terms.length;
  const solution = status === 0 ? maximise(data, support) : undefined;
  if (solution === undefined) {
    const status1 = status === 0 ? 1 : status;
    return {
      model,
      status: status1,
      hidden: Number.NaN,
      logVariance: Number.NaN,
      deviance: Number.NaN,
      df,
      aic: Number.NaN,
      bic: Number.NaN,
      minusInfinite: support.minusInfinite,
      fitted: new Float64Array(0),
    };
  }
  const logLikelihood = solution.kernel - data.logFactorials;
  const parameters = model.terms.length;
  return {
    model,
    status,
    hidden: solution.hidden,
    logVariance: solution.logVariance,
    deviance: solution.deviance,
    df,
    aic: -2 * logLikelihood + 2 * parameters,
    bic: -2 * logLikelihood + parameters * Math.log(data.persons),
    minusInfinite: support.minusInfinite,
    fitted: solution.fitted,
  };
}

interface Solution {
  readonly hidden: number;
  readonly logVariance: number;
  readonly deviance: number;
  readonly kernel: number;
  readonly fitted: Float64Array;
}

const MOST_STEPS = 200;

/**
 * Newton's method, which here is iteratively reweighted least squares: with 0/1 effects of sets of lists the
 * information of effects θ and φ is the sum of fitted values over the cells that contain θ ∪ φ, so that one sum over
 * supersets gives the whole matrix, and one sum over subsets the linear predictor. The step comes from a Cholesky
 * factor, but the gradient it drives to zero is exact, so the fixed point does not suffer from the squared condition.
 *
 * `hiddenCount` observes the empty history too, for the profile likelihood of N.
 */
export function maximise(data: Counted, support: Support, hiddenCount?: number): Solution | undefined {
  const { table } = data;
  const lists = table.lists.length;
  const size = table.counts.length;
  const { terms } = support;
  const p = terms.length;
  const withHidden = hiddenCount !== undefined;
  const cells = withHidden ? Int32Array.of(0, ...support.cells) : support.cells;
  const y = (cell: number): number => (cell === 0 ? (hiddenCount ?? 0) : table.counts[cell]!);
  const target = Float64Array.from(
    terms,
    (term) => data.overlaps[term]! + (term === 0 ? (hiddenCount ?? 0) : 0),
  );

  const mu = new Float64Array(size);
  const sums = new Float64Array(size);
  const eta = new Float64Array(size);
  const information = new Float64Array(p * p);
  const step = new Float64Array(p);
  let beta = new Float64Array(p);

  const inform = (): boolean => {
    for (let i = 0; i < p; i++)
      for (let j = 0; j <= i; j++) information[i * p + j] = sums[terms[i]! | terms[j]!]!;
    return factor(information, p);
  };
  const predict = (at: Float64Array): void => {
    eta.fill(0);
    for (let i = 0; i < p; i++) eta[terms[i]!] = at[i]!;
    sumOverSubsets(eta, lists);
    for (const cell of cells) mu[cell] = Math.exp(Math.min(700, eta[cell]!));
  };
  const objective = (): number => {
    let value = 0;
    for (const cell of cells) {
      const seen = y(cell);
      value += seen === 0 ? -mu[cell]! : seen * eta[cell]! - mu[cell]!;
    }
    return value;
  };
  const sumUp = (): void => {
    sums.set(mu);
    if (!withHidden) sums[0] = 0;
    sumOverSupersets(sums, lists);
  };

  // The start that R's glm takes: fitted values a little above the counts, one weighted least-squares step.
  for (const cell of cells) mu[cell] = y(cell) + 0.1;
  sumUp();
  if (!inform()) return undefined;
  const working = new Float64Array(size);
  for (const cell of cells) working[cell] = mu[cell]! * Math.log(mu[cell]!) + y(cell) - mu[cell]!;
  sumOverSupersets(working, lists);
  for (let i = 0; i < p; i++) beta[i] = working[terms[i]!]!;
  solve(information, p, beta);
  predict(beta);
  let value = objective();

  let settled = false;
  for (let turn = 0; turn < MOST_STEPS && !settled; turn++) {
    sumUp();
    for (let i = 0; i < p; i++) step[i] = target[i]! - sums[terms[i]!]!;
    const gradient = step.slice();
    if (!inform()) return undefined;
    solve(information, p, step);
    let decrement = 0;
    for (let i = 0; i < p; i++) decrement += gradient[i]! * step[i]!;
    if (!(decrement < Number.MAX_VALUE)) return undefined;
    settled = decrement < 1e-13;
    let length = 1;
    const next = new Float64Array(p);
    for (let halvings = 0; ; halvings++) {
      for (let i = 0; i < p; i++) next[i] = beta[i]! + length * step[i]!;
      predict(next);
      const reached = objective();
      if (settled || reached >= value - 1e-12 * Math.abs(value) || halvings === 40) {
        value = reached;
        break;
      }
      length /= 2;
    }
    beta = next;
  }
  if (!settled) return undefined;
  sumUp();
  if (!inform()) return undefined;

  let deviance = 0;
  for (const cell of cells) {
    const seen = y(cell);
    deviance += seen === 0 ? 2 * mu[cell]! : 2 * (seen * Math.log(seen / mu[cell]!) - (seen - mu[cell]!));
  }
  const fitted = mu.slice();
  const hidden = Math.exp(beta[0]!);
  fitted[0] = hidden;
  return { hidden, logVariance: firstOfInverse(information, p), deviance, kernel: value, fitted };
}
