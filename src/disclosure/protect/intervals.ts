import { componentsOf } from './components.ts';
import { attackModel } from './cuts.ts';
import type { Problem } from './problem.ts';
import { FREE, type Highs, type Model } from './solver.ts';

/** What a reader can work out about a hidden cell; null where nothing bounds it. */
export type Interval = readonly [lo: number, hi: number | null];

/**
 * Fractional bounds are sharpened in whole numbers while this lasts (solved models times their cells); after that
 * they stay as they are.
 */
const WHOLE_EFFORT = 60_000;
const WHOLE_NODES = 50;

/**
 * The interval of every hidden cell from everything that is published: the least and the most by linear
 * programming over all tables at once, then in whole numbers. A bound is never narrower than the truth.
 */
export function intervals(
  highs: Highs,
  problem: Problem,
  isHidden: (cell: number) => boolean,
  dropped: ReadonlySet<string>,
): Map<number, Interval> {
  const seen: Problem = {
    ...problem,
    start: problem.start.map((_, cell) => (isHidden(cell) ? 'hidden' : 'public')),
    rows: problem.rows.filter((row) => row.figure === undefined || !dropped.has(row.figure)),
    obligations: [...problem.ids.keys()]
      .filter(isHidden)
      .map((cell) => ({ cell, move: 'any', against: 'named' }) as const),
    attackers: [],
  };
  const budget = { left: WHOLE_EFFORT };
  const found = new Map<number, Interval>();
  for (const { problem: part, cells } of componentsOf(seen))
    for (const [at, interval] of componentIntervals(highs, part, budget).entries())
      found.set(cells[at] as number, interval);
  return found;
}

interface Budget {
  left: number;
}

function componentIntervals(highs: Highs, problem: Problem, budget: Budget): Interval[] {
  const model = attackModel(highs, problem);
  try {
    for (const cell of problem.ids.keys())
      model.changeColBounds(cell, (problem.floors[cell] as number) - (problem.values[cell] as number), FREE);
    return [...problem.ids.keys()].map((cell) => {
      const value = problem.values[cell] as number;
      const least = extreme(highs, model, problem, cell, 1, budget);
      const most = extreme(highs, model, problem, cell, -1, budget);
      return [value + (least ?? -value), most === null ? null : value + most];
    });
  } finally {
    model.dispose();
  }
}

/** The least (sense 1) or the most (sense −1) that the cell can move; null without bound. */
function extreme(
  highs: Highs,
  model: Model,
  problem: Problem,
  cell: number,
  sense: 1 | -1,
  budget: Budget,
): number | null {
  model.changeColCost(cell, sense);
  try {
    const { modelStatus } = model.run();
    const status = highs.constants.modelStatus;
    if (modelStatus === status.unbounded || modelStatus === status.unboundedOrInfeasible) return null;
    const z = model.getSolution().colValue;
    const bound = inward(z[cell] as number, sense);
    const whole = z.every((by) => Math.abs(by - Math.round(by)) < 1e-6);
    if (whole || budget.left <= 0) return bound;
    return wholeExtreme(highs, model, problem, cell, sense, budget) ?? bound;
  } finally {
    model.changeColCost(cell, 0);
  }
}

/** The nearest whole number inside a linear bound. */
function inward(by: number, sense: 1 | -1): number {
  return sense === 1 ? Math.ceil(by - 1e-6) : Math.floor(by + 1e-6);
}

function wholeExtreme(
  highs: Highs,
  model: Model,
  problem: Problem,
  cell: number,
  sense: 1 | -1,
  budget: Budget,
): number | undefined {
  const cells = problem.ids.length;
  const all = { kind: 'range', from: 0, to: cells - 1 } as const;
  model.changeColsIntegrality(all, new Int32Array(cells).fill(1));
  budget.left -= cells;
  model.options.set({ presolve: 'on', mip_max_nodes: WHOLE_NODES });
  const { modelStatus } = model.run();
  const proved = modelStatus === highs.constants.modelStatus.optimal;
  const by = proved ? model.getSolution().colValue[cell] : undefined;
  model.clearIntegrality();
  model.options.set({ presolve: 'off' });
  return by === undefined ? undefined : inward(by, sense);
}
