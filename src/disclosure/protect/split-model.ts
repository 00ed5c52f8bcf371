import type { Problem } from './problem.ts';
import { bounded, FREE, type Highs, type Model } from './solver.ts';

/** A hidden cell may move almost for nothing: what little it costs keeps the moves short. */
export const HIDDEN_COST = 1e-4;
const LEAST_COST = 1;

/** What the model pays for each unit by which a shown cell moves. */
export function shownCost(problem: Problem, cell: number): number {
  return Math.max(LEAST_COST, problem.costs[cell] as number);
}

/** What each column of the model costs and how far it goes: all gains first, then all losses. */
export interface Columns {
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Each cell twice, as what it gains and as what it loses, so that either has a price. */
export function splitModel(
  highs: Highs,
  problem: Problem,
  set: (columns: Columns) => void = () => {},
): Model {
  const cells = problem.ids.length;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of problem.rows) {
    for (const sign of [1, -1])
      for (const [k, cell] of row.cells.entries()) {
        indices.push(sign === 1 ? cell : cells + cell);
        values.push(sign * (row.coefficients[k] as number));
      }
    starts.push(indices.length);
  }
  const cost = problem.start.map((start, cell) =>
    start === 'hidden' ? HIDDEN_COST : shownCost(problem, cell),
  );
  const loss = problem.values.map((value, cell) => Math.max(0, value - (problem.floors[cell] as number)));
  const columns: Columns = {
    cost: Float64Array.from([...cost, ...cost]),
    lower: new Float64Array(2 * cells),
    upper: Float64Array.from([...cost.map(() => FREE), ...loss]),
  };
  set(columns);
  const model = highs.createModel({
    numCols: 2 * cells,
    numRows: problem.rows.length,
    colCost: columns.cost,
    colLower: columns.lower,
    colUpper: columns.upper,
    rowLower: Float64Array.from(problem.rows, (row) => bounded(row.lo)),
    rowUpper: Float64Array.from(problem.rows, (row) => bounded(row.hi)),
    matrix: {
      format: 'csr',
      numRows: problem.rows.length,
      numCols: 2 * cells,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
  });
  model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' });
  return model;
}

/** Solves; false where there is no solution. */
export function optimal(highs: Highs, model: Model): boolean {
  const { modelStatus } = model.run();
  if (modelStatus === highs.constants.modelStatus.optimal) return true;
  if (modelStatus === highs.constants.modelStatus.infeasible) return false;
  // A basis gone stale can end in an unknown status: once more, from the beginning.
  model.clearSolver();
  return model.run().modelStatus === highs.constants.modelStatus.optimal;
}
