import { combined, corrected } from '../etl/estimate/adjusted.ts';
import { persons } from '../etl/estimate/capture-table.ts';
import { oddsRatioCurve, saturated } from '../etl/estimate/odds-ratio-curve.ts';
import { requiredPairs } from '../etl/estimate/referrals.ts';
import { stepwise } from '../etl/estimate/stepwise.ts';
import { type Task, task } from '../etl/estimate/task.ts';
import { verdictOf } from '../etl/estimate/verdict.ts';
import { declaredReferrals } from '../etl/prevalence/declared-referrals.ts';
import { drawnLinkages } from '../etl/prevalence/drawn-linkages.ts';
import { historyTable } from '../etl/prevalence/history-table.ts';
import { sizes } from '../etl/synthesize/size.ts';
import type { Contracts } from '../src/contracts/contracts.ts';
import { loadContracts } from '../src/contracts/contracts.ts';
import { estimated, type Interval, intervalOf, SEEDS, summary, type Trial } from './coverage.ts';
import { median, type Result, type Run } from './harness.ts';
import { type MadeUpLists, madeUpLists } from './made-up-lists.ts';

/**
 * Coverage of the 95 % interval and bias on the synthetic state itself, whose truth is known: the hub's own lists, with
 * referrals between systems, young people whom nobody sees easily, and a linkage with errors.
 */
const PERIODS: Readonly<Record<string, number | undefined>> = { 'one year': 2025, 'three years': undefined };
const DRAWS = 20;

export const run: Run = async () => {
  const contracts = loadContracts();
  const trials: StateTrial[][] = Object.keys(PERIODS).map(() => []);
  for (let seed = 1; seed <= SEEDS; seed++) {
    const made = await trialsOf(contracts, seed);
    made.forEach((one, period) => trials[period]?.push(one));
  }
  return Object.keys(PERIODS).flatMap((kind, period) => stateSummary(kind, trials[period] ?? []));
};

interface StateTrial extends Trial {
  readonly seen: number;
  readonly quality: MadeUpLists['quality'];
}

/** One made-up state, estimated from in each of the periods. */
async function trialsOf(contracts: Contracts, seed: number): Promise<readonly StateTrial[]> {
  const made: StateTrial[] = [];
  for (const lists of madeUpLists(contracts, sizes.demo, seed, Object.values(PERIODS)))
    made.push(await trial(lists, seed));
  return made;
}

function stateSummary(kind: string, trials: readonly StateTrial[]): Result[] {
  const middle = (what: string, unit: string, value: (one: StateTrial) => number): Result => ({
    what: `${kind} / ${what}, median`,
    value: median(trials.map(value)),
    unit,
  });
  return [
    middle('truth', 'young people', ({ truth }) => truth),
    middle('seen', 'young people', ({ seen }) => seen),
    middle('recall of the linkage', '%', ({ quality }) => 100 * quality.recall),
    middle('precision of the linkage', '%', ({ quality }) => 100 * quality.precision),
    ...summary(kind, trials),
  ];
}

async function trial(lists: MadeUpLists, seed: number): Promise<StateTrial> {
  const { bySystem, linked, links, right, quality } = lists;
  const table = historyTable(bySystem, linked);
  const perfect = historyTable(bySystem, right);
  const known = declaredReferrals().filter(({ from, to }) => bySystem.has(from) && bySystem.has(to));
  const required = requiredPairs(table, known);
  const drawn = drawnLinkages(linked, links, DRAWS, seed).map((one) => historyTable(bySystem, one));
  const [putRight] = (await corrected(table, ['stepwise'], { required }, quality)).results;
  const hub = task(table, { order: 2, required });
  const plain = task(table, { order: 2 });
  const { refused } = await verdictOf(hub);
  const intervals: Record<string, Interval | undefined> = {
    'main effects alone': await estimated('main-effects', plain),
    'best BIC alone': await estimated('best-bic', plain),
    'stepwise alone': await estimated('stepwise', plain),
    'stepwise, BCa': await estimated('stepwise', task(table, { replicates: 200, seed, threads: 1 })),
    'stepwise, BCa, linked without error': await estimated(
      'stepwise',
      task(perfect, { replicates: 200, seed, threads: 1 }),
    ),
    'BIC average': await estimated('bic-average', plain),
    'average over graphs': await estimated('bma', hub),
    'referrals declared, recall and precision put right': putRight && intervalOf(putRight),
    'referrals declared, 20 linkages drawn (the hub)':
      combined(drawn, { seed, replicates: 100, required }) ?? undefined,
    'curve of ξ from 4 to 1/4': curveOf(hub),
  };
  return { truth: lists.truth, refused, intervals, quality, seen: persons(table) };
}

/** The range that is shown beside every figure: what it would be if the odds ratio that no list shows were another. */
function curveOf({ table, data, threshold, required }: Task): Interval | undefined {
  const base = saturated(table) ?? stepwise(data, threshold, required);
  const [low, assumed, high] = oddsRatioCurve(table, base, 0.95, [4, 1, 0.25]);
  if (low === undefined || assumed === undefined || high === undefined) return undefined;
  if (!Number.isFinite(assumed.estimate)) return undefined;
  return { estimate: assumed.estimate, lower: low.estimate, upper: high.estimate };
}
