import { pairDice } from '../../etl/link/kernel/dice.ts';
import { type Scene, slot } from './population.ts';

/** Values by how often they occur, the most frequent first; equal counts in the order of the texts. */
function byFrequency(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([value]) => value);
}

/** Frequency alignment: the most frequent token is taken for the most frequent name, and so on down. */
export function alignFrequencies(
  scene: Scene,
  field: number,
  token: string,
): (record: number) => string | undefined {
  const at = slot(token);
  const tokens = byFrequency(scene.seen.map(({ tokens }) => tokens[at] ?? ''));
  const names = byFrequency(scene.known.map((person) => person[field] ?? ''));
  const guess = new Map(tokens.map((text, rank) => [text, names[rank]]));
  return (record) => guess.get(scene.seen[record]?.tokens[at] ?? '');
}

function pairsOf(name: string): Set<string> {
  const padded = ` ${name} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, i) => padded.slice(i, i + 2)));
}

/**
 * Pattern mining: names of the most frequent tokens are taken as known, by alignment; the bits common to all
 * filters that contain a pair of letters, and to few that do not, are taken for that pair. Every other filter is
 * then read as the known name whose pairs it fits best.
 */
export function minePatterns(
  scene: Scene,
  field: number,
  token: string,
  seeds: number,
): (record: number) => string | undefined {
  const at = slot(token);
  const filterOf = new Map<string, Uint8Array>();
  for (const { tokens, filters } of scene.seen)
    filterOf.set(tokens[at] ?? '', filters.subarray(field * 64, field * 64 + 64));
  const ranked = byFrequency(scene.seen.map(({ tokens }) => tokens[at] ?? ''));
  const names = byFrequency(scene.known.map((person) => person[field] ?? ''));
  const taught = ranked
    .slice(0, seeds)
    .map((text, rank) => ({ filter: filterOf.get(text) as Uint8Array, name: names[rank] ?? '' }));
  const bits = new Map<string, number[]>();
  for (const pair of new Set(taught.flatMap(({ name }) => [...pairsOf(name)]))) {
    const inside = taught.filter(({ name }) => pairsOf(name).has(pair));
    const outside = taught.filter(({ name }) => !pairsOf(name).has(pair));
    const share = (group: typeof taught, bit: number): number =>
      group.filter(({ filter }) => (filter[bit >> 3] as number) & (1 << (bit & 7))).length /
      Math.max(1, group.length);
    const found = Array.from({ length: 512 }, (_, bit) => bit).filter(
      (bit) => share(inside, bit) === 1 && share(outside, bit) < 0.4,
    );
    if (inside.length > 1 && found.length > 0) bits.set(pair, found);
  }
  const guesses = new Map<string, string>();
  for (const [text, filter] of filterOf) {
    let [best, most] = ['', 0];
    for (const name of names) {
      const known = [...pairsOf(name)].flatMap((pair) => bits.get(pair) ?? []);
      if (known.length === 0) continue;
      const fit = known.filter((bit) => (filter[bit >> 3] as number) & (1 << (bit & 7))).length;
      const score = fit / known.length - 1 / Math.sqrt(known.length + 1);
      if (score > most) [best, most] = [name, score];
    }
    guesses.set(text, best);
  }
  return (record) => guesses.get(scene.seen[record]?.tokens[at] ?? '');
}

interface Node {
  readonly value: string;
  readonly profile: readonly number[];
}

/** How alike a value is to the others: its frequency and its highest similarities, which encoding keeps. */
function profiles(
  values: readonly string[],
  filters: ReadonlyMap<string, Uint8Array>,
  counts: ReadonlyMap<string, number>,
): Node[] {
  const all = new Uint8Array(values.length * 64);
  values.forEach((value, i) => all.set(filters.get(value) as Uint8Array, i * 64));
  const kernel = pairDice(all, 64, values.length);
  return values.map((value, i) => {
    values.forEach((_, j) => {
      kernel.a[j] = i;
      kernel.b[j] = j;
    });
    kernel.compare(values.length);
    const similar = [...kernel.dice].filter((_, j) => j !== i).toSorted((x, y) => y - x);
    const mean = similar.reduce((sum, x) => sum + x, 0) / Math.max(1, similar.length);
    return { value, profile: [Math.log2(1 + (counts.get(value) ?? 0)), mean * 20, ...similar.slice(0, 12)] };
  });
}

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/**
 * Graph matching: names and filters both have a graph of similarities, and encoding keeps its shape. Nodes are
 * matched by their profiles, the best fit first, each once. The plain side is encoded under a key of the
 * attacker's own, so that both sides carry the same noise; no key of ours is needed.
 */
export function matchGraphs(
  scene: Scene,
  own: ReadonlyMap<string, Uint8Array>,
  field: number,
  token: string,
): (record: number) => string | undefined {
  const at = slot(token);
  const filterOf = new Map<string, Uint8Array>();
  for (const { tokens, filters } of scene.seen)
    filterOf.set(tokens[at] ?? '', filters.subarray(field * 64, field * 64 + 64));
  const seenValues = [...filterOf.keys()];
  const knownValues = [...new Set(scene.known.map((person) => person[field] ?? ''))];
  const seen = profiles(seenValues, filterOf, countsOf(scene.seen.map(({ tokens }) => tokens[at] ?? '')));
  const known = profiles(knownValues, own, countsOf(scene.known.map((person) => person[field] ?? '')));
  const fits = seen.flatMap((a) =>
    known.map((b) => ({
      a: a.value,
      b: b.value,
      distance: a.profile.reduce((sum, x, i) => sum + (x - (b.profile[i] ?? 0)) ** 2, 0),
    })),
  );
  fits.sort((x, y) => x.distance - y.distance);
  const guesses = new Map<string, string>();
  const used = new Set<string>();
  for (const { a, b } of fits) {
    if (guesses.has(a) || used.has(b)) continue;
    guesses.set(a, b);
    used.add(b);
  }
  return (record) => guesses.get(scene.seen[record]?.tokens[at] ?? '');
}
