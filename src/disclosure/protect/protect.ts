import { performance } from 'node:perf_hooks';
import type { Certificate } from '../certificate.ts';
import type { Policy } from '../policy.ts';
import { type PrimaryReason, primaryCells } from '../primary.ts';
import type { Table } from '../table.ts';
import type { Effort } from './component.ts';
import { type Interval, intervals } from './intervals.ts';
import { nothingSolved, type Plan, planned, type SolvedComponents } from './plan.ts';
import { type Highs, solver } from './solver.ts';

export interface Order {
  readonly policy: Policy;
  /** What is lost with a hidden cell: one cell, or its count. */
  readonly cost: 'cells' | 'values';
  readonly effort?: Partial<Effort>;
  /** Intervals are for the steward's eyes: the certificate proves what is owed without them. */
  readonly intervals?: boolean;
  /** What earlier attempts at the same release found, for the components that they share with this one. */
  readonly solved?: SolvedComponents;
}

export interface Protection {
  readonly refused: false;
  readonly primary: ReadonlyMap<string, PrimaryReason>;
  readonly complementary: readonly string[];
  readonly hiddenFigures: readonly string[];
  readonly cost: number;
  readonly optimal: boolean;
  readonly intervals: ReadonlyMap<string, Interval>;
  readonly certificate: Certificate;
  readonly seconds: number;
}

/** No safe release of these tables exists: pool them and try again. */
export interface Refusal {
  readonly refused: true;
  readonly reason: string;
  /** Protected cells that no amount of hiding makes safe. */
  readonly cells: readonly string[];
  readonly seconds: number;
}

const DEFAULT_EFFORT: Effort = { improve: 1_500_000, exactCells: 300, exact: 3_000_000, threads: 1 };

/** Protects a set of linked tables as a whole: hides what the policy owes, and proves that it holds. */
export async function protect(table: Table, order: Order): Promise<Protection | Refusal> {
  const began = performance.now();
  const primary = primaryCells(table, order.policy);
  const plan = await planned(
    table,
    { policy: order.policy, cost: order.cost, primary },
    effortOf(order),
    order.solved ?? nothingSolved(),
  );
  const seconds = (): number => (performance.now() - began) / 1000;
  if ('unmet' in plan) return { ...refusal(plan.unmet), seconds: seconds() };
  const bounds = order.intervals === false ? new Map() : readersIntervals(await solver(), plan, order.policy);
  const certificate = certify(plan, order.policy);
  const complementary = plan.problem.ids.filter((id, cell) =>
    isComplementary(table, plan, primary, id, cell),
  );
  return {
    refused: false,
    primary,
    complementary,
    hiddenFigures: hiddenFigures(table, plan),
    cost: plan.cost,
    optimal: plan.optimal,
    intervals: bounds,
    certificate: { ...certificate, hiddenFigures: hiddenFigures(table, plan) },
    seconds: seconds(),
  };
}

function effortOf(order: Order): Effort {
  return { ...DEFAULT_EFFORT, ...order.effort };
}

function refusal(unmet: readonly string[]): Omit<Refusal, 'seconds'> {
  const named = unmet.slice(0, 20).join(', ');
  const more = unmet.length > 20 ? ` and ${unmet.length - 20} more` : '';
  return {
    refused: true,
    reason: `no choice of hidden cells makes these safe: ${named}${more}. Pool years, regions or bands and try again`,
    cells: unmet,
  };
}

/** Under `exact` the intervals are those of a reader who assumes nothing about zeros. */
function readersIntervals(highs: Highs, plan: Plan, policy: Policy): Map<string, Interval> {
  const { problem, hidden, droppedFigures } = plan;
  const seen = policy.bar === 'exact' ? { ...problem, floors: problem.floors.map(() => 0) } : problem;
  const found = intervals(highs, seen, (cell) => hidden[cell] === 1, droppedFigures);
  return new Map(
    [...found.entries()]
      .toSorted(([a], [b]) => a - b)
      .map(([cell, interval]) => [problem.ids[cell] as string, interval]),
  );
}

function certify(plan: Plan, policy: Policy): Certificate {
  const cells = [...plan.problem.ids.keys()].filter((cell) => plan.hidden[cell] === 1);
  const at = new Map(cells.map((cell, index) => [cell, index]));
  return {
    format: 'tessera-certificate/1',
    policy: policy.id,
    threshold: policy.threshold,
    bar: policy.bar,
    singletons: policy.singletons,
    zeros: plan.zeros,
    hidden: cells.map((cell) => plan.problem.ids[cell] as string),
    hiddenFigures: [],
    tables: plan.tables.map(({ cells, by }) =>
      cells.map((cell, k) => [at.get(cell) as number, by[k] as number] as const),
    ),
  };
}

function isComplementary(
  table: Table,
  plan: Plan,
  primary: ReadonlyMap<string, unknown>,
  id: string,
  cell: number,
): boolean {
  return plan.hidden[cell] === 1 && !primary.has(id) && table.cells[cell]?.withheld !== true;
}

/** Every statistic of a hidden cell is hidden, and so is one that would narrow a protected cell too far. */
function hiddenFigures(table: Table, plan: Plan): string[] {
  const gone = new Set(
    table.cells.filter((cell, at) => !cell.withheld && plan.hidden[at] === 1).map((cell) => cell.id),
  );
  return table.figures
    .filter(
      ({ id, operands }) => plan.droppedFigures.has(id) || operands.some((operand) => gone.has(operand)),
    )
    .map(({ id }) => id);
}
