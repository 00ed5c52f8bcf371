import { average, best, fitAll, ranked } from '../../etl/estimate/all-models.ts';
import { captureTable, persons, withinList } from '../../etl/estimate/capture-table.ts';
import { chao } from '../../etl/estimate/chao.ts';
import { logGamma, normalQuantile } from '../../etl/estimate/distributions.ts';
import { type GraphAverage, graphAverage } from '../../etl/estimate/graph-average.ts';
import { type Family, fitFamily } from '../../etl/estimate/heterogeneity.ts';
import { latentClass } from '../../etl/estimate/latent-class.ts';
import { correctedPetersen, correctTable, withLinksLost } from '../../etl/estimate/linkage-error.ts';
import { internalConsistency, leaveOneListOut } from '../../etl/estimate/list-checks.ts';
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
import { oddsRatioCurve, saturated } from '../../etl/estimate/odds-ratio-curve.ts';
import { familyDeviance, profileInterval } from '../../etl/estimate/profile-interval.ts';
import { sampleCoverage } from '../../etl/estimate/sample-coverage.ts';
import { estimateBy } from '../../etl/estimate/selection.ts';
import { stepwise } from '../../etl/estimate/stepwise.ts';
import { chapman, petersen, twoLists } from '../../etl/estimate/two-lists.ts';
import { FIT, GRAPHS, LIMIT, type ReferenceRow, table } from './estimate-reference.ts';
import {
  type BicBootstrap,
  bootstrapOf,
  byFirstList,
  drawnInR,
  limits,
  strictLimits,
} from './estimate-resampling.ts';

/** What to compare of a row: our value, the bar, and a remark where the two do not measure the same thing. */
export interface Check {
  readonly field: string;
  readonly ours: number | string;
  readonly reference?: number | string;
  readonly bar?: number;
  /** Why a difference is not a fault of ours. */
  readonly explanation?: string;
}

export type Outcome = { readonly outOfScope: string } | { readonly checks: readonly Check[] };

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

function option<T>(row: ReferenceRow, key: string): T {
  return row.options[key] as T;
}

function extra<T>(row: ReferenceRow, key: string): T {
  return row.extra?.[key] as T;
}

function figures(values: Readonly<Record<string, number>>, bar = FIT): Check[] {
  return Object.entries(values).map(([field, ours]) => ({ field, ours, bar }));
}

const NO_MLE =
  'ours is right: the existence programme shows that the estimate does not exist; the package stops its iteration on the way to a boundary, where the hidden number is zero';
const EMPTY_CELLS =
  'ours is right: histories that an effect of −∞ fits as zero are no observations of the remaining model; the package counts them';
const STANDARD_ERROR =
  'ours is right: the package takes the variance from the weights of its last but one step, ours is at the converged estimate';

/** Closed-population models of Rcapture on the full table, or on the counts by number of lists. */
export function closed(row: ReferenceRow, more: { grouped?: boolean; keepNegative?: boolean }): Outcome {
  const family = FAMILY[option<string>(row, 'model')];
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
  const kind = option<string | undefined>(row, 'h');
  const names: Record<string, Family> = {
    M0: 'm0',
    'Mh LB': 'mh-chao',
    'Mh Poisson': 'mh-poisson2',
    'Mh Darroch': 'mh-darroch',
    'Mh Gamma': 'mh-gamma35',
    'Mth Poisson': 'mth-poisson2',
  };
  return profileOf(row, names[[option<string>(row, 'm'), kind].filter(Boolean).join(' ')]!);
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
  const poisson = extra<number | undefined>(row, 'poisson_abundance');
  if (poisson !== undefined)
    checks.push({ field: 'Poisson estimate', ours: seen + fit.hidden, reference: poisson, bar: FIT });
  return { checks };
}

const everyModel = new Map<string, ReturnType<typeof fitAll>>();

export function all(dataset: string, order: number): ReturnType<typeof fitAll> {
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
  const { admissible, statuses } = all(row.dataset, option<number>(row, 'maxorder'));
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
      { field: 'model', ours: modelName(fit.model), reference: extra<string>(row, 'model') },
      ...Object.entries(counted).map(([field, ours]) => ({
        field,
        ours,
        reference: option<number>(row, field),
        bar: 0,
      })),
    ],
  };
}

