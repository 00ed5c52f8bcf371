import { type CaptureTable, captureTable } from '../estimate/capture-table.ts';
import type { Persons } from './drawn-linkages.ts';

/** How many persons exactly these systems identified. Pure. */
export function historyTable(
  bySystem: ReadonlyMap<string, readonly string[]>,
  persons: Persons,
): CaptureTable {
  const lists = [...bySystem.keys()].toSorted();
  const histories = new Map<string, number>();
  lists.forEach((system, list) => {
    for (const surrogate of bySystem.get(system) ?? []) {
      const person = persons.get(surrogate) ?? surrogate;
      histories.set(person, (histories.get(person) ?? 0) | (1 << list));
    }
  });
  const counts = new Float64Array(1 << lists.length);
  for (const history of histories.values()) counts[history] = (counts[history] as number) + 1;
  return captureTable(lists, counts);
}
