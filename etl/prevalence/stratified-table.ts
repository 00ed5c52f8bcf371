import { type CaptureTable, captureTable } from '../estimate/capture-table.ts';
import type { Stratified } from '../estimate/strata.ts';
import type { Persons } from './drawn-linkages.ts';
import { historiesOf } from './history-table.ts';

/** What agencies answered about the young people of their records, by surrogate; who answered nothing is not there. */
export type Answers = ReadonlyMap<string, readonly string[]>;

/**
 * The table of each group, and of those whose group no record tells. A person of one draw of the linkage is in the group
 * that most of their records say; of groups said equally often, in the first. Pure.
 */
export function stratifiedTable(
  bySystem: ReadonlyMap<string, readonly string[]>,
  persons: Persons,
  answers: Answers,
): Stratified {
  const groups = groupsOf(persons, answers);
  const names = [...new Set([...answers.values()].flat())].toSorted();
  const lists = [...bySystem.keys()].toSorted();
  const counts = new Map(names.map((name) => [name, new Float64Array(1 << lists.length)]));
  const unknown = new Float64Array(1 << lists.length);
  for (const [person, history] of historiesOf(lists, bySystem, persons)) {
    const table = counts.get(groups.get(person) ?? '') ?? unknown;
    table[history] = (table[history] as number) + 1;
  }
  const strata: Record<string, CaptureTable> = {};
  for (const [name, own] of counts) strata[name] = captureTable(lists, own);
  return { strata, unknown: captureTable(lists, unknown) };
}

function groupsOf(persons: Persons, answers: Answers): ReadonlyMap<string, string> {
  const said = new Map<string, Map<string, number>>();
  for (const [surrogate, own] of answers) {
    const person = persons.get(surrogate) ?? surrogate;
    const votes = said.get(person) ?? new Map<string, number>();
    for (const answer of own) votes.set(answer, (votes.get(answer) ?? 0) + 1);
    said.set(person, votes);
  }
  return new Map(
    [...said].map(([person, votes]) => {
      const [first] = [...votes].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
      return [person, first?.[0] ?? ''];
    }),
  );
}
