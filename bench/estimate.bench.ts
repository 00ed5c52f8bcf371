import { fitAll } from '../etl/estimate/all-models.ts';
import { bootstrap } from '../etl/estimate/bootstrap.ts';
import { graphAverage } from '../etl/estimate/graph-average.ts';
import { latentClass } from '../etl/estimate/latent-class.ts';
import { hierarchicalModels } from '../etl/estimate/model.ts';
import { count } from '../etl/estimate/model-fit.ts';
import { simulate } from '../test/etl/estimate/simulated-lists.ts';
import { type Result, type Run, time } from './harness.ts';

/** Five lists of a made-up population, sparse as such lists are: most histories of three lists and more are empty. */
const { table } = simulate(
  {
    size: 12_000,
    reach: [0.03, 0.05, 0.08, 0.06, 0.03],
    referrals: [{ from: 0, to: 1, chance: 0.15 }],
    heterogeneity: 0.4,
    missedLinks: 0.03,
    falseLinks: 0.01,
  },
  1,
);
const stepwise = { kind: 'stepwise', threshold: 0.02 } as const;

export const run: Run = async ({ runs }) => {
  const data = count(table);
  const seconds = async (what: string, work: () => unknown): Promise<Result> => ({
    what,
    value: await time(work, runs),
    unit: 's',
  });
  return [
    await seconds('1,024 pairwise models of five lists, checked', () =>
      fitAll(data, hierarchicalModels(5, 2)),
    ),
    await seconds('6,893 models of five lists, checked', () => fitAll(data, hierarchicalModels(5, 4))),
    await seconds('stepwise BCa, 1,000 resamples, one thread', () =>
      bootstrap(table, stepwise, { replicates: 1000, seed: 1, threads: 1 }),
    ),
    await seconds('stepwise BCa, 1,000 resamples, two threads', () =>
      bootstrap(table, stepwise, { replicates: 1000, seed: 1, threads: 2 }),
    ),
    await seconds('822 graphs over five lists', () => graphAverage(table)),
    await seconds('latent classes, four chains of 60,000 sweeps', () => latentClass(table, { seed: 1 })),
  ];
};
