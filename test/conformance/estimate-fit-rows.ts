import { average, best, fitAll, ranked } from '../../etl/estimate/all-models.ts';
import { persons, withinList } from '../../etl/estimate/capture-table.ts';
import { type Family, fitFamily } from '../../etl/estimate/heterogeneity.ts';
import { logNormal } from '../../etl/estimate/log-normal.ts';
import {
  allPairs,
  hierarchicalModels,
  mainEffects,
  modelName,
  modelNamed,
  setName,
} from '../../etl/estimate/model.ts';
import { count, fitModel, type ModelFit } from '../../etl/estimate/model-fit.ts';
import { familyDeviance, profileInterval } from '../../etl/estimate/profile-interval.ts';
import { stepwise } from '../../etl/estimate/stepwise.ts';
import { type Check, figures, NO_MLE, type Outcome, STANDARD_ERROR } from './estimate-check.ts';
import { FIT, type ReferenceRow, table } from './estimate-reference.ts';

const BEHAVIOUR =
  'behavioural response: being caught changes the chance of being caught again; administrative lists have no order of capture';

const FAMILY: Readonly<Record<string, Family>> = {
  M0: 'm0',
  Mt: 'mt',
  'Mh Chao (LB)': 'mh-chao',
  'Mh Poisson2': 'mh-poisson2',
  'Mh Darroch': 'mh-darroch',
  'Mh Gamma3.5': 'mh-gamma35',
  'Mth Chao (LB)': 'mth-chao',
  'Mth Poisson2': 'mth-poisson2',
  'Mth Darroch': 'mth-darroch',
  'Mth Gamma3.5': 'mth-gamma35',
};

const EMPTY_CELLS =
  'ours is right: histories that an effect of −∞ fits as zero are no observations of the remaining model; the package counts them';

/** Closed-population models of Rcapture on the full table, or on the counts by number of lists. */
export function closed(row: ReferenceRow, more: { grouped?: boolean; keepNegative?: boolean }): Outcome {
  const family = FAMILY[row.options.model as string];
  if (family === undefined) return { outOfScope: BEHAVIOUR };
  const fit = fitFamily(table(row.dataset), family, more);
  if (fit.status !== 0) return { checks: [{ field: 'estimate', ours: 'refused', explanation: NO_MLE }] };
  const seen = persons(table(row.dataset));
  const { se } = logNormal(seen, fit, 0.95);
  return {
    checks: [
      ...figures({ estimate: seen + fit.hidden, deviance: fit.deviance, aic: fit.aic, bic: fit.bic }),
      { field: 'se', ours: se, bar: FIT, explanation: STANDARD_ERROR },
      {
        field: 'df',
        ours: fit.df,
        bar: FIT,
        explanation: EMPTY_CELLS,
      },
    ],
  };
}

const STIRLING =
  'ours is right: from 100 persons on the package takes the multinomial coefficient by the first term of Stirling’s formula, which is coarse for a few hidden persons; ours is exact';

export function profile(row: ReferenceRow): Outcome {
  const kind = row.options.h as string | undefined;
  const names: Record<string, Family> = {
    M0: 'm0',
    'Mh LB': 'mh-chao',
    'Mh Poisson': 'mh-poisson2',
    'Mh Darroch': 'mh-darroch',
    'Mh Gamma': 'mh-gamma35',
    'Mth Poisson': 'mth-poisson2',
  };
  return profileOf(row, names[[row.options.m as string, kind].filter(Boolean).join(' ')]!);
}

export function profileOf(row: ReferenceRow, family: Family): Outcome {
  const own = table(row.dataset);
  const seen = persons(own);
  const fit = fitFamily(own, family);
  if (fit.status !== 0) return { checks: [{ field: 'estimate', ours: 'refused', explanation: NO_MLE }] };
  const interval = profileInterval(familyDeviance(own, family), seen, fit.hidden, row.level ?? 0.95);
  const checks: Check[] = [
    { field: 'estimate', ours: interval.estimate, bar: FIT, explanation: STIRLING },
    { field: 'lower', ours: interval.lower, bar: FIT, explanation: STIRLING },
    typeof row.upper === 'number'
      ? { field: 'upper', ours: interval.upper, bar: FIT, explanation: STIRLING }
      : {
          field: 'upper',
          ours: interval.upper,
          explanation:
            'the package stops looking at three times the estimate; ours goes on until it finds the limit',
        },
  ];
  if (typeof row.deviance === 'number') {
    const grouped = fitFamily(own, family, { grouped: true });
    checks.push(
      ...figures({ deviance: grouped.deviance, df: grouped.df, aic: grouped.aic, bic: grouped.bic }),
    );
  }
  const poisson = row.extra?.poisson_abundance as number | undefined;
  if (poisson !== undefined)
    checks.push({ field: 'Poisson estimate', ours: seen + fit.hidden, reference: poisson, bar: FIT });
  return { checks };
}

const everyModel = new Map<string, ReturnType<typeof fitAll>>();

function all(dataset: string, order: number): ReturnType<typeof fitAll> {
  const key = `${dataset} ${order}`;
  const known = everyModel.get(key);
  if (known !== undefined) return known;
  const own = table(dataset);
  const made = fitAll(count(own), hierarchicalModels(own.lists.length, order));
  everyModel.set(key, made);
  return made;
}

