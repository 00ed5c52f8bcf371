import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Bca, bca, type LeftOut } from './bca.ts';
import { type CaptureTable, captureTable, persons } from './capture-table.ts';
import { multinomial, type Random, randomStream } from './random.ts';
import { estimateBy, type Selection } from './selection.ts';

export interface BootstrapOptions {
  readonly replicates: number;
  readonly seed: number;
  readonly threads?: number;
  /** Milliseconds of remaining work from which threads are started; what is drawn does not depend on it. */
  readonly patience?: number;
}

export interface Bootstrap {
  /** The estimate of each resample in its order; NaN where the resample gives none. */
  readonly resampled: Float64Array;
  readonly withoutEstimate: number;
  /** Undefined when too few resamples, or not all jackknife tables, give an estimate. */
  readonly bca: Bca | undefined;
}

/** Above this share of resamples without an estimate their absence would itself bias the interval. */
const MOST_WITHOUT_ESTIMATE = 0.05;

/** Draws `replicates` tables of the same number of persons and repeats the whole selection in each. */
export async function bootstrap(
  table: CaptureTable,
  selection: Selection,
  options: BootstrapOptions,
): Promise<Bootstrap> {
  const estimate = estimateBy(selection, table);
  const resampled = await replicate({ table, selection, seed: options.seed }, options);
  const usable = Array.from(resampled).filter((value) => Number.isFinite(value));
  const withoutEstimate = resampled.length - usable.length;
  const jackknife = leaveOneOut(table, selection);
  const enough =
    Number.isFinite(estimate) &&
    usable.length > 0 &&
    withoutEstimate <= MOST_WITHOUT_ESTIMATE * resampled.length &&
    jackknife.every(({ estimate }) => Number.isFinite(estimate));
  return {
    resampled,
    withoutEstimate,
    bca: enough ? bca({ estimate, resampled: usable, jackknife }) : undefined,
  };
}

/** The estimates with one person less, once per history that anybody has. */
export function leaveOneOut(table: CaptureTable, selection: Selection): LeftOut[] {
  const left: LeftOut[] = [];
  table.counts.forEach((weight, history) => {
    if (weight <= 0) return;
    const counts = table.counts.slice();
    counts[history] = Math.max(0, weight - 1);
    left.push({ estimate: estimateBy(selection, captureTable(table.lists, counts)), weight });
  });
  return left;
}

export function resample(table: CaptureTable, random: Random): CaptureTable {
  const counts = new Float64Array(table.counts.length);
  multinomial(random, persons(table), table.counts, counts);
  return captureTable(table.lists, counts);
}

/** The resamples from `from` up to `to`: each has its own stream, whoever draws it. */
export interface Share {
  readonly table: CaptureTable;
  readonly selection: Selection;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

export function estimateShare({ table, selection, seed, from, to }: Share): Float64Array {
  return Float64Array.from({ length: to - from }, (_, i) =>
    estimateBy(selection, resample(table, randomStream(seed, from + i))),
  );
}

/** The first resamples, by which the time of the rest is judged. */
const TRIAL = 24;
/** Milliseconds of work that are worth the start of threads. */
const PATIENCE = 1500;

async function replicate(
  work: Omit<Share, 'from' | 'to'>,
  { replicates, threads = Math.min(4, availableParallelism()), patience = PATIENCE }: BootstrapOptions,
): Promise<Float64Array> {
  const all = new Float64Array(replicates);
  const tried = Math.min(TRIAL, replicates);
  const start = performance.now();
  all.set(estimateShare({ ...work, from: 0, to: tried }));
  const rest = replicates - tried;
  const ahead = (performance.now() - start) * (rest / Math.max(1, tried));
  const parts = ahead > patience ? Math.max(1, Math.min(threads, rest)) : 1;
  const edge = (part: number): number => tried + Math.round((part * rest) / parts);
  const shares = Array.from({ length: parts }, (_, i) => ({ ...work, from: edge(i), to: edge(i + 1) }));
  const own = shares[0]!;
  const others = shares.slice(1).map(inThread);
  all.set(estimateShare(own), own.from);
  (await Promise.all(others)).forEach((done, i) => all.set(done, shares[i + 1]!.from));
  return all;
}

// Compiled and source files alike run here, and the file to start has the same ending as this one.
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './bootstrap-worker.ts' : './bootstrap-worker.js',
  import.meta.url,
);

function inThread(share: Share): Promise<Float64Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: share });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
