import { type CaptureTable, captureTable } from '../../../etl/estimate/capture-table.ts';
import { binomial, normal, type Random, randomStream } from '../../../etl/estimate/random.ts';

/** How a made-up population comes to be on lists. */
export interface Population {
  readonly size: number;
  /** For each list, the chance of an average person to be on it. */
  readonly reach: readonly number[];
  /** Referrals: a person on list `from` is also put on list `to` with this chance. */
  readonly referrals: readonly { readonly from: number; readonly to: number; readonly chance: number }[];
  /** Standard deviation of the log-odds that a person brings to every list alike. */
  readonly heterogeneity: number;
  /** Share of the later records of a person that the linkage fails to join. */
  readonly missedLinks: number;
  /** Wrongly joined records, as a share of all records that the linkage joins. */
  readonly falseLinks: number;
}

export interface SimulatedLists {
  /** What the linkage makes of the lists. */
  readonly table: CaptureTable;
  /** What a perfect linkage would have made of them. */
  readonly linkedRight: CaptureTable;
  readonly truth: number;
}

/** A table with its truth, the same for the same seed. */
export function simulate(population: Population, seed: number): SimulatedLists {
  const random = randomStream(seed, 0);
  const lists = population.reach.map((_, i) => String.fromCharCode(65 + i));
  const histories = drawHistories(population, random);
  const right = new Float64Array(1 << lists.length);
  for (const history of histories) right[history]!++;
  const linked = misjoin(losing(histories, population.missedLinks, random), population, random);
  return {
    table: captureTable(lists, linked),
    linkedRight: captureTable(lists, right),
    truth: population.size,
  };
}

function drawHistories({ size, reach, referrals, heterogeneity }: Population, random: Random): number[] {
  const logits = reach.map((p) => Math.log(p / (1 - p)));
  const histories: number[] = [];
  for (let person = 0; person < size; person++) {
    const own = heterogeneity * normal(random);
    let history = 0;
    logits.forEach((logit, list) => {
      if (random.uniform() < 1 / (1 + Math.exp(-logit - own))) history |= 1 << list;
    });
    for (const { from, to, chance } of referrals)
      if ((history & (1 << from)) !== 0 && random.uniform() < chance) history |= 1 << to;
    histories.push(history);
  }
  return histories;
}

/** Each record after a person's first comes loose with the given chance and passes for a person of its own. */
function losing(histories: readonly number[], chance: number, random: Random): number[] {
  return histories.flatMap((history) => {
    const first = history & -history;
    let kept = first;
    const loose: number[] = [];
    for (let rest = history ^ first; rest !== 0; rest &= rest - 1) {
      const record = rest & -rest;
      if (random.uniform() < chance) loose.push(record);
      else kept |= record;
    }
    return [kept, ...loose];
  });
}

/** Joins pairs of persons that one list each has, until the stated share of joined records is false. */
function misjoin(
  histories: readonly number[],
  { falseLinks, reach }: Population,
  random: Random,
): Float64Array {
  const counts = new Float64Array(1 << reach.length);
  for (const history of histories) counts[history]!++;
  if (falseLinks === 0) return counts;
  const joined = histories.reduce((sum, history) => sum + Math.max(0, bits(history) - 1), 0);
  const wrong = binomial(random, Math.round(joined / (1 - falseLinks)), falseLinks);
  for (let i = 0; i < wrong; i++) {
    const a = single(counts, random, -1);
    const b = a === undefined ? undefined : single(counts, random, a);
    if (a === undefined || b === undefined) break;
    counts[a]!--;
    counts[b]!--;
    counts[a | b]!++;
  }
  return counts;
}

/** A history of one list, drawn as its persons are many; not the excluded one. */
function single(counts: Float64Array, random: Random, excluded: number): number | undefined {
  const singles = Array.from(counts.keys()).filter((h) => bits(h) === 1 && h !== excluded);
  let at = random.uniform() * singles.reduce((sum, history) => sum + counts[history]!, 0);
  return singles.find((history) => (at -= counts[history]!) < 0);
}

function bits(history: number): number {
  let count = 0;
  for (let rest = history; rest !== 0; rest &= rest - 1) count++;
  return count;
}
