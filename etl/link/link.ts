import { performance } from 'node:perf_hooks';
import {
  type Blocking,
  type BlockingLimits,
  block,
  defaultLimits,
  type Meeting,
  type Rule,
  standardRules,
} from './blocking.ts';
import { type Clusters, cluster, type SettledPair } from './cluster.ts';
import { similarityBlocks } from './lsh.ts';
import { type Model, weightAt } from './model.ts';
import { bestPerSource } from './one-to-one.ts';
import { type Edges, scorePairs } from './score.ts';
import type { RecordTable } from './table.ts';
import type { TermFrequency } from './term-frequency.ts';
import { train } from './train.ts';

/** Records are linked when this or more likely to be one person. */
export const DEFAULT_THRESHOLD = 0.5;
/** Pairs are kept for the review queue and the threshold table from this weight on. */
const KEPT_FROM = -10;

export interface LinkOptions {
  readonly rules?: readonly Rule[];
  readonly limits?: Partial<BlockingLimits>;
  /** A model trained before; without it one is trained on these records. */
  readonly model?: Model;
  /** How common values were when the model was trained; without it they are counted in these records. */
  readonly frequencies?: readonly TermFrequency[];
  /** What stewards or agencies settled about pairs of records. */
  readonly settled?: readonly SettledPair[];
  readonly threshold?: number;
  /** Only records of different sources meet. */
  readonly acrossSources?: boolean;
  /** Each source deduplicated itself, so it has at most one record of a person. */
  readonly oneToOne?: boolean;
}

export interface LinkResult {
  readonly blocking: Blocking;
  readonly model: Model;
  readonly edges: Edges;
  readonly compared: number;
  readonly clusters: Clusters;
  readonly seconds: Readonly<Record<'block' | 'train' | 'score' | 'cluster', number>>;
}

export function meeting(table: RecordTable, acrossSources: boolean): Meeting | undefined {
  const { source } = table;
  return acrossSources ? (a, b) => source[a] !== source[b] : undefined;
}

/** Block, learn, score, cluster: the whole of linkage on encoded records. */
export function link(table: RecordTable, options: LinkOptions = {}): LinkResult {
  const clock = stopwatch();
  const across = options.acrossSources === true || options.oneToOne === true;
  const meet = meeting(table, across);

  const limits = { ...defaultLimits, ...options.limits };
  const byTokens = block(table, options.rules ?? standardRules(table), limits);
  const bySimilarity = options.rules === undefined ? similarityBlocks(table, byTokens, limits.cap) : [];
  const blocking = { ...byTokens, blocks: [...byTokens.blocks, ...bySimilarity] };
  const blockSeconds = clock();
  const model = options.model ?? train(table, blocking, meet);
  const trainSeconds = clock();
  const scored = scorePairs(table, blocking, model, KEPT_FROM, meet, options.frequencies);
  const edges = options.oneToOne === true ? bestPerSource(table, scored.edges) : scored.edges;
  const scoreSeconds = clock();
  const clusters = cluster(table, edges, {
    threshold: weightAt(options.threshold ?? DEFAULT_THRESHOLD),
    oncePerCluster: options.oneToOne === true ? table.sources : [],
    conflictMargin: 5,
    settled: options.settled ?? [],
  });
  const clusterSeconds = clock();

  const seconds = { block: blockSeconds, train: trainSeconds, score: scoreSeconds, cluster: clusterSeconds };
  return { blocking, model, edges, compared: scored.compared, clusters, seconds };
}

/** Each call gives the seconds since the one before. */
export function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
