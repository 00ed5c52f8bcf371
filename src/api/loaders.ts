import DataLoader from 'dataloader';

/** One loader for each kind of child row and each permission of a request; never kept beyond it. */
export interface Loaders {
  of<Key, Row>(
    kind: string,
    permission: object,
    load: (keys: readonly Key[]) => Promise<readonly Row[]>,
    keyOf: (row: Row) => Key,
  ): DataLoader<Key, Row[]>;
}

export function openLoaders(): Loaders {
  const open = new Map<object, Map<string, unknown>>();
  return {
    of<Key, Row>(
      kind: string,
      permission: object,
      load: (keys: readonly Key[]) => Promise<readonly Row[]>,
      keyOf: (row: Row) => Key,
    ) {
      const mine = open.get(permission) ?? new Map<string, unknown>();
      open.set(permission, mine);
      const found = mine.get(kind) as DataLoader<Key, Row[]> | undefined;
      if (found !== undefined) return found;
      const loader = new DataLoader<Key, Row[]>(
        async (keys) => {
          const rows = Map.groupBy(await load(keys), keyOf);
          return keys.map((key) => rows.get(key) ?? []);
        },
        { maxBatchSize: 500 },
      );
      mine.set(kind, loader);
      return loader;
    },
  };
}
