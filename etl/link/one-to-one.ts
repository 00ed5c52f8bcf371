import { EdgeList, type Edges } from './edges.ts';
import type { RecordTable } from './table.ts';

/**
 * Between two sources that each deduplicated themselves a record has at most one counterpart: of its pairs the
 * heaviest stays whose other record is still free. Equal weights are taken in the order of the records.
 */
export function bestPerSource(table: RecordTable, edges: Edges): Edges {
  const order = Uint32Array.from(edges.weight, (_, i) => i).sort((x, y) => {
    const difference = (edges.weight[y] as number) - (edges.weight[x] as number);
    if (difference !== 0) return difference;
    return (edges.a[x] as number) - (edges.a[y] as number) || (edges.b[x] as number) - (edges.b[y] as number);
  });
  const { source, sources } = table;
  const taken = new Set<number>();
  const list = new EdgeList();
  for (const i of order) {
    const [a, b] = [edges.a[i] as number, edges.b[i] as number];
    const [mine, other] = [
      a * sources.length + (source[b] as number),
      b * sources.length + (source[a] as number),
    ];
    if (taken.has(mine) || taken.has(other)) continue;
    taken.add(mine);
    taken.add(other);
    list.add(a, b, edges.weight[i] as number);
  }
  return list.finish();
}
