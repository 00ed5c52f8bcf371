/** Made-up tables of the shapes that a release holds, the same for the same seed. */

export interface MadeUpTable {
  readonly cells: { readonly id: string; readonly v: number }[];
  readonly eqs: (readonly [total: string, parts: readonly string[]])[];
}

/** A small generator of reproducible random numbers in [0, 1) (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Rows by columns with all margins; about a third of the counts are small. */
export function madeUpTwoWay(seed: number, rows: number, columns: number): MadeUpTable {
  const random = seeded(seed);
  const count = (): number => (random() < 0.35 ? Math.floor(random() * 11) : 11 + Math.floor(random() * 90));
  const row = names('r', rows);
  const column = names('c', columns);
  const counts = new Map(row.flatMap((r) => column.map((c) => [`${r}|${c}`, count()] as const)));
  return crossed(
    [
      { leaves: row, totals: [['T', row]] },
      { leaves: column, totals: [['T', column]] },
    ],
    counts,
  );
}

interface Dimension {
  readonly leaves: readonly string[];
  /** Each total with its parts, parts before totals. */
  readonly totals: readonly (readonly [total: string, parts: readonly string[]])[];
}

interface StateShape {
  readonly counties: number;
  readonly regions: number;
  readonly ages: number;
  readonly genders: number;
  /** How many young people the largest county counts. */
  readonly largest?: number;
}

/** Counties in regions in a state, by age and gender: counties differ by two orders of magnitude. */
export function madeUpState(seed: number, shape: StateShape, prefix = ''): MadeUpTable {
  const { counties, regions, ages, genders, largest = 900 } = shape;
  const random = seeded(seed);
  const county = names('c', counties);
  const inRegion = names('R', regions).map(
    (region, r) => [region, county.filter((_, at) => at % regions === r)] as const,
  );
  const geography = {
    leaves: county,
    totals: [...inRegion, ['T', inRegion.map(([region]) => region)] as const],
  };
  const age = plain('a', ages);
  const gender = plain('g', genders);
  const counts = new Map<string, number>();
  for (const [at, c] of county.entries()) {
    const size = largest / (at + 1) ** 0.9;
    for (const a of age.leaves)
      for (const [k, g] of gender.leaves.entries()) {
        const mean = (size * (0.5 + random())) / (ages * 4 ** k);
        counts.set(`${c}|${a}|${g}`, Math.floor(mean + random()));
      }
  }
  const table = crossed([geography, age, gender], counts);
  const named = (id: string): string => `${prefix}${id}`;
  return {
    cells: table.cells.map(({ id, v }) => ({ id: named(id), v })),
    eqs: table.eqs.map(([total, parts]) => [named(total), parts.map(named)] as const),
  };
}

function plain(letter: string, count: number): Dimension {
  const leaves = names(letter, count);
  return { leaves, totals: [['T', leaves]] };
}

function names(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${letter}${at}`);
}

/** Every combination of the dimensions' members, totals included, and the sums along each dimension. */
function crossed(dimensions: readonly Dimension[], leaves: ReadonlyMap<string, number>): MadeUpTable {
  const members = dimensions.map(({ leaves, totals }) => [...leaves, ...totals.map(([total]) => total)]);
  const values = new Map(leaves);
  const eqs: [string, string[]][] = [];
  for (const [at, { totals }] of dimensions.entries()) {
    // Dimensions before this one already have their totals; those after it are still at their leaves.
    const others = dimensions.map((dimension, k) => (k < at ? (members[k] ?? []) : dimension.leaves));
    for (const [total, parts] of totals)
      for (const rest of combinations(others.filter((_, k) => k !== at))) {
        const id = (member: string): string => [...rest.slice(0, at), member, ...rest.slice(at)].join('|');
        values.set(
          id(total),
          parts.reduce((so, part) => so + (values.get(id(part)) ?? 0), 0),
        );
      }
  }
  for (const [at, { totals }] of dimensions.entries())
    for (const rest of combinations(members.filter((_, k) => k !== at)))
      for (const [total, parts] of totals) {
        const id = (member: string): string => [...rest.slice(0, at), member, ...rest.slice(at)].join('|');
        eqs.push([id(total), parts.map(id)]);
      }
  return { cells: [...values].map(([id, v]) => ({ id, v })), eqs };
}

function combinations(lists: readonly (readonly string[])[]): string[][] {
  return lists.reduce<string[][]>(
    (so, list) => so.flatMap((head) => list.map((item) => [...head, item])),
    [[]],
  );
}

/** Several tables as one release. */
export function together(tables: readonly MadeUpTable[]): MadeUpTable {
  return { cells: tables.flatMap(({ cells }) => cells), eqs: tables.flatMap(({ eqs }) => eqs) };
}
