import type { Problem } from './problem.ts';
import { bounded, FREE, type Highs, type Model } from './solver.ts';

/** At least one of these (weighted) must be hidden, or some obligation cannot be met: Σ weight · hidden ≥ 1. */
export interface Cut {
  readonly cells: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Asks how far one cell can move while only the chosen cells are hidden. When that is not far enough the dual
 * prices say which cells would have to be hidden: a valid inequality for every set that is safe (Fischetti and
 * Salazar-González, Management Science 47, 2001).
 */
export interface Cutter {
  choose(isHidden: (cell: number) => boolean): void;
  /** The support of a move that reaches far enough, or the cut. */
  reach(cell: number, by: number, knows: readonly number[]): { reached: number[] } | { cut: Cut };
  /** Models solved so far, weighed by their size. */
  readonly work: () => number;
  close(): void;
}

const EPSILON = 1e-7;

export function openCutter(highs: Highs, problem: Problem): Cutter {
  const cells = problem.ids.length;
  const model = attackModel(highs, problem);
  const hidden = new Uint8Array(cells);
  let work = 0;
  const lower = (cell: number): number =>
    -((problem.values[cell] as number) - (problem.floors[cell] as number));
  const bind = (cell: number): void => {
    if (hidden[cell] === 1) model.changeColBounds(cell, lower(cell), FREE);
    else model.changeColBounds(cell, 0, 0);
  };

  return {
    choose(isHidden) {
      for (let cell = 0; cell < cells; cell++) {
        const now = isHidden(cell) ? 1 : 0;
        if (hidden[cell] === now) continue;
        hidden[cell] = now;
        bind(cell);
      }
    },
    reach(cell, by, knows) {
      const sign = Math.sign(by);
      const far = Math.abs(by);
      for (const known of knows) model.changeColBounds(known, 0, 0);
      model.changeColBounds(cell, by > 0 ? lower(cell) : Math.max(by, lower(cell)), by > 0 ? by : FREE);
      model.changeColCost(cell, -sign);
      model.run();
      work += cells;
      const reached = -model.getObjectiveValue();
      const { colValue, colDual } = model.getSolution();
      model.changeColCost(cell, 0);
      bind(cell);
      for (const known of knows) bind(known);
      if (reached >= far - 1e-6) {
        const support = [...problem.ids.keys()].filter((at) => Math.abs(colValue[at] as number) > EPSILON);
        return { reached: support };
      }
      return { cut: cutFrom(problem, colDual, cell, far, new Set(knows), lower) };
    },
    work: () => work,
    close: () => model.dispose(),
  };
}

/**
 * By duality a set reaches no further than Σ x·(loss · d⁺ + gain · d⁻), d being the reduced costs: what cells that
 * are hidden anyway contribute is a constant, and no single cell needs more weight than the whole distance.
 */
function cutFrom(
  problem: Problem,
  reduced: Float64Array,
  target: number,
  far: number,
  knows: ReadonlySet<number>,
  lower: (cell: number) => number,
): Cut {
  let missing = far;
  const candidates: [cell: number, weight: number][] = [];
  for (const cell of problem.ids.keys()) {
    if (knows.has(cell) || cell === target) continue;
    const price = reduced[cell] as number;
    const gives = price > EPSILON ? -lower(cell) * price : price < -EPSILON ? Infinity : 0;
    if (gives === 0) continue;
    if (problem.start[cell] === 'hidden') missing -= gives;
    else candidates.push([cell, gives]);
  }
  const distance = Math.max(missing, EPSILON);
  return {
    cells: candidates.map(([cell]) => cell),
    weights: candidates.map(([, weight]) => Math.min(1, weight / distance)),
  };
}

/** The component as a reader sees it: every cell is fixed until it is hidden. */
export function attackModel(highs: Highs, problem: Problem): Model {
  const cells = problem.ids.length;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of problem.rows) {
    indices.push(...row.cells);
    values.push(...row.coefficients);
    starts.push(indices.length);
  }
  const rows = problem.rows.length;
  const model = highs.createModel({
    numCols: cells,
    numRows: rows,
    colCost: new Float64Array(cells),
    colLower: new Float64Array(cells),
    colUpper: new Float64Array(cells),
    rowLower: Float64Array.from(problem.rows, (row) => bounded(row.lo)),
    rowUpper: Float64Array.from(problem.rows, (row) => bounded(row.hi)),
    matrix: {
      format: 'csr',
      numRows: rows,
      numCols: cells,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
  });
  model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex', simplex_strategy: 4 });
  return model;
}
