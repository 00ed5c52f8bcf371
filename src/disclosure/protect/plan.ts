import { createHash } from 'node:crypto';
import type { Table } from '../table.ts';
import { plainlyImpossible } from './bounds.ts';
import type { Effort, Protected, Unmet } from './component.ts';
import { type Component, componentsOf } from './components.ts';
import type { Move } from './move.ts';
import { type Problem, problemOf, type Requirement } from './problem.ts';
import { solveComponents } from './solve.ts';

/** What earlier attempts at the same release came to. */
export interface SolvedComponents {
  /** Components by all that they are made of: most stay as they are when a level elsewhere is left out. */
  readonly answers: Map<string, Protected | Unmet>;
  /** Tables that were found for components that could not be made safe: they serve what is left of them. */
  readonly found: FoundMove[];
}

interface FoundMove {
  readonly ids: readonly string[];
  readonly by: readonly number[];
}

export function nothingSolved(): SolvedComponents {
  return { answers: new Map(), found: [] };
}

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
  const zeroMustHide = table.cells.some(
    ({ id, v }) => v === 0 && given.primary.has(id) && given.primary.get(id) !== 'group',
  );
  const zeros = given.policy.zeros === 'shown' && !zeroMustHide ? 'shown' : 'hideable';
  const mayGiveWay = zeros === 'shown' && given.policy.zerosGiveWay;
  const problem = problemOf(table, { ...given, zeros });
  const looserFor = (unmet: readonly string[]): Problem =>
    problemOf(table, { ...given, zeros: 'hideable', hiddenZeros: zerosBeneath(table, new Set(unmet)) });
  // What fails for a plain reason is known before anything is solved, and what is left out for it changes what there is to solve.
  const plain = failingPlainly(problem);
  if (plain.length > 0) {
    const still = mayGiveWay ? failingPlainly(looserFor(plain)) : plain;
    if (still.length > 0) return { unmet: still };
  }
  const first = await solveEach(problem, effort, solved);
  if (first.unmet.length === 0) return planOf(problem, zeros, first.done);
  if (!mayGiveWay) return { unmet: first.unmet };
  const looser = looserFor(first.unmet);
  const second = await solveEach(looser, effort, solved, first);
  return second.unmet.length > 0 ? { unmet: second.unmet } : planOf(looser, 'hideable', second.done);
}

function failingPlainly(problem: Problem): string[] {
  return componentsOf(problem).flatMap((component) =>
    unmetIds(component, plainlyImpossible(component.problem)),
  );
}

/** Which cells a reader can bound though nothing more is to be hidden: those of whom no possible table was found. */
export async function boundedCells(
  table: Table,
  given: Omit<Requirement, 'zeros'>,
  zeros: 'shown' | 'hideable',
): Promise<readonly string[]> {
  const effort = { improve: 0, exactCells: 0, exact: 0, threads: 1 };
  return (await solveEach(problemOf(table, { ...given, zeros }), effort, nothingSolved())).unmet;
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
  const stays = (component: Component): boolean =>
    before !== undefined && component.cells.every((cell) => !before.failed.has(cell));
  const components = componentsOf(problem);
  const results = await solvedOnce(
    components.filter((one) => !stays(one)),
    effort,
    solved,
  );
  const done: Done[] = [];
  const unmet: string[] = [];
  const failed = new Set<number>();
  for (const component of components) {
    const cells = new Set(component.cells);
    const result = results.get(component);
    if (result === undefined)
      done.push(...(before?.done.filter((one) => cells.has(one.component.cells[0] as number)) ?? []));
    else if (isUnmet(result)) {
      unmet.push(...unmetIds(component, result.unmet));
      for (const cell of cells) failed.add(cell);
    } else done.push({ component, result });
  }
  return { done, unmet, failed };
}

/** With fewer cells than this among them, threads take longer to begin than the work. */
const WORTH_THREADS = 2000;

/** A component that was met before, in the same words, has the same answer. */
async function solvedOnce(
  components: readonly Component[],
  effort: Effort,
  solved: SolvedComponents,
): Promise<Map<Component, Protected | Unmet>> {
  const { answers, found } = solved;
  const keys = new Map(components.map((component) => [component, inWords(component)]));
  const fresh = [...new Map(components.map((one) => [keys.get(one) as string, one]))].filter(
    ([key]) => !answers.has(key),
  );
  const usable = movesByComponent(
    fresh.map(([, component]) => component),
    found,
  );
  const tasks = fresh.map(([, component], at) => ({ component, effort, before: usable[at] ?? [] }));
  const cells = tasks.reduce((so, { component }) => so + component.cells.length, 0);
  const results = await solveComponents(tasks, cells < WORTH_THREADS ? 1 : effort.threads);
  for (const [at, [key, component]] of fresh.entries()) {
    const result = results[at] as Protected | Unmet;
    answers.set(key, result);
    if (isUnmet(result)) found.push(...result.moves.map((move) => named(component, move)));
  }
  return new Map(components.map((one) => [one, answers.get(keys.get(one) as string) as Protected | Unmet]));
}

function named({ problem }: Component, { cells, by }: Move): FoundMove {
  return { ids: cells.map((cell) => problem.ids[cell] as string), by };
}

/** What is left of each move in each component: whether it is a move still, the component's rows say. */
function movesByComponent(components: readonly Component[], found: readonly FoundMove[]): Move[][] {
  const places = new Map<string, { readonly at: number; readonly cell: number }>();
  for (const [at, { problem }] of components.entries())
    for (const [cell, id] of problem.ids.entries()) places.set(id, { at, cell });
  const moves = components.map((): Move[] => []);
  for (const { ids, by } of found) {
    const left = ids.flatMap((id, k) => {
      const place = places.get(id);
      return place === undefined ? [] : [{ ...place, by: by[k] as number }];
    });
    for (const [at, cells] of Map.groupBy(left, (one) => one.at))
      moves[at]?.push({ cells: cells.map(({ cell }) => cell), by: cells.map((one) => one.by) });
  }
  return moves;
}

function inWords({ problem }: Component): string {
  const attackers = problem.attackers.map(({ least, ...one }) => ({ ...one, least: [...least] }));
  return createHash('sha256')
    .update(JSON.stringify({ ...problem, attackers }))
    .digest('base64');
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

function unmetIds({ problem }: Component, unmet: readonly number[]): string[] {
  const cells = unmet.map((one) => problem.obligations[one]?.cell ?? 0);
  return [...new Set(cells)].map((cell) => problem.ids[cell] as string);
}
