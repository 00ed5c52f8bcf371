/**
 * Those whose tokens were purged can no longer be compared; they stay with the person they were last of. Where that
 * person's other records part, they go with most of them. Pure.
 */
export function withPurged(
  clusters: readonly (readonly string[])[],
  persons: ReadonlyMap<string, string>,
  purged: readonly string[],
): readonly (readonly string[])[] {
  const waiting = Map.groupBy(
    purged.filter((surrogate) => persons.has(surrogate)),
    (surrogate) => persons.get(surrogate) as string,
  );
  if (waiting.size === 0) return clusters;
  const home = new Map<string, { cluster: number; records: number; first: string }>();
  clusters.forEach((records, cluster) => {
    const shared = Map.groupBy(records, (surrogate) => persons.get(surrogate) ?? '');
    for (const [person, own] of shared) {
      if (!waiting.has(person)) continue;
      const first = own.toSorted()[0] as string;
      const best = home.get(person);
      if (
        best === undefined ||
        own.length > best.records ||
        (own.length === best.records && first < best.first)
      )
        home.set(person, { cluster, records: own.length, first });
    }
  });
  const joining = new Map<number, string[]>();
  const alone: string[][] = [];
  for (const [person, surrogates] of waiting) {
    const place = home.get(person)?.cluster;
    if (place === undefined) alone.push(surrogates);
    else joining.set(place, [...(joining.get(place) ?? []), ...surrogates]);
  }
  return [...clusters.map((records, i) => [...records, ...(joining.get(i) ?? [])]), ...alone];
}
