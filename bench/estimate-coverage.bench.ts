import { combineTables } from '../etl/estimate/combine.ts';
import { linkageDraws } from '../etl/estimate/linkage-draws.ts';
import type { Method } from '../etl/estimate/result.ts';
import { type TaskOptions, task } from '../etl/estimate/task.ts';
import { verdictOf } from '../etl/estimate/verdict.ts';
import { type Population, type SimulatedLists, simulate } from '../test/etl/estimate/simulated-lists.ts';
import { estimated, type Interval, SEEDS, summary, type Trial } from './coverage.ts';
import type { Result, Run } from './harness.ts';

/**
 * Coverage of the 95 % interval and bias over 200 made-up populations of each kind, all of known size: four lists, as
 * child welfare, probation, schools and a provider might keep them.
 */
const BASE: Population = {
  size: 1500,
  reach: [0.25, 0.18, 0.2, 0.12],
  referrals: [],
  heterogeneity: 0,
  missedLinks: 0,
  falseLinks: 0,
};
const REFERRALS = [
  { from: 0, to: 1, chance: 0.2 },
  { from: 2, to: 3, chance: 0.15 },
];
const POPULATIONS: Readonly<Record<string, Population>> = {
  independent: BASE,
  referrals: { ...BASE, referrals: REFERRALS },
  'referrals, links missed': { ...BASE, referrals: REFERRALS, missedLinks: 0.08, falseLinks: 0.02 },
  'referrals, unequal persons, links missed': {
    ...BASE,
    referrals: REFERRALS,
    heterogeneity: 0.7,
    missedLinks: 0.08,
    falseLinks: 0.02,
  },
  'small county': {
    ...BASE,
    size: 200,
    reach: [0.15, 0.1, 0.12, 0.08],
    referrals: REFERRALS,
    missedLinks: 0.08,
    falseLinks: 0.02,
  },
};

const WAYS = {
  'main effects alone': way('main-effects', {}),
  'best BIC alone': way('best-bic', { order: 2 }),
  'stepwise alone': way('stepwise', {}),
  'stepwise, BCa': way('stepwise', { replicates: 200 }),
  // The pairs of the referrals, told beforehand; where there are none, two effects too many.
  'stepwise with referrals declared, BCa': way('stepwise', { replicates: 200, required: [0b0011, 0b1100] }),
  'best BIC, BCa': way('best-bic', { order: 2, replicates: 200 }),
  'BIC average': way('bic-average', { order: 2 }),
  'average over graphs': way('bma', {}),
  'stepwise, linkage put right': withReview,
};

function way(method: Method, options: TaskOptions) {
  return ({ table }: SimulatedLists, seed: number) =>
    estimated(method, task(table, { ...options, seed, threads: 1 }));
}

/** Twenty tables drawn from a review of 400 pairs that found the true recall and precision. */
async function withReview(lists: SimulatedLists, seed: number, population: Population) {
  const { missedLinks, falseLinks } = population;
  const review = { recall: 1 - missedLinks, precision: 1 - falseLinks, reviewed: 400 };
  const tables =
    missedLinks + falseLinks === 0 ? [lists.table, lists.table] : linkageDraws(lists.table, review, 20, seed);
  return combineTables(tables, { kind: 'stepwise', threshold: 0.02 }, { replicates: 100, seed, level: 0.95 });
}

async function trial(population: Population, seed: number): Promise<Trial> {
  const lists = simulate(population, seed);
  const { refused } = await verdictOf(task(lists.table, { order: 2 }));
  const intervals: Record<string, Interval | undefined> = {};
  for (const [name, estimate] of Object.entries(WAYS))
    intervals[name] = await estimate(lists, seed, population);
  return { truth: lists.truth, refused, intervals };
}

export const run: Run = async () => {
  const results: Result[] = [];
  for (const [kind, population] of Object.entries(POPULATIONS)) {
    const trials: Trial[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) trials.push(await trial(population, seed));
    results.push(...summary(kind, trials));
  }
  return results;
};
