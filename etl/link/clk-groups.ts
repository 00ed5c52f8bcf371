/**
 * Where an agency sends nothing but the filter of the whole record: its rows are joined, by one Dice coefficient, to the
 * groups that tokens and filters of fields made. Pure.
 */
import { densePairs } from './kernel/dice.ts';
import { UnionFind } from './union-find.ts';

/** Records by the filters of the whole record; the first `alone` of them have nothing else. */
export interface ClkRecords {
  readonly names: readonly string[];
  readonly agencies: readonly string[];
  readonly alone: number;
  readonly filters: Uint8Array;
  /** Of one filter, a multiple of 64. */
  readonly bytes: number;
}

export interface ClkPair {
  readonly a: string;
  readonly b: string;
  readonly dice: number;
  readonly weight: number;
}

/** Two records of this Dice coefficient are as likely one person as not. */
export const CLK_EVEN = 0.8;
/** What equal filters weigh, in bits. */
const CLK_MOST = 8;
/** More comparisons than these, about a quarter of an hour of one processor, are not made. */
const CLK_COMPARISONS = 1e11;

/**
 * One coefficient has no model behind it, so its weight is no estimate: a straight line from even odds, which is where
 * those who link by such filters put their threshold, to a little above the surest that a reviewer would say.
 */
export function clkWeight(dice: number): number {
  return Math.fround(((dice - CLK_EVEN) / (1 - CLK_EVEN)) * CLK_MOST);
}

export function tooManyClks({ names, alone }: ClkRecords): boolean {
  return alone * names.length > CLK_COMPARISONS;
}

/** Pairs of two agencies of at least a weight, of which one has nothing but its filter; the most alike first. */
export function clkPairs(records: ClkRecords, least: number): readonly ClkPair[] {
  const { names, agencies, alone, filters, bytes } = records;
  if (alone === 0 || names.length < 2) return [];
  const from = CLK_EVEN + (least / CLK_MOST) * (1 - CLK_EVEN);
  const own = filters.subarray(0, alone * bytes);
  const found = densePairs(own, filters, bytes, Math.min(1, Math.max(0.01, from)));
  const pairs: ClkPair[] = [];
  found.left.forEach((x, i) => {
    const y = found.right[i] as number;
    if ((y < alone && y <= x) || agencies[x] === agencies[y]) return;
    const dice = found.dice[i] as number;
    const [a, b] = [names[x] as string, names[y] as string];
    pairs.push({ ...(a < b ? { a, b } : { a: b, b: a }), dice, weight: clkWeight(dice) });
  });
  return pairs.toSorted((p, q) => q.dice - p.dice || (p.a + p.b < q.a + q.b ? -1 : 1));
}

/** What people settled about two records. */
interface Settled {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
}

/**
 * Joins groups by the pairs, the strongest first. No agency gets two records of a person by it, and two groups that were
 * told apart field by field are not brought together by it: a record that has its filter only goes to one of them.
 */
export function joinedByClk(
  groups: readonly (readonly string[])[],
  { names, agencies, alone }: ClkRecords,
  pairs: readonly Pick<ClkPair, 'a' | 'b'>[],
  settled: readonly Settled[],
): readonly (readonly string[])[] {
  if (alone === 0) return groups;
  const place = new Map<string, number>();
  groups.forEach((group, i) => group.forEach((name) => place.set(name, i)));
  const lone = new Set(names.slice(0, alone));
  const agencyOf = new Map(names.map((name, i) => [name, agencies[i] as string]));
  const sets = new UnionFind(groups.length);
  const inField = groups.map((group) => group.some((name) => !lone.has(name)));
  const senders = groups.map((group) => new Set(group.flatMap((name) => agencyOf.get(name) ?? [])));
  const rootOf = (name: string): number => sets.find(place.get(name) ?? -1);
  const join = (x: number, y: number): void => {
    const root = sets.union(x, y);
    inField[root] = inField[x] === true || inField[y] === true;
    senders[root] = new Set([...(senders[x] ?? []), ...(senders[y] ?? [])]);
  };
  const about = settled.filter(({ a, b }) => place.has(a) && place.has(b) && (lone.has(a) || lone.has(b)));
  for (const { a, b, same } of about) if (same && rootOf(a) !== rootOf(b)) join(rootOf(a), rootOf(b));
  const apart = about.filter(({ same }) => !same);
  for (const { a, b } of pairs) {
    const [x, y] = [rootOf(a), rootOf(b)];
    if (x === y || (inField[x] === true && inField[y] === true)) continue;
    if ([...(senders[x] ?? [])].some((agency) => senders[y]?.has(agency))) continue;
    if (apart.some((pair) => setsMeet(rootOf(pair.a), rootOf(pair.b), x, y))) continue;
    join(x, y);
  }
  const joined = new Map<number, string[]>();
  groups.forEach((group, i) => {
    const root = sets.find(i);
    const list = joined.get(root);
    if (list === undefined) joined.set(root, [...group]);
    else list.push(...group);
  });
  return [...joined.values()];
}

function setsMeet(p: number, q: number, x: number, y: number): boolean {
  return (p === x && q === y) || (p === y && q === x);
}
