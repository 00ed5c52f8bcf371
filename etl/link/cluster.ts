import { strongestFirst } from './by-weight.ts';
import type { Edges } from './edges.ts';
import { type RecordTable, slotOf } from './table.ts';
import { Ties } from './ties.ts';
import { UnionFind } from './union-find.ts';

export interface ClusterRules {
  /** The least weight of a link. */
  readonly threshold: number;
  /** Sources that deduplicated themselves: each sends at most one record of a person. */
  readonly oncePerCluster: readonly string[];
  /** A link that would bring two different identity numbers together must be this much above the threshold. */
  readonly conflictMargin: number;
  /**
   * Two sets of several records are joined when so large a share of the pairs that they make are links; otherwise the
   * link must be `looseMargin` above the threshold. A single record is joined by any link: it may be the one that a
   * young person gave under another age. Without this rule any link joins.
   */
  readonly leastTied?: number;
  readonly looseMargin?: number;
  readonly settled?: readonly SettledPair[];
}

/** A pair about which people decided; it holds whatever the weights say. */
export interface SettledPair {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

/** What linkage asks of links beyond their weight, in the hub and on files. */
export const linkageRules = { conflictMargin: 5, leastTied: 1 / 3, looseMargin: 10 } as const;

export interface Clusters {
  /** By record: the smallest record of its cluster. */
  readonly of: Uint32Array;
  readonly flags: readonly ClusterFlag[];
  readonly refused: {
    readonly oncePerSource: number;
    readonly conflictingIds: number;
    readonly settledApart: number;
    readonly looselyTied: number;
  };
}

/** How many clusters there are: as many as records that are the smallest of their own. */
export function clusterCount({ of }: Pick<Clusters, 'of'>): number {
  return of.reduce((count, root, record) => count + (root === record ? 1 : 0), 0);
}

/** A cluster that a steward should look at. */
export interface ClusterFlag {
  readonly cluster: number;
  readonly records: number;
  readonly links: number;
  /** Links over the number that would connect every pair. */
  readonly density: number;
  /** Links whose loss would part the cluster, in clusters of at least four records. */
  readonly bridges: number;
}

/**
 * Joins records by their links, the strongest first. A link is passed over when it would give a source two
 * records of one person, or would bring different identity numbers together, or two sets that hardly any other link
 * ties, without being much stronger than the threshold. Equal weights are taken in the order of the records, so the result does not depend on the run.
 */
export function cluster(table: RecordTable, edges: Edges, rules: ClusterRules): Clusters {
  const links = linksInOrder(table, edges, rules.threshold);
  const sets = new UnionFind(table.count);
  const guard = new Guard(table, rules);
  const apart = new Apart(rules.settled ?? [], sets);
  const ties = new Ties(table.count, edges, links, sets);
  const refused = { oncePerSource: 0, conflictingIds: 0, settledApart: 0, looselyTied: 0 };
  const { threshold, conflictMargin, leastTied = 0, looseMargin = 0 } = rules;
  const join = (a: number, b: number): void => {
    const root = sets.union(a, b);
    guard.join(a, b, root);
    ties.join(root, root === a ? b : a);
  };
  for (const { a, b, same } of rules.settled ?? []) {
    const [x, y] = [sets.find(a), sets.find(b)];
    if (same && x !== y) join(x, y);
  }
  for (const link of links) {
    const [a, b] = [sets.find(edges.a[link] as number), sets.find(edges.b[link] as number)];
    if (a === b) continue;
    const above = (edges.weight[link] as number) - threshold;
    if (apart.keeps(a, b)) refused.settledApart++;
    else if (guard.sharesSource(a, b)) refused.oncePerSource++;
    else if (above < conflictMargin && guard.conflicts(a, b)) refused.conflictingIds++;
    else if (above < looseMargin && ties.share(a, b) < leastTied) refused.looselyTied++;
    else join(a, b);
  }
  const of = new Uint32Array(table.count);
  for (let record = 0; record < of.length; record++) of[record] = sets.find(record);
  return { of, flags: flagsOf(of, edges, links), refused };
}

/** Links of at least the threshold, the strongest first; equal ones in the order of the records' names. */
function linksInOrder(table: RecordTable, edges: Edges, threshold: number): Uint32Array {
  const order = strongestFirst(edges.weight, threshold);
  const byPerson = (x: number, y: number): number => {
    const p = table.persons;
    for (let i = 0; i < 16; i++) {
      const difference = (p[x * 16 + i] as number) - (p[y * 16 + i] as number);
      if (difference !== 0) return difference;
    }
    return (table.source[x] as number) - (table.source[y] as number);
  };
  const byNames = (x: number, y: number): number => {
    const [a, b] = ends(edges, x, byPerson);
    const [c, d] = ends(edges, y, byPerson);
    return byPerson(a, c) || byPerson(b, d);
  };
  for (let from = 0, to = 1; from < order.length; from = to, to++) {
    const weight = edges.weight[order[from] as number];
    while (to < order.length && edges.weight[order[to] as number] === weight) to++;
    if (to - from > 1) order.subarray(from, to).sort(byNames);
  }
  return order;
}

/** The two records of a link, in an order that does not depend on where they stand in the table. */
function ends(edges: Edges, link: number, compare: (x: number, y: number) => number): [number, number] {
  const [a, b] = [edges.a[link] as number, edges.b[link] as number];
  return compare(a, b) <= 0 ? [a, b] : [b, a];
}

/** Pairs that were settled to be two persons. There are few, so each union looks at all of them. */
class Apart {
  readonly #pairs: readonly SettledPair[];
  readonly #sets: UnionFind;

