import { performance } from 'node:perf_hooks';
import {
  type Blocking,
  type BlockingLimits,
  defaultLimits,
  type Rule,
  standardRules,
  withinLimits,
} from './blocking.ts';
import { type Clusters, cluster, linkageRules, type SettledPair } from './cluster.ts';
import { type Edges, joined } from './edges.ts';
import { similarityBlocks } from './lsh.ts';
import { type Model, weightAt } from './model.ts';
import { bestPerSource } from './one-to-one.ts';
import { chunksOf, type PairSource, pairSource } from './pairs.ts';
import type { RecordTable } from './table.ts';
import type { TermFrequency } from './term-frequency.ts';
import { training } from './train.ts';
import { asking, doAlone, type Job } from './work.ts';

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

/** What blocking did, and the pairs that it made. */
export interface Blocked extends Pick<Blocking, 'rules' | 'reports'> {
  /** All rules that were tried, those that were left out too. */
  readonly asked: readonly Rule[];
  readonly pairs: PairSource;
}

export interface LinkResult {
  readonly blocking: Blocked;
  readonly model: Model;
  readonly edges: Edges;
  readonly compared: number;
  readonly clusters: Clusters;
  readonly seconds: Readonly<Record<'block' | 'train' | 'score' | 'cluster', number>>;
}

/** Block, learn, score, cluster: the whole of linkage on encoded records. */
export function link(table: RecordTable, options: LinkOptions = {}): LinkResult {
  return doAlone({ table, across: acrossOnly(options) }, linking(table, options));
}

/** The same on several threads: the same result, sooner. */
export async function linkOnThreads(
  table: RecordTable,
  options: LinkOptions,
  threads: number,
): Promise<LinkResult> {
  const { doOnThreads } = await import('./threads.ts');
  return doOnThreads({ table, across: acrossOnly(options) }, linking(table, options), threads);
}

function acrossOnly({ acrossSources, oneToOne }: LinkOptions): boolean {
  return acrossSources === true || oneToOne === true;
}

function* linking(table: RecordTable, options: LinkOptions): Job<LinkResult> {
  const clock = stopwatch();
  const across = acrossOnly(options);

  const blocking = yield* blocked(table, options);
  const { pairs } = blocking;
  yield { tell: { pairs } };
  const blockSeconds = clock();
  const model = options.model ?? (yield* training(table, pairs, blocking.reports, across));
  const trainSeconds = clock();
  const { frequencies } = options;
  yield { tell: { model, ...(frequencies === undefined ? {} : { frequencies }) } };
  const scored = yield* asking(
    chunksOf(pairs.blocks).map((chunk) => ({ do: 'score' as const, chunk, least: KEPT_FROM })),
  );
  const found = joined(scored.map(({ edges }) => edges));
  const edges = options.oneToOne === true ? bestPerSource(table, found) : found;
  const scoreSeconds = clock();
  const clusters = cluster(table, edges, {
    threshold: weightAt(options.threshold ?? DEFAULT_THRESHOLD),
    oncePerCluster: options.oneToOne === true ? table.sources : [],
    ...linkageRules,
    settled: options.settled ?? [],
  });
  const clusterSeconds = clock();

  const compared = scored.reduce((sum, part) => sum + part.compared, 0);
  const seconds = { block: blockSeconds, train: trainSeconds, score: scoreSeconds, cluster: clusterSeconds };
  return { blocking, model, edges, compared, clusters, seconds };
}

function* blocked(table: RecordTable, options: LinkOptions): Job<Blocked> {
  const limits = { ...defaultLimits, ...options.limits };
  const rules = options.rules ?? standardRules(table);
  const built = yield* asking(rules.map((rule) => ({ do: 'block' as const, rule, cap: limits.cap })));
  const byTokens = withinLimits(table.count, rules, built, limits);
  const bySimilarity = options.rules === undefined ? similarityBlocks(table, byTokens, limits.cap) : [];
  const pairs = pairSource(table.count, [...byTokens.blocks, ...bySimilarity]);
  return { asked: rules, rules: byTokens.rules, reports: byTokens.reports, pairs };
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