export function averageOf(row: ReferenceRow, criterion: 'aic' | 'bic'): Outcome {
  const { admissible } = all(row.dataset, option<number>(row, 'maxorder'));
  const mixed = average(admissible, criterion, 0.95);
  return {
    checks: [
      ...figures({ estimate: persons(table(row.dataset)) + mixed.hidden }),
      {
        field: 'max_weight',
        ours: mixed.largestWeight,
        reference: extra<number>(row, 'max_weight'),
        bar: FIT,
      },
    ],
  };
}

export function rankedOf(row: ReferenceRow): Outcome {
  const own = table(row.dataset);
  const number = option<number | undefined>(row, 'n_models');
  const order =
    option<number | undefined>(row, 'maxorder') ??
    (number === 113 ? 3 : number === 6893 ? 4 : own.lists.length - 1);
  const fit = fitModel(count(own), modelNamed(own.lists.length, option<string>(row, 'model')));
  const rank = option<number>(row, 'rank');
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
  const status = option<number>(row, 'extended_mle_status');
  const checks: Check[] = [{ field: 'status', ours: fit.status, reference: status, bar: 0 }];
  if (fit.status === 0) checks.push(...model(row, fit, true));
  return { checks };
}

export function fixedStepwise(row: ReferenceRow): Outcome {
  const own = table(row.dataset);
  const fit = stepwise(count(own), option<number>(row, 'pthresh'));
  const pairs = [...fit.model.terms].filter((term) => setName(term).length === 2);
  const wald = logNormal(persons(own), fit, 0.8);
  const names = pairs.map((pair) => own.lists.filter((_, list) => (pair & (1 << list)) !== 0).join(':'));
  const theirs = [extra<string | string[]>(row, 'interactions') ?? []]
    .flat()
    .map((name) => name.replace('=-Inf', ''));
  return {
    checks: [
      ...model(row, fit, false).filter(({ field }) => field !== 'se'),
      { field: 'q10', ours: wald.lower, reference: extra<number>(row, 'q10'), bar: FIT },
      { field: 'q90', ours: wald.upper, reference: extra<number>(row, 'q90'), bar: FIT },
      { field: 'interactions', ours: names.sort().join(' '), reference: [...theirs].sort().join(' ') },
    ],
  };
}

/** Grid points as the reference took them: so many, evenly spread and rounded. */
function gridOf(text: string): number[] {
  const [, last, , points] = /1\.\.(\d+) by (\d+) \((\d+) pts\)/.exec(text)!.map(Number);
  return grid(last!, points!);
}

function grid(last: number, points: number): number[] {
  return [
    ...new Set(
      Array.from({ length: points }, (_, i) => Math.round(1 + ((last - 1) * i) / Math.max(1, points - 1))),
    ),
  ];
}

function posterior(found: GraphAverage): Check[] {
  return figures({ estimate: found.median, lower: found.lower, upper: found.upper }, GRAPHS);
}

export function graphs(row: ReferenceRow): Outcome {
  const found = graphAverage(table(row.dataset), {
    delta: option<number>(row, 'delta'),
    grid: gridOf(option<string>(row, 'Nmissing')),
  });
  const top = extra<{ prob: number }[]>(row, 'top_models')[0]!;
  return {
    checks: [
      ...posterior(found),
      { field: 'mean', ours: found.mean, reference: extra<number>(row, 'mean'), bar: GRAPHS },
      { field: 'mode', ours: found.mode, reference: extra<number>(row, 'mode'), bar: GRAPHS },
      {
        field: 'weight of the best graph',
        ours: found.graphs[0]!.probability,
        reference: top.prob,
        bar: GRAPHS,
      },
    ],
  };
}

