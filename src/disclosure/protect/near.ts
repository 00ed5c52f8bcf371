import { type Move, type RowsOfCell, wholeMove } from './move.ts';
import type { Problem, Row } from './problem.ts';
import type { Highs } from './solver.ts';
import { optimal, splitModel } from './split-model.ts';

/** The cells that may move, nearest first along the sums, from the cell outwards. */
export function neighbourhood(
  problem: Problem,
  rows: RowsOfCell,
  from: number,
  most: number,
  mayMove: (cell: number) => boolean,
): number[] {
  const near = [from];
  const seen = new Set(near);
  const read = new Set<number>();
  for (let at = 0; at < near.length && near.length < most; at++)
    for (const [row] of rows[near[at] as number] ?? []) {
      if (read.has(row)) continue;
      read.add(row);
      for (const cell of problem.rows[row]?.cells ?? []) {
        if (seen.has(cell) || !mayMove(cell)) continue;
        seen.add(cell);
        near.push(cell);
      }
    }
  return near.slice(0, most);
}

/** Which cells a small model may move, how, and what else it should move on the way. */
export interface Within {
  readonly cells: readonly number[];
  readonly target: number;
  readonly by: number;
  readonly isFree: (cell: number) => boolean;
  readonly dropped: ReadonlySet<string>;
  /** How far a cell should move besides, if it can: one table may serve much that is owed. */
  readonly wanted: (cell: number) => number | undefined;
}

/** What it is worth to move one more cell as wanted: more than a chain of hidden cells costs, less than any blank. */
const WORTH = 0.1;

/** The shortest move of these cells alone that shifts the one as owed, if it comes out in whole numbers. */
export function moveWithin(
  highs: Highs,
  problem: Problem,
  rows: RowsOfCell,
  given: Within,
): Move | undefined {
  const { cells, target, by } = given;
  const at = cells.indexOf(target);
  const model = splitModel(highs, within(problem, rows, given), ({ cost, lower, upper }) => {
    for (const [local, cell] of cells.entries()) {
      const move = cell === target || !given.isFree(cell) ? undefined : given.wanted(cell);
      if (move === undefined) continue;
      const column = move > 0 ? local : cells.length + local;
      upper[column] = Math.abs(move);
      cost[column] = -WORTH / Math.abs(move);
    }
    lower[at] = upper[at] = Math.max(by, 0);
    lower[cells.length + at] = upper[cells.length + at] = Math.max(-by, 0);
  });
  try {
    if (!optimal(highs, model)) return undefined;
    const move = wholeMove(model.getSolution().colValue, cells.length);
    return move === undefined
      ? undefined
      : { cells: move.cells.map((cell) => cells[cell] as number), by: move.by };
  } finally {
    model.dispose();
  }
}

/** The problem with only these cells left to move; those that are not free have a price. */
function within(problem: Problem, rows: RowsOfCell, { cells, dropped, isFree }: Within): Problem {
  // From the cells to their rows, and not the other way: most rows hold many cells that are not here.
  const kept = new Map<number, { readonly cells: number[]; readonly coefficients: number[] }>();
  for (const [local, cell] of cells.entries())
    for (const [at, coefficient] of rows[cell] ?? []) {
      const row = kept.get(at) ?? { cells: [], coefficients: [] };
      kept.set(at, row);
      row.cells.push(local);
      row.coefficients.push(coefficient);
    }
  const pick = <Value>(of: readonly Value[]): Value[] => cells.map((cell) => of[cell] as Value);
  return {
    ...problem,
    ids: pick(problem.ids),
    values: pick(problem.values),
    floors: pick(problem.floors),
    costs: pick(problem.costs),
    start: cells.map((cell) => (isFree(cell) ? 'hidden' : 'hideable')),
    rows: [...kept].flatMap(([at, entries]) => {
      const row = problem.rows[at] as Row;
      return row.figure !== undefined && dropped.has(row.figure) ? [] : [{ ...row, ...entries }];
    }),
  };
}
