/** The pairs that people should look at: those near the threshold, and a sample of what was linked. Pure. */
import { createHash } from 'node:crypto';
import type { ClkPair } from '../link/clk-groups.ts';
import { weightAt } from '../link/model.ts';
import { type Opinion, reviewQueue, settle } from '../link/review.ts';
import { Scorer, type Step } from '../link/score.ts';
import type { LinkageRows } from './linkage-rows.ts';
import type { StoredModel } from './stored-model.ts';
import type { LinkageTerms, Tonight } from './tonight.ts';

/** In bits, on either side of the threshold. */
const BAND = 3;
/** A queue is to be worked through; what does not fit in it is further from the threshold. */
const MOST = 500;
const SAMPLE = 100;

export interface AskedPair {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  readonly prior: number;
  readonly steps: readonly Step[];
  readonly asked: 'near' | 'sample';
}

export interface ReviewPairs {
  readonly pairs: readonly AskedPair[];
  /** How many lie near the threshold, in the queue or not. */
  readonly near: number;
}

export function reviewPairs(
  rows: LinkageRows,
  { model, frequencies }: StoredModel,
  { threshold, opinions }: LinkageTerms,
  { night, byClk }: Tonight,
): ReviewPairs {
  const scorer = new Scorer(rows.table, model, frequencies);
  const least = weightAt(threshold);
  const queue = reviewQueue(rows.table, night.edges, scorer, least, BAND).map((item) => ({
    ...item,
    ...ordered(surrogateIn(item.a), surrogateIn(item.b)),
    asked: 'near' as const,
  }));
  const done = new Set(settle(opinions).map(pairName));
  const distance = ({ weight }: AskedPair): number => Math.abs(weight - least);
  const near = [...queue, ...nearByClk(byClk, least)]
    .filter((pair) => !done.has(pairName(pair)))
    .toSorted((p, q) => distance(p) - distance(q));
  const chosen = near.slice(0, MOST);
  const known = new Set([...chosen.map(pairName), ...done]);
  const sample = sampled(rows, night.edges, least, opinions).flatMap(({ x, y, ...pair }) => {
    const { prior, steps, weight } = scorer.waterfall(x, y);
    return known.has(pairName(pair)) ? [] : [{ ...pair, prior, steps, weight, asked: 'sample' as const }];
  });
  return { pairs: [...chosen, ...sample], near: near.length };
}

/** Of such a pair there is one figure to show: how alike the filters of the whole records are. */
function nearByClk(pairs: readonly ClkPair[], least: number): AskedPair[] {
  return pairs
    .filter(({ weight }) => Math.abs(weight - least) <= BAND)
    .map(({ a, b, dice, weight }) => {
      const steps = [{ field: 'clk', level: `~${dice.toFixed(2)}`, weight, rarity: 0 }];
      return { a, b, weight, prior: 0, steps, asked: 'near' as const };
    });
}

/**
 * Links by the order of their hashes: as good as drawn at random, and the same from night to night while they stand.
 * Those that were asked about before keep their places in the sample.
 */
function sampled(
  { surrogates }: LinkageRows,
  { a, b, weight }: Tonight['night']['edges'],
  least: number,
  opinions: readonly Opinion[],
): { a: string; b: string; x: number; y: number }[] {
  const asked = new Set(opinions.map(pairName));
  const links: { a: string; b: string; x: number; y: number; order: string }[] = [];
  weight.forEach((one, i) => {
    if (one < least) return;
    const [x, y] = [a[i] as number, b[i] as number];
    const pair = ordered(surrogates[x] as string, surrogates[y] as string);
    const order = createHash('sha256').update(pairName(pair)).digest('hex');
    links.push({ ...pair, x, y, order });
  });
  const first = links.toSorted((p, q) => (p.order < q.order ? -1 : 1)).slice(0, SAMPLE);
  return first.filter((pair) => !asked.has(pairName(pair))).map(({ a, b, x, y }) => ({ a, b, x, y }));
}

/** The records' names end with the surrogate. */
function surrogateIn(key: string): string {
  return key.slice(-32);
}

function ordered(x: string, y: string): { a: string; b: string } {
  return x < y ? { a: x, b: y } : { a: y, b: x };
}

function pairName({ a, b }: { readonly a: string; readonly b: string }): string {
  return `${a} ${b}`;
}
