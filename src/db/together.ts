import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';

/**
 * Rows by their keys, where all who ask within one turn are answered by one statement. It begins after all of them asked,
 * and nothing is kept: every answer is as fresh as if each had asked alone.
 */
export function together<Key extends string, Row>(
  read: (source: DataSource, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Row>>,
): (source: DataSource, key: Key) => Promise<Row | undefined> {
  const bySource = new WeakMap<DataSource, DataLoader<Key, Row | undefined>>();
  const open = (source: DataSource): DataLoader<Key, Row | undefined> =>
    new DataLoader<Key, Row | undefined>(
      async (keys) => {
        const found = await read(source, [...new Set(keys)]);
        return keys.map((key) => found.get(key));
      },
      { cache: false, maxBatchSize: 200, batchScheduleFn: (send) => setImmediate(send) },
    );
  return (source, key) => {
    const loader = bySource.get(source) ?? open(source);
    bySource.set(source, loader);
    return loader.load(key);
  };
}
