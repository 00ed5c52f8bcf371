import { ranked, weights } from './all-models.ts';
import { medianUnbiasedQuantile } from './bca.ts';
import { byNumberOfLists, overlaps, persons } from './capture-table.ts';
import { correctTable } from './linkage-error.ts';
import {
  type ConsistencyCheck,
  internalConsistency,
  type ListCheck,
  leaveOneListOut,
} from './list-checks.ts';
import { listSets, modelName } from './model.ts';
import { type Curve, oddsRatioCurve, saturated } from './odds-ratio-curve.ts';
import { contradicted } from './referrals.ts';
import { estimateBy } from './selection.ts';
import { stepwise } from './stepwise.ts';
import type { Task } from './task.ts';

/** How much an answer leans on what it assumes; shown beside every figure. */
export interface Sensitivity {
  readonly overlaps: Overlaps;
  /** What other values of the interaction that the data cannot show would make of the number. */
  readonly oddsRatio: Curve | null;
  readonly leaveOneOut: readonly ListCheck[];
  readonly internalConsistency: readonly ConsistencyCheck[];
  /** Mean logarithm of the ratios of internal consistency: below 0 when lists are predicted too small. */
  readonly consistencyBias: number | null;
  readonly allModels: Spread | null;
  readonly linkage: readonly LinkagePoint[];
  /** Declared referrals that the data contradict, by the names of the two lists. */
  readonly contradictedReferrals: readonly string[];
}

export interface Overlaps {
  readonly persons: number;
  /** Persons on exactly one list, two, … */
  readonly byNumberOfLists: readonly number[];
  readonly pairs: readonly { readonly lists: string; readonly both: number }[];
}

export interface Spread {
  readonly order: number;
  readonly models: number;
  readonly admissible: number;
  readonly withoutEstimate: number;
  readonly notIdentifiable: number;
  readonly lowest: number;
  readonly quartiles: readonly [number, number, number];
  readonly highest: number;
  /** The same over the models that BIC does not rule out, those within ten of the best. */
  readonly supported: {
    readonly models: number;
    readonly lowest: number;
    readonly highest: number;
    readonly best: string;
    readonly weightOfBest: number;
  };
}

export interface LinkagePoint {
  readonly recall: number;
  readonly precision: number;
  readonly estimate: number;
}

/** BIC differences beyond this are taken as decisive. */
const DECISIVE = 10;

const USUAL_QUALITIES = [
  { recall: 1, precision: 1 },
  { recall: 0.98, precision: 1 },
  { recall: 0.95, precision: 1 },
  { recall: 0.9, precision: 1 },
  { recall: 0.8, precision: 1 },
  { recall: 1, precision: 0.98 },
  { recall: 1, precision: 0.95 },
];

export function sensitivityOf(task: Task): Sensitivity {
  const { table, level } = task;
  const consistency = internalConsistency(table, level);
  const ratios = consistency.map(({ ratio }) => Math.log(ratio)).filter((value) => Number.isFinite(value));
  return {
    overlaps: overlapsOf(task),
    oddsRatio: curveOf(task),
    leaveOneOut: leaveOneListOut(table, level),
    internalConsistency: consistency,
    consistencyBias:
      ratios.length === 0 ? null : ratios.reduce((sum, value) => sum + value, 0) / ratios.length,
    allModels: spreadOf(task),
    linkage: linkageOf(task),
    contradictedReferrals: contradicted(
      stepwise(task.data, task.threshold, task.required),
      task.required,
    ).map((pair) => pairName(task, pair)),
  };
}

function overlapsOf({ table }: Task): Overlaps {
  const sums = overlaps(table);
  return {
    persons: persons(table),
    byNumberOfLists: byNumberOfLists(table).slice(1),
    pairs: listSets(table.lists.length, 2, 2).map((pair) => ({
      lists: table.lists.filter((_, list) => (pair & (1 << list)) !== 0).join(':'),
      both: sums[pair]!,
    })),
  };
}

function pairName({ table }: Task, pair: number): string {
  return table.lists.filter((_, list) => (pair & (1 << list)) !== 0).join(':');
}

/** On the saturated model where every history was seen, otherwise on the one that stepwise selection takes. */
function curveOf({ table, data, level, threshold, required }: Task): Curve | null {
  const whole = saturated(table);
  if (whole !== undefined) return { model: 'saturated', points: oddsRatioCurve(table, whole, level) };
  const fit = stepwise(data, threshold, required);
  if (fit.status !== 0) return null;
  return { model: modelName(fit.model), points: oddsRatioCurve(table, fit, level) };
}

function spreadOf(task: Task): Spread | null {
  const all = task.all();
  if (all === undefined || all.admissible.length === 0) return null;
  const seen = task.data.persons;
  const estimates = all.admissible.map((fit) => seen + fit.hidden).sort((a, b) => a - b);
  const order = ranked(all.admissible, 'bic');
  const [best] = order;
  const supported = order.filter((fit) => fit.bic - best!.bic <= DECISIVE).map((fit) => seen + fit.hidden);
  return {
    order: task.order,
    models: all.statuses.reduce((sum, count) => sum + count, 0),
    admissible: all.admissible.length,
    withoutEstimate: all.statuses[1] + all.statuses[3],
    notIdentifiable: all.statuses[2] + all.statuses[3],
    lowest: estimates[0]!,
    quartiles: [0.25, 0.5, 0.75].map((p) => medianUnbiasedQuantile(estimates, p)) as [number, number, number],
    highest: estimates.at(-1)!,
    supported: {
      models: supported.length,
      lowest: Math.min(...supported),
      highest: Math.max(...supported),
      best: modelName(best!.model),
      weightOfBest: Math.max(...weights(all.admissible, 'bic')),
    },
  };
}

function linkageOf({ table, threshold, required }: Task): LinkagePoint[] {
  return USUAL_QUALITIES.map(({ recall, precision }) => ({
    recall,
    precision,
    estimate: estimateBy(
      { kind: 'stepwise', threshold, required },
      correctTable(table, { recall, precision }),
    ),
  })).filter(({ estimate }) => Number.isFinite(estimate));
}
