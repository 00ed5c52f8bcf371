import { average, best, type Criterion, fitAll } from './all-models.ts';
import type { CaptureTable } from './capture-table.ts';
import { fitCensored, overCovered } from './censored.ts';
import { type Family, fitFamily } from './heterogeneity.ts';
import type { Model } from './model.ts';
import { count, fitModel } from './model-fit.ts';
import { type SampleCoverage, sampleCoverage } from './sample-coverage.ts';
import { stepwise } from './stepwise.ts';

/** A whole way from a table to an estimate, choice of model included, so that a resample can go it again. */
export type Selection =
  | { readonly kind: 'model'; readonly model: Model }
  | { readonly kind: 'family'; readonly family: Family }
  | { readonly kind: 'coverage'; readonly estimate: Exclude<keyof SampleCoverage, 'coverage'> }
  | {
      readonly kind: 'over-covered';
      readonly lists: readonly number[];
      readonly threshold: number;
    }
  | { readonly kind: 'stepwise'; readonly threshold: number; readonly required?: readonly number[] }
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
    case 'coverage':
      return sampleCoverage(table)[selection.estimate];
    case 'over-covered': {
      // The model comes from the table as it is: which lists depend on each other is not what is in doubt.
      const { model } = stepwise(data, selection.threshold);
      const fit = fitCensored(table, model, overCovered(table, selection.lists));
      return fit.seen + fit.hidden;
    }
    case 'stepwise':
      return data.persons + stepwise(data, selection.threshold, selection.required).hidden;
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
