/**
 * How many there would be of each combination if nothing held but what a release shows: iterative proportional fitting, which
 * adds no dependence of its own between dimensions that no table crosses.
 */
import { keyOf, type ReleasedCounts } from './released-counts.ts';

export interface Dimension {
  readonly name: string;
  readonly members: readonly string[];
}

export interface Joint {
  readonly dimensions: readonly Dimension[];
  /** Every combination of members, one of each dimension. */
  readonly combinations: readonly (readonly string[])[];
  /** The expected number for each combination. */
  readonly mass: Float64Array;
}

interface Target {
  /** Which cell of the table each combination lies in; 0 is for all that the release does not show. */
  readonly cellOf: Int32Array;
  /** What the cells hold, the first being what is left for those that are not shown. */
  readonly counts: Float64Array;
}

const MOST_ROUNDS = 400;
const CLOSE = 1e-7;

export function fitJoint(
  total: number,
  dimensions: readonly Dimension[],
  tables: readonly ReleasedCounts[],
): Joint {
  const combinations = dimensions.reduce<readonly (readonly string[])[]>(
    (so, { members }) => so.flatMap((head) => members.map((member) => [...head, member])),
    [[]],
  );
  const mass = new Float64Array(combinations.length).fill(total / combinations.length);
  const names = dimensions.map(({ name }) => name);
  const targets = tables
    .filter((table) => table.dimensions.length > 0)
    .map((table) => targetOf(total, names, combinations, table));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let worst = 0;
    for (const target of targets) worst = Math.max(worst, scale(mass, target));
    if (worst < CLOSE) break;
  }
  return { dimensions, combinations, mass };
}

function targetOf(
  total: number,
  names: readonly string[],
  combinations: Joint['combinations'],
  table: ReleasedCounts,
): Target {
  const places = new Map<string, number>();
  const counts = [0];
  let shown = 0;
  for (const [key, { count }] of table.cells) {
    if (count === null) continue;
    places.set(key, counts.length);
    counts.push(count);
    shown += count;
  }
  counts[0] = Math.max(0, total - shown);
  const at = table.dimensions.map((name) => names.indexOf(name));
  const cellOf = Int32Array.from(
    combinations,
    (members) => places.get(keyOf(at.map((index) => members[index] ?? ''))) ?? 0,
  );
  return { cellOf, counts: Float64Array.from(counts) };
}

/** Answers by which share the cell that was furthest off was changed. */
function scale(mass: Float64Array, { cellOf, counts }: Target): number {
  const sums = new Float64Array(counts.length);
  for (let at = 0; at < mass.length; at++)
    sums[cellOf[at] as number] = (sums[cellOf[at] as number] as number) + (mass[at] as number);
  let worst = 0;
  const factors = sums.map((sum, cell) => {
    if (sum === 0) return 0;
    const factor = (counts[cell] as number) / sum;
    worst = Math.max(worst, Math.abs(factor - 1));
    return factor;
  });
  for (let at = 0; at < mass.length; at++)
    mass[at] = (mass[at] as number) * (factors[cellOf[at] as number] as number);
  return worst;
}
