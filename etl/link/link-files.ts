import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Misuse } from '../../src/errors.ts';
import { plainHeader } from '../encode/columns.ts';
import { readHeader } from '../encode/encode-file.ts';
import { type Layout, personLayout } from '../encode/layout.ts';
import type { DateOrder } from '../encode/read-date.ts';
import { clusterCount } from './cluster.ts';
import { type LinkConfig, readConfig, readRule } from './config.ts';
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
import { guessDateOrder, guessFields, type LinkField } from './guess.ts';
import { encodeInMemory, sampleRows } from './input.ts';
import { DEFAULT_THRESHOLD, type LinkOptions, type LinkResult, linkOnThreads, stopwatch } from './link.ts';
import { probability, readModel, weightAt } from './model.ts';
import { meeting } from './pairs.ts';
import { readEncoded } from './read-encoded.ts';
import type { RecordTable } from './table.ts';
import { labelOf, readTruthPairs, readTruthPersons } from './truth.ts';

/** What to link: one file with itself, two files with each other, or deliveries that were encoded before. */
export type Sources =
  | { readonly kind: 'dedupe'; readonly file: string }
  | { readonly kind: 'across'; readonly left: string; readonly right: string }
  | { readonly kind: 'encoded'; readonly files: readonly string[] };

export interface LinkFilesOptions {
  /** A file, or `auto` to guess from the columns. */
  readonly config: string;
  readonly truth?: string;
  readonly truthPairs?: string;
  /** Of encoded deliveries: a file that says by agency and pseudonym whose the rows are. */
  readonly truthPersons?: string;
  readonly idColumn?: string;
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
      : await readPlain(sources, options);
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

interface Read {
  readonly table: RecordTable;
  readonly layout: Layout;
  readonly config?: LinkConfig;
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  readonly rightFrom: number;
  readonly left: readonly { readonly column: string; readonly why: string }[];
}

async function readDeliveries(files: readonly string[], options: LinkFilesOptions): Promise<Read> {
  const { table } = await readEncoded(files, personLayout, options.keyVersion);
  return { table, layout: personLayout, ids: [], labels: [], rightFrom: 0, left: [] };
}

async function readPlain(
  sources: Exclude<Sources, { kind: 'encoded' }>,
  options: LinkFilesOptions,
): Promise<Read> {
  const files = sources.kind === 'dedupe' ? [sources.file] : [sources.left, sources.right];
  const headers = files.map((file) => readHeader(file).map((name) => name.trim()));
  const header = headers[0] ?? [];
  const sample = await sampleRows(files[0] ?? '', header.length);
  const except = options.truth === undefined ? [] : [options.truth];
  const guess = options.config === 'auto' ? guessFields(header, sample, except) : undefined;
  const config =
    guess === undefined
      ? readConfig(readFileSync(options.config, 'utf8'), options.config, header)
      : undefined;
  const fields = guess?.fields ?? config?.fields ?? [];
  if (fields.length === 0)
    throw new Misuse('LINK_FIELDS', 'no column could be recognised to link on', {
      remedy: 'write a link.yaml',
    });
  const dateOrder: DateOrder = guess?.dateOrder ?? config?.dateOrder ?? guessDateOrder(fields, sample);
  const layout: Layout = {
    name: 'files',
    fields: fields.map(({ name, kind }) => ({ name, kind })),
    nicknames: config?.nicknames ?? true,
  };
  const idName =
    options.idColumn ?? header.find((name) => /(^|_)(id|rec_id|unique_id)$/.test(plainHeader(name)));
  const plain = files.map((file, i) => ({
    source: i === 0 ? 'left' : 'right',
    file,
    columns:
      i === 0
        ? fields.map(({ columns }) => columns)
        : columnsElsewhere(fields, header, headers[i] ?? [], file),
    kept: [
      idName === undefined ? -1 : columnOf(headers[i] ?? [], idName, file),
      options.truth === undefined ? -1 : columnOf(headers[i] ?? [], options.truth, file),
    ],
  }));
  const { table, kept } = await encodeInMemory(plain, layout, dateOrder);
  const [ids = [], labels = []] = kept;
  const numbered = idName === undefined ? ids.map((_, i) => String(i)) : ids;
  const rightFrom = sources.kind === 'dedupe' ? 0 : table.source.indexOf(1);
  return {
    table,
    layout,
    ...(config === undefined ? {} : { config }),
    ids: numbered,
    labels: options.truth === undefined ? [] : labels.map(labelOf),
    rightFrom: Math.max(0, rightFrom),
    left: guess?.left ?? [],
  };
}

/** The same columns in the other file, by their names. */
function columnsElsewhere(
  fields: readonly LinkField[],
  header: readonly string[],
  other: readonly string[],
  file: string,
): readonly (readonly number[])[] {
  return fields.map(({ columns }) => columns.map((column) => columnOf(other, header[column] ?? '', file)));
}

function columnOf(header: readonly string[], name: string, file: string): number {
  const at = header.findIndex((candidate) => plainHeader(candidate) === plainHeader(name));
  if (at === -1) throw new Misuse('LINK_COLUMN', `${file} has no column ${name}`);
  return at;
}

async function truthOf(read: Read, options: LinkFilesOptions, across: boolean): Promise<Truth | undefined> {
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
