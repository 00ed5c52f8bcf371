import { type ReferenceRow, referenceRows, table } from './estimate-reference.ts';
import { BicBootstrap } from './estimate-resampling.ts';
import * as rows from './estimate-rows.ts';

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

function quotedBic(row: ReferenceRow): rows.Outcome {
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
  return rows.bicBootstrap(
    row,
    boot(dataset, order, everything),
    typeof wanted === 'number' ? wanted : everything,
  );
}

function quotedRanks(row: ReferenceRow): rows.Outcome {
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

type Handler = (row: ReferenceRow) => rows.Outcome;

/** The first pattern that a row's method contains says what is done with it. */
const ROUTES: readonly (readonly [string, Handler])[] = [
  ['Rcapture::closedp.t neg=FALSE', (row) => rows.closed(row, { keepNegative: true })],
  ['Rcapture::closedp.t', (row) => rows.closed(row, {})],
  ['Rcapture::closedp.0', (row) => rows.closed(row, { grouped: true })],
  ['Rcapture::closedp.bc', rows.biasCorrected],
  [
    'Rcapture::closedp.Mtb',
    () => ({
      outOfScope: 'behavioural response and a trap-dependent effect; lists have no order of capture',
    }),
  ],
  ['Rcapture::closedpCI.t', rows.profile],
  ['Rcapture::closedpMS.t', rows.rankedOf],
  ['exhaustive BIC enumeration', rows.rankedOf],
  ['all hierarchical log-linear models, best BIC', (row) => rows.bestOf(row, 'bic')],
  ['all hierarchical log-linear models, best AIC', (row) => rows.bestOf(row, 'aic')],
  ['BIC-weight model average', (row) => rows.averageOf(row, 'bic')],
  ['AIC-weight model average', (row) => rows.averageOf(row, 'aic')],
  ['Poisson log-linear, main effects', (row) => rows.fixedModel(row, 'main')],
  ['Poisson log-linear, all two-list', (row) => rows.fixedModel(row, 'pairs')],
  ['stepwise on a table with NO overlap', rows.noOverlap],
  ['SparseMSE::estimatepopulation.0', rows.fixedStepwise],
  ['SparseMSE::estimatepopulation BCa', rows.stepwiseBootstrap],
  ['estimate_population_stepwise BCa', rows.stepwiseBootstrap],
  ['Chan et al. 2021 stepwise', rows.stepwiseBootstrap],
  [
    'estimate_population_bic BCa',
    (row) =>
      rows.bicBootstrap(
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
  ['dga::bma.cr Madigan', rows.madiganYork],
  ['Madigan & York', rows.madiganYork],
  ['dga::bma.cr', rows.graphs],
  ['LCMCR::lcmCR', rows.chains],
  ['bayesthresh', () => ({ outOfScope: 'Bayesian thresholding is not asked for' })],
  [
    'modslavmse::MSEfit',
    (row) =>
      row.options.mainonly === true
        ? rows.profileOf(row, 'mt')
        : {
            outOfScope:
              'forward selection by AIC and Wald test is not asked for; selection here is by Poisson tail',
          },
  ],
  ['Chao lower bound', rows.lowerBound],
  ['Chao bias-corrected', rows.lowerBound],
  ['Chapman two-list', rows.pair],
  ['N = n1 n2 recall', rows.linkedPair],
  ['Ding-Fienberg form', rows.linkedPair],
  ['EXPECTED table after missed links', rows.expectedTable],
  ['odds-ratio sensitivity', rows.oddsRatio],
  ['aleshing get_N_hoi_freq', rows.oddsRatio],
  ['leave-one-list-out', rows.withoutOne],
  ['internal consistency (condition', rows.conditioned],
  ['CARE1::estN', rows.coverage],
  ['extended-MLE status', rows.statusOf],
  ['Binette-Steorts published', rows.published],
  [
    'official/original published range',
    () => ({ outOfScope: 'a published range, not an estimate by a method' }),
  ],
];

export function outcomeOf(row: ReferenceRow): rows.Outcome {
  const route = ROUTES.find(([pattern]) => row.method.includes(pattern));
  if (route === undefined) throw new Error(`no route for ${row.method}`);
  return route[1](row);
}
