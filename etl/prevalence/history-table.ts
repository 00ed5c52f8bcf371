import { type CaptureTable, captureTable } from '../estimate/capture-table.ts';
import type { Persons } from './drawn-linkages.ts';

/** How many persons exactly these systems identified. Pure. */
export function historyTable(
  bySystem: ReadonlyMap<string, readonly string[]>,
  persons: Persons,
): CaptureTable {
  const lists = [...bySystem.keys()].toSorted();
  const counts = new Float64Array(1 << lists.length);
  for (const history of historiesOf(lists, bySystem, persons).values())
    counts[history] = (counts[history] as number) + 1;
  return captureTable(lists, counts);
}

/** By person, the systems that identified them, one bit for each. */
export function historiesOf(
  lists: readonly string[],
  bySystem: ReadonlyMap<string, readonly string[]>,
  persons: Persons,
): ReadonlyMap<string, number> {
  const histories = new Map<string, number>();
  lists.forEach((system, list) => {
    for (const surrogate of bySystem.get(system) ?? []) {
      const person = persons.get(surrogate) ?? surrogate;
      histories.set(person, (histories.get(person) ?? 0) | (1 << list));
    }
  });
  return histories;
}
