import { captureTable, persons, withinList } from '../../etl/estimate/capture-table.ts';
import { logGamma } from '../../etl/estimate/distributions.ts';
import { type GraphAverage, graphAverage } from '../../etl/estimate/graph-average.ts';
import { fitFamily } from '../../etl/estimate/heterogeneity.ts';
import { latentClass } from '../../etl/estimate/latent-class.ts';
import { mainEffects } from '../../etl/estimate/model.ts';
import { count, fitModel } from '../../etl/estimate/model-fit.ts';
import { familyDeviance, profileInterval } from '../../etl/estimate/profile-interval.ts';
import { stepwise } from '../../etl/estimate/stepwise.ts';
import { type Check, figures, type Outcome } from './estimate-check.ts';
import { FIT, GRAPHS, LIMIT, type ReferenceRow, table } from './estimate-reference.ts';
import {
  type BicBootstrap,
  bootstrapOf,
  byFirstList,
  drawnInR,
  limits,
  type Resampled,
  strictLimits,
} from './estimate-resampling.ts';

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
    delta: row.options.delta as number,
    grid: gridOf(row.options.Nmissing as string),
  });
  const [top] = row.extra!.top_models as { prob: number }[];
  return {
    checks: [
      ...posterior(found),
      { field: 'mean', ours: found.mean, reference: row.extra?.mean as number, bar: GRAPHS },
      { field: 'mode', ours: found.mode, reference: row.extra?.mode as number, bar: GRAPHS },
      {
        field: 'weight of the best graph',
        ours: found.graphs[0]!.probability,
        reference: top!.prob,
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
  const mode = (row.extra?.averaged_mode as number) ?? (row.extra?.mode as number);
  checks.push({ field: 'mode', ours: found.mode, reference: mode, bar: GRAPHS });
  if (row.lower !== undefined) checks.push(...figures({ lower: found.lower, upper: found.upper }, GRAPHS));
  return { checks };
}

const mixing = new Map<string, ReturnType<typeof latentClass>>();

/** R's chains disagree with one another, so that only our own diagnostics are held to something. */
export function chains(row: ReferenceRow): Outcome {
  const found = mixing.get(row.dataset) ?? latentClass(table(row.dataset), { seed: 1 });
  mixing.set(row.dataset, found);
  const medians = (row.extra?.per_chain_median as number[] | undefined) ?? [];
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
    threshold: (row.options.pthresh as number | undefined) ?? 0.02,
  });
  return { checks: bcaChecks(row, found) };
}

export function bicBootstrap(row: ReferenceRow, boot: BicBootstrap, contenders: number): { checks: Check[] } {
  return {
    checks: [
      ...bcaChecks(row, boot.among(contenders)),
      ...((row.extra?.model as string | undefined) === undefined
        ? []
        : [{ field: 'model', ours: boot.best, reference: row.extra?.model as string }]),
    ],
  };
}

function bcaChecks(row: ReferenceRow, found: Resampled): Check[] {
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
    const value = row.extra?.[field] as number | undefined;
    if (value !== undefined)
      checks.push({ field, ours: ours[field], reference: value, bar: LIMIT, ...explanation });
  }
  const ahat = row.extra?.ahat as number | undefined;
  if (ahat !== undefined)
    checks.push({ field: 'acceleration', ours: ours.acceleration, reference: ahat, bar: LIMIT });
  return checks;
}

const OTHER_DRAWS =
  'limits of a bootstrap, or of draws, whose random numbers are not published: only the estimate is compared';

/** Published estimates, of the table or of what the other lists see of one list. */
export function published(row: ReferenceRow): Outcome {
  const kind = row.method.split(': ')[1]!;
  if (kind === 'LCMCR') return { outOfScope: 'latent-class chains of others; see the rows that were run' };
  const list = row.options.reference_list as string | undefined;
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
