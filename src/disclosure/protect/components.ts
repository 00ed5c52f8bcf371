import type { Attacker, Problem, Row } from './problem.ts';

/** A part of the problem that no equation ties to the rest, and where its cells stand in the whole. */
export interface Component {
  readonly problem: Problem;
  readonly cells: readonly number[];
}

/**
 * The connected parts that owe anybody protection, largest first. Public cells cannot move, so that they tie
 * nothing together; a row that is left without cells says nothing.
 */
export function componentsOf(problem: Problem): Component[] {
  const leader = linked(problem);
  const members = new Map<number, number[]>();
  for (const [cell, start] of problem.start.entries()) {
    if (start === 'public') continue;
    const root = find(leader, cell);
    const list = members.get(root);
    if (list === undefined) members.set(root, [cell]);
    else list.push(cell);
  }
  const rows = Map.groupBy(
    problem.rows.flatMap((row) => {
      const first = row.cells.find((cell) => problem.start[cell] !== 'public');
      return first === undefined ? [] : [{ row, root: find(leader, first) }];
    }),
    ({ root }) => root,
  );
  const obligations = Map.groupBy(problem.obligations, ({ cell }) => find(leader, cell));
  return [...members]
    .filter(([root]) => obligations.has(root))
    .map(([root, cells]) => {
      const at = new Map(cells.map((cell, index) => [cell, index]));
      const pick = <Value>(of: readonly Value[]): Value[] => cells.map((cell) => of[cell] as Value);
      return {
        cells,
        problem: {
          ids: pick(problem.ids),
          values: pick(problem.values),
          floors: pick(problem.floors),
          start: pick(problem.start),
          costs: pick(problem.costs),
          rows: (rows.get(root) ?? []).map(({ row }) => localRow(row, at)),
          obligations: (obligations.get(root) ?? []).map(({ cell, move, against }) => ({
            cell: at.get(cell) as number,
            move,
            against,
          })),
          attackers: localAttackers(problem.attackers, at),
          lineRule: problem.lineRule,
        },
      };
    })
    .toSorted((a, b) => b.cells.length - a.cells.length);
}

/** A row without the cells that are public, which cannot move. */
function localRow(row: Row, at: ReadonlyMap<number, number>): Row {
  const kept = row.cells.flatMap((cell, k) => {
    const local = at.get(cell);
    return local === undefined ? [] : [[local, row.coefficients[k] as number] as const];
  });
  return { ...row, cells: kept.map(([cell]) => cell), coefficients: kept.map(([, by]) => by) };
}

/** An attacker who knows nothing of a component is the outsider there. */
function localAttackers(attackers: readonly Attacker[], at: ReadonlyMap<number, number>): Attacker[] {
  return attackers.flatMap((attacker) => {
    const knows = attacker.knows.flatMap((cell) => at.get(cell) ?? []);
    if (attacker.kind !== 'outsider' && knows.length === 0) return [];
    const least = [...attacker.least].flatMap(([cell, v]) => {
      const local = at.get(cell);
      return local === undefined ? [] : [[local, v] as const];
    });
    return [{ ...attacker, knows, least: new Map(least) }];
  });
}

function linked(problem: Problem): Int32Array {
  const leader = Int32Array.from(problem.ids, (_, index) => index);
  for (const row of problem.rows) {
    const movable = row.cells.filter((cell) => problem.start[cell] !== 'public');
    for (const cell of movable) leader[find(leader, cell)] = find(leader, movable[0] as number);
  }
  return leader;
}

function find(leader: Int32Array, cell: number): number {
  let at = cell;
  while (leader[at] !== at) {
    leader[at] = leader[leader[at] as number] as number;
    at = leader[at] as number;
  }
  return at;
}
