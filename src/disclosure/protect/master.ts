import type { Cut } from './cuts.ts';
import { lines } from './line-rule.ts';
import type { Problem } from './problem.ts';
import { FREE, type Highs, type Model } from './solver.ts';

export interface Choice {
  readonly cost: number;
  readonly isHidden: (cell: number) => boolean;
}

/** What to hide, as far as the cuts found so far tell: the cheapest set that breaks none of them. */
export interface Master {
  /** A cut always holds, or only while the switch stands as given. */
  add(cut: Cut, side?: { at: number; when: boolean }): void;
  addSwitch(): number;
  solve(): Choice | 'infeasible' | 'unknown';
  close(): void;
}

/** Branches after which one choice counts as too hard to prove. */
const NODES = 5000;

export function openMaster(highs: Highs, problem: Problem): Master {
  const model = highs.createModel();
  model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 1e-6, mip_max_nodes: NODES });
  const hideable = [...problem.ids.keys()].filter((cell) => problem.start[cell] === 'hideable');
  const column = new Map(hideable.map((cell, at) => [cell, at]));
  let columns = 0;
  const addBinary = (cost: number): number => {
    model.addVar(0, 1);
    model.changeColCost(columns, cost);
    model.changeColIntegrality(columns, 1);
    return columns++;
  };
  for (const cell of hideable) addBinary(problem.costs[cell] as number);
  addLineRule(model, problem, column);

  return {
    add({ cells, weights }, side) {
      const indices = cells.map((cell) => column.get(cell) as number);
      const values = [...weights];
      if (side === undefined) return void model.addRow(1, FREE, { indices, values });
      // Σ weight · hidden ≥ switch, or ≥ 1 − switch.
      const by = side.when ? -1 : 1;
      model.addRow(side.when ? 0 : 1, FREE, { indices: [...indices, side.at], values: [...values, by] });
    },
    addSwitch: () => addBinary(0),
    solve() {
      const { modelStatus } = model.run();
      const status = highs.constants.modelStatus;
      if (modelStatus === status.infeasible) return 'infeasible';
      // Without a single column there is nothing to choose and nothing to pay.
      if (modelStatus !== status.optimal && modelStatus !== status.empty) return 'unknown';
      const solution = columns === 0 ? new Float64Array() : model.getSolution().colValue;
      return {
        cost: hideable.reduce(
          (so, cell, at) => so + Math.round(solution[at] ?? 0) * (problem.costs[cell] ?? 0),
          0,
        ),
        isHidden: (cell) => problem.start[cell] === 'hidden' || (solution[column.get(cell) ?? -1] ?? 0) > 0.5,
      };
    },
    close: () => model.dispose(),
  };
}

/** Once a part is hidden and its total is not, the hidden parts keep the line rule. */
function addLineRule(model: Model, problem: Problem, column: ReadonlyMap<number, number>): void {
  const rule = problem.lineRule;
  if (rule === undefined) return;
  for (const { total, parts } of lines(problem)) {
    const counted = parts.filter((cell) => (problem.values[cell] as number) > 0);
    const demand = (weight: (value: number) => number, least: number): void => {
      for (const part of counted)
        addImplication(model, problem, column, { part, total, counted, weight, least });
    };
    demand((value) => value, rule.sumBelow);
    demand((value) => (value > rule.everyAtMost ? 1 : 0), 1);
    demand((value) => (value === rule.largestHidden ? 0 : 1), 1);
  }
}

interface Implication {
  readonly part: number;
  readonly total: readonly number[];
  readonly counted: readonly number[];
  readonly weight: (value: number) => number;
  readonly least: number;
}

/** Σ weight · hidden ≥ least · (part hidden) − least · (total hidden), with what is hidden anyway put in. */
function addImplication(
  model: Model,
  problem: Problem,
  column: ReadonlyMap<number, number>,
  { part, total, counted, weight, least }: Implication,
): void {
  if (total.some((cell) => problem.start[cell] === 'hidden')) return;
  const terms = new Map<number, number>();
  const put = (cell: number, by: number): number => {
    const at = column.get(cell);
    if (at === undefined) return by;
    terms.set(at, (terms.get(at) ?? 0) + by);
    return 0;
  };
  let fixed = 0;
  for (const cell of counted) fixed += put(cell, Math.min(least, weight(problem.values[cell] as number)));
  for (const cell of total) fixed += put(cell, least);
  fixed += put(part, -least);
  if (fixed >= 0 && [...terms.values()].every((by) => by >= 0)) return;
  model.addRow(-fixed, FREE, { indices: [...terms.keys()], values: [...terms.values()] });
}
