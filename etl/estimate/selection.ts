import { average, best, type Criterion, fitAll } from './all-models.ts';
import type { CaptureTable } from './capture-table.ts';
import { type Family, fitFamily } from './heterogeneity.ts';
import type { Model } from './model.ts';
import { count, fitModel } from './model-fit.ts';
import { stepwise } from './stepwise.ts';

/** A whole way from a table to an estimate, choice of model included, so that a resample can go it again. */
export type Selection =
  | { readonly kind: 'model'; readonly model: Model }
  | { readonly kind: 'family'; readonly family: Family }
  | { readonly kind: 'stepwise'; readonly threshold: number }
  | { readonly kind: 'best'; readonly criterion: Criterion; readonly models: readonly Model[] }
  | { readonly kind: 'average'; readonly criterion: Criterion; readonly models: readonly Model[] };

/** The estimated number of all persons, or NaN where the table gives none. */
export function estimateBy(selection: Selection, table: CaptureTable): number {
  const data = count(table);
  switch (selection.kind) {
    case 'model':
      return data.persons + fitModel(data, selection.model).hidden;
    case 'family':
      return data.persons + fitFamily(table, selection.family).hidden;
    case 'stepwise':
      return data.persons + stepwise(data, selection.threshold).hidden;
    case 'best': {
      const { admissible } = fitAll(data, selection.models);
      return data.persons + (best(admissible, selection.criterion)?.hidden ?? Number.NaN);
    }
    case 'average': {
      const { admissible } = fitAll(data, selection.models);
      if (admissible.length === 0) return Number.NaN;
      return data.persons + average(admissible, selection.criterion, 0.95).hidden;
    }
  }
}
