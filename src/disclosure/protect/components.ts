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
  const place = new Int32Array(problem.ids.length).fill(-1);
  for (const cells of members.values()) for (const [index, cell] of cells.entries()) place[cell] = index;
  const attackers = attackersByRoot(problem, leader, place);
  return [...members]
    .filter(([root]) => obligations.has(root))
    .map(([root, cells]) => {
      const pick = <Value>(of: readonly Value[]): Value[] => cells.map((cell) => of[cell] as Value);
      return {
        cells,
        problem: {
          ids: pick(problem.ids),
          values: pick(problem.values),
          floors: pick(problem.floors),
          start: pick(problem.start),
          costs: pick(problem.costs),
          rows: (rows.get(root) ?? []).map(({ row }) => localRow(row, place)),
          obligations: (obligations.get(root) ?? []).map(({ cell, move, against }) => ({
            cell: place[cell] as number,
            move,
            against,
          })),
          attackers: [
            ...problem.attackers.filter(({ kind }) => kind === 'outsider'),
            ...(attackers.get(root) ?? []),
          ],
          lineRule: problem.lineRule,
        },
      };
    })
    .toSorted((a, b) => b.cells.length - a.cells.length);
}

/** A row without the cells that are public, which cannot move. */
function localRow(row: Row, place: Int32Array): Row {
  const kept = row.cells.flatMap((cell, k) => {
    const local = place[cell] as number;
    return local < 0 ? [] : [[local, row.coefficients[k] as number] as const];
  });
  return { ...row, cells: kept.map(([cell]) => cell), coefficients: kept.map(([, by]) => by) };
}

/** What each attacker knows of each component; one who knows nothing of it is the outsider there. */
function attackersByRoot(problem: Problem, leader: Int32Array, place: Int32Array): Map<number, Attacker[]> {
  const byRoot = new Map<number, Attacker[]>();
  for (const attacker of problem.attackers) {
    const known = Map.groupBy(
      attacker.knows.filter((cell) => (place[cell] as number) >= 0),
      (cell) => find(leader, cell),
    );
    const least = Map.groupBy(
      [...attacker.least].filter(([cell]) => (place[cell] as number) >= 0),
      ([cell]) => find(leader, cell),
    );
    for (const [root, cells] of known) {
      const local = (cell: number): number => place[cell] as number;
      const own = (least.get(root) ?? []).map(([cell, v]) => [local(cell), v] as const);
      const list = byRoot.get(root) ?? [];
      byRoot.set(root, list);
      list.push({ ...attacker, knows: cells.map(local), least: new Map(own) });
    }
  }
  return byRoot;
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
