import { sumOverSupersets } from './capture-table.ts';
import { poissonAtLeast, poissonAtMost } from './distributions.ts';
import { listSets, type Model, modelWith } from './model.ts';
import { type Counted, fitModel, type ModelFit, statusOf, supportOf } from './model-fit.ts';

/**
 * Forward selection of Chan, Silverman & Vincent (2021). From main effects on, the pair of lists whose overlap is
 * least likely under the current fit is added while its Poisson tail stays under `threshold`: 0 keeps the main
 * effects, 1 takes every pair that leaves the model estimable. Every fit is checked, the starting one too; when that
 * one has no estimate the selection has nothing to stand on and returns it as it is. `required` pairs, declared by a
 * referral map, are in the model from the start.
 */
export function stepwise(data: Counted, threshold: number, required: readonly number[] = []): ModelFit {
  const lists = data.table.lists.length;
  const chosen = [...required];
  let fit = fitModel(data, modelWith(lists, chosen));
  if (fit.status !== 0) return fit;
  const absent = new Set(listSets(lists, 2, 2).filter((pair) => !required.includes(pair)));
  for (;;) {
    const pair = nextPair(data, fit, absent, chosen, threshold);
    if (pair === undefined) return fit;
    chosen.push(pair);
    absent.delete(pair);
    const next = fitModel(data, modelWith(lists, chosen));
    if (next.status !== 0) return fit;
    fit = next;
  }
}

/** The pair with the smallest tail among those that keep the model estimable; the first one when they tie. */
function nextPair(
  data: Counted,
  fit: ModelFit,
  absent: ReadonlySet<number>,
  chosen: readonly number[],
  threshold: number,
): number | undefined {
  const expected = sumOverSupersets(fit.fitted.slice(), data.table.lists.length);
  const ranked = [...absent]
    .map((pair) => ({ pair, tail: tail(data.overlaps[pair]!, expected[pair]!) }))
    .filter(({ tail }) => tail < threshold)
    .sort((a, b) => a.tail - b.tail);
  // The checks cost more than the tails, so that they run from the smallest tail on, only until one passes.
  return ranked.find(({ pair }) => estimable(data, modelWith(data.table.lists.length, [...chosen, pair])))
    ?.pair;
}

function tail(observed: number, expected: number): number {
  return Math.min(poissonAtMost(observed, expected), poissonAtLeast(observed, expected));
}

function estimable(data: Counted, model: Model): boolean {
  return statusOf(data, supportOf(data, model)) === 0;
}
