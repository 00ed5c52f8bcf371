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
  const [least, most] = (['Minimize', 'Maximize'] as const).map((sense) => extreme(known, id, sense));
  return least === undefined || most === undefined ? undefined : [least, most];
}

function extreme(known: Knowledge, id: string, sense: 'Minimize' | 'Maximize'): number | undefined {
  const names = new Map<string, string>();
  const name = (cell: string): string => {
    const given = names.get(cell) ?? `x${names.size}`;
    names.set(cell, given);
    return given;
  };
  const published = new Map(known.cells);
  const sums = known.sums.map(
    ([total, parts]) => `${parts.map((part) => name(part)).join(' + ')} - ${name(total)} = 0`,
  );
  const target = name(id);
  const lines = (known.lines ?? []).map((line) =>
    line.replaceAll(/\[([^\]]+)\]/g, (_, cell: string) => name(cell)),
  );
  const bounds = [...names].map(([cell, variable]) => {
    const certain = known.facts?.[cell] ?? published.get(cell) ?? undefined;
    if (certain !== undefined) return `${variable} = ${certain}`;
    const [lo, hi] = known.bounds?.[cell] ?? [published.has(cell) ? known.floor : 0, LARGE];
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
  return answer.Status === 'Optimal' ? Math.round(answer.ObjectiveValue) : undefined;
}

/** Whether 1 and 11 both remain possible: what every attack must leave in place. */
export function leavesOpen(known: Knowledge, id: string): boolean {
  const [lo, hi] = worksOut(known, id) ?? [0, 0];
  if (lo > 1 || hi < 11) return false;
  return [1, 11].every(
    (v) => worksOut({ ...known, bounds: { ...known.bounds, [id]: [v, v] } }, id) !== undefined,
  );
}
