import type { Edges } from './score.ts';
import { type RecordTable, slotOf } from './table.ts';
import { UnionFind } from './union-find.ts';

export interface ClusterRules {
  /** The least weight of a link. */
  readonly threshold: number;
  /** Sources that deduplicated themselves: each sends at most one record of a person. */
  readonly oncePerCluster: readonly string[];
  /** A link that would bring two different identity numbers together must be this much above the threshold. */
  readonly conflictMargin: number;
  readonly settled?: readonly SettledPair[];
}

/** A pair about which people decided; it holds whatever the weights say. */
export interface SettledPair {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

export interface Clusters {
  /** By record: the smallest record of its cluster. */
  readonly of: Uint32Array;
  readonly flags: readonly ClusterFlag[];
  readonly refused: {
    readonly oncePerSource: number;
    readonly conflictingIds: number;
    readonly settledApart: number;
  };
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
 * records of one person, or would bring different identity numbers together without being much stronger than
 * the threshold. Equal weights are taken in the order of the records, so the result does not depend on the run.
 */
export function cluster(table: RecordTable, edges: Edges, rules: ClusterRules): Clusters {
  const links = linksInOrder(table, edges, rules.threshold);
  const sets = new UnionFind(table.count);
  const guard = new Guard(table, rules);
  const apart = new Apart(rules.settled ?? [], sets);
  const refused = { oncePerSource: 0, conflictingIds: 0, settledApart: 0 };
  for (const { a, b, same } of rules.settled ?? []) {
    const [x, y] = [sets.find(a), sets.find(b)];
    if (same && x !== y) guard.join(x, y, sets.union(x, y));
  }
  for (const link of links) {
    const [a, b] = [sets.find(edges.a[link] as number), sets.find(edges.b[link] as number)];
    if (a === b) continue;
    if (apart.keeps(a, b)) refused.settledApart++;
    else if (guard.sharesSource(a, b)) refused.oncePerSource++;
    else if (guard.conflicts(a, b) && (edges.weight[link] as number) < rules.threshold + rules.conflictMargin)
      refused.conflictingIds++;
    else guard.join(a, b, sets.union(a, b));
  }
  const of = Uint32Array.from({ length: table.count }, (_, i) => sets.find(i));
  return { of, flags: flagsOf(of, edges, links), refused };
}

function linksInOrder(table: RecordTable, edges: Edges, threshold: number): Uint32Array {
  const links: number[] = [];
  for (let i = 0; i < edges.weight.length; i++) if ((edges.weight[i] as number) >= threshold) links.push(i);
  const order = Uint32Array.from(links);
  const byPerson = (x: number, y: number): number => {
    const p = table.persons;
    for (let i = 0; i < 16; i++) {
      const difference = (p[x * 16 + i] as number) - (p[y * 16 + i] as number);
      if (difference !== 0) return difference;
    }
    return (table.source[x] as number) - (table.source[y] as number);
  };
  return order.sort((x, y) => {
    const difference = (edges.weight[y] as number) - (edges.weight[x] as number);
    if (difference !== 0) return difference;
    const [a, b] = ends(edges, x, byPerson);
    const [c, d] = ends(edges, y, byPerson);
    return byPerson(a, c) || byPerson(b, d);
  });
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

/** Keeps for each set of more than one record which sources and identity numbers it holds. */
class Guard {
  readonly #table: RecordTable;
  readonly #once: ReadonlySet<number>;
  readonly #ids: readonly Uint32Array[];
  readonly #sources = new Map<number, Set<number>>();
  readonly #numbers = new Map<number, Set<number>[]>();

  constructor(table: RecordTable, rules: ClusterRules) {
    this.#table = table;
    this.#once = new Set(rules.oncePerCluster.map((name) => table.sources.indexOf(name)));
    this.#ids = table.layout.fields.flatMap(({ kind }, field) =>
      kind === 'id' ? [table.values[slotOf(table, field, 'exact')] as Uint32Array] : [],
    );
  }

  sharesSource(a: number, b: number): boolean {
    if (this.#once.size === 0) return false;
    const others = this.#sourcesOf(b);
    for (const source of this.#sourcesOf(a)) if (this.#once.has(source) && others.has(source)) return true;
    return false;
  }

  conflicts(a: number, b: number): boolean {
    if (!this.#hasNumbers(a) || !this.#hasNumbers(b)) return false;
    const [mine, others] = [this.#numbersOf(a), this.#numbersOf(b)];
    return mine.some((numbers, field) => {
      const other = others[field] as Set<number>;
      return numbers.size > 0 && other.size > 0 && ![...numbers].some((number) => other.has(number));
    });
  }

  join(a: number, b: number, root: number): void {
    const gone = a === root ? b : a;
    if (this.#once.size > 0) {
      const sources = new Set([...this.#sourcesOf(a), ...this.#sourcesOf(b)]);
      this.#sources.delete(gone);
      this.#sources.set(root, sources);
    }
    if (!this.#hasNumbers(a) && !this.#hasNumbers(b)) return;
    const others = this.#numbersOf(b);
    const numbers = this.#numbersOf(a).map(
      (set, field) => new Set([...set, ...(others[field] as Set<number>)]),
    );
    this.#numbers.delete(gone);
    this.#numbers.set(root, numbers);
  }

  #hasNumbers(root: number): boolean {
    return this.#numbers.has(root) || this.#ids.some((column) => column[root] !== 0);
  }

  #sourcesOf(root: number): ReadonlySet<number> {
    return this.#sources.get(root) ?? new Set([this.#table.source[root] as number]);
  }

  #numbersOf(root: number): Set<number>[] {
    const known = this.#numbers.get(root);
    if (known !== undefined) return known;
    return this.#ids.map((column) => new Set(column[root] === 0 ? [] : [column[root] as number]));
  }
}

/** Clusters that hang together loosely: long chains are how unrelated people end up as one. */
function flagsOf(of: Uint32Array, edges: Edges, links: Uint32Array): ClusterFlag[] {
  const sizes = new Map<number, number>();
  for (const root of of) sizes.set(root, (sizes.get(root) ?? 0) + 1);
  const inside = new Map<number, number[]>();
  for (const link of links) {
    const root = of[edges.a[link] as number] as number;
    if (root !== of[edges.b[link] as number] || (sizes.get(root) ?? 0) < 4) continue;
    const list = inside.get(root);
    if (list === undefined) inside.set(root, [link]);
    else list.push(link);
  }
  const flags: ClusterFlag[] = [];
  for (const [root, list] of inside) {
    const records = sizes.get(root) ?? 0;
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
