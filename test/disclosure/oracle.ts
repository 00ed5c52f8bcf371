/**
 * A reader with time on their hands: looks for whole-number tables that agree with what is published, by trying
 * values one cell after the other. Plain backtracking, for tiny tables only, in no way related to the product.
 */
import type { Table } from '../../src/disclosure/table.ts';

export interface Reading {
  readonly hidden: ReadonlySet<string>;
  /** The least that a hidden cell can be. */
  readonly floor: number;
  /** No cell is thought larger than this. */
  readonly cap: number;
  /** Values that the reader knows for certain. */
  readonly knows?: ReadonlySet<string>;
}

/** Whether some table that agrees with what the reader sees gives the cell this value. */
export function canBe(table: Table, reading: Reading, id: string, v: number): boolean {
  const unknown = new Set(
    [...reading.hidden].filter((one) => one !== id && reading.knows?.has(one) !== true),
  );
  if (v < reading.floor || v > reading.cap) return false;
  const values = new Map(table.cells.map((cell) => [cell.id, cell.v]));
  values.set(id, v);
  return completes(table, reading, values, unknown);
}

function completes(
  table: Table,
  reading: Reading,
  values: Map<string, number>,
  unknown: Set<string>,
): boolean {
  if (!table.eqs.every((eq) => mayHold(eq, reading, values, unknown))) return false;
  const [next, choices] = mostBound(table, reading, values, unknown);
  if (next === undefined) return true;
  unknown.delete(next);
  const before = values.get(next) as number;
  for (const v of choices) {
    values.set(next, v);
    if (completes(table, reading, values, unknown)) {
      values.set(next, before);
      unknown.add(next);
      return true;
    }
  }
  values.set(next, before);
  unknown.add(next);
  return false;
}

function mayHold(
  [total, parts]: Table['eqs'][number],
  { floor, cap }: Reading,
  values: ReadonlyMap<string, number>,
  unknown: ReadonlySet<string>,
): boolean {
  const open = parts.filter((part) => unknown.has(part)).length;
  const closed = parts.reduce((so, part) => so + (unknown.has(part) ? 0 : (values.get(part) ?? 0)), 0);
  const least = closed + open * floor;
  if (unknown.has(total)) return least <= cap;
  const all = values.get(total) ?? 0;
  return open === 0 ? closed === all : least <= all && all <= closed + open * cap;
}

/** A cell that a sum determines, if there is one; otherwise any cell, tried from its own value outwards. */
function mostBound(
  table: Table,
  { floor, cap }: Reading,
  values: ReadonlyMap<string, number>,
  unknown: ReadonlySet<string>,
): [string | undefined, number[]] {
  for (const [total, parts] of table.eqs) {
    const open = [total, ...parts].filter((id) => unknown.has(id));
    const [only] = open;
    if (open.length !== 1 || only === undefined) continue;
    const known = parts.reduce((so, part) => so + (part === only ? 0 : (values.get(part) ?? 0)), 0);
    const v = only === total ? known : (values.get(total) ?? 0) - known;
    return [only, v >= floor && v <= cap ? [v] : []];
  }
  const [any] = unknown;
  if (any === undefined) return [undefined, []];
  const now = values.get(any) as number;
  const choices = Array.from({ length: cap - floor + 1 }, (_, at) => floor + at);
  return [any, choices.toSorted((a, b) => Math.abs(a - now) - Math.abs(b - now))];
}

/** Whether every protected cell may be both 1 and the threshold. */
export function clearsBar(
  table: Table,
  primary: Iterable<string>,
  threshold: number,
  reading: Reading,
): boolean {
  return [...primary].every(
    (id) =>
      reading.knows?.has(id) === true ||
      (canBe(table, reading, id, 1) && canBe(table, reading, id, threshold)),
  );
}
