/**
 * Somebody who holds nothing but what was published, and knows how tables add up. Works with a solver of their
 * own, in its plain text format, and shares no code with the protection that they attack.
 */

import type { Highs } from 'highs';
import * as highsModule from 'highs';

const highs = await (highsModule.default as unknown as () => Promise<Highs>)();

export interface Knowledge {
  /** Published counts; null where the marker stands. */
  readonly cells: readonly (readonly [id: string, v: number | null])[];
  readonly sums: readonly (readonly [total: string, parts: readonly string[]])[];
  /** What else is known for certain: own records, older releases. */
  readonly facts?: Readonly<Record<string, number>>;
  /** Bounds that are guessed or inferred. */
  readonly bounds?: Readonly<Record<string, readonly [number, number]>>;
  /** Further lines of the solver's format, such as what a printed percentage says. */
  readonly lines?: readonly string[];
  /** 1 for a reader who has seen that every zero is shown. */
  readonly floor: 0 | 1;
}

/** Larger than any count in these tables. */
const LARGE = 100_000;

/** The least and the most that a count can be, in whole numbers; nothing where the guesses contradict it all. */
export function worksOut(known: Knowledge, id: string): [number, number] | undefined {
  const [least, most] = (['Minimize', 'Maximize'] as const).map((sense) =>
    extreme(known, id, sense)?.get(id),
  );
  return least === undefined || most === undefined ? undefined : [least, most];
}

/** The table with the least or the most of a count, of all that agree with what is known; nothing where none does. */
function extreme(known: Knowledge, id: string, sense: 'Minimize' | 'Maximize'): World | undefined {
  const names = new Map<string, string>();
  const name = (cell: string): string => {
    const given = names.get(cell) ?? `x${names.size}`;
    names.set(cell, given);
    return given;
  };
  const sums = known.sums.map(
    ([total, parts]) => `${parts.map((part) => name(part)).join(' + ')} - ${name(total)} = 0`,
  );
  const target = name(id);
  const lines = (known.lines ?? []).map((line) =>
    line.replaceAll(/\[([^\]]+)\]/g, (_, cell: string) => name(cell)),
  );
  const limits = limitsOf(known);
  const bounds = [...names].map(([cell, variable]) => {
    const [lo, hi] = limits(cell);
    return `${lo} <= ${variable} <= ${hi}`;
  });
  const model = [
    sense,
    ` obj: ${target}`,
    'Subject To',
    ...[...sums, ...lines].map((line, at) => ` r${at}: ${line}`),
    'Bounds',
    ...bounds.map((bound) => ` ${bound}`),
    'Generals',
    ` ${[...names.values()].join(' ')}`,
    'End',
  ].join('\n');
  const answer = highs.solve(model, { output_flag: false, mip_rel_gap: 0 });
  if (answer.Status !== 'Optimal') return undefined;
  return new Map(
    [...names].map(([cell, variable]) => [cell, Math.round(answer.Columns[variable]?.Primal ?? 0)]),
  );
}

/** What is known of each count by itself. */
function limitsOf({ cells, facts, bounds, floor }: Knowledge): (cell: string) => readonly [number, number] {
  const published = new Map(cells);
  return (cell) => {
    const certain = facts?.[cell] ?? published.get(cell) ?? undefined;
    if (certain !== undefined) return [certain, certain];
    return bounds?.[cell] ?? [published.has(cell) ? floor : 0, LARGE];
  };
}

type World = ReadonlyMap<string, number>;

/** Tables that were found possible, by the sums that they add up to: one often answers what is asked of many counts. */
const found = new WeakMap<Knowledge['sums'], World[]>();

/** Whether 1 and 11 both remain possible: what every attack must leave in place. */
export function leavesOpen(known: Knowledge, id: string): boolean {
  const worlds = found.get(known.sums) ?? [];
  found.set(known.sums, worlds);
  const limits = limitsOf(known);
  const agrees = (world: World): boolean =>
    known.lines === undefined &&
    [...world].every(([cell, v]) => {
      const [lo, hi] = limits(cell);
      return lo <= v && v <= hi;
    });
  return [1, 11].every((v) => {
    if (worlds.some((world) => world.get(id) === v && agrees(world))) return true;
    const [lo, hi] = limits(id);
    if (v < lo || hi < v) return false;
    const world = extreme({ ...known, bounds: { ...known.bounds, [id]: [v, v] } }, id, 'Minimize');
    if (world !== undefined) worlds.push(world);
    return world !== undefined;
  });
}