function model(row: ReferenceRow, fit: ModelFit, logScale: boolean): Check[] {
  const seen = persons(table(row.dataset));
  const wald = logNormal(seen, fit, row.level ?? 0.95);
  const { deviance, df, aic, bic } = fit;
  return [
    ...figures({ estimate: seen + fit.hidden, deviance, df, aic, bic }),
    {
      field: 'se',
      ours: logScale ? Math.sqrt(fit.logVariance) : wald.se,
      bar: FIT,
      explanation: STANDARD_ERROR,
    },
    { field: 'lower', ours: wald.lower, bar: FIT, explanation: STANDARD_ERROR },
    { field: 'upper', ours: wald.upper, bar: FIT, explanation: STANDARD_ERROR },
  ].filter(({ field }) => row[field] !== undefined);
}

export function bestOf(row: ReferenceRow, criterion: 'aic' | 'bic'): Outcome {
  const { admissible, statuses } = all(row.dataset, row.options.maxorder as number);
  const fit = best(admissible, criterion)!;
  const counted = {
    n_models: statuses.reduce((a, b) => a + b, 0),
    n_admissible: admissible.length,
    n_status1_noMLE: statuses[1],
    n_status2_unident: statuses[2],
    n_status3: statuses[3],
  };
  return {
    checks: [
      ...model(row, fit, true),
      { field: 'model', ours: modelName(fit.model), reference: row.extra?.model as string },
      ...Object.entries(counted).map(([field, ours]) => ({
        field,
        ours,
        reference: row.options[field] as number,
        bar: 0,
      })),
    ],
  };
}

export function averageOf(row: ReferenceRow, criterion: 'aic' | 'bic'): Outcome {
  const { admissible } = all(row.dataset, row.options.maxorder as number);
  const mixed = average(admissible, criterion, 0.95);
  return {
    checks: [
      ...figures({ estimate: persons(table(row.dataset)) + mixed.hidden }),
      {
        field: 'max_weight',
        ours: mixed.largestWeight,
        reference: row.extra?.max_weight as number,
        bar: FIT,
      },
    ],
  };
}

export function rankedOf(row: ReferenceRow): Outcome {
  const own = table(row.dataset);
  const number = row.options.n_models as number | undefined;
  const order =
    (row.options.maxorder as number | undefined) ??
    (number === 113 ? 3 : number === 6893 ? 4 : own.lists.length - 1);
  const fit = fitModel(count(own), modelNamed(own.lists.length, row.options.model as string));
  const rank = row.options.rank as number;
  const checks = model(row, fit, false).map((check) =>
    check.field === 'df' ? Object.assign(check, { explanation: EMPTY_CELLS }) : check,
  );
  if (fit.status !== 0) return { checks: [{ field: 'estimate', ours: 'refused', explanation: NO_MLE }] };
  const place = ranked(all(row.dataset, order).admissible, 'bic')[rank - 1];
  return {
    checks: [
      ...checks,
      {
        field: 'model',
        ours: place === undefined ? '' : modelName(place.model),
        reference: modelName(fit.model),
        explanation:
          'the package ranks models without an existence check, fits empty overlaps by a large negative effect and counts their cells; the fit of the model it names agrees',
      },
    ],
  };
}

export function fixedModel(row: ReferenceRow, kind: 'main' | 'pairs'): Outcome {
  const own = table(row.dataset);
  const lists = own.lists.length;
  const fit = fitModel(count(own), kind === 'main' ? mainEffects(lists) : allPairs(lists));
  const status = row.options.extended_mle_status as number;
  const checks: Check[] = [{ field: 'status', ours: fit.status, reference: status, bar: 0 }];
  if (fit.status === 0) checks.push(...model(row, fit, true));
  return { checks };
}

export function fixedStepwise(row: ReferenceRow): Outcome {
  const own = table(row.dataset);
  const fit = stepwise(count(own), row.options.pthresh as number);
  const pairs = [...fit.model.terms].filter((term) => setName(term).length === 2);
  const wald = logNormal(persons(own), fit, 0.8);
  const names = pairs.map((pair) => own.lists.filter((_, list) => (pair & (1 << list)) !== 0).join(':'));
  const theirs = [(row.extra?.interactions as string | string[]) ?? []]
    .flat()
    .map((name) => name.replace('=-Inf', ''));
  return {
    checks: [
      ...model(row, fit, false).filter(({ field }) => field !== 'se'),
      { field: 'q10', ours: wald.lower, reference: row.extra?.q10 as number, bar: FIT },
      { field: 'q90', ours: wald.upper, reference: row.extra?.q90 as number, bar: FIT },
      { field: 'interactions', ours: names.sort().join(' '), reference: [...theirs].sort().join(' ') },
    ],
  };
}

export function noOverlap(row: ReferenceRow): Outcome {
  const [dataset, condition] = row.dataset.split('|');
  const whole = table(dataset!);
  const own = withinList(whole, whole.lists.indexOf(condition!.split('=')[0]!));
  const fit = stepwise(count(own), row.options.pthresh as number);
  return {
    checks: [
      { field: 'status', ours: fit.status, reference: row.extra?.checkident_main as number, bar: 0 },
      {
        field: 'estimate',
        ours: fit.status === 0 ? persons(own) + fit.hidden : 'refused',
        explanation:
          'ours is right: the package never checks its start model; nobody overlaps, and no estimate exists',
      },
    ],
  };
}

export function statusOf(row: ReferenceRow): Outcome {
  const own = table(row.dataset);
  const fit = fitModel(count(own), modelNamed(own.lists.length, row.options.model as string));
  return {
    checks: [{ field: 'status', ours: fit.status, reference: row.extra?.status as number, bar: 0 }],
  };
}