export function madiganYork(row: ReferenceRow): Outcome {
  const [shape, scale] = [13.14, 55.17];
  // The example of the paper has 626 children; the table of the same name elsewhere has 621.
  const counts = [0, 247, 49, 142, 60, 112, 4, 12];
  const found = graphAverage(captureTable(table(row.dataset).lists, counts), {
    delta: 1,
    grid: Array.from({ length: 300 }, (_, i) => i + 1),
    logPrior: (n) =>
      logGamma(n + shape) - logGamma(n + 1) + n * Math.log(scale) - (n + shape) * Math.log1p(scale),
  });
  const checks: Check[] = [{ field: 'estimate', ours: found.relativeSquaredError, bar: GRAPHS }];
  const mode = extra<number>(row, 'averaged_mode') ?? extra<number>(row, 'mode');
  checks.push({ field: 'mode', ours: found.mode, reference: mode, bar: GRAPHS });
  if (row.lower !== undefined) checks.push(...figures({ lower: found.lower, upper: found.upper }, GRAPHS));
  return { checks };
}

const mixing = new Map<string, ReturnType<typeof latentClass>>();

/** R's chains disagree with one another, so that only our own diagnostics are held to something. */
export function chains(row: ReferenceRow): Outcome {
  const found = mixing.get(row.dataset) ?? latentClass(table(row.dataset), { seed: 1 });
  mixing.set(row.dataset, found);
  const medians = extra<number[] | undefined>(row, 'per_chain_median') ?? [];
  const apart = medians.length > 0 && Math.max(...medians) / Math.min(...medians) > 1.2;
  const { rhat, effective } = found.diagnosis;
  const verdict = found.mixed ? `mixed, median ${found.median}` : 'refused';
  return {
    checks: [
      {
        field: 'diagnosis',
        ours: `${verdict} (R-hat ${rhat.toFixed(3)}, effective ${Math.round(effective)})`,
        reference: apart ? 'refused' : 'either',
        explanation: apart
          ? found.mixed
            ? 'MISSED'
            : 'the reference chains disagree with one another, and ours are refused'
          : 'not matched by design; the reference chains agree within a fifth',
      },
    ],
  };
}

const TIES =
  'ours is right: resamples equal to the estimate count half below it; the package counts each by the last bit of its rounding. With its count the limits agree to eight digits';

export function stepwiseBootstrap(row: ReferenceRow): Outcome {
  const own = table(row.dataset);
  const order = byFirstList(own).filter((history) => own.counts[history]! > 0);
  const found = bootstrapOf(own, drawnInR(own, 1000, order), {
    kind: 'stepwise',
    threshold: option<number | undefined>(row, 'pthresh') ?? 0.02,
  });
  return { checks: bcaChecks(row, found) };
}

export function bicBootstrap(row: ReferenceRow, boot: BicBootstrap, contenders: number): Outcome {
  return {
    checks: [
      ...bcaChecks(row, boot.among(contenders)),
      ...(extra<string | undefined>(row, 'model') === undefined
        ? []
        : [{ field: 'model', ours: boot.best, reference: extra<string>(row, 'model') }]),
    ],
  };
}

function bcaChecks(
  row: ReferenceRow,
  found: Parameters<typeof strictLimits>[1] extends never ? never : ReturnType<typeof bootstrapOf>,
): Check[] {
  const ours = limits(found.bca);
  const reference = { lower: row.lower as number, upper: row.upper as number };
  const candidates = strictLimits(found.estimate, found.resampled, found.bca);
  const same = candidates.some(
    (tied) =>
      Math.abs(tied.lower / reference.lower - 1) < 1e-6 && Math.abs(tied.upper / reference.upper - 1) < 1e-6,
  );
  const explanation = same && candidates.length > 1 ? { explanation: TIES } : {};
  const checks: Check[] = [
    { field: 'lower', ours: ours.lower, bar: LIMIT, ...explanation },
    { field: 'upper', ours: ours.upper, bar: LIMIT, ...explanation },
  ];
  if (row.estimate !== undefined) checks.unshift({ field: 'estimate', ours: found.estimate, bar: FIT });
  for (const field of ['q10', 'q90'] as const) {
    const value = extra<number | undefined>(row, field);
    if (value !== undefined)
      checks.push({ field, ours: ours[field], reference: value, bar: LIMIT, ...explanation });
  }
  const ahat = extra<number | undefined>(row, 'ahat');
  if (ahat !== undefined)
    checks.push({ field: 'acceleration', ours: ours.acceleration, reference: ahat, bar: LIMIT });
  return checks;
}

