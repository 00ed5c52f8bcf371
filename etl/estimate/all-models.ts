import { normalCdf, normalQuantile } from './distributions.ts';
import { hierarchicalModels, type Model, numberOfPairwiseModels } from './model.ts';
import { type Counted, fitModel, type ModelFit } from './model-fit.ts';

export type Criterion = 'aic' | 'bic';

/** Up to five lists every hierarchical model can be fitted, with six the pairwise ones; seven have two million. */
const MOST_LISTS_OF_ALL_MODELS = 6;
const MOST_MODELS = 40_000;

/** The interactions considered unless told otherwise: all but the one of every list; from six lists on, pairs. */
export function usualOrder(lists: number): number {
  return lists <= 5 ? Math.max(2, lists - 1) : 2;
}

/** The models to choose from, or undefined when there are too many to fit. */
export function modelsUpTo(lists: number, order: number): Model[] | undefined {
  if (lists > MOST_LISTS_OF_ALL_MODELS || numberOfPairwiseModels(lists) > MOST_MODELS) return undefined;
  const models: Model[] = [];
  for (const model of hierarchicalModels(lists, order)) {
    if (models.length === MOST_MODELS) return undefined;
    models.push(model);
  }
  return models;
}

export interface AllModels {
  /** Fits with status 0. */
  readonly admissible: readonly ModelFit[];
  /** How many models have each status, 0 to 3. */
  readonly statuses: readonly [number, number, number, number];
}

export function fitAll(data: Counted, models: Iterable<Model>): AllModels {
  const admissible: ModelFit[] = [];
  const statuses: [number, number, number, number] = [0, 0, 0, 0];
  for (const model of models) {
    const fit = fitModel(data, model);
    statuses[fit.status]++;
    if (fit.status === 0) admissible.push(fit);
  }
  return { admissible, statuses };
}

/** Admissible fits from the best on; among equals the one with fewer effects, then the one listed first. */
export function ranked(fits: readonly ModelFit[], criterion: Criterion): ModelFit[] {
  return fits.toSorted((a, b) => {
    const difference = a[criterion] - b[criterion];
    const same = Math.abs(difference) < 1e-9 * (1 + Math.abs(a[criterion]));
    return same ? a.model.terms.length - b.model.terms.length : difference;
  });
}

export function best(fits: readonly ModelFit[], criterion: Criterion): ModelFit | undefined {
  let found: ModelFit | undefined;
  for (const fit of fits) {
    if (found === undefined || fit[criterion] < found[criterion] - 1e-9 * (1 + Math.abs(found[criterion])))
      found = fit;
    else if (
      Math.abs(fit[criterion] - found[criterion]) < 1e-9 * (1 + Math.abs(found[criterion])) &&
      fit.model.terms.length < found.model.terms.length
    )
      found = fit;
  }
  return found;
}

export interface Average {
  readonly hidden: number;
  readonly lowerHidden: number;
  readonly upperHidden: number;
  readonly largestWeight: number;
  readonly models: number;
}

/** Weights exp(−Δ/2) of an information criterion, which sum to one. */
export function weights(fits: readonly ModelFit[], criterion: Criterion): number[] {
  const least = fits.reduce((min, fit) => Math.min(min, fit[criterion]), Infinity);
  const raw = fits.map((fit) => Math.exp(-(fit[criterion] - least) / 2));
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
}

/**
 * The weighted mean of the estimates. The limits are where the weighted tails of the models' log-normal intervals
 * reach half of 1 − level (model-averaged tail areas), so that models far apart give a long interval.
 */
export function average(fits: readonly ModelFit[], criterion: Criterion, level: number): Average {
  const share = weights(fits, criterion);
  const parts = fits
    .map((fit, i) => ({
      weight: share[i]!,
      hidden: fit.hidden,
      centre: Math.log(fit.hidden),
      spread: Math.sqrt(fit.logVariance),
    }))
    .filter(({ weight }) => weight > 1e-12);
  const below = (x: number): number =>
    parts.reduce((sum, { weight, centre, spread }) => sum + weight * normalCdf((x - centre) / spread), 0);
  const reach = normalQuantile(0.5 + level / 2) + 1;
  const from = Math.min(...parts.map(({ centre, spread }) => centre - 3 * reach * spread));
  const to = Math.max(...parts.map(({ centre, spread }) => centre + 3 * reach * spread));
  return {
    hidden: parts.reduce((sum, { weight, hidden }) => sum + weight * hidden, 0),
    lowerHidden: Math.exp(solve(below, (1 - level) / 2, from, to)),
    upperHidden: Math.exp(solve(below, (1 + level) / 2, from, to)),
    largestWeight: Math.max(...share),
    models: fits.length,
  };
}

function solve(rising: (x: number) => number, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (rising(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
