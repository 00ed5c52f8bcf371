import type { Outcome } from './estimate-check.ts';
import * as drawn from './estimate-drawn-rows.ts';
import * as fits from './estimate-fit-rows.ts';
import * as others from './estimate-other-rows.ts';
import { type ReferenceRow, referenceRows, table } from './estimate-reference.ts';
import { BicBootstrap } from './estimate-resampling.ts';

const bootstraps = new Map<string, BicBootstrap>();

/** One bootstrap per table and order, with as many contenders as any row of it asks for. */
function boot(dataset: string, order: number, contenders: number): BicBootstrap {
  const key = `${dataset} ${order} ${contenders}`;
  const known = bootstraps.get(key) ?? new BicBootstrap(table(dataset), order, contenders, 1000);
  bootstraps.set(key, known);
  return known;
}

function mostContenders({ dataset, method, options }: ReferenceRow): number {
  return Math.max(
    ...referenceRows()
      .filter((row) => row.method === method && row.dataset === dataset)
      .filter((row) => row.options.maxorder === options.maxorder)
      .map((row) => row.options.ntop as number),
  );
}

/** Fitting 6,893 models to each of 1,000 resamples is an hour of work for one printed line. */
const LONG =
  'all 6,893 models in each of 1,000 resamples; the routine itself is held to 46 rows that were run';

const PRINTED =
  'the package’s own run on the same resamples, in the rows that were run, gives our limits; the printed ones must rest on other draws';

function quotedBic(row: ReferenceRow): Outcome {
  if (row.method.includes('downhill'))
    return { outOfScope: 'a downhill search of the models; all of them are fitted here instead' };
  const { dataset } = row;
  const lists = table(dataset).lists.length;
  const space = row.options.space as string | undefined;
  const pairwise = space === 'maxorder 2' || lists === 3;
  if (lists === 5 && !pairwise) return { outOfScope: LONG };
  const order = pairwise ? 2 : lists - 1;
  const everything = lists === 5 ? 1024 : lists === 4 && !pairwise ? 113 : 2 ** ((lists * (lists - 1)) / 2);
  const wanted = row.options.ntop;
  const contenders = typeof wanted === 'number' ? wanted : everything;
  const { checks } = drawn.bicBootstrap(row, boot(dataset, order, everything), contenders);
  return {
    checks: checks.map((check) =>
      check.field === 'estimate' ? check : Object.assign({ explanation: PRINTED }, check),
    ),
  };
}

function quotedRanks(row: ReferenceRow): Outcome {
  const [dataset, space] = row.dataset.split(' ');
  if (space === 'maxorder4') return { outOfScope: LONG };
  const [order, everything] = space === 'maxorder2' ? [2, 1024] : [3, 113];
  const wanted = row.extra?.counts as number[];
  const found = boot(dataset!, order, everything).within([1, 5, 10, 50, 100]);
  return {
    checks: wanted.map((reference, i) => ({
      field: `resamples within the first ${[1, 5, 10, 50, 100][i]}`,
      ours: found[i]!,
      reference,
      bar: 0.005,
    })),
  };
}

type Handler = (row: ReferenceRow) => Outcome;

/** The first pattern that a row's method contains says what is done with it. */
const ROUTES: readonly (readonly [string, Handler])[] = [
  ['Rcapture::closedp.t neg=FALSE', (row) => fits.closed(row, { keepNegative: true })],
  ['Rcapture::closedp.t', (row) => fits.closed(row, {})],
  ['Rcapture::closedp.0', (row) => fits.closed(row, { grouped: true })],
  ['Rcapture::closedp.bc', others.corrected],
  [
    'Rcapture::closedp.Mtb',
    () => ({
      outOfScope: 'behavioural response and a trap-dependent effect; lists have no order of capture',
    }),
  ],
  ['Rcapture::closedpCI.t', fits.profile],
  ['Rcapture::closedpMS.t', fits.rankedOf],
  ['exhaustive BIC enumeration', fits.rankedOf],
  ['all hierarchical log-linear models, best BIC', (row) => fits.bestOf(row, 'bic')],
  ['all hierarchical log-linear models, best AIC', (row) => fits.bestOf(row, 'aic')],
  ['BIC-weight model average', (row) => fits.averageOf(row, 'bic')],
  ['AIC-weight model average', (row) => fits.averageOf(row, 'aic')],
  ['Poisson log-linear, main effects', (row) => fits.fixedModel(row, 'main')],
  ['Poisson log-linear, all two-list', (row) => fits.fixedModel(row, 'pairs')],
  ['stepwise on a table with NO overlap', fits.noOverlap],
  ['SparseMSE::estimatepopulation.0', fits.fixedStepwise],
  ['SparseMSE::estimatepopulation BCa', drawn.stepwiseBootstrap],
  ['estimate_population_stepwise BCa', drawn.stepwiseBootstrap],
  ['Chan et al. 2021 stepwise', drawn.stepwiseBootstrap],
  [
    'estimate_population_bic BCa',
    (row) =>
      drawn.bicBootstrap(
        row,
        boot(row.dataset, row.options.maxorder as number, mostContenders(row)),
        row.options.ntop as number,
      ),
  ],
  ['Silverman et al. 2024 Table 4', quotedRanks],
  ['Silverman et al. 2024', quotedBic],
  [
    'Chan et al. 2021 simulation',
    () => ({ outOfScope: 'a simulation study of its own; ours is in the documentation of prevalence' }),
  ],
  ['dga::bma.cr Madigan', drawn.madiganYork],
  ['Madigan & York', drawn.madiganYork],
  ['dga::bma.cr', drawn.graphs],
  ['LCMCR::lcmCR', drawn.chains],
  ['bayesthresh', () => ({ outOfScope: 'Bayesian thresholding is not asked for' })],
  [
    'modslavmse::MSEfit',
    (row) =>
      row.options.mainonly === true
        ? fits.profileOf(row, 'mt')
        : {
            outOfScope:
              'forward selection by AIC and Wald test is not asked for; selection here is by Poisson tail',
          },
  ],
  ['Chao lower bound', others.lowerBound],
  ['Chao bias-corrected', others.lowerBound],
  ['Chapman two-list', others.pair],
  ['N = n1 n2 recall', others.linkedPair],
  ['Ding-Fienberg form', others.linkedPair],
  ['EXPECTED table after missed links', others.expectedTable],
  ['odds-ratio sensitivity', others.oddsRatio],
  ['aleshing get_N_hoi_freq', others.oddsRatio],
  ['leave-one-list-out', others.withoutOne],
  ['internal consistency (condition', others.conditioned],
  ['CARE1::estN', others.coverage],
  ['extended-MLE status', fits.statusOf],
  ['Binette-Steorts published', drawn.published],
  [
    'official/original published range',
    () => ({ outOfScope: 'a published range, not an estimate by a method' }),
  ],
];

export function outcomeOf(row: ReferenceRow): Outcome {
  const route = ROUTES.find(([pattern]) => row.method.includes(pattern));
  if (route === undefined) throw new Error(`no route for ${row.method}`);
  return route[1](row);
}
