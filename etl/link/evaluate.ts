import type { Rule } from './blocking.ts';
import { strongestFirst } from './by-weight.ts';
import type { Edges } from './edges.ts';
import { Interner } from './interner.ts';
import { type Meeting, type PairSource, together } from './pairs.ts';
import type { RecordTable } from './table.ts';

export interface Accuracy {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface AccuracyAt extends Accuracy {
  /** As a probability. */
  readonly threshold: number;
  readonly weight: number;
}

/** Whether two records are one person in truth, and how many such pairs there are, found by blocking or not. */
export interface Truth {
  readonly same: (a: number, b: number) => boolean;
  readonly pairs: number;
  readonly eachPair: (visit: (a: number, b: number) => void) => void;
  /** By record, the number of its person, where that is all there is to know; 0 where it is not known. */
  readonly numbers?: Uint32Array;
}

function accuracy(found: number, correct: number, pairs: number): Accuracy {
  const precision = found === 0 ? 1 : correct / found;
  const recall = pairs === 0 ? 1 : correct / pairs;
  return {
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

/** Records with the same label are one person, those without one of nobody; `meet` leaves out pairs that are not asked about. */
export function truthOfLabels(labels: readonly string[], meet?: Meeting): Truth {
  const known = new Map<string, number>([['', 0]]);
  const numbers = new Uint32Array(labels.length);
  labels.forEach((label, record) => {
    const number = known.get(label) ?? known.size;
    known.set(label, number);
    numbers[record] = number;
  });
  return truthOfNumbers(numbers, meet);
}

/** The same by numbers, of which 0 is nobody's. */
export function truthOfNumbers(numbers: Uint32Array, meet?: Meeting): Truth {
  const eachPair: Truth['eachPair'] = (visit) => eachPairWithin(numbers, meet, visit);
  const same = (a: number, b: number): boolean => numbers[a] !== 0 && numbers[a] === numbers[b];
  if (meet === undefined) return { pairs: pairsWithin(numbers), same, eachPair, numbers };
  let pairs = 0;
  eachPair(() => pairs++);
  return { pairs, same, eachPair };
}

/** Records listed in pairs. */
export function truthOfPairs(listed: readonly (readonly [number, number])[]): Truth {
  const pairs = new Map(listed.map(([a, b]) => [`${Math.min(a, b)} ${Math.max(a, b)}`, [a, b] as const]));
  return {
    pairs: pairs.size,
    same: (a, b) => pairs.has(`${Math.min(a, b)} ${Math.max(a, b)}`),
    eachPair: (visit) => {
      for (const [a, b] of pairs.values()) visit(a, b);
    },
  };
}

/** How many pairs share a number other than 0. */
function pairsWithin(numbers: Uint32Array): number {
  let most = 0;
  for (const number of numbers) if (number > most) most = number;
  const sizes = new Uint32Array(most + 1);
  for (const number of numbers) sizes[number] = (sizes[number] as number) + 1;
  let pairs = 0;
  for (let number = 1; number <= most; number++)
    pairs += ((sizes[number] as number) * ((sizes[number] as number) - 1)) / 2;
  return pairs;
}

function eachPairWithin(
  numbers: Uint32Array,
  meet: Meeting | undefined,
  visit: (a: number, b: number) => void,
): void {
  const order = new Uint32Array(numbers.length * 2);
  for (let record = 0; record < numbers.length; record++) {
    order[record * 2] = record;
    order[record * 2 + 1] = numbers[record] as number;
  }
  new BigUint64Array(order.buffer).sort();
  for (let x = 0; x < order.length; x += 2) {
    const number = order[x + 1] as number;
    if (number === 0) continue;
    for (let y = x + 2; y < order.length && order[y + 1] === number; y += 2) {
      const [a, b] = [order[x] as number, order[y] as number];
      if (meet === undefined || meet(a, b)) visit(a, b);
    }
  }
}

/** Of the links of at least a weight. */
export function accuracyAt(edges: Edges, truth: Truth, least: number): Accuracy {
  let [found, correct] = [0, 0];
  edges.weight.forEach((weight, i) => {
    if (weight < least) return;
    found++;
    if (truth.same(edges.a[i] as number, edges.b[i] as number)) correct++;
  });
  return accuracy(found, correct, truth.pairs);
}

/** The accuracy at every weight that occurs, from the highest down. */
export function* thresholds(
  edges: Edges,
  truth: Truth,
): Generator<{ readonly weight: number; readonly accuracy: Accuracy }> {
  const order = strongestFirst(edges.weight);
  let [found, correct] = [0, 0];
  for (let place = 0; place < order.length; place++) {
    const edge = order[place] as number;
    found++;
    if (truth.same(edges.a[edge] as number, edges.b[edge] as number)) correct++;
    const weight = edges.weight[edge] as number;
    const next = order[place + 1];
    if (next === undefined || edges.weight[next] !== weight)
      yield { weight, accuracy: accuracy(found, correct, truth.pairs) };
  }
}

/** Of all pairs that clusters make. */
export function clusterAccuracy(of: Uint32Array, truth: Truth, meet?: Meeting): Accuracy {
  const own = of.map((root) => root + 1);
  const { numbers } = truth;
  if (numbers !== undefined && meet === undefined) {
    const both = new Interner();
    const shared = own.map((cluster, record) =>
      numbers[record] === 0 ? 0 : both.intern(cluster, numbers[record] as number),
    );
    return accuracy(pairsWithin(own), pairsWithin(shared), truth.pairs);
  }
  let [found, correct] = [0, 0];
  eachPairWithin(own, meet, (a, b) => {
    found++;
    if (truth.same(a, b)) correct++;
  });
  return accuracy(found, correct, truth.pairs);
}

/** Where true pairs went that no block brought together. */
export interface Unmet {
  /** They share the tokens of some rule, in a block above the cap or of a rule that was left out. */
  readonly lostToCaps: number;
  readonly sharingNothing: number;
}

/** `asked` are all rules, those that were left out too. */
export function unmetPairs(
  { values }: Pick<RecordTable, 'values'>,
  asked: readonly Rule[],
  pairs: PairSource,
  truth: Truth,
): Unmet {
  let [lostToCaps, sharingNothing] = [0, 0];
  truth.eachPair((a, b) => {
    if (together(pairs, a, b)) return;
    const shares = (slot: number): boolean =>
      values[slot]?.[a] !== 0 && values[slot]?.[a] === values[slot]?.[b];
    if (asked.some((rule) => rule.every(shares))) lostToCaps++;
    else sharingNothing++;
  });
  return { lostToCaps, sharingNothing };
}
