import type { Policy } from '../policy.ts';
import { sensitiveParts, type Table } from '../table.ts';
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
    ...table.insiders.map(({ knows, own }) => ({
      knows: andWhatFollows(table, knows, own === true),
      alone: false,
    })),
    ...(policy.singletons === 'ignored' ? [] : single).map(({ id }) => ({
      knows: andWhatFollows(table, [id], true),
      alone: true,
    })),
  ];
}

/**
 * What somebody can say who knows these figures: the last unknown member of a sum, shown zeros counted. Of figures that hold
 * nobody but their own people they can say more: every part of them, and whatever is no larger than such figures together.
 */
function andWhatFollows(table: Table, given: readonly string[], theirOwn: boolean): string[] {
  const known = new Set(given);
  const mayBeHidden = sensitiveParts(table);
  const unknown = (id: string): boolean => {
    const cell = surroundings(table).get(id)?.cell;
    const isSeenZero = cell !== undefined && cell.v === 0 && !cell.withheld && !mayBeHidden.has(id);
    return !known.has(id) && !isSeenZero;
  };
  const queue = [...given];
  const learn = (ids: readonly string[]): void => {
    for (const id of ids) known.add(id);
    queue.push(...ids);
  };
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const around = surroundings(table).get(id);
    for (const [total, parts] of around?.sums ?? []) {
      const left = [total, ...parts].filter(unknown);
      if (left.length === 1 || (theirOwn && id === total)) learn(left);
    }
    for (const [smaller, larger] of theirOwn ? (around?.orders ?? []) : [])
      if (!larger.some(unknown)) learn(smaller.filter(unknown));
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
