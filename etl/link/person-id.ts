import { createHash } from 'node:crypto';

export interface History {
  readonly event: 'new' | 'merged' | 'split' | 'retired';
  readonly person: string;
  /** The other persons of a merge or split. */
  readonly with: readonly string[];
}

export interface NamedClusters {
  /** By record key: the id of the person. */
  readonly persons: ReadonlyMap<string, string>;
  readonly history: readonly History[];
}

/** An id that derives from the records: the same first cluster has the same id wherever it is made. */
export function derivePersonId(recordKeys: readonly string[]): string {
  const [first = ''] = recordKeys.toSorted();
  return createHash('sha256').update(`person|${first}`).digest('hex').slice(0, 32);
}

/**
 * Names clusters so that persons keep their ids: a cluster takes the id of the earlier person with whom it
 * shares most records, each id goes to one cluster, and what happened is told as history.
 */
export function namePersons(
  clusters: readonly (readonly string[])[],
  earlier: ReadonlyMap<string, string>,
): NamedClusters {
  const claims = clusters.flatMap((records, cluster) => {
    const shared = new Map<string, number>();
    for (const record of records) {
      const person = earlier.get(record);
      if (person !== undefined) shared.set(person, (shared.get(person) ?? 0) + 1);
    }
    return [...shared].map(([person, count]) => ({
      cluster,
      person,
      count,
      key: records.toSorted()[0] ?? '',
    }));
  });
  claims.sort((x, y) => y.count - x.count || compareText(x.person, y.person) || compareText(x.key, y.key));
  const idOf = new Map<number, string>();
  const used = new Set<string>();
  for (const { cluster, person } of claims) {
    if (idOf.has(cluster) || used.has(person)) continue;
    idOf.set(cluster, person);
    used.add(person);
  }
  const inUse = new Set(earlier.values());
  const persons = new Map<string, string>();
  const history: History[] = [];
  const origins = new Map<number, string[]>();
  for (const { cluster, person } of claims) origins.set(cluster, [...(origins.get(cluster) ?? []), person]);
  clusters.forEach((records, cluster) => {
    const before = origins.get(cluster) ?? [];
    let id = idOf.get(cluster);
    if (id === undefined) {
      id = freshId(records, inUse, used);
      history.push({ event: before.length > 0 ? 'split' : 'new', person: id, with: before.toSorted() });
    }
    used.add(id);
    const others = before.filter((person) => person !== id).toSorted();
    if (idOf.has(cluster) && others.length > 0) history.push({ event: 'merged', person: id, with: others });
    for (const record of records) persons.set(record, id);
  });
  for (const person of [...inUse].toSorted())
    if (!used.has(person)) history.push({ event: 'retired', person, with: [] });
  return { persons, history };
}

/** An id in use elsewhere is not given again; a counter then tells two clusters apart. */
function freshId(records: readonly string[], inUse: ReadonlySet<string>, used: ReadonlySet<string>): string {
  let id = derivePersonId(records);
  for (let i = 2; inUse.has(id) || used.has(id); i++)
    id = derivePersonId([`${records.toSorted()[0] ?? ''}#${i}`]);
  return id;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
