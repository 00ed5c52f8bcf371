import { size } from './capture-table.ts';

/**
 * A hierarchical log-linear model: the sets of lists (bit masks, the empty set for the intercept included) that
 * have an effect, ordered by size, then by the lists' order. A set is in it only with all its subsets.
 */
export interface Model {
  readonly lists: number;
  readonly terms: Int32Array;
}

/** Sets compare by size, then by their first list, then the next: {1,2} {1,3} {2,3} {1,2,3}. */
function inOrder(a: number, b: number): number {
  const bySize = size(a) - size(b);
  if (bySize !== 0) return bySize;
  const differing = (a ^ b) & -(a ^ b);
  return (a & differing) !== 0 ? -1 : 1;
}

/** All sets of at least `from` and at most `upTo` lists. */
export function listSets(lists: number, from: number, upTo: number): number[] {
  const sets: number[] = [];
  for (let set = 0; set < 1 << lists; set++) {
    const members = size(set);
    if (members >= from && members <= upTo) sets.push(set);
  }
  return sets.sort(inOrder);
}

/** The smallest hierarchical model with the given sets and the effect of every list. */
export function modelWith(lists: number, generators: readonly number[]): Model {
  const terms = new Set<number>(listSets(lists, 0, 1));
  for (const generator of generators) {
    for (let set = generator; set !== 0; set = (set - 1) & generator) terms.add(set);
  }
  return { lists, terms: Int32Array.from([...terms].sort(inOrder)) };
}

export function mainEffects(lists: number): Model {
  return modelWith(lists, []);
}

export function allPairs(lists: number): Model {
  return modelWith(lists, listSets(lists, 2, 2));
}

/** The sets that no other set of the model contains, the largest first: what a model is named by. */
export function generators(model: Model): number[] {
  const terms = [...model.terms];
  return terms
    .filter((set) => set !== 0 && !terms.some((other) => other !== set && (other & set) === set))
    .sort((a, b) => size(b) - size(a) || inOrder(a, b));
}

/** `[123,14,34]`: lists 1, 2 and 3 interact, and so do 1 with 4 and 3 with 4. The tenth list is written 0. */
export function modelName(model: Model): string {
  return `[${generators(model).map(setName).join(',')}]`;
}

export function setName(set: number): string {
  let name = '';
  for (let list = 0; 1 << list <= set; list++) if ((set & (1 << list)) !== 0) name += String((list + 1) % 10);
  return name;
}

/** Reads a name as `modelName` writes it. */
export function modelNamed(lists: number, name: string): Model {
  const sets = name
    .replace(/[[\]\s]/g, '')
    .split(',')
    .map((digits) =>
      Array.from(digits).reduce((set, digit) => set | (1 << (digit === '0' ? 9 : Number(digit) - 1)), 0),
    );
  return modelWith(lists, sets);
}

/**
 * Every hierarchical model with the effect of each list and interactions of at most `order` lists. There are 8,
 * 113 and 6,893 of three, four and five lists up to order k − 1; models of pairs alone number 2 to the number of pairs.
 */
export function* hierarchicalModels(lists: number, order: number): Generator<Model> {
  const candidates = listSets(lists, 2, Math.min(order, lists - 1));
  const base = listSets(lists, 0, 1);
  const chosen = new Uint8Array(1 << lists);
  const terms = [...base];
  const admissible = (set: number): boolean => {
    if (size(set) === 2) return true;
    for (let bits = set; bits !== 0; bits &= bits - 1) if (chosen[set ^ (bits & -bits)] === 0) return false;
    return true;
  };
  function* from(index: number): Generator<Model> {
    const set = candidates[index];
    if (set === undefined) {
      yield { lists, terms: Int32Array.from(terms) };
      return;
    }
    yield* from(index + 1);
    if (!admissible(set)) return;
    chosen[set] = 1;
    terms.push(set);
    yield* from(index + 1);
    terms.pop();
    chosen[set] = 0;
  }
  yield* from(0);
}

/** How many models `hierarchicalModels` would yield, as far as it can be said without listing them. */
export function numberOfPairwiseModels(lists: number): number {
  return 2 ** ((lists * (lists - 1)) / 2);
}
