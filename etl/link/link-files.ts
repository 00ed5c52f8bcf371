import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { personLayout } from '../encode/layout.ts';
import { clusterCount } from './cluster.ts';
import { readRule } from './config.ts';
import {
  type Accuracy,
  type AccuracyAt,
  accuracyAt,
  clusterAccuracy,
  type Truth,
  thresholds,
  truthOfLabels,
  truthOfNumbers,
  truthOfPairs,
  type Unmet,
  unmetPairs,
} from './evaluate.ts';
import { DEFAULT_THRESHOLD, type LinkOptions, type LinkResult, linkOnThreads, stopwatch } from './link.ts';
import { probability, readModel, weightAt } from './model.ts';
import { meeting } from './pairs.ts';
import { readEncoded } from './read-encoded.ts';
import { type PlainOptions, type ReadRecords, readPlain } from './read-plain.ts';
import type { RecordTable } from './table.ts';
import { readTruthPairs, readTruthPersons } from './truth.ts';

/** What to link: one file with itself, two files with each other, or deliveries that were encoded before. */
export type Sources =
  | { readonly kind: 'dedupe'; readonly file: string }
  | { readonly kind: 'across'; readonly left: string; readonly right: string }
  | { readonly kind: 'encoded'; readonly files: readonly string[] };

export interface LinkFilesOptions extends PlainOptions {
  readonly truthPairs?: string;
  /** Of encoded deliveries: a file that says by agency and pseudonym whose the rows are. */
  readonly truthPersons?: string;
  readonly threshold?: number;
  readonly oneToOne: boolean;
  readonly model?: string;
  readonly keyVersion?: string;
  readonly rules?: readonly string[];
  readonly cap?: number;
  /** How many threads to use; by default two, one for small files. */
  readonly threads?: number;
}

export interface LinkFilesResult {
  readonly table: RecordTable;
  readonly result: LinkResult;
  readonly threshold: number;
  readonly persons: number;
  /** By record: how the outputs name it. */
  readonly ids: readonly string[];
  readonly fields: readonly { readonly name: string; readonly kind: string }[];
  readonly left: readonly { readonly column: string; readonly why: string }[];
  readonly quality?: Quality;
  readonly seconds: Readonly<Record<string, number>>;
}

export interface Quality {
  readonly truePairs: number;
  /** True pairs that no block brought together. */
  readonly unmet: Unmet;
  readonly pairwise: AccuracyAt;
  readonly best: AccuracyAt;
  readonly clusters: Accuracy;
}

export async function linkFiles(sources: Sources, options: LinkFilesOptions): Promise<LinkFilesResult> {
  const total = stopwatch();
  const clock = stopwatch();
  const read =
    sources.kind === 'encoded'
      ? await readDeliveries(sources.files, options)
      : await readPlain(sources.kind === 'dedupe' ? [sources.file] : [sources.left, sources.right], options);
  const reading = clock();
  const { table, layout } = read;
  const rules = options.rules ?? read.config?.blocking;
  const cap = options.cap ?? read.config?.cap;
  const threshold = options.threshold ?? read.config?.threshold ?? DEFAULT_THRESHOLD;
  const across = sources.kind === 'across';
  const linkOptions: LinkOptions = {
    threshold,
    acrossSources: across,
    oneToOne: options.oneToOne,
    ...(rules === undefined ? {} : { rules: rules.map((rule) => readRule(rule, layout)) }),
    limits: {
      ...(rules === undefined ? {} : { pairsPerRecord: Number.POSITIVE_INFINITY }),
      ...(cap === undefined ? {} : { cap }),
    },
    ...(options.model === undefined ? {} : { model: readModel(readFileSync(options.model, 'utf8'), table) }),
  };
  const result = await linkOnThreads(table, linkOptions, threadsFor(table.count, options.threads));
  const truth = await truthOf(read, options, across || options.oneToOne);
  const quality =
    truth === undefined ? undefined : qualityOf(table, result, truth, threshold, across || options.oneToOne);
  return {
    table,
    result,
    threshold,
    persons: clusterCount(result.clusters),
    ids: read.ids,
    fields: layout.fields.map(({ name, kind }) => ({ name, kind })),
    left: read.left,
    ...(quality === undefined ? {} : { quality }),
    seconds: { read: reading, ...result.seconds, total: total() },
  };
}

/** Threads take a moment to start, which small files are not worth. */
function threadsFor(records: number, asked: number | undefined): number {
  return asked ?? (records < 20_000 ? 1 : Math.min(2, availableParallelism()));
}

async function readDeliveries(files: readonly string[], options: LinkFilesOptions): Promise<ReadRecords> {
  const { table } = await readEncoded(files, personLayout, options.keyVersion);
  return { table, layout: personLayout, ids: [], labels: [], rightFrom: 0, left: [] };
}

async function truthOf(
  read: ReadRecords,
  options: LinkFilesOptions,
  across: boolean,
): Promise<Truth | undefined> {
  const meet = meeting(read.table, across);
  if (options.truthPersons !== undefined)
    return truthOfNumbers(await readTruthPersons(options.truthPersons, read.table), meet);
  if (options.truth !== undefined) return truthOfLabels(read.labels, meet);
  if (options.truthPairs === undefined) return undefined;
  const text = readFileSync(options.truthPairs, 'utf8');
  return truthOfPairs(readTruthPairs(text, options.truthPairs, read.ids, read.rightFrom));
}

function qualityOf(
  table: RecordTable,
  result: LinkResult,
  truth: Truth,
  threshold: number,
  across: boolean,
): Quality {
  const { edges, blocking } = result;
  const weight = weightAt(threshold);
  let best = { weight, accuracy: accuracyAt(edges, truth, weight) };
  for (const row of thresholds(edges, truth)) if (row.accuracy.f1 > best.accuracy.f1) best = row;
  return {
    truePairs: truth.pairs,
    unmet: unmetPairs(table, blocking.asked, blocking.pairs, truth),
    pairwise: { ...accuracyAt(edges, truth, weight), threshold, weight },
    best: { ...best.accuracy, threshold: probability(best.weight), weight: best.weight },
    clusters: clusterAccuracy(result.clusters.of, truth, meeting(table, across)),
  };
}
