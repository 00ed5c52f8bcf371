import type { Table } from '../table.ts';

/** A table that a reader must think possible: the cells in which it differs, with their values in it. */
export type World = ReadonlyMap<string, number>;

const values = new WeakMap<Table, Map<string, number>>();

/** The facts by id, put together once per table. */
export function valueIn(table: Table): Map<string, number> {
  const known = values.get(table);
  if (known !== undefined) return known;
  const made = new Map(table.cells.map((cell) => [cell.id, cell.v]));
  values.set(table, made);
  return made;
}

/** Everything that is said about one cell. */
export interface Surroundings {
  readonly cell: Table['cells'][number];
  readonly sums: Table['eqs'][number][];
  readonly orders: Table['atMost'][number][];
  readonly figures: Table['figures'][number][];
}

const around = new WeakMap<Table, Map<string, Surroundings>>();

export function surroundings(table: Table): Map<string, Surroundings> {
  const known = around.get(table);
  if (known !== undefined) return known;
  const made = new Map<string, Surroundings>(
    table.cells.map((cell) => [cell.id, { cell, sums: [], orders: [], figures: [] }]),
  );
  for (const sum of table.eqs) for (const id of [sum[0], ...sum[1]]) made.get(id)?.sums.push(sum);
  for (const order of table.atMost) for (const id of order.flat()) made.get(id)?.orders.push(order);
  for (const figure of table.figures) for (const id of figure.operands) made.get(id)?.figures.push(figure);
  around.set(table, made);
  return made;
}
