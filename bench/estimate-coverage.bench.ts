import { combineTables } from '../etl/estimate/combine.ts';
import { linkageDraws } from '../etl/estimate/linkage-draws.ts';
import { estimateWith } from '../etl/estimate/methods.ts';
import type { Result as Answer, Method } from '../etl/estimate/result.ts';
import { type TaskOptions, task } from '../etl/estimate/task.ts';
import { verdictOf } from '../etl/estimate/verdict.ts';
import { type Population, type SimulatedLists, simulate } from '../test/etl/estimate/simulated-lists.ts';
import { median, type Result, type Run } from './harness.ts';

/**
 * Coverage of the 95 % interval and bias over 200 made-up populations of each kind, all of known size: four lists, as
 * child welfare, probation, schools and a provider might keep them.
 */
const SEEDS = 200;

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

interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** What one population gives: an interval per way of estimating, undefined where it refuses; and the verdict. */
interface Trial {
  readonly truth: number;
  readonly refused: boolean;
  readonly intervals: Readonly<Record<string, Interval | undefined>>;
}

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
  return async ({ table }: SimulatedLists, seed: number): Promise<Interval | undefined> => {
    const [answer] = await estimateWith(method, task(table, { ...options, seed, threads: 1 }));
    return answer === undefined ? undefined : intervalOf(answer);
  };
}

function intervalOf({ estimate, lower, upper }: Answer): Interval | undefined {
  return estimate === null || lower === null || upper === null ? undefined : { estimate, lower, upper };
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

function summary(kind: string, trials: readonly Trial[]): Result[] {
  const share = (part: number, whole: number): number => (100 * part) / Math.max(1, whole);
  const results: Result[] = [
    {
      what: `${kind} / verdict refuses`,
      value: share(trials.filter(({ refused }) => refused).length, trials.length),
      unit: '%',
    },
  ];
  for (const name of Object.keys(WAYS)) {
    const given = trials.flatMap(({ truth, intervals, refused }) => {
      const own = intervals[name];
      return own === undefined ? [] : [{ truth, refused, ...own }];
    });
    const covered = (of: typeof given): number =>
      share(of.filter(({ truth, lower, upper }) => lower <= truth && truth <= upper).length, of.length);
    const kept = given.filter(({ refused }) => !refused);
    const figure = (what: string, value: number): Result => ({
      what: `${kind} / ${name} / ${what}`,
      value,
      unit: '%',
    });
    results.push(
      figure('refused', share(trials.length - given.length, trials.length)),
      figure('coverage', covered(given)),
      figure('coverage where the verdict allows', covered(kept)),
      figure('median error', 100 * median(given.map(({ estimate, truth }) => estimate / truth - 1))),
      figure(
        'median width of N',
        100 * median(given.map(({ lower, upper, truth }) => (upper - lower) / truth)),
      ),
    );
  }
  return results;
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
