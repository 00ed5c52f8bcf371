import type { Table } from '../table.ts';
import { type Effort, type Protected, protectComponent, type Unmet } from './component.ts';
import { type Component, componentsOf } from './components.ts';
import { type Problem, problemOf, type Requirement } from './problem.ts';
import { isSolverFailure, renewSolver, solver } from './solver.ts';

/** Components by all that they are made of: most stay as they are when a level elsewhere is left out. */
export type SolvedComponents = Map<string, Protected | Unmet>;

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
export async function planned(
  table: Table,
  given: Omit<Requirement, 'zeros'>,
  effort: Effort,
  solved: SolvedComponents,
): Promise<Plan | Impossible> {
  const zeroMustHide = table.cells.some((cell) => cell.v === 0 && given.primary.has(cell.id));
  const zeros = given.policy.zeros === 'shown' && !zeroMustHide ? 'shown' : 'hideable';
  const problem = problemOf(table, { ...given, zeros });
  const first = await solveEach(problem, effort, solved);
  if (first.unmet.length === 0) return planOf(problem, zeros, first.done);
  if (zeros === 'hideable' || !given.policy.zerosGiveWay) return { unmet: first.unmet };
  const hiddenZeros = zerosBeneath(table, new Set(first.unmet));
  const looser = problemOf(table, { ...given, zeros: 'hideable', hiddenZeros });
  const second = await solveEach(looser, effort, solved, first);
  return second.unmet.length > 0 ? { unmet: second.unmet } : planOf(looser, 'hideable', second.done);
}

/**
 * Zeros that are hidden so that each total that cannot otherwise be as small as the bar asks has one among its
 * parts: nobody who reads the line can then count on its other hidden parts being above zero. As few as serve all.
 */
function zerosBeneath(table: Table, unmet: ReadonlySet<string>): Set<string> {
  const zeros = new Set(
    table.cells.filter(({ v, fixed, withheld }) => v === 0 && !fixed && !withheld).map(({ id }) => id),
  );
  const lines = table.eqs
    .filter(([total]) => unmet.has(total))
    .map(([, parts]) => parts.filter((part) => zeros.has(part)))
    .filter((parts) => parts.length > 0);
  const chosen = new Set<string>();
  for (
    let open = lines;
    open.length > 0;
    open = open.filter((parts) => !parts.some((part) => chosen.has(part)))
  ) {
    const serves = new Map<string, number>();
    for (const part of open.flat()) serves.set(part, (serves.get(part) ?? 0) + 1);
    const [best] = [...serves].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    if (best !== undefined) chosen.add(best[0]);
  }
  const [any] = zeros;
  if (chosen.size === 0 && any !== undefined) chosen.add(any);
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
async function solveEach(
  problem: Problem,
  effort: Effort,
  solved: SolvedComponents,
  before?: Solved,
): Promise<Solved> {
  const done: Done[] = [];
  const unmet: string[] = [];
  const failed = new Set<number>();
  for (const component of componentsOf(problem)) {
    const cells = new Set(component.cells);
    if (before !== undefined && component.cells.every((cell) => !before.failed.has(cell))) {
      done.push(...before.done.filter((one) => cells.has(one.component.cells[0] as number)));
      continue;
    }
    const result = await solvedOnce(component, effort, solved);
    if (isUnmet(result)) {
      unmet.push(...unmetIds(component, result));
      for (const cell of cells) failed.add(cell);
    } else done.push({ component, result });
  }
  return { done, unmet, failed };
}

/** A component that was met before, in the same words, has the same answer. */
async function solvedOnce(
  component: Component,
  effort: Effort,
  solved: SolvedComponents,
): Promise<Protected | Unmet> {
  const attackers = component.problem.attackers.map(({ least, ...one }) => ({ ...one, least: [...least] }));
  const key = JSON.stringify({ ...component.problem, attackers });
  const known = solved.get(key) ?? (await protectedSomehow(component, effort));
  solved.set(key, known);
  return known;
}

/** A solver that fails never stops a release, nor lets one through: what it would have found is looked for without it. */
async function protectedSomehow(component: Component, effort: Effort): Promise<Protected | Unmet> {
  try {
    return protectComponent(await solver(), component, effort);
  } catch (error) {
    if (!isSolverFailure(error)) throw error;
    renewSolver();
    return protectComponent(undefined, component, effort);
  }
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
