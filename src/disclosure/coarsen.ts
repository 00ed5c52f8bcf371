import { Refused } from '../errors.ts';
import { type Order, type Protection, protect, type Refusal } from './protect/protect.ts';
import type { Cell, Equation, Table } from './table.ts';

/** A coarser version of the tables: each new cell takes the place of the cells that it adds together. */
export interface Pooling {
  readonly name: string;
  readonly pools: Readonly<Record<string, readonly string[]>>;
}

export interface Coarsened {
  /** The pooling that made it possible; absent where the tables are safe as they are. */
  readonly pooling?: string;
  readonly table: Table;
  readonly result: Protection;
}

/** Tries the tables as they are, then each pooling in turn; fails closed when none can be made safe. */
export async function protectOrCoarsen(
  table: Table,
  poolings: readonly Pooling[],
  order: Order,
): Promise<Coarsened | Refusal> {
  let refusal = await protect(table, order);
  if (!refusal.refused) return { table, result: refusal };
  for (const pooling of poolings) {
    const coarser = pooled(table, pooling);
    const result = await protect(coarser, order);
    if (!result.refused) return { pooling: pooling.name, table: coarser, result };
    refusal = result;
  }
  return refusal;
}

/**
 * Adds cells together and rewrites every sum in which they stand. A sum that holds only some of a pool cannot be
 * told any more: it goes, and so does a total that no sum is left to explain only if it was pooled itself.
 */
export function pooled(table: Table, { name, pools }: Pooling): Table {
  const into = new Map<string, string>();
  for (const [pool, ids] of Object.entries(pools))
    for (const id of ids) {
      if (into.has(id)) throw new Refused('POOL_TWICE', `pooling ${name}: ${id} is in two pools`);
      into.set(id, pool);
    }
  const known = new Set(table.cells.map((cell) => cell.id));
  const strange = [...into.keys()].filter((id) => !known.has(id));
  if (strange.length > 0)
    throw new Refused(
      'CELL_UNKNOWN',
      `pooling ${name}: ids that are not among the cells: ${strange.join(', ')}`,
    );
  const cells = poolCells(table.cells, into);
  const eqs = new Map<string, Equation>();
  for (const eq of table.eqs) {
    const made = poolEquation(eq, into, pools);
    if (made !== undefined) eqs.set(JSON.stringify([made[0], made[1].toSorted()]), made);
  }
  const kept = [...eqs.values()].filter((eq) => addsUp(eq, cells));
  const named = (ids: readonly string[]): string[] => [...new Set(ids.map((id) => into.get(id) ?? id))];
  return {
    ...table,
    ...(table.primary === undefined ? {} : { primary: named(table.primary) }),
    cells: [...cells.values()],
    eqs: kept,
    figures: table.figures.filter((figure) => !figure.operands.some((id) => into.has(id))),
    // Who knows one part of a pool is taken to know the whole of it.
    insiders: table.insiders.map(({ name, knows }) => ({ name, knows: named(knows) })),
    sensitive: table.sensitive.filter((pair) => !pair.some((id) => into.has(id))),
  };
}

function poolCells(cells: readonly Cell[], into: ReadonlyMap<string, string>): Map<string, Cell> {
  const made = new Map<string, Cell>();
  for (const cell of cells) {
    const id = into.get(cell.id) ?? cell.id;
    const so = made.get(id);
    const { contributors: _, ...plain } = cell;
    made.set(id, so === undefined ? (id === cell.id ? cell : { ...plain, id }) : { ...so, v: so.v + cell.v });
  }
  return made;
}

function poolEquation(
  [total, parts]: Equation,
  into: ReadonlyMap<string, string>,
  pools: Pooling['pools'],
): Equation | undefined {
  const pooledParts = new Set(parts.map((part) => into.get(part) ?? part));
  const pooledTotal = into.get(total) ?? total;
  // Where the total is not pooled, all of a pool must be among the parts, or the sum says something else.
  const whole = [...pooledParts].every((part) => (pools[part] ?? []).every((id) => parts.includes(id)));
  if (pooledTotal === total && !whole) return undefined;
  return pooledParts.has(pooledTotal) ? undefined : [pooledTotal, [...pooledParts]];
}

function addsUp([total, parts]: Equation, cells: ReadonlyMap<string, Cell>): boolean {
  return parts.reduce((so, part) => so + (cells.get(part)?.v ?? 0), 0) === cells.get(total)?.v;
}
