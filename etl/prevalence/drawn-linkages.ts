/**
 * Linkages drawn from what linkage left open. Where all records of two groups are compared with each other, one true
 * link is enough to make them one person; so only the strongest way between any two groups is drawn (the maximum
 * spanning forest of the links), each link of it with its own probability. Pure.
 */
import { type Random, randomStream } from '../estimate/random.ts';
import { UnionFind } from '../link/union-find.ts';

export interface PossibleLink {
  readonly a: string;
  readonly b: string;
  readonly posterior: number;
}

/** By surrogate, the person, in one draw or as linkage has it. */
export type Persons = ReadonlyMap<string, string>;

export function drawnLinkages(
  persons: Persons,
  links: readonly PossibleLink[],
  draws: number,
  seed: number,
): readonly Persons[] {
  const names = [...persons.keys()].toSorted();
  const of = names.map((name) => persons.get(name) as string);
  const branches = possibleBranches(links, names, of);
  const forest = spanningForest(branches, names.length);
  const settled = joinedOtherwise(forest, of);
  return Array.from({ length: draws }, (_, draw) => drawn(names, forest, settled, randomStream(seed, draw)));
}

interface Branch {
  readonly a: number;
  readonly b: number;
  readonly chance: number;
}

/** Where linkage went against a weight, people or a constraint had settled it, and chance has no say. */
function possibleBranches(
  links: readonly PossibleLink[],
  names: readonly string[],
  of: readonly string[],
): readonly Branch[] {
  const places = new Map(names.map((name, i) => [name, i]));
  return links.flatMap(({ a: one, b: other, posterior }) => {
    const [a, b] = [places.get(one), places.get(other)];
    if (a === undefined || b === undefined) return [];
    const linked = of[a] === of[b];
    if (linked) return [{ a, b, chance: posterior < 0.5 ? 1 : posterior }];
    return posterior < 0.5 ? [{ a, b, chance: posterior }] : [];
  });
}

function spanningForest(branches: readonly Branch[], records: number): readonly Branch[] {
  const sets = new UnionFind(records);
  const strongest = branches.toSorted((p, q) => q.chance - p.chance || p.a - q.a || p.b - q.b);
  return strongest.filter(({ a, b }) => {
    const apart = sets.find(a) !== sets.find(b);
    if (apart) sets.union(a, b);
    return apart;
  });
}

/** Records of one person whom no way of links connects: people joined them. */
function joinedOtherwise(forest: readonly Branch[], of: readonly string[]): readonly [number, number][] {
  const sets = new UnionFind(of.length);
  for (const { a, b } of forest) if (of[a] === of[b]) sets.union(a, b);
  const first = new Map<string, number>();
  return of.flatMap((person, record): [number, number][] => {
    const other = first.get(person) ?? record;
    first.set(person, other);
    if (sets.find(other) === sets.find(record)) return [];
    sets.union(other, record);
    return [[other, record]];
  });
}

function drawn(
  names: readonly string[],
  forest: readonly Branch[],
  settled: readonly [number, number][],
  random: Random,
): Persons {
  const sets = new UnionFind(names.length);
  for (const [a, b] of settled) sets.union(a, b);
  for (const { a, b, chance } of forest) if (random.uniform() < chance) sets.union(a, b);
  return new Map(names.map((name, i) => [name, String(sets.find(i))]));
}
