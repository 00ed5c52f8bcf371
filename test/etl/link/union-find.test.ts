import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { UnionFind } from '../../../etl/link/union-find.ts';

/** Components by walking the graph from every node. */
function walk(size: number, edges: readonly (readonly [number, number])[]): number[] {
  const of = Array.from({ length: size }, () => -1);
  for (let start = 0; start < size; start++) {
    if (of[start] !== -1) continue;
    const open = [start];
    while (open.length > 0) {
      const at = open.pop() as number;
      if (of[at] !== -1) continue;
      of[at] = start;
      for (const [a, b] of edges) {
        if (a === at) open.push(b);
        if (b === at) open.push(a);
      }
    }
  }
  return of;
}

test('the sets of a random graph are its components, named by their smallest member', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 40 }), (edges) => {
      const sets = new UnionFind(30);
      for (const [a, b] of edges) sets.union(a, b);
      expect(Array.from({ length: 30 }, (_, i) => sets.find(i))).toEqual(walk(30, edges));
    }),
  );
});
