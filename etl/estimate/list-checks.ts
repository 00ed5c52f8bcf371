import { best, fitAll } from './all-models.ts';
import { type CaptureTable, overlaps, withinList, withoutList } from './capture-table.ts';
import { logNormal } from './log-normal.ts';
import { hierarchicalModels, mainEffects, modelName } from './model.ts';
import { count, fitModel, type ModelFit, type Status } from './model-fit.ts';
import { stepwise } from './stepwise.ts';

/** What the other lists give once one is taken away. */
export interface ListCheck {
  readonly list: string;
  readonly model: string;
  readonly status: Status;
  readonly seen: number;
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** How well the other lists predict the size of a list that is known. */
export interface ConsistencyCheck extends ListCheck {
  readonly known: number;
  /** Estimate over known size: below 1 when the method sees too few. */
  readonly ratio: number;
}

/** The same estimate from all lists but one, for each: an answer that one list alone carries is that list's answer. */
export function leaveOneListOut(table: CaptureTable, level: number): ListCheck[] {
  if (table.lists.length < 3) return [];
  return table.lists.map((list, index) => check(list, withoutList(table, index), level));
}

/** Internal consistency (Hook & Regal 2000): each list in turn is the population, and its size the known truth. */
export function internalConsistency(table: CaptureTable, level: number): ConsistencyCheck[] {
  if (table.lists.length < 3) return [];
  const sizes = overlaps(table);
  return table.lists.map((list, index) => {
    const found = check(list, withinList(table, index), level);
    const known = sizes[1 << index]!;
    return { ...found, known, ratio: found.estimate / known };
  });
}

function check(list: string, table: CaptureTable, level: number): ListCheck {
  const data = count(table);
  const fit = bestPairwise(table);
  const interval = logNormal(data.persons, fit, level);
  return {
    list,
    model: modelName(fit.model),
    status: fit.status,
    seen: data.persons,
    estimate: data.persons + fit.hidden,
    lower: interval.lower,
    upper: interval.upper,
  };
}

/** Six lists have 32,768 pairwise models, too many for a check made once per list: stepwise takes over there. */
const MOST_LISTS_OF_PAIRWISE_MODELS = 5;

/** The pairwise model with the best BIC, or stepwise selection when there are too many of them. */
function bestPairwise(table: CaptureTable): ModelFit {
  const data = count(table);
  const lists = table.lists.length;
  if (data.persons === 0) return fitModel(data, mainEffects(lists));
  if (lists > MOST_LISTS_OF_PAIRWISE_MODELS) return stepwise(data, 0.02);
  const { admissible } = fitAll(data, hierarchicalModels(lists, 2));
  return best(admissible, 'bic') ?? fitModel(data, mainEffects(lists));
}
