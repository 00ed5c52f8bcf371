import { size } from './capture-table.ts';
import { generators, listSets, type Model, modelName, modelWith } from './model.ts';

/** A decomposable graph over the lists, as the sets its likelihood multiplies and divides by. */
export interface DecomposableGraph {
  readonly name: string;
  readonly model: Model;
  readonly cliques: readonly number[];
  /** One less than there are cliques; the empty set where the graph falls apart. */
  readonly separators: readonly number[];
}

/** All graphs without a chordless cycle: 8, 61, 822 and 18,154 over three to six lists. */
export function decomposableGraphs(lists: number): DecomposableGraph[] {
  const pairs = listSets(lists, 2, 2);
  const found: DecomposableGraph[] = [];
  for (let graph = 0; graph < 2 ** pairs.length; graph++) {
    const neighbours = new Int32Array(lists);
    pairs.forEach((pair, i) => {
      if ((graph & (1 << i)) === 0) return;
      const low = 31 - Math.clz32(pair & -pair);
      const high = 31 - Math.clz32(pair);
      neighbours[low]! |= 1 << high;
      neighbours[high]! |= 1 << low;
    });
    const cliques = cliquesOf(neighbours, lists);
    if (cliques === undefined) continue;
    const model = modelWith(lists, cliques);
    found.push({
      name: modelName(model),
      model,
      cliques: generators(model),
      separators: separatorsOf(generators(model)),
    });
  }
  return found;
}

/** Takes out vertices whose neighbours are all joined, one by one; a graph that resists is not decomposable. */
function cliquesOf(neighbours: Int32Array, lists: number): number[] | undefined {
  let left = (1 << lists) - 1;
  const cliques: number[] = [];
  while (left !== 0) {
    let simplicial = -1;
    for (let vertex = 0; vertex < lists && simplicial < 0; vertex++) {
      if ((left & (1 << vertex)) !== 0 && allJoined(neighbours[vertex]! & left, neighbours))
        simplicial = vertex;
    }
    if (simplicial < 0) return undefined;
    cliques.push((neighbours[simplicial]! & left) | (1 << simplicial));
    left &= ~(1 << simplicial);
  }
  return cliques;
}

function allJoined(set: number, neighbours: Int32Array): boolean {
  for (let rest = set; rest !== 0; rest &= rest - 1) {
    const vertex = rest & -rest;
    if ((set & ~vertex & ~neighbours[31 - Math.clz32(vertex)]!) !== 0) return false;
  }
  return true;
}

/** The separators are the intersections along a spanning tree of the cliques with the largest intersections. */
function separatorsOf(cliques: readonly number[]): number[] {
  const separators: number[] = [];
  const reached = new Set<number>([0]);
  while (reached.size < cliques.length) {
    let next = -1;
    let separator = 0;
    for (const from of reached) {
      for (let to = 0; to < cliques.length; to++) {
        if (reached.has(to)) continue;
        const shared = cliques[from]! & cliques[to]!;
        if (next < 0 || size(shared) > size(separator)) {
          next = to;
          separator = shared;
        }
      }
    }
    reached.add(next);
    separators.push(separator);
  }
  return separators;
}
