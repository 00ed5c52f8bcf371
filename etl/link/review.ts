import type { SettledPair } from './cluster.ts';
import type { Edges } from './edges.ts';
import type { Scorer, Step } from './score.ts';
import { type RecordTable, recordKey } from './table.ts';

/** A pair that people should look at: levels and weights, and never a value. */
export interface ReviewItem {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  readonly prior: number;
  readonly steps: readonly Step[];
}

/** What somebody said about a pair; an agency speaks by its own record ids and its word settles the matter. */
export interface Opinion {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly by: string;
  readonly as: 'steward' | 'agency';
}

/** The pairs within `band` of the threshold that are not settled yet, those nearest to it first. */
export function reviewQueue(
  table: RecordTable,
  edges: Edges,
  scorer: Scorer,
  threshold: number,
  band: number,
  opinions: readonly Opinion[] = [],
): readonly ReviewItem[] {
  const done = new Set(settle(opinions).map(({ a, b }) => pairKey(a, b)));
  const near: number[] = [];
  edges.weight.forEach((weight, i) => {
    if (Math.abs(weight - threshold) <= band) near.push(i);
  });
  near.sort((x, y) => distance(edges, x, threshold) - distance(edges, y, threshold) || x - y);
  return near.flatMap((i) => {
    const [x, y] = [edges.a[i] as number, edges.b[i] as number];
    const [a, b] = [recordKey(table, x), recordKey(table, y)];
    if (done.has(pairKey(a, b))) return [];
    const { prior, steps } = scorer.waterfall(x, y);
    return [{ a, b, weight: edges.weight[i] as number, prior, steps }];
  });
}

function distance(edges: Edges, i: number, threshold: number): number {
  return Math.abs((edges.weight[i] as number) - threshold);
}

/**
 * A pair is settled by an agency's word, or by two different stewards who say the same with nobody against.
 * Agencies that contradict each other settle nothing.
 */
export function settle(opinions: readonly Opinion[]): readonly { a: string; b: string; same: boolean }[] {
  const byPair = Map.groupBy(opinions, ({ a, b }) => pairKey(a, b));
  return [...byPair.values()].flatMap((said) => {
    const [first] = said as [Opinion, ...Opinion[]];
    const agencies = new Set(said.filter((opinion) => opinion.as === 'agency').map(({ same }) => same));
    const [a, b] = first.a < first.b ? [first.a, first.b] : [first.b, first.a];
    if (agencies.size === 1) return [{ a, b, same: agencies.has(true) }];
    if (agencies.size > 1) return [];
    const stewards = new Set(said.map(({ by }) => by));
    const answers = new Set(said.map(({ same }) => same));
    return stewards.size >= 2 && answers.size === 1 ? [{ a, b, same: first.same }] : [];
  });
}

/** The settled pairs as records of a table; pairs of records that are gone are passed over. */
export function settledPairs(table: RecordTable, opinions: readonly Opinion[]): readonly SettledPair[] {
  const wanted = settle(opinions);
  const keys = new Set(wanted.flatMap(({ a, b }) => [a, b]));
  const places = new Map<string, number>();
  for (let record = 0; keys.size > 0 && record < table.count; record++) {
    const key = recordKey(table, record);
    if (keys.has(key)) places.set(key, record);
  }
  return wanted.flatMap(({ a, b, same }) => {
    const [x, y] = [places.get(a), places.get(b)];
    return x === undefined || y === undefined ? [] : [{ a: x, b: y, same }];
  });
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
