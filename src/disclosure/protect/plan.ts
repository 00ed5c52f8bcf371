import type { Table } from '../table.ts';
import { type Effort, type Protected, protectComponent, type Unmet } from './component.ts';
import { type Component, componentsOf } from './components.ts';
import { type Problem, problemOf, type Requirement } from './problem.ts';
import type { Highs } from './solver.ts';

/** What a release will hide, over all its components. */
export interface Plan {
  readonly problem: Problem;
  readonly zeros: 'shown' | 'hideable';
  readonly hidden: Uint8Array;
  readonly droppedFigures: ReadonlySet<string>;
  readonly tables: readonly { readonly cells: readonly number[]; readonly by: readonly number[] }[];
  readonly cost: number;
  readonly optimal: boolean;
}

export interface Impossible {
  readonly unmet: readonly string[];
}

/** First with every zero shown, if the policy says so; with hidden zeros where that cannot be, if it lets them. */
export function planned(
  highs: Highs,
  table: Table,
  given: Omit<Requirement, 'zeros'>,
  effort: Effort,
): Plan | Impossible {
  const zeroMustHide = table.cells.some((cell) => cell.v === 0 && given.primary.has(cell.id));
  const zeros = given.policy.zeros === 'shown' && !zeroMustHide ? 'shown' : 'hideable';
  const problem = problemOf(table, { ...given, zeros });
  const first = solveEach(highs, problem, effort);
  if (first.unmet.length === 0) return planOf(problem, zeros, first.done);
  if (zeros === 'hideable' || !given.policy.zerosGiveWay) return { unmet: first.unmet };
  const hiddenZeros = zerosBeneath(table, new Set(first.unmet));
  const looser = problemOf(table, { ...given, zeros: 'hideable', hiddenZeros });
  const second = solveEach(highs, looser, effort, first);
  return second.unmet.length > 0 ? { unmet: second.unmet } : planOf(looser, 'hideable', second.done);
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

interface Done {
  readonly component: Component;
  readonly result: Protected;
}

interface Solved {
  readonly done: readonly Done[];
  readonly unmet: readonly string[];
  /** The cells of the components that could not be made safe. */
  readonly failed: ReadonlySet<number>;
}

/** Each component by itself; what was made safe before stays as it is. */
function solveEach(highs: Highs, problem: Problem, effort: Effort, before?: Solved): Solved {
  const done: Done[] = [];
  const unmet: string[] = [];
  const failed = new Set<number>();
  for (const component of componentsOf(problem)) {
    const cells = new Set(component.cells);
    if (before !== undefined && component.cells.every((cell) => !before.failed.has(cell))) {
      done.push(...before.done.filter((one) => cells.has(one.component.cells[0] as number)));
      continue;
    }
    const result = protectComponent(highs, component, effort);
    if (isUnmet(result)) {
      unmet.push(...unmetIds(component, result));
      for (const cell of cells) failed.add(cell);
    } else done.push({ component, result });
  }
  return { done, unmet, failed };
}

function planOf(problem: Problem, zeros: Plan['zeros'], done: readonly Done[]): Plan {
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
