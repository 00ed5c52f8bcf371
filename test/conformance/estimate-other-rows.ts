import { biasCorrected, type Correctable } from '../../etl/estimate/bias-corrected.ts';
import { persons } from '../../etl/estimate/capture-table.ts';
import { chao } from '../../etl/estimate/chao.ts';
import { normalQuantile } from '../../etl/estimate/distributions.ts';
import { correctedPetersen, correctTable, withLinksLost } from '../../etl/estimate/linkage-error.ts';
import { internalConsistency, leaveOneListOut } from '../../etl/estimate/list-checks.ts';
import { oddsRatioCurve, saturated } from '../../etl/estimate/odds-ratio-curve.ts';
import { sampleCoverage } from '../../etl/estimate/sample-coverage.ts';
import { estimateBy } from '../../etl/estimate/selection.ts';
import { chapman, petersen, twoLists } from '../../etl/estimate/two-lists.ts';
import { type Check, figures, NO_MLE, type Outcome, STANDARD_ERROR } from './estimate-check.ts';
import { FIT, type ReferenceRow, table } from './estimate-reference.ts';
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
  const [a, b] = (row.options.lists as string).split(':').map((name) => lists.indexOf(name));
  const sizes = twoLists(table(row.dataset), a!, b!);
  const { estimate, se, lower, upper } = chapman(sizes, 0.95);
  const limit = (field: string, ours: number): Check => ({
    field,
    ours,
    bar: FIT,
    explanation: ROUNDED_QUANTILE,
  });
  const plain = row.extra?.lincoln_petersen as number | string | null;
  const checks = [...figures({ estimate, se }), limit('lower', lower), limit('upper', upper)].filter(
    ({ field }) => row[field] !== undefined,
  );
  if (typeof plain === 'number')
    checks.push({ field: 'petersen', ours: petersen(sizes, 0.95).estimate, reference: plain, bar: FIT });
  return { checks };
}

export function corrected(row: ReferenceRow): Outcome {
  const kind = (row.options.h as string | undefined)?.toLowerCase() ?? '';
  const named: Record<string, string> = { poisson: 'poisson2', gamma: 'gamma35' };
  const family = [(row.options.m as string).toLowerCase(), named[kind] ?? kind].filter(Boolean).join('-');
  const found = biasCorrected(table(row.dataset), family as Correctable);
  if (found.status !== 0) return { checks: [{ field: 'estimate', ours: 'refused', explanation: NO_MLE }] };
  return {
    checks: [
      ...figures({ estimate: found.estimate }),
      { field: 'se', ours: found.se, bar: FIT, explanation: STANDARD_ERROR },
    ],
  };
}

export function oddsRatio(row: ReferenceRow): Outcome {
  const own = table(row.dataset);
  const [point] = oddsRatioCurve(own, saturated(own)!, 0.95, [row.options.xi as number]);
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
  const lost = withLinksLost(table(row.dataset), row.options.alpha as number);
  const back = correctTable(lost, { recall: row.options.alpha as number, precision: 1 });
  return {
    checks: [
      ...figures({ estimate: estimateBy({ kind: 'family', family: 'mt' }, lost) }),
      {
        field: 'observed_units',
        ours: persons(lost),
        reference: row.extra?.observed_units as number,
        bar: FIT,
      },
      { field: 'persons restored', ours: persons(back), reference: persons(table(row.dataset)), bar: FIT },
    ],
  };
}

export function linkedPair(row: ReferenceRow): Outcome {
  const number = (key: string): number => row.options[key] as number;
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
    ({ list }) => list === (row.options.omitted as string),
  )!;
  return {
    checks: [
      { field: 'estimate', ours: found.estimate, bar: FIT },
      { field: 'model', ours: found.model, reference: row.options.model as string },
    ],
  };
}

export function conditioned(row: ReferenceRow): Outcome {
  const found = once(`in ${row.dataset}`, () => internalConsistency(table(row.dataset), 0.95)).find(
    ({ list }) => list === (row.options.reference_list as string),
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
      { field: 'model', ours: found.model, reference: row.options.model as string },
    ],
  };
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
