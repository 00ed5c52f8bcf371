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
export function ownPart(table: Table, reader: Reader, id: string): number {
  if (reader.alone) return 0;
  const found = accounts.get(reader) ?? accountedFor(table, reader);
  accounts.set(reader, found);
  return found.get(id) ?? 0;
}

const accounts = new WeakMap<Reader, Map<string, number>>();

/** From one's own figures upwards, to whatever they are parts of; two figures may each bound the other. */
function accountedFor(table: Table, { knows }: Reader): Map<string, number> {
  const own = new Set(knows);
  const least = new Map(knows.map((id) => [id, valueIn(table).get(id) ?? 0]));
  const queue = [...knows];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const around = surroundings(table).get(id);
    const wholes = [
      ...(around?.sums ?? []),
      ...(around?.orders ?? []).flatMap(([smaller, [larger, ...more]]) =>
        larger === undefined || more.length > 0 ? [] : [[larger, smaller] as const],
      ),
    ];
    for (const [whole, parts] of wholes) {
      const part = parts.reduce((so, one) => so + (least.get(one) ?? 0), 0);
      if (own.has(whole) || part <= (least.get(whole) ?? 0)) continue;
      least.set(whole, part);
      queue.push(whole);
    }
  }
  return least;
}
