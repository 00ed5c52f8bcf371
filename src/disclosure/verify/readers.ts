import type { Policy } from '../policy.ts';
import type { Table } from '../table.ts';
import { surroundings, valueIn } from './surroundings.ts';

export interface Reader {
  readonly knows: readonly string[];
  /** Knows it for being the only one in it. */
  readonly alone: boolean;
}

export function readersOf(table: Table, policy: Policy): Reader[] {
  const totals = new Set(table.eqs.filter(([, parts]) => parts.length > 0).map(([total]) => total));
  const single = table.cells.filter(
    ({ id, v, fixed, magnitude }) => v === 1 && !fixed && !magnitude && !totals.has(id),
  );
  return [
    ...table.insiders.map(({ knows }) => ({ knows: andWhatFollows(table, knows), alone: false })),
    ...(policy.singletons === 'ignored' ? [] : single).map(({ id }) => ({
      knows: andWhatFollows(table, [id]),
      alone: true,
    })),
  ];
}

/** One's own figures, and sums that are one's own figures again because everything else in them is a shown zero. */
function andWhatFollows(table: Table, own: readonly string[]): string[] {
  const known = new Set(own);
  const blank = (id: string): boolean => {
    const cell = surroundings(table).get(id)?.cell;
    return cell !== undefined && cell.v === 0 && !cell.withheld;
  };
  const queue = [...own];
  for (let id = queue.pop(); id !== undefined; id = queue.pop())
    for (const [total, parts] of surroundings(table).get(id)?.sums ?? []) {
      const left = [total, ...parts].filter((one) => !known.has(one) && !blank(one));
      const [last] = left;
      if (left.length !== 1 || last === undefined) continue;
      known.add(last);
      queue.push(last);
    }
  return [...known];
}

/** How much of a figure a reader accounts for alone: it cannot be less to them. */
export function ownPart(table: Table, { knows, alone }: Reader, id: string): number {
  if (alone) return 0;
  const own = new Set(knows);
  const value = valueIn(table);
  const part = (of: string): number => {
    if (own.has(of)) return value.get(of) ?? 0;
    const around = surroundings(table).get(of);
    const sums = (around?.sums ?? []).filter(([total]) => total === of).map(([, parts]) => parts);
    const parts = (around?.orders ?? [])
      .filter(([, larger]) => larger.length === 1 && larger[0] === of)
      .map(([smaller]) => smaller);
    return Math.max(0, ...[...sums, ...parts].map((ids) => ids.reduce((so, one) => so + part(one), 0)));
  };
  return part(id);
}