export function lowerBound(row: ReferenceRow): Outcome {
  const kind = row.method.includes('Poisson limit')
    ? 'poisson'
    : row.method.includes('bias-corrected')
      ? 'corrected'
      : 'occasions';
  const { estimate, se, lower, upper } = chao(table(row.dataset), kind, 0.95);
  return {
    checks: figures({ estimate, se, lower, upper }).filter(({ field }) => row[field] !== undefined),
  };
}

const ROUNDED_QUANTILE =
  'ours is right: the reference takes 1.96 for the normal quantile, which shows in a limit near zero';

export function pair(row: ReferenceRow): Outcome {
  const { lists } = table(row.dataset);
  const [a, b] = option<string>(row, 'lists')
    .split(':')
    .map((name) => lists.indexOf(name));
  const sizes = twoLists(table(row.dataset), a!, b!);
  const { estimate, se, lower, upper } = chapman(sizes, 0.95);
  const limit = (field: string, ours: number): Check => ({
    field,
    ours,
    bar: FIT,
    explanation: ROUNDED_QUANTILE,
  });
  const plain = extra<number | string | null>(row, 'lincoln_petersen');
  const checks = [...figures({ estimate, se }), limit('lower', lower), limit('upper', upper)].filter(
    ({ field }) => row[field] !== undefined,
  );
  if (typeof plain === 'number')
    checks.push({ field: 'petersen', ours: petersen(sizes, 0.95).estimate, reference: plain, bar: FIT });
  return { checks };
}

export function biasCorrected(row: ReferenceRow): Outcome {
  const own = table(row.dataset);
  if (option<string>(row, 'm') === 'Mh' && option<string>(row, 'h') === 'Chao') {
    const { estimate, se } = chao(own, 'corrected', 0.95);
    return { checks: figures({ estimate, se }) };
  }
  if (option<string>(row, 'm') === 'Mt' && own.lists.length === 2) {
    const { estimate, se } = chapman(twoLists(own, 0, 1), 0.95);
    return { checks: figures({ estimate, se }) };
  }
  return {
    outOfScope:
      'bias-corrected frequencies of the other families: only Chao’s and Chapman’s corrected estimators are asked for',
  };
}

export function oddsRatio(row: ReferenceRow): Outcome {
  const own = table(row.dataset);
  const [point] = oddsRatioCurve(own, saturated(own)!, 0.95, [option<number>(row, 'xi')]);
  // The reference gives plain normal limits; the curve's own are log-normal, as the hidden number cannot be negative.
  const reach = normalQuantile(0.975) * point!.se;
  const limit = (field: string, ours: number): Check => ({
    field,
    ours,
    bar: FIT,
    explanation: ROUNDED_QUANTILE,
  });
  return {
    checks: [
      ...figures({ estimate: point!.estimate, se: point!.se }),
      limit('lower', point!.estimate - reach),
      limit('upper', point!.estimate + reach),
    ],
  };
}

export function expectedTable(row: ReferenceRow): Outcome {
  const lost = withLinksLost(table(row.dataset), option<number>(row, 'alpha'));
  const back = correctTable(lost, { recall: option<number>(row, 'alpha'), precision: 1 });
  return {
    checks: [
      ...figures({ estimate: estimateBy({ kind: 'family', family: 'mt' }, lost) }),
      {
        field: 'observed_units',
        ours: persons(lost),
        reference: extra<number>(row, 'observed_units'),
        bar: FIT,
      },
      { field: 'persons restored', ours: persons(back), reference: persons(table(row.dataset)), bar: FIT },
    ],
  };
}

export function linkedPair(row: ReferenceRow): Outcome {
  const number = (key: string): number => option<number>(row, key);
  const sizes = { first: number('n1'), second: number('n2'), both: number('links') };
  if (row.method.startsWith('N =')) {
    const quality = { recall: number('recall'), precision: number('precision') };
    return { checks: figures({ estimate: correctedPetersen(sizes, quality) }) };
  }
  // Ding & Fienberg's β is the false links per record of the first list that is not on the second.
  const [recall, beta] = [number('alpha'), number('beta')];
  const matched = (sizes.both - beta * sizes.first) / (recall - beta);
  const precision = (recall * matched) / sizes.both;
  return { checks: figures({ estimate: correctedPetersen(sizes, { recall, precision }) }) };
}

const checked = new Map<string, ReturnType<typeof leaveOneListOut>>();

