import { performance } from 'node:perf_hooks';
import type { SizeName } from '../etl/synthesize/size.ts';

/** One measured figure; `ratio` compares it with `against`, measured in the same run. */
export interface Result {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio?: number;
  readonly against?: string;
  /** What the value, or the ratio where there is one, has to be; a bench that misses one of its bars fails. */
  readonly bar?:
    | { readonly atLeast: number }
    | { readonly atMost: number }
    /** Of what no one number says. */
    | { readonly says: string; readonly met: boolean };
}

export function missed({ value, ratio = value, bar }: Result): boolean {
  if (bar === undefined) return false;
  if ('met' in bar) return !bar.met;
  return 'atLeast' in bar ? !(ratio >= bar.atLeast) : !(ratio <= bar.atMost);
}

/** A figure that something was promised of in words. */
export function bar(result: Result, says: string, met: boolean): Result {
  return { ...result, bar: { says, met } };
}

export interface Bench {
  readonly name: string;
  readonly runs: number;
  readonly results: readonly Result[];
}

/** A file of `bench/` exports `run`; `npm run bench -- <name>` calls it. */
export type Run = (options: {
  readonly runs: number;
  /** How many people a made-up state has, for benches that make one. */
  readonly people?: number | undefined;
  /** One of the sizes of a made-up state, for benches that know more than one. */
  readonly size?: SizeName | undefined;
  /** A folder that `synthesize` filled, for benches that can take one in instead of making a state. */
  readonly deliveries?: string | undefined;
  /** A folder to keep what was filled in, for benches that fill a hub. */
  readonly hub?: string | undefined;
}) => Promise<readonly Result[]>;

type Work = () => unknown;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new RangeError('a median needs at least one value');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

async function seconds(work: Work): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Median seconds of `work` after one warm-up. */
export async function time(work: Work, runs: number): Promise<number> {
  await work();
  const taken: number[] = [];
  for (let i = 0; i < runs; i++) taken.push(await seconds(work));
  return median(taken);
}

/**
 * Times two pieces of work in turn (A B A B …) after one warm-up of each, so that a drifting machine touches
 * both alike; the ratio is the median of the ratios pair by pair.
 */
export async function compare(
  a: Work,
  b: Work,
  runs: number,
): Promise<{ a: number; b: number; ratio: number }> {
  await a();
  await b();
  const pairs: { a: number; b: number }[] = [];
  for (let i = 0; i < runs; i++) pairs.push({ a: await seconds(a), b: await seconds(b) });
  return {
    a: median(pairs.map((pair) => pair.a)),
    b: median(pairs.map((pair) => pair.b)),
    ratio: median(pairs.map((pair) => pair.a / pair.b)),
  };
}