  constructor(settled: readonly SettledPair[], sets: UnionFind) {
    this.#pairs = settled.filter(({ same }) => !same);
    this.#sets = sets;
  }

  keeps(x: number, y: number): boolean {
    return this.#pairs.some(({ a, b }) => {
      const [p, q] = [this.#sets.find(a), this.#sets.find(b)];
      return (p === x && q === y) || (p === y && q === x);
    });
  }
}

/** Knows for each set of records which sources and identity numbers it holds. */
class Guard {
  readonly #table: RecordTable;
  readonly #once: ReadonlySet<number>;
  readonly #ids: readonly SetNumbers[];
  readonly #sources = new Map<number, Set<number>>();

  constructor(table: RecordTable, rules: ClusterRules) {
    this.#table = table;
    this.#once = new Set(rules.oncePerCluster.map((name) => table.sources.indexOf(name)));
    this.#ids = table.layout.fields.flatMap(({ kind }, field) =>
      kind === 'id' ? [new SetNumbers(table.values[slotOf(table, field, 'exact')] as Uint32Array)] : [],
    );
  }

  sharesSource(a: number, b: number): boolean {
    if (this.#once.size === 0) return false;
    const others = this.#sourcesOf(b);
    for (const source of this.#sourcesOf(a)) if (this.#once.has(source) && others.has(source)) return true;
    return false;
  }

  conflicts(a: number, b: number): boolean {
    return this.#ids.some((numbers) => numbers.differ(a, b));
  }

  join(a: number, b: number, root: number): void {
    const gone = a === root ? b : a;
    if (this.#once.size > 0) {
      const sources = new Set([...this.#sourcesOf(a), ...this.#sourcesOf(b)]);
      this.#sources.delete(gone);
      this.#sources.set(root, sources);
    }
    for (const numbers of this.#ids) numbers.join(root, gone);
  }

  #sourcesOf(root: number): ReadonlySet<number> {
    return this.#sources.get(root) ?? new Set([this.#table.source[root] as number]);
  }
}

/** The identity numbers of sets of records. Nearly every set has one or none, so only others cost more than a number. */
class SetNumbers {
  readonly #first: Uint32Array;
  readonly #several = new Map<number, ReadonlySet<number>>();

  constructor(column: Uint32Array) {
    this.#first = column.slice();
  }

  /** Both sets have numbers, and none in common. */
  differ(a: number, b: number): boolean {
    const [x, y] = [this.#first[a] as number, this.#first[b] as number];
    if (x === 0 || y === 0 || x === y) return false;
    const [mine, others] = [this.#of(a), this.#of(b)];
    return ![...mine].some((number) => others.has(number));
  }

  join(root: number, gone: number): void {
    const [x, y] = [this.#first[root] as number, this.#first[gone] as number];
    if (x === 0) this.#first[root] = y;
    const several = this.#several.has(root) || this.#several.has(gone);
    if (several || (x !== 0 && y !== 0 && x !== y))
      this.#several.set(root, new Set([...this.#of(root), ...this.#of(gone)]));
    this.#several.delete(gone);
  }

  #of(root: number): ReadonlySet<number> {
    const first = this.#first[root] as number;
    return this.#several.get(root) ?? new Set(first === 0 ? [] : [first]);
  }
}

/** Clusters that hang together loosely: long chains are how unrelated people end up as one. */
function flagsOf(of: Uint32Array, edges: Edges, links: Uint32Array): ClusterFlag[] {
  const sizes = new Uint32Array(of.length);
  for (const root of of) sizes[root] = (sizes[root] as number) + 1;
  const inside = new Map<number, number[]>();
  for (const link of links) {
    const root = of[edges.a[link] as number] as number;
    if (root !== of[edges.b[link] as number] || (sizes[root] as number) < 4) continue;
    const list = inside.get(root);
    if (list === undefined) inside.set(root, [link]);
    else list.push(link);
  }
  const flags: ClusterFlag[] = [];
  for (const [root, list] of inside) {
    const records = sizes[root] as number;
    const density = list.length / ((records * (records - 1)) / 2);
    const bridges = bridgesAmong(list, edges);
    if (density < 0.5 || bridges > 0)
      flags.push({ cluster: root, records, links: list.length, density, bridges });
  }
  return flags;
}

/** Counts the links that alone connect two parts (Tarjan's low points, without recursion). */
function bridgesAmong(links: readonly number[], edges: Edges): number {
  const neighbours = new Map<number, { to: number; link: number }[]>();
  const add = (from: number, to: number, link: number): void => {
    const list = neighbours.get(from);
    if (list === undefined) neighbours.set(from, [{ to, link }]);
    else list.push({ to, link });
  };
  for (const link of links) {
    add(edges.a[link] as number, edges.b[link] as number, link);
    add(edges.b[link] as number, edges.a[link] as number, link);
  }
  const order = new Map<number, number>();
  const low = new Map<number, number>();
  let [clock, bridges] = [0, 0];
  for (const start of neighbours.keys()) {
    if (order.has(start)) continue;
    const path = [{ at: start, by: -1, next: 0 }];
    order.set(start, clock);
    low.set(start, clock++);
    while (path.length > 0) {
      const step = path.at(-1) as { at: number; by: number; next: number };
      const edge = neighbours.get(step.at)?.[step.next++];
      if (edge === undefined) {
        path.pop();
        const parent = path.at(-1);
        if (parent === undefined) continue;
        low.set(parent.at, Math.min(low.get(parent.at) ?? 0, low.get(step.at) ?? 0));
        if ((low.get(step.at) ?? 0) > (order.get(parent.at) ?? 0)) bridges++;
      } else if (edge.link === step.by) continue;
      else if (order.has(edge.to)) {
        low.set(step.at, Math.min(low.get(step.at) ?? 0, order.get(edge.to) ?? 0));
      } else {
        order.set(edge.to, clock);
        low.set(edge.to, clock++);
        path.push({ at: edge.to, by: edge.link, next: 0 });
      }
    }
  }
  return bridges;
}