function once(key: string, make: () => ReturnType<typeof leaveOneListOut>) {
  const known = checked.get(key) ?? make();
  checked.set(key, known);
  return known;
}

export function withoutOne(row: ReferenceRow): Outcome {
  const found = once(`out ${row.dataset}`, () => leaveOneListOut(table(row.dataset), 0.95)).find(
    ({ list }) => list === option<string>(row, 'omitted'),
  )!;
  return {
    checks: [
      { field: 'estimate', ours: found.estimate, bar: FIT },
      { field: 'model', ours: found.model, reference: option<string>(row, 'model') },
    ],
  };
}

export function conditioned(row: ReferenceRow): Outcome {
  const found = once(`in ${row.dataset}`, () => internalConsistency(table(row.dataset), 0.95)).find(
    ({ list }) => list === option<string>(row, 'reference_list'),
  )!;
  if (found.status !== 0)
    return {
      checks: [
        {
          field: 'estimate',
          ours: 'refused',
          reference: row.estimate === undefined ? 'refused' : 'a number',
        },
      ],
    };
  return {
    checks: [
      { field: 'estimate', ours: found.estimate, bar: FIT },
      { field: 'model', ours: found.model, reference: option<string>(row, 'model') },
    ],
  };
}

const OTHER_DRAWS =
  'limits of a bootstrap, or of draws, whose random numbers are not published: only the estimate is compared';

/** Published estimates, of the table or of what the other lists see of one list. */
export function published(row: ReferenceRow): Outcome {
  const kind = row.method.split(': ')[1]!;
  if (kind === 'LCMCR') return { outOfScope: 'latent-class chains of others; see the rows that were run' };
  const list = option<string | undefined>(row, 'reference_list');
  const whole = table(row.dataset);
  const own = list === undefined ? whole : withinList(whole, whole.lists.indexOf(list));
  const seen = persons(own);
  if (kind === 'dga') {
    return { checks: posterior(graphAverage(own, { grid: grid(30 * seen, Math.min(1000, 30 * seen)) })) };
  }
  const fit =
    kind === 'Independence'
      ? fitModel(count(own), mainEffects(own.lists.length))
      : stepwise(count(own), 0.02);
  if (fit.status !== 0)
    return {
      checks: [
        {
          field: 'estimate',
          ours: 'refused',
          ...(row.estimate === undefined ? { reference: 'refused' } : {}),
          explanation:
            'ours is right: no estimate exists; the published number is where an unchecked start model stopped iterating',
        },
      ],
    };
  const checks: Check[] = [{ field: 'estimate', ours: seen + fit.hidden, bar: FIT }];
  if (kind === 'Independence') {
    const interval = profileInterval(familyDeviance(own, 'mt'), seen, fitFamily(own, 'mt').hidden, 0.95);
    const explanation =
      'a likelihood interval of another construction (its code is not in the stored material); ours is the multinomial profile';
    checks.push({ field: 'lower', ours: interval.lower, bar: LIMIT, explanation });
    checks.push({ field: 'upper', ours: interval.upper, bar: LIMIT, explanation });
  } else checks.push({ field: 'limits', ours: '', reference: '', explanation: OTHER_DRAWS });
  return { checks };
}

export function coverage(row: ReferenceRow): Outcome {
  const found = sampleCoverage(table(row.dataset));
  const ours = row.method.endsWith('HSC')
    ? found.highCoverage
    : row.method.endsWith('LSC')
      ? found.lowCoverage
      : found.independent;
  return { checks: [{ field: 'estimate', ours, bar: FIT }] };
}

export function noOverlap(row: ReferenceRow): Outcome {
  const [dataset, condition] = row.dataset.split('|');
  const whole = table(dataset!);
  const own = withinList(whole, whole.lists.indexOf(condition!.split('=')[0]!));
  const fit = stepwise(count(own), option<number>(row, 'pthresh'));
  return {
    checks: [
      { field: 'status', ours: fit.status, reference: extra<number>(row, 'checkident_main'), bar: 0 },
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
  const fit = fitModel(count(own), modelNamed(own.lists.length, option<string>(row, 'model')));
  return { checks: [{ field: 'status', ours: fit.status, reference: extra<number>(row, 'status'), bar: 0 }] };
}
