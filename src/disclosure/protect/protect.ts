import { performance } from 'node:perf_hooks';
import type { Certificate } from '../certificate.ts';
import type { Policy } from '../policy.ts';
import { type PrimaryReason, primaryCells } from '../primary.ts';
import type { Table } from '../table.ts';
import { type Effort, type Protected, protectComponent, type Unmet } from './component.ts';
import { type Component, componentsOf } from './components.ts';
import { type Interval, intervals } from './intervals.ts';
import { type Problem, problemOf, type Requirement } from './problem.ts';
import { type Highs, solver } from './solver.ts';

export interface Order {
  readonly policy: Policy;
  /** What is lost with a hidden cell: one cell, or its count. */
  readonly cost: 'cells' | 'values';
  readonly effort?: Partial<Effort>;
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

export const DEFAULT_EFFORT: Effort = { improveSeconds: 10, exactCells: 100, exactSeconds: 10 };

/** Protects a set of linked tables as a whole: hides what the policy owes, and proves that it holds. */
export async function protect(table: Table, order: Order): Promise<Protection | Refusal> {
  const began = performance.now();
  const highs = await solver();
  const primary = primaryCells(table, order.policy);
  const plan = planned(highs, table, { policy: order.policy, cost: order.cost, primary }, effortOf(order));
  const seconds = (): number => (performance.now() - began) / 1000;
  if ('unmet' in plan) return { ...refusal(plan.unmet), seconds: seconds() };
  const bounds = readersIntervals(highs, plan, order.policy);
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

interface Plan {
  readonly problem: Problem;
  readonly zeros: 'shown' | 'hideable';
  readonly hidden: Uint8Array;
  readonly droppedFigures: ReadonlySet<string>;
  readonly tables: readonly { readonly cells: readonly number[]; readonly by: readonly number[] }[];
  readonly cost: number;
  readonly optimal: boolean;
}

interface Impossible {
  readonly unmet: readonly string[];
}

/** First with every zero shown, if the policy says so; with hidden zeros where that cannot be, if it lets them. */
function planned(
  highs: Highs,
  table: Table,
  given: Omit<Requirement, 'zeros'>,
  effort: Effort,
): Plan | Impossible {
  const zeroMustHide = table.cells.some((cell) => cell.v === 0 && given.primary.has(cell.id));
  const zeros = given.policy.zeros === 'shown' && !zeroMustHide ? 'shown' : 'hideable';
  const first = plan(highs, problemOf(table, { ...given, zeros }), zeros, effort);
  if (!('unmet' in first) || zeros === 'hideable' || !given.policy.zerosGiveWay) return first;
  const hiddenZeros = zerosBeneath(table, new Set(first.unmet));
  const second = { ...given, zeros: 'hideable', hiddenZeros } as const;
  return plan(highs, problemOf(table, second), 'hideable', effort);
}

/**
 * One zero among the parts of each total that cannot otherwise be as small as the bar asks: nobody who reads
 * the line can then count on its other hidden parts being above zero.
 */
function zerosBeneath(table: Table, unmet: ReadonlySet<string>): Set<string> {
  const value = new Map(table.cells.map((cell) => [cell.id, cell.v]));
  const zero = (id: string): boolean => value.get(id) === 0;
  const chosen = new Set<string>();
  for (const [total, parts] of table.eqs) {
    if (!unmet.has(total) || parts.some((part) => chosen.has(part))) continue;
    const part = parts.find(zero);
    if (part !== undefined) chosen.add(part);
  }
  const any = table.cells.find((cell) => cell.v === 0 && !cell.fixed && !cell.withheld);
  if (chosen.size === 0 && any !== undefined) chosen.add(any.id);
  return chosen;
}

function plan(highs: Highs, problem: Problem, zeros: Plan['zeros'], effort: Effort): Plan | Impossible {
  const done: { component: Component; result: Protected }[] = [];
  const unmet: string[] = [];
  const components = componentsOf(problem);
  for (const component of components) {
    const result = protectComponent(highs, component, effort);
    if (isUnmet(result)) unmet.push(...unmetIds(component, result));
    else done.push({ component, result });
  }
  if (unmet.length > 0) return { unmet };
  const hidden = Uint8Array.from(problem.start, (start) => (start === 'hidden' ? 1 : 0));
  for (const { component, result } of done)
    for (const cell of result.hidden) hidden[component.cells[cell] as number] = 1;
  return {
    problem,
    zeros,
    hidden,
    droppedFigures: new Set(done.flatMap(({ result }) => result.droppedFigures)),
    tables: done.flatMap(({ component, result }) =>
      result.moves.map(({ cells, by }) => ({
        cells: cells.map((cell) => component.cells[cell] as number),
        by,
      })),
    ),
    cost: done.reduce((so, { result }) => so + result.cost, 0),
    optimal: done.every(({ result }) => result.optimal),
  };
}

function isUnmet(result: Protected | Unmet): result is Unmet {
  return 'unmet' in result;
}

function unmetIds({ problem }: Component, { unmet }: Unmet): string[] {
  const cells = unmet.map((one) => problem.obligations[one]?.cell ?? 0);
  return [...new Set(cells)].map((cell) => problem.ids[cell] as string);
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
